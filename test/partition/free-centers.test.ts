import { partitionAccounts } from "equiterra"
import { expect, test } from "vitest"
import { randomAccounts } from "../helpers/random-accounts"
import { distanceBetween, exactSum, readPlanOptions, type Row } from "../helpers/recompute-plan"

interface Instance {
  readonly accounts: Row[]
  readonly options: { territories: number; measures: Record<string, { value: string; tolerance: number }>; compactness: { weight: string; power: 1 | 2 }; centers: "mean" | "account" }
}

/** Instances so small that all plans can be tried, every one with its own best centers. */
const instances: Instance[] = Array.from({ length: 120 }, (_, seed) => {
  const territories = 2 + (seed % 2)
  const measures = { hours: { value: "hours", tolerance: [0.15, 0.3, 0.6][seed % 3] }, ...(seed % 5 === 0 ? { visits: { value: "visits", tolerance: 0.6 } } : {}) }
  const compactness = { weight: "people", power: (1 + (Math.floor(seed / 2) % 2)) as 1 | 2 }
  return { accounts: randomAccounts(territories === 2 ? 6 + (seed % 4) : 5 + (seed % 3), seed, "plane"), options: { territories, measures, compactness, centers: Math.floor(seed / 4) % 2 === 0 ? "mean" : "account" } }
})

/** The least cost of all plans inside all bounds, centers at the mean or the best account of every territory; null when there is none. */
function cheapestOfAll({ accounts, options }: Instance): number | null {
  const { names, power, weights, values, totals, boundsOf } = readPlanOptions(accounts, options)
  const n = accounts.length
  const k = options.territories
  const bounds = names.map((name) => boundsOf("t1", k, name))
  const away = accounts.map((one) => accounts.map((other) => distanceBetween(one, other as { x: number; y: number }) ** power))
  /** By set of accounts: its cost as a territory; Infinity outside the bounds. */
  const costOf = Array.from({ length: 1 << n }, (_, set) => {
    const members = accounts.map((_, i) => i).filter((i) => (set >> i) & 1)
    const fits = bounds.every(({ min, max }, m) => {
      const activity = members.reduce((sum, i) => sum + values[names[m]][i], 0)
      const slack = 1e-12 * totals[names[m]]
      return (min === null || activity >= min - slack) && (max === null || activity <= max + slack)
    })
    if (!fits || members.length === 0) return Infinity
    if (options.centers === "account") return Math.min(...members.map((j) => exactSum(members.map((i) => weights[i] * away[i][j]))))
    const mass = members.reduce((sum, i) => sum + weights[i], 0)
    const mean = (axis: "x" | "y"): number => members.reduce((sum, i) => sum + (weights[i] / mass) * (accounts[i][axis] as number), 0)
    const center = { x: mean("x"), y: mean("y") }
    return exactSum(members.map((i) => weights[i] * distanceBetween(accounts[i], center) ** power))
  })
  const everyone = (1 << n) - 1
  let least = Infinity
  for (let first = 1; first <= everyone; first++) {
    const rest = everyone ^ first
    if (k === 2) least = Math.min(least, costOf[first] + costOf[rest])
    else for (let second = rest; second > 0; second = (second - 1) & rest) least = Math.min(least, costOf[first] + costOf[second] + costOf[rest ^ second])
  }
  return least === Infinity ? null : least
}

test("against all plans with all centers: inside whenever that is possible, and nearly always the best there is", () => {
  let possible = 0
  let inside = 0
  let best = 0
  for (const instance of instances) {
    const least = cheapestOfAll(instance)
    const plan = partitionAccounts(instance.accounts, instance.options)
    if (least === null) {
      expect(plan.violations.length).toBeGreaterThan(0)
      continue
    }
    possible++
    if (plan.violations.length > 0) continue
    inside++
    // sums of a few numbers round
    expect(plan.cost).toBeGreaterThanOrEqual(least * (1 - 1e-9))
    if ((plan.cost as number) <= least * (1 + 1e-9)) best++
  }
  expect(possible).toBeGreaterThan(90)
  expect(inside).toBe(possible)
  // all of them when this was written
  expect(best).toBeGreaterThanOrEqual(Math.floor(0.97 * possible))
})
