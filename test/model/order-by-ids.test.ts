import fc from "fast-check"
import { expect, test } from "vitest"
import { compareIds } from "../../src/model/compare-ids.js"
import { finishSteps, PIECE } from "../../src/model/in-pieces.js"
import { orderByIds, orderByIdsSteps } from "../../src/model/order-by-ids.js"

const naive = (ids: readonly string[]): number[] => Array.from(ids.keys()).sort((a, b) => compareIds(ids[a], ids[b]) || a - b)

/** A simple generator of whole numbers below `below`, the same everywhere. */
function chance(seed: number): (below: number) => number {
  let state = seed * 16807 + 1
  return (below) => Math.floor(((state = (state * 48271) % 2147483647) / 2147483647) * below)
}

const kinds: Readonly<Record<string, (below: (limit: number) => number, i: number) => string>> = {
  "numbered, not padded": (_, i) => `a${(i * 7919) % 5000}`,
  "numbered, padded": (_, i) => `customer-${String((i * 7919) % 5000).padStart(6, "0")}`,
  "in order": (_, i) => String(i).padStart(6, "0"),
  "one id a prefix of the next": (below) => "ab".repeat(below(60)),
  "few ids, many times": (below) => `x${below(7)}`,
  "long equal beginnings in groups": (below) => `region ${below(3)} ${"-".repeat(40)} district ${below(3)} ${"=".repeat(40)} ${below(1e6)}`,
  "hexadecimal": (below) => Array.from({ length: 32 }, () => below(16).toString(16)).join(""),
  "any code units, lone surrogates and zeros among them": (below) => String.fromCharCode(...Array.from({ length: below(6) }, () => [0, 1, 32, 65, 0x4e2d, 0xd83d, 0xde00, 0xffff][below(8)])),
  "a wide alphabet": (below) => String.fromCharCode(...Array.from({ length: 1 + below(5) }, () => 0x4e00 + below(20_000))),
  "every code unit there is": (below) => String.fromCharCode(below(65_536), below(65_536)),
}

for (const [kind, make] of Object.entries(kinds)) {
  test(`the order of 3,000 ids is that of the naive sort, equal ones by row: ${kind}`, () => {
    const below = chance(5)
    const ids = Array.from({ length: 3000 }, (_, i) => make(below, i))
    expect([...orderByIds(ids)]).toEqual(naive(ids))
    expect(finishSteps(orderByIdsSteps(ids)).isUnique).toBe(new Set(ids).size === ids.length)
    const unique = [...new Set(ids)]
    expect(finishSteps(orderByIdsSteps(unique)).isUnique).toBe(true)
    expect(finishSteps(orderByIdsSteps([...unique, unique[unique.length >> 1]])).isUnique).toBe(false)
  })
}

test("any few texts come in the order of the naive sort", () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: "binary", maxLength: 5 })), (ids) => void expect([...orderByIds(ids)]).toEqual(naive(ids))), { seed: 1 })
})

test("any texts, often enough for the sort by digits, come in the order of the naive sort", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 9 }), { minLength: 1, maxLength: 12 }), fc.nat(1000), (parts, seed) => {
      const below = chance(seed)
      const ids = Array.from({ length: 700 }, () => parts[below(parts.length)] + parts[below(parts.length)] + parts[below(parts.length)])
      expect([...orderByIds(ids)]).toEqual(naive(ids))
    }),
    { seed: 2, numRuns: 60 },
  )
})

test("ids are ordered in pieces", () => {
  const n = 3 * PIECE
  const ids = Array.from({ length: n }, (_, i) => `a${(i * 7919) % n}`)
  let pauses = 0
  const steps = orderByIdsSteps(ids)
  while (steps.next().done !== true) pauses++
  // one look, one measure, one alphabet, one key, two digits: 2 pauses each
  expect(pauses).toBeGreaterThanOrEqual(12)
  expect(finishSteps(orderByIdsSteps(["b", "a"]))).toEqual({ order: Int32Array.of(1, 0), isUnique: true })
})
