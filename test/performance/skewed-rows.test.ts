import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { findUnlike } from "../../src/performance/compare/unlike-rows.js"
import { comparePerformance, type KpiVerdict } from "../../src/performance/index.js"

const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
/** Log-normal amounts of mean 1. */
const skewed = (random: () => number, sd: number): number => Math.exp(sd * normal(random) - (sd * sd) / 2)

function verdictsOf(groups: readonly (readonly number[])[], seed: number): KpiVerdict[] {
  const rows = groups.flatMap((own, t) => own.map((y) => ({ t: `t${String(t).padStart(2, "0")}`, y })))
  return comparePerformance(rows, { territory: "t", kpis: { y: { numerator: "y" } }, seed }).territories.map(({ kpis }) => kpis.y)
}

const isApart = ({ verdict }: KpiVerdict): boolean => verdict === "above" || verdict === "below"

test("a few very skewed rows beside many tame ones are no reason to accuse: too little data, and who is really better is found", () => {
  const random = createRandom(21)
  const runs = 16
  let [accused, unsaid, found] = [0, 0, 0]
  for (let seed = 0; seed < runs; seed++) {
    const groups = Array.from({ length: 16 }, (_, t) => Array.from({ length: t < 2 ? 15 : 60 }, () => (t < 2 ? skewed(random, 2) : (t === 5 ? 1.4 : 1) * (1 + 0.3 * normal(random)))))
    const verdicts = verdictsOf(groups, seed)
    if (verdicts.some((own, t) => t !== 5 && isApart(own))) accused++
    if (verdicts[5].verdict === "above") found++
    for (const own of verdicts.slice(0, 2)) {
      if (own.verdict !== "too little data") continue
      unsaid++
      expect(own).toMatchObject({ flag: "rows-skewed", pValue: null, adjustedPValue: null, comparedWith: null })
      // their rows say nothing of the others' yardstick
      expect(verdicts[5].comparedWith?.setAside).toContain(`t${String(verdicts.indexOf(own)).padStart(2, "0")}`)
    }
  }
  // by the exchange of rows alone it is 60 to 70 % of the draws
  expect(accused).toBeLessThan(5)
  expect(unsaid).toBeGreaterThan(runs / 4)
  expect(found).toBe(runs)
})

test("two territories of tenfold spread are judged by standard errors too", () => {
  const random = createRandom(22)
  const runs = 30
  let accused = 0
  for (let seed = 0; seed < runs; seed++) {
    const groups = Array.from({ length: 12 }, (_, t) => Array.from({ length: 20 }, () => 1 + (t < 2 ? 3 : 0.3) * normal(random)))
    if (verdictsOf(groups, seed).slice(0, 2).some(isApart)) accused++
  }
  // 5 % are 1.5 of 30; 6 would be a fluke of 1 in 300
  expect(accused).toBeLessThan(6)
})

test("unlike are rows of another shape or spread, not those that are more of everything, nor yes and no", () => {
  const random = createRandom(23)
  const unlike = (make: (g: number) => number): number[] => {
    const numerators = Float64Array.from({ length: 600 }, (_, i) => make(Math.floor(i / 60)))
    const starts = Int32Array.from({ length: 11 }, (_, g) => 60 * g)
    return [...findUnlike({ numerators, denominators: new Float64Array(600).fill(1), starts }, [0, 1]).keys()]
  }
  expect(unlike((g) => (g === 0 ? 3 : 1) * skewed(random, 0.8))).toEqual([])
  expect(unlike((g) => (random() < (g === 0 ? 0.1 : 0.4) ? 1 : 0))).toEqual([])
  expect(unlike((g) => (g === 0 ? skewed(random, 1.5) : 1 + 0.3 * normal(random)))).toEqual([0])
  expect(unlike((g) => 1 + (g === 1 ? 2 : 0.3) * normal(random))).toEqual([1])
  // losses and profits: no shares of a ratio, the amounts themselves
  expect(unlike((g) => (g === 9 ? -5 : 0) + (g === 1 ? 4 : 0.5) * normal(random))).toEqual([1])
  // 19 near 0 and one of 20 have a skewness of 4.1: 25 times its square are 420 rows, and of so many none is too few
  const spiky = (rows: number): boolean | undefined => {
    const own = Array.from({ length: rows }, (_, i) => (i % 20 === 0 ? 20 : 0.001 * i))
    const tame = Array.from({ length: 2000 }, () => 1 + 0.1 * normal(random))
    const [one] = findUnlike({ numerators: Float64Array.from([...own, ...tame]), denominators: new Float64Array(rows + 2000).fill(1), starts: Int32Array.from([0, rows, rows + 2000]) }, [0]).values()
    return one?.isTooSkewed
  }
  expect([20, 400, 460].map(spiky)).toEqual([true, true, false])
})
