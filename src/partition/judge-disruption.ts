import { largestOf } from "../math/stats/extremes.js"
import { formatAmount } from "../model/format-amount.js"
import type { Violation } from "../model/violation.js"
import type { MovePrices } from "../math/transport/move-limits.js"
import { homeWeight } from "../math/transport/pair-rules.js"
import type { CompiledProblem } from "./compile-problem.js"
import { isHomeToday } from "./current-homes.js"
import { limitOfTerritory } from "./read-disruption.js"
import type { PlanDisruption, TerritoryDisruption } from "./partition-result.js"

/** A plan's moves, what breaks their limits, and what the certificate has to count. */
export interface JudgedDisruption {
  readonly disruption: PlanDisruption
  readonly violations: readonly Violation[]
  /** Add this to what the problem's costs say of a plan, in the problem's unit: homes make these less by what all accounts there are worth. */
  readonly constant: number
  /** The part of it that is paid in any case: by accounts that cannot stay where they are. */
  readonly unavoidable: number
}

/** Moved weight above a limit by less than this share of all is rounding of sums. */
const SUM_SLACK = 1e-12

/**
 * What a plan moves, against the owners of today, by their ids. Null where changes are free. O(n).
 *
 * @param owner n: place of every account's territory
 * @param moves what limits cost; null where they cannot be kept with the bounds
 * @param costUnit the caller's units for one of the problem's
 */
export function judgeDisruption(compiled: CompiledProblem, owner: Int32Array, territoryIds: readonly string[], moves: MovePrices | null, costUnit: number): JudgedDisruption | null {
  const { disruption, current, currentIds, currentHomes, problem } = compiled
  if (disruption === null || current === null) return null
  const { weights, total, penalty, maxMovedShare, maxHandedOff, maxTakenOver, forcedCount, forcedWeight, owned } = disruption
  // the plan's own come first, so that territory t is row t
  const ids = [...new Set([...territoryIds, ...currentIds])]
  const rowOf = new Map(ids.map((id, row) => [id, row]))
  const indexOf = new Map(currentIds.map((id, t) => [id, t]))
  const todayOf = territoryIds.map((id) => indexOf.get(id) ?? -1)
  const handedOff = new Float64Array(ids.length)
  const takenOver = new Float64Array(ids.length)
  // what cannot stay at home in any case takes no part in limits of territories
  const forced = new Float64Array(ids.length)
  const welcome = new Float64Array(ids.length)
  let count = 0
  let moved = 0
  for (let i = 0; i < problem.n; i++) {
    if (current[i] < 0) continue
    const from = rowOf.get(currentIds[currentHomes.ids[currentHomes.start[current[i]]]]) as number
    const to = owner[i]
    if (problem.homes && problem.homes.total[i] === 0) forced[from] += weights[i]
    if (isHomeToday(currentHomes, current[i], todayOf[owner[i]])) continue
    count++
    moved += weights[i]
    handedOff[from] += weights[i]
    takenOver[to] += weights[i]
    if (problem.homes && problem.homes.total[i] > 0) welcome[to] += weights[i]
  }
  const share = (part: number): string => `${formatAmount(Number(((100 * part) / total).toPrecision(6)))} %`
  const violations: Violation[] = []
  const limit = maxMovedShare === null ? null : maxMovedShare * total
  if (limit !== null && moved > limit + SUM_SLACK * total) {
    const most = takenOver.indexOf(largestOf(takenOver))
    const message = `the plan moves ${formatAmount(moved)} of ${formatAmount(total)} in disruption weight (${share(moved)}), more than the ${share(limit)} that may move; territory ${JSON.stringify(ids[most])} takes over the most`
    violations.push({ criterion: "disruption", territoryId: ids[most], amount: moved, limit, message })
  }
  const k = territoryIds.length
  const costOf = (prices: Float64Array | null | undefined, row: number): number => (prices && row < k ? prices[row] * costUnit : 0)
  const territories = ids.map((territoryId, row): TerritoryDisruption => {
    const most = limitOfTerritory(maxHandedOff, owned, territoryId)
    const mostTaken = limitOfTerritory(maxTakenOver, owned, territoryId)
    const allowed = most === null ? null : Math.max(most, forced[row])
    if (allowed !== null && row < k && handedOff[row] > allowed + SUM_SLACK * total) {
      violations.push({ criterion: "disruption", territoryId, amount: handedOff[row], limit: allowed, message: `territory ${JSON.stringify(territoryId)} hands off ${formatAmount(handedOff[row])} in disruption weight, more than the ${formatAmount(allowed)} it may` })
    }
    if (mostTaken !== null && welcome[row] > mostTaken + SUM_SLACK * total) {
      violations.push({ criterion: "disruption", territoryId, amount: welcome[row], limit: mostTaken, message: `territory ${JSON.stringify(territoryId)} takes over ${formatAmount(welcome[row])} in disruption weight, more than the ${formatAmount(mostTaken)} it may` })
    }
    return {
      territoryId,
      handedOff: handedOff[row],
      takenOver: takenOver[row],
      maxHandedOff: most,
      maxTakenOver: mostTaken,
      handOffPrice: costOf(moves?.leaving, row),
      takeOverPrice: costOf(moves?.coming, row),
    }
  })
  return {
    disruption: { movedCount: count, movedWeight: moved, movedShare: total > 0 ? moved / total : 0, cost: penalty * moved, maxMovedShare, price: moves === null ? 0 : moves.rate * costUnit, forcedCount, forcedWeight, territories },
    violations,
    constant: (problem.homes?.rate ?? 0) * total,
    unavoidable: (problem.homes?.rate ?? 0) * forced.reduce((sum, weight) => sum + weight, 0),
  }
}

/** Whether more has to move than may, whatever the bounds: its owner of today is no longer there or may not have it. O(n). */
export function isBudgetTooSmall({ disruption, problem }: CompiledProblem): boolean {
  if (disruption === null || disruption.maxMovedShare === null) return false
  const { total, maxMovedShare } = disruption
  return total - homeWeight(problem) > (maxMovedShare + SUM_SLACK) * total
}
