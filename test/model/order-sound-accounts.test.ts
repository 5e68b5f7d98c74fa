import fc from "fast-check"
import { expect, test } from "vitest"
import { compareIds } from "../../src/model/compare-ids.js"
import { findAccountIssues } from "../../src/model/find-account-issues.js"
import { finishSteps } from "../../src/model/in-pieces.js"
import { orderSoundAccounts } from "../../src/model/order-sound-accounts.js"

const ids = ["a", "b", "c", " a", "\u00a0b", "é"]
const oddIds = ["", " ", "\u00a0", "\ufeff", "x".repeat(1024), "x".repeat(1025), 7, null, undefined, {}]
const degrees = [0, -0, 12.5, -180, 180, 540, -540, 90, -90]
const oddNumbers = [540.1, -541, 90.5, 1e100, 2e100, NaN, Infinity, "12", null, undefined, 7n]

/** Mostly sound, or the fast way would never be tried. */
const id = fc.oneof({ weight: 12, arbitrary: fc.constantFrom<unknown>(...ids) }, { weight: 1, arbitrary: fc.constantFrom<unknown>(...oddIds) })
const number = fc.oneof({ weight: 12, arbitrary: fc.constantFrom<unknown>(...degrees) }, { weight: 1, arbitrary: fc.constantFrom<unknown>(...oddNumbers) })
const onGlobe = fc.record({ id, longitude: number, latitude: fc.oneof({ weight: 12, arbitrary: fc.constantFrom<unknown>(0, 45, -90) }, { weight: 1, arbitrary: number }) })
const onPlane = fc.record({ id, x: number, y: number })
const rowOf = (usual: fc.Arbitrary<object>, other: fc.Arbitrary<object>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 30, arbitrary: usual },
    { weight: 1, arbitrary: other },
    { weight: 1, arbitrary: fc.tuple(onGlobe, onPlane).map(([a, b]) => ({ ...b, ...a })) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 3, "a", [], {}, undefined) },
  )
const rows = fc.oneof(fc.array(rowOf(onGlobe, onPlane), { maxLength: 3 }), fc.array(rowOf(onPlane, onGlobe), { maxLength: 3 }))

test("accounts are found sound exactly when there is no issue, and come in the order of their ids", () => {
  let sound = 0
  let unsound = 0
  fc.assert(
    fc.property(rows, (accounts) => {
      const known = finishSteps(orderSoundAccounts(accounts))
      expect(known !== null).toBe(findAccountIssues(accounts).length === 0)
      if (known === null) {
        unsound++
        return
      }
      sound++
      expect(known.ids).toEqual(accounts.map((row) => (row as { id: string }).id))
      expect(Array.from(known.order, (row) => known.ids[row])).toEqual([...known.ids].sort(compareIds))
    }),
    { seed: 4, numRuns: 3000 },
  )
  expect(Math.min(sound, unsound)).toBeGreaterThan(300)
})

test("what is no array of accounts, or throws when it is read, is not sound", () => {
  const failing = { get id(): string { throw new Error("no") }, x: 1, y: 1 }
  const { proxy, revoke } = Proxy.revocable([], {})
  revoke()
  for (const accounts of [undefined, null, {}, "ab", [], [failing], proxy, new Array(3)]) expect(finishSteps(orderSoundAccounts(accounts))).toBeNull()
})
