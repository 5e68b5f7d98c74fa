import fc from "fast-check"
import { expect, test } from "vitest"
import { alignByLists, analyzeRules, checkAreas, checkCoverage, drawTerritories, findWhiteSpaces, resolveCoverage, routeAccounts } from "../../src/coverage/index.js"
import { TerritoryError } from "../../src/coverage/index.js"

/** Paths of numbers that no result may hold. */
function oddNumbers(value: unknown, path = "result"): string[] {
  if (typeof value === "number") return !Number.isFinite(value) || Object.is(value, -0) ? [`${path}: ${Object.is(value, -0) ? "-0" : value}`] : []
  if (typeof value !== "object" || value === null) return typeof value === "string" && /\bNaN\b|\bInfinity\b|undefined/.test(value) ? [`${path}: ${value}`] : []
  return Object.entries(value).flatMap(([key, part]) => oddNumbers(part, `${path}.${key}`))
}

const coordinate = fc.constantFrom(0, -0, 1, -1, 1e-300, 5e-324, 1e11, -1e100, 1e100)
const longitude = fc.constantFrom(0, -0, 180, -180, 179.9999999, 540, 93.6)
const latitude = fc.constantFrom(0, -0, 90, -90, 89.9999999, 41.6)
const amount = fc.constantFrom(0, -0, 1, 5e-324, 1e280, 0.1)
const limit = fc.constantFrom(Number.MAX_VALUE, 1e155, 1e100, Infinity, 0, -0, 5e-324, 3)
const owner = fc.constantFrom("t", "u", "nobody", null)

/** What a call answers, or null where it refuses in words. */
function answer(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    if (!(error instanceof TerritoryError)) throw error
    return null
  }
}

test("no result holds NaN, Infinity or -0, whatever numbers come in; a limit as large as a number can be is none", () => {
  let answered = 0
  const rows = fc.array(fc.record({ x: coordinate, y: coordinate, longitude, latitude, amount, owner }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(rows, limit, limit, fc.boolean(), (all, far, most, isGlobe) => {
      const accounts = all.map((row, i) => ({ id: `a${i}`, amount: row.amount, code: String(row.amount), ...(isGlobe ? { longitude: row.longitude, latitude: row.latitude } : { x: row.x, y: row.y }) }))
      const alignment = all.flatMap((row, i) => (row.owner === null ? [] : [{ accountId: `a${i}`, territoryId: row.owner }]))
      const center = isGlobe ? { longitude: -0, latitude: -0 } : { x: -0, y: -0 }
      const territories = [{ id: "t", center }, { id: "u", center }]
      const measures = { amount: "amount" }
      const dimensions = { amount: { kind: "number", min: -0, max: most === Infinity ? 1 : most }, code: { kind: "set", values: ["0", "1"] } } as const
      const rules = [{ id: "r", territoryId: "t", when: { amount: { ranges: [{ min: -0, max: 1 }] }, code: { values: ["0"] } } }] as const
      const results = [
        answer(() => checkCoverage(accounts, alignment, { territories, maxDistance: far, measures, capacity: { amount: most } })),
        answer(() => resolveCoverage(accounts, alignment, { territories, maxDistance: far, measures, capacity: { amount: most } })),
        answer(() => findWhiteSpaces(accounts, alignment, { potential: "amount", radius: far, territories, maxDistance: most, limit: 2 })),
        answer(() => routeAccounts(accounts, { dimensions, rules, measures })),
        answer(() => analyzeRules({ dimensions, rules, budget: Number.MAX_VALUE, maxFindings: Number.MAX_SAFE_INTEGER })),
        answer(() => alignByLists(accounts, { field: "code", lists: { t: ["0", "00"], u: ["1", "0"] }, measures })),
        answer(() => (isGlobe ? drawTerritories(accounts, alignment) : null)),
        answer(() => (isGlobe ? checkAreas([], { market: { type: "Polygon", coordinates: [[[-0, -0], [1, -0], [1, 1], [-0, -0]]] }, accounts, measures, sliverKm2: far }) : null)),
      ]
      for (const result of results) if (result !== null) answered++
      expect(results.flatMap((result, r) => oddNumbers(result, `result ${r}`))).toEqual([])
      if (far >= 1e155 && results[0] !== null) expect((results[0] as { findings: { code: string }[] }).findings.some(({ code }) => code === "account-too-far")).toBe(false)
    }),
    { numRuns: 60, seed: 9 },
  )
  expect(answered).toBeGreaterThan(200)
})
