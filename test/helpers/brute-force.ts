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

/**
 * The least cost over all k^n plans that keep all bounds and locks, every free center being the best of its own accounts and
 * every fixed one where it is; null when no plan keeps them. `territoryIds`: in the order of the result. For n up to 8.
 */
export function cheapestPlanAnywhere(accounts: readonly Row[], options: PartitionOptions<Row>, territoryIds: readonly string[]): number | null {
  const { names, power, weights, values, totals, boundsOf } = readPlanOptions(accounts, options)
  const n = accounts.length
  const k = territoryIds.length
  const between = accounts.map((one, i) => accounts.map((other) => weights[i] * distanceBetween(one, other) ** power))
  const bounds = territoryIds.map((id) => names.map((name) => boundsOf(id, k, name)))
  const fixedAt = territoryIds.map((id) => {
    const spec = typeof options.territories === "number" ? undefined : options.territories.find((one) => one.id === id)
    return spec?.centerFixed === true ? spec.center : undefined
  })
  const lockedTo = accounts.map(({ id }) => (options.locked?.includes(id) === true ? territoryIds.indexOf((options.current ?? []).find((row) => row.accountId === id)?.territoryId ?? "") : -1))
  let least: number | null = null
  const plan = new Array<number>(n)
  for (let code = 0; code < k ** n; code++) {
    for (let i = 0, rest = code; i < n; i++, rest = Math.floor(rest / k)) plan[i] = rest % k
    if (plan.some((t, i) => lockedTo[i] >= 0 && lockedTo[i] !== t)) continue
    let cost = 0
    for (let t = 0; t < k && cost < Infinity; t++) {
      const members = plan.flatMap((owner, i) => (owner === t ? [i] : []))
      const isInside = bounds[t].every(({ min, max }, m) => {
        const activity = members.reduce((sum, i) => sum + values[names[m]][i], 0)
        const slack = 1e-12 * totals[names[m]]
        return (min === null || activity >= min - slack) && (max === null || activity <= max + slack)
      })
      const fixed = fixedAt[t]
      if (!isInside) cost = Infinity
      else if (fixed !== undefined) cost += members.reduce((sum, i) => sum + weights[i] * distanceBetween(accounts[i], fixed) ** power, 0)
      else if (members.length > 0) cost += Math.min(...members.map((j) => members.reduce((sum, i) => sum + between[i][j], 0)))
    }
    if (cost < Infinity && (least === null || cost < least)) least = cost
  }
  return least
}
