import { expect, test } from "vitest"
import { isPlainObject } from "../../src/model/check-keys.js"

class Options {
  match = false
}

test("an object of options is told from what only looks like one", () => {
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  expect([{}, { a: 1 }, Object.create(null), new Options(), Object.freeze({}), new Proxy({}, {})].map(isPlainObject)).toEqual(Array(6).fill(true))
  const others = [null, undefined, 3, "a", [], new Map(), new Set(), new Date(0), Promise.resolve({}), /a/, new Error("a"), new Float64Array(1), revoked.proxy]
  expect(others.map(isPlainObject)).toEqual(others.map(() => false))
})
