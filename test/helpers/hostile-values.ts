/** What a caller may hand over instead of what is asked for, by accident or on purpose; made anew for every call. */
export const HOSTILE_VALUES: Readonly<Record<string, () => unknown>> = {
  "undefined": () => undefined,
  "null": () => null,
  "NaN": () => NaN,
  "Infinity": () => Infinity,
  "-Infinity": () => -Infinity,
  "0": () => 0,
  "-0": () => -0,
  "-1": () => -1,
  "1.5": () => 1.5,
  "5e-324": () => 5e-324,
  "1e-160": () => 1e-160,
  "1e155": () => 1e155,
  "1e200": () => 1e200,
  "1e308": () => 1e308,
  "MAX_VALUE": () => Number.MAX_VALUE,
  "-MAX_VALUE": () => -Number.MAX_VALUE,
  "2^53": () => 2 ** 53,
  "10n": () => 10n,
  "a symbol": () => Symbol("s"),
  "empty text": () => "",
  "text": () => "x",
  "prototype's name": () => "__proto__",
  "lone surrogate": () => "\ud800",
  "true": () => true,
  "empty array": () => [],
  "nested array": () => [[[[[[[[[[[[1]]]]]]]]]]]],
  "sparse array": () => Object.assign([], { 3: "x" }),
  "array of symbols": () => [Symbol("s"), 1n, null],
  "empty object": () => ({}),
  "object without prototype": () => Object.assign(Object.create(null) as object, { a: 1 }),
  "throwing getters": () => ({ get id(): never { throw new Error("getter") }, get value(): never { throw new Error("getter") }, get length(): never { throw new Error("getter") } }),
  "throwing proxy": () => new Proxy({}, throwingHandler()),
  "throwing proxy of an array": () => new Proxy([1, 2], throwingHandler()),
  "throwing proxy of a function": () => new Proxy(() => 1, throwingHandler()),
  "late proxy": () => new Proxy([1, 2], { get: (array, key) => { if (key === "1") throw new Error("late"); return Reflect.get(array, key) as unknown } }),
  "revoked proxy": () => revoked({}),
  "revoked proxy of an array": () => revoked([1]),
  "array with a throwing getter": () => Object.defineProperty([1, 2], 0, { get: () => { throw new Error("getter") }, enumerable: true }),
  "unwritable text": () => ({ toString: () => { throw new Error("toString") }, [Symbol.toPrimitive]: () => { throw new Error("toPrimitive") } }),
  "a function that throws": () => () => { throw new Error("thrown") },
  "a function that throws undefined": () => () => { throw undefined },
  "a function that throws a proxy": () => () => { throw revoked({}) },
  "a function of a promise": () => () => Promise.resolve(1),
  "a function of a rejection": () => () => Promise.reject(new Error("rejected")),
  "a function of a BigInt": () => () => 10n,
  "a function of a symbol": () => () => Symbol("s"),
  "a function of NaN": () => () => NaN,
  "a function of -0": () => () => -0,
  "a function of 1e308": () => () => 1e308,
  "a function of an object": () => () => Object.create(null) as unknown,
  "a class": () => class Thing {},
  "a promise": () => Promise.resolve(1),
  "a date": () => new Date(NaN),
  "a map": () => new Map([["a", 1]]),
  "typed array": () => new Float64Array([1, NaN]),
  "boxed number": () => Object(1) as unknown,
  "boxed symbol": () => Object(Symbol("s")) as unknown,
}

function throwingHandler(): ProxyHandler<object> {
  const fail = (): never => {
    throw new Error("trap")
  }
  return { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail, apply: fail, construct: fail }
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

/** Where a hostile value can be put: keys that lead from the arguments to it. */
export type Place = readonly (string | number)[]

/** Every place inside arguments, the arguments themselves included: of an array the first and the last element. */
export function placesOf(value: unknown, at: Place = []): Place[] {
  const here = at.length === 0 ? [] : [at]
  if (typeof value !== "object" || value === null) return here
  const keys = Array.isArray(value) ? [...new Set([0, value.length - 1])].filter((key) => key >= 0 && key < value.length) : Object.keys(value)
  return [...here, ...(at.length === 0 ? (value as unknown[]).map((_, key) => key) : keys).flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...at, key]))]
}

/** Puts a value at a place of fresh arguments. */
export function putAt(args: unknown[], place: Place, value: unknown): unknown[] {
  const last = place.length - 1
  let into = args as unknown as Record<string | number, unknown>
  for (const key of place.slice(0, last)) into = into[key] as Record<string | number, unknown>
  Object.defineProperty(into, place[last], { value, enumerable: true, configurable: true, writable: true })
  return args
}

/** Where a result holds what no result may hold; null where it holds none. */
export function unfitPlace(value: unknown, path = "result"): string | null {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? null : `${path} is ${Object.is(value, -0) ? "-0" : value}`
  // a text inside a result may quote what was got; a whole text is a page, a picture or a table
  if (typeof value === "string") return path === "result" && /\b(?:NaN|Infinity)\b|\[object |undefined/.test(value) ? `${path} is text with ${JSON.stringify(value.match(/.{0,30}(?:NaN|Infinity|\[object |undefined).{0,20}/)?.[0])}` : null
  if (typeof value === "bigint" || typeof value === "symbol") return `${path} is a ${typeof value}`
  if (typeof value !== "object" || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    const found = unfitPlace(part, `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}
