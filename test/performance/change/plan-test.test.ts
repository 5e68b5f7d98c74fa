import fc from "fast-check"
import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { chooseTreated, matchControls } from "../../../src/performance/change/match-controls.js"
import { evaluateChange, planTest, type TestPlanOptions, type TestPlanResult } from "../../../src/performance/index.js"
import { caught } from "../../helpers/caught.js"

interface Row {
  readonly store: string
  readonly month: string
  readonly sales: number
}

const months = Array.from({ length: 36 }, (_, m) => `${2018 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, "0")}`)
const ids = (count: number): string[] => Array.from({ length: count }, (_, t) => `t${String(t).padStart(2, "0")}`)

/** Territories in kinds: all of a kind share a path; each has noise of its own beside it. */
function history(count: number, kinds: number, noise: number, seed = 1): Row[] {
  const random = createRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const paths = Array.from({ length: kinds }, () => months.map(() => 0.1 * normal()))
  return ids(count).flatMap((store, t) => months.map((month, p) => ({ store, month, sales: 100 * (1 + t / 10) * Math.exp(paths[t % kinds][p] + noise * normal()) })))
}

const alignmentOf = (count: number): TestPlanOptions<Row>["alignment"] => ids(count).map((id) => ({ accountId: id, territoryId: id }))
const fields = { account: "store", period: "month", outcome: "sales" } as const
const codes = ({ warnings }: TestPlanResult): string[] => warnings.map(({ code }) => code)

test("controls are the best assignment there is: no other one has a smaller sum of distances", () => {
  const distances = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 30, maxLength: 30 })
  fc.assert(
    fc.property(distances, fc.integer({ min: 1, max: 2 }), fc.integer({ min: 2, max: 5 }), (list, each, count) => {
      const candidates = Array.from({ length: count }, (_, c) => 10 + c)
      const distanceOf = (t: number, c: number): number => list[t * 5 + (c - 10)] / 10
      const found = matchControls([0, 1], candidates, each, distanceOf)
      const chosen = found.flat()
      expect(new Set(chosen).size).toBe(chosen.length)
      expect(chosen.length).toBe(Math.min(2 * each, count))
      expect(Math.abs(found[0].length - found[1].length)).toBeLessThanOrEqual(1)
      if (2 * each > count) return
      const sum = found.flatMap((own, t) => own.map((c) => distanceOf(t, c))).reduce((all, d) => all + d, 0)
      let best = Infinity
      const tryAll = (at: number, sizes: readonly [number, number], cost: number): void => {
        if (sizes[0] === each && sizes[1] === each) best = Math.min(best, cost)
        if (at === count) return
        tryAll(at + 1, sizes, cost)
        if (sizes[0] < each) tryAll(at + 1, [sizes[0] + 1, sizes[1]], cost + distanceOf(0, candidates[at]))
        if (sizes[1] < each) tryAll(at + 1, [sizes[0], sizes[1] + 1], cost + distanceOf(1, candidates[at]))
      }
      tryAll(0, [0, 0], 0)
      expect(sum).toBeCloseTo(best, 9)
    }),
    { numRuns: 60 },
  )
})

test("treated territories get controls of their kind, and chosen ones come from pairs of a kind by a seeded coin", () => {
  const records = history(16, 4, 0.005)
  const options = { ...fields, alignment: alignmentOf(16) }
  const result = planTest(records, { ...options, treated: ["t00", "t01", "t02", "t03"], plannedPeriods: 6 })
  for (const { treatedId, controls } of result.matches) {
    expect(controls).toHaveLength(3)
    for (const { territoryId, pathDifference, levelRatio, distance } of controls) {
      expect(Number(territoryId.slice(1)) % 4).toBe(Number(treatedId.slice(1)) % 4)
      expect(pathDifference).toBeLessThan(0.015)
      expect(levelRatio).toBeGreaterThan(1)
      expect(distance).toBeCloseTo(Math.hypot(pathDifference, 0.1 * Math.log(levelRatio)), 12)
    }
  }
  expect(result.fit?.error).toBeLessThan(0.02)
  expect(result.fit?.correlation).toBeGreaterThan(0.9)
  expect([result.needs, result.warnings]).toEqual([null, []])
  const picks = Array.from({ length: 30 }, (_, seed) => chooseTreated([0, 1, 2, 3], 2, seed, (a, b) => (a % 2 === b % 2 ? 1 : 2)).join(" "))
  expect([...new Set(picks)].sort()).toEqual(["0 1", "0 3", "1 2", "2 3"]) // one of {0, 2}, one of {1, 3}
  const { treated, controls } = planTest(records, { ...options, count: 4, controlsPerTreated: 1, exclude: ["t15"], plannedPeriods: 6 })
  expect([treated.length, controls.length, new Set([...treated, ...controls]).size]).toEqual([4, 4, 8])
  expect([...treated, ...controls]).not.toContain("t15")
  expect(planTest(records, { ...options, treated: ["t00"], candidates: ["t05", "t06"], plannedPeriods: 6 })).toMatchObject({ controls: ["t05", "t06"], byPeriods: [], minimumDetectableEffect: null, needs: expect.stringMatching(/^A verdict needs at least 3 treated/) as unknown })
})

