import { formatAmount } from "../../model/format-amount.js"
import type { CompiledProblem } from "../compile-problem.js"
import type { Reason } from "./explain-divisible.js"
import { listed, quoted } from "./words.js"

/** Sums that differ by less than this share are the same. */
const ROUNDING = 1e-9

/** Bounds of one measure whose sum contradicts the total; null where there are none. O(k M). */
export function explainSums({ problem, measures, bounds, totals }: CompiledProblem, territoryIds: readonly string[]): Reason | null {
  const { k, measureCount: M } = problem
  for (let m = 0; m < M; m++) {
    let least = 0
    let most = 0
    for (let t = 0; t < k; t++) {
      least += bounds[t * M + m].min ?? 0
      most += bounds[t * M + m].max ?? totals[m]
    }
    const slack = ROUNDING * totals[m]
    if (least <= totals[m] + slack && most >= totals[m] - slack) continue
    const low = least > totals[m]
    return {
      message:
        `the ${low ? "lower" : "upper"} bounds of ${measures[m]} sum to ${formatAmount(low ? least : most)}, ` +
        `but the accounts have ${formatAmount(totals[m])}: ${low ? "lower" : "raise"} them by ${formatAmount(Math.abs((low ? least : most) - totals[m]))} in all, or change the number of territories`,
      measures: [measures[m]],
      territoryIds: [...territoryIds],
      accountIds: [],
    }
  }
  return null
}

/** Locked accounts that alone are more than their territory may have; null where there are none. O(n M). */
export function explainLocks({ problem, activities, measures, bounds, ids, totals }: CompiledProblem, territoryIds: readonly string[]): Reason | null {
  const { n, k, measureCount: M, lockedTo } = problem
  const locked = new Float64Array(k * M)
  for (let i = 0; i < n; i++) if (lockedTo[i] >= 0) for (let m = 0; m < M; m++) locked[lockedTo[i] * M + m] += activities[i * M + m]
  const rows = bounds.flatMap(({ max }, r) => (max !== null && locked[r] > max + ROUNDING * totals[r % M] ? [r] : []))
  if (rows.length === 0) return null
  const territories = [...new Set(rows.map((r) => Math.floor(r / M)))]
  const tooMuch = rows.map((r) => `${measures[r % M]} of ${quoted(territoryIds[Math.floor(r / M)])} is ${formatAmount(locked[r])} by locks, at most ${formatAmount(bounds[r].max as number)}`)
  return {
    message: `locked accounts alone are too much: ${listed(tooMuch)}; unlock some of them, or raise the bound`,
    measures: [...new Set(rows.map((r) => measures[r % M]))],
    territoryIds: territories.map((t) => territoryIds[t]),
    accountIds: ids.filter((_, i) => territories.includes(lockedTo[i])),
  }
}
