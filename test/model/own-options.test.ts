import { createContext, runInContext } from "node:vm"
import { expect, test } from "vitest"
import { ownOptions } from "../../src/model/own-options.js"

test("a copy with own keys only, on objects without a prototype", () => {
  Object.defineProperty(Object.prototype, "seed", { value: 7, configurable: true })
  try {
    const own: { seed?: number; list: readonly { seed?: number }[] } = ownOptions({ list: [{}, { seed: 1 }] })
    expect([own.seed, own.list[0]?.seed, own.list[1]?.seed]).toEqual([undefined, undefined, 1])
  } finally {
    Reflect.deleteProperty(Object.prototype, "seed")
  }
})

test("later changes have no effect; functions, class instances and what is kept stay the caller's own", () => {
  class Spec {
    get id(): string {
      return "t1"
    }
  }
  const given = { measures: { m: { value: "hours" } }, onProgress: () => undefined, spec: new Spec(), when: new Date(0), current: [{ accountId: "a" }] }
  const own = ownOptions(given, ["current"])
  given.measures.m.value = "days"
  expect(own.measures.m.value).toBe("hours")
  expect([own.onProgress === given.onProgress, own.spec.id, own.when === given.when, own.current === given.current]).toEqual([true, "t1", true, true])
})

test("a hole in a list is seen", () => {
  const { list } = ownOptions({ list: [1, , 3] })
  expect([Object.keys(list), list]).toEqual([["0", "1", "2"], [1, undefined, 3]])
})

test("names that break look-up tables, cycles, other realms and what is no object", () => {
  expect(Object.keys(ownOptions(JSON.parse('{"__proto__": 1, "constructor": 2}') as object))).toEqual(["__proto__", "constructor"])
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  expect(() => ownOptions(cycle)).not.toThrow()
  expect(Object.getPrototypeOf(ownOptions(runInContext("({ a: 1 })", createContext({})) as object))).toBeNull()
  expect([ownOptions(null), ownOptions(undefined), ownOptions(3)]).toEqual([null, undefined, 3])
})

const thrown = (make: () => unknown): unknown => {
  try {
    make()
  } catch (error) {
    const { code, path } = error as { code?: string; path?: string }
    return [code, path]
  }
  return null
}

test("what throws while it is read is an error with its place, at every depth", () => {
  const bad = { get value(): never { throw new Error("no") } }
  expect(thrown(() => ownOptions(bad))).toEqual(["accessor-failed", "value"])
  expect(thrown(() => ownOptions({ measures: { m: bad } }))).toEqual(["accessor-failed", "measures.m.value"])
  expect(thrown(() => ownOptions({ list: [1, { deep: [bad] }] }))).toEqual(["accessor-failed", "list[1].deep[0].value"])
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  expect(thrown(() => ownOptions(proxy))).toEqual(["accessor-failed", "options"])
  expect(thrown(() => ownOptions({ measures: proxy }))).toEqual(["accessor-failed", "measures"])
  expect(thrown(() => ownOptions({ list: [1, proxy] }))).toEqual(["accessor-failed", "list[1]"])
  class Spec {
    get id(): string {
      throw new Error("no")
    }
  }
  expect(thrown(() => ownOptions({ territories: [new Spec()] }))).toEqual(["accessor-failed", "territories[0].id"])
  // what is kept is not looked into, but its getter is asked
  expect(thrown(() => ownOptions({ current: [bad] }, ["current"]))).toBeNull()
  expect(thrown(() => ownOptions({ get current(): never { throw new Error("no") } }, ["current"]))).toEqual(["accessor-failed", "current"])
})

test("a list that is all holes costs no memory", () => {
  expect(thrown(() => ownOptions({ locked: new Array(4_000_000_000) }))).toEqual(["option-type", "locked"])
  const long = Array.from({ length: 100_000 }, (_, i) => i)
  expect(ownOptions({ long }).long).toEqual(long)
})

test("an instance of a class has what its getters say, and no key more", () => {
  class Measure {
    readonly tolerance = 0.1
    get value(): string {
      return "hours"
    }
  }
  const own = ownOptions({ m: new Measure() }).m
  expect([own.value, own.tolerance, Object.keys(own)]).toEqual(["hours", 0.1, ["tolerance"]])
})
