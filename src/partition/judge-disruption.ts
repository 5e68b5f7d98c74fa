import { formatAmount } from "../model/format-amount.js"
import type { Violation } from "../model/violation.js"
import { homeWeight } from "../math/transport/pair-rules.js"
import type { CompiledProblem } from "./compile-problem.js"
import { isHomeToday } from "./current-homes.js"
import type { Infeasibility } from "./infeasible/infeasibility.js"
import { roundOutwards } from "./infeasible/round-outwards.js"
import type { PlanDisruption } from "./partition-result.js"
import { budgetOf } from "./search-within-budget.js"

/** A plan's moves, what breaks their limit, and what the certificate has to count. */
export interface JudgedDisruption {
  readonly disruption: PlanDisruption
  readonly violation: Violation | null
  /** Add this to what the problem's costs say of a plan, in the problem's unit: homes make these less by what all accounts there are worth. */
  readonly constant: number
}

/** Moved weight above the limit by less than this share of all is rounding of sums. */
const SUM_SLACK = 1e-12

/**
 * What a plan moves, against the owners of today, by their ids. Null where changes are free. O(n).
 *
 * @param owner n: place of every account's territory
 * @param costUnit the caller's units for one of the problem's
 */
export function judgeDisruption(compiled: CompiledProblem, owner: Int32Array, territoryIds: readonly string[], costUnit: number): JudgedDisruption | null {
  const { disruption, current, currentIds, currentHomes, problem } = compiled
  if (disruption === null || current === null) return null
  const { weights, total, penalty, maxMovedShare, forcedCount, forcedWeight } = disruption
  const indexOf = new Map(currentIds.map((id, t) => [id, t]))
  const todayOf = territoryIds.map((id) => indexOf.get(id) ?? -1)
  const takenOver = new Float64Array(territoryIds.length)
  let count = 0
  let moved = 0
  for (let i = 0; i < problem.n; i++) {
    if (current[i] < 0 || isHomeToday(currentHomes, current[i], todayOf[owner[i]])) continue
    count++
    moved += weights[i]
    takenOver[owner[i]] += weights[i]
  }
  const base = penalty / costUnit
  const rate = problem.homes?.rate ?? base
  const price = (rate - base) * costUnit
  const all = homeWeight(problem)
  const most = budgetOf(compiled)
  const limit = maxMovedShare === null ? null : maxMovedShare * total
  return {
    disruption: { movedCount: count, movedWeight: moved, movedShare: total > 0 ? moved / total : 0, cost: penalty * moved, maxMovedShare, price: price > 0 ? price : 0, forcedCount, forcedWeight },
    violation: limit === null || moved <= limit + SUM_SLACK * total ? null : overLimit(moved, limit),
    constant: base * (total - all) + rate * all - (most === null ? 0 : (rate - base) * most),
  }

  function overLimit(amount: number, most: number): Violation {
    const t = takenOver.indexOf(Math.max(...takenOver))
    const share = (part: number): string => `${formatAmount(Number(((100 * part) / total).toPrecision(6)))} %`
    const message = `the plan moves ${formatAmount(amount)} of ${formatAmount(total)} in disruption weight (${share(amount)}), more than the ${share(most)} that may move; territory ${JSON.stringify(territoryIds[t])} takes over the most`
    return { criterion: "disruption", territoryId: territoryIds[t], amount, limit: most, message }
  }
}

/** Why bounds and a limit on moves cannot be kept together. */
export function explainBudget({ disruption, problem, measures }: CompiledProblem, leastMoved: number): Infeasibility {
  const { total, maxMovedShare } = disruption as NonNullable<CompiledProblem["disruption"]>
  const unavoidable = total - homeWeight(problem)
  const needed = Math.ceil(1e4 * Math.min(1, (unavoidable + leastMoved) / total)) / 1e4
  const from = maxMovedShare ?? 0
  const to = Math.min(1, roundOutwards(from, (unavoidable + leastMoved) / total - from, 1))
  return {
    kind: "divisible",
    message:
      `not even divided accounts could keep all bounds when only ${formatAmount(100 * (maxMovedShare ?? 1))} % of the disruption weight may move: about ${formatAmount(100 * needed)} % has to` +
      (unavoidable > 0 ? `, ${formatAmount(unavoidable)} of ${formatAmount(total)} because its territory is no longer there or may not have it` : "") +
      `; raise disruption.maxMovedShare to ${formatAmount(needed)}, or widen the bounds`,
    measures: [...measures],
    territoryIds: [],
    accountIds: [],
    conflict: [],
    isConflictMinimal: false,
    relaxations: [{ message: `raise disruption.maxMovedShare from ${from} to ${to}`, changes: [{ kind: "moved-share", from, to }], provenBy: "divided", isMinimal: false }],
  }
}