test("what the plan foresees is what the test then finds: noise counts, length counts, and the planted effect is found", () => {
  const options = { ...fields, alignment: alignmentOf(12), treated: ["t00", "t01", "t02", "t03"], plannedPeriods: 6, effect: 0.1 }
  const { effect: _, ...plain } = options
  const foreseen = [0.02, 0.04, 0.08].map((noise) => planTest(history(12, 1, noise), noise > 0.04 ? plain : options))
  const [calm, middle, rough] = foreseen.map(({ minimumDetectableEffect }) => Math.log(1 + (minimumDetectableEffect ?? NaN)))
  expect(middle / calm).toBeCloseTo(2, 1)
  expect(rough / calm).toBeCloseTo(4, 0)
  // independent months: a fourth of the length, about twice the effect, less what the shorter past before each placebo adds
  const at = (periods: number): number => foreseen[1].byPeriods.find((one) => one.periods === periods)?.minimumDetectableEffect ?? NaN
  expect(at(1) / at(4)).toBeGreaterThan(1.3)
  const needed = foreseen.map(({ neededPeriods }) => neededPeriods ?? Infinity)
  expect(needed[0]).toBeLessThanOrEqual(needed[1])
  expect([foreseen[2].neededPeriods, foreseen[2].byPeriods.length]).toEqual([null, 1])
  expect(foreseen[0].byPeriods.find(({ periods }) => periods === needed[0])?.minimumDetectableEffect).toBeLessThanOrEqual(0.1)
  // held in worlds of the same kind, half of a year long
  const { treated, controls } = foreseen[1]
  const worlds = Array.from({ length: 30 }, (_, seed) => history(12, 1, 0.04, 100 + seed).map((row) => (row.month >= "2020-07" && treated.includes(row.store) ? { ...row, sales: row.sales * Math.exp(middle) } : row)))
  const found = worlds.filter((records) => evaluateChange(records, { ...fields, alignment: options.alignment, treated, controls, changedAt: "2020-07" }).verdict === "higher").length
  expect(found / 30).toBeGreaterThan(0.6)
  expect(planTest(history(12, 1, 0.3).filter(({ month }) => month < "2019-05"), { ...options, effect: 0.01 })).toMatchObject({ neededPeriods: null, needs: expect.stringMatching(/^An effect of 0\.01 is not found after 8 periods/) as unknown })
})

test("the order of records is nothing, the same seed gives the same bytes, and what cannot be used is refused", () => {
  const records = history(9, 3, 0.03)
  const options = { ...fields, alignment: alignmentOf(9), count: 3, plannedPeriods: 4 }
  const once = JSON.stringify(planTest(records, options))
  expect(JSON.stringify(planTest([...records].reverse(), { ...options, alignment: [...options.alignment].reverse() }))).toBe(once)
  expect(JSON.parse(once)).toEqual(planTest(records, options))
  const code = (more: object): string => caught(() => planTest(records, { ...options, ...more })).issues.map((one) => one.code).join(" ")
  expect(code({ count: undefined })).toBe("option-conflict")
  expect(code({ treated: ["t00"] })).toBe("option-conflict")
  expect(code({ count: 5 })).toBe("option-range")
  expect(code({ count: undefined, treated: ["t00", "tt"] })).toBe("territory-unknown")
  expect(code({ count: undefined, treated: ["t00"], exclude: ["t00"] })).toBe("territory-duplicate")
  expect(code({ plannedPeriods: 0, controlsPerTreated: 1.5, levelWeight: -1, effect: 0, contols: 3 })).toBe("option-unknown option-range option-range option-range option-range")
  expect(code({ periodLength: "year", partial: ["2020"] })).toBe("history-short")
  expect(codes(planTest(records, { ...options, controlsPerTreated: 2, plannedPeriods: 40 }))).toEqual(["history-short"])
  expect(codes(planTest(records.filter(({ store, month }) => store !== "t08" || month > "2019"), options))).toEqual(["territory-empty", "few-controls"])
})

test("returns beyond sales in some months: a plan by differences instead of ratios", () => {
  const records = history(8, 1, 0.03).map((row) => (row.store === "t01" && row.month >= "2020-07" ? { ...row, sales: -5 } : row))
  const options = { ...fields, alignment: alignmentOf(8), treated: ["t00", "t01", "t02", "t03"], controlsPerTreated: 1, plannedPeriods: 6 }
  expect(planTest(records, options).minimumDetectableEffect).toBeGreaterThan(0.02)
  expect(planTest(records, { ...options, transform: "log" })).toMatchObject({ minimumDetectableEffect: null, byPeriods: [] })
  expect(planTest(history(8, 1, 0.03), { ...options, transform: "none" }).minimumDetectableEffect).toBeGreaterThan(0.01)
})
