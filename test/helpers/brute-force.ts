import type { PartitionOptions, PartitionResult } from "equiterra"
import { distanceBetween, exactSum, readPlanOptions, type Row } from "./recompute-plan"

/**
 * The least cost over all k^n plans at the centers of a result, inside all bounds (to 1e-12 of the total, as sums round);
 * null when no plan keeps them. For n up to 8.
 */
export function cheapestPlan(accounts: readonly Row[], options: PartitionOptions<Row>, result: PartitionResult): number | null {
  const { names, power, weights, values, totals, boundsOf } = readPlanOptions(accounts, options)
  const n = accounts.length
  const k = result.territories.length
  const costs = accounts.map((account, i) => result.territories.map(({ center }) => weights[i] * distanceBetween(account, center) ** power))
  const bounds = result.territories.map(({ id }) => names.map((name) => boundsOf(id, k, name)))
  let least: number | null = null
  const plan = new Array<number>(n)
  for (let code = 0; code < k ** n; code++) {
    for (let i = 0, rest = code; i < n; i++, rest = Math.floor(rest / k)) plan[i] = rest % k
    const isInside = bounds.every((rows, t) =>
      rows.every(({ min, max }, m) => {
        let activity = 0
        for (let i = 0; i < n; i++) if (plan[i] === t) activity += values[names[m]][i]
        const slack = 1e-12 * totals[names[m]]
        return (min === null || activity >= min - slack) && (max === null || activity <= max + slack)
      }),
    )
    if (!isInside) continue
    const cost = exactSum(plan.map((t, i) => costs[i][t]))
    if (least === null || cost < least) least = cost
  }
  return least
}
