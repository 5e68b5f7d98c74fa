import { formatAmount } from "../../model/format-amount.js"
import { homeWeight } from "../../math/transport/pair-rules.js"
import type { MoveConflict } from "../allocate-within-limits.js"
import type { CompiledProblem } from "../compile-problem.js"
import type { Explanation, Relaxation } from "./infeasibility.js"
import { relaxMoves } from "./relax-moves.js"
import { roundOutwards } from "./round-outwards.js"

/**
 * Why bounds and limits on moves cannot be kept together: the least that has to move, the least value of each limit that is enough
 * alone, and what the plan keeps as it is.
 *
 * @param units groups as one account
 * @param territoryIds k
 * @param centers where the plan's conflict was found, with prices (k x M) near it
 * @param isExact whether the least is solved for to the last digits
 * @param kept the changes that the plan is inside of
 */
export function* explainMoves(
  units: CompiledProblem,
  territoryIds: readonly string[],
  { centers, prices }: { readonly centers: Float64Array; readonly prices: Float64Array },
  { leastMoved }: MoveConflict,
  isExact: boolean,
  kept: Relaxation | null,
): Generator<undefined, Explanation> {
  const { disruption, problem, measures } = units
  const { total, maxMovedShare, maxHandedOff, maxTakenOver } = disruption as NonNullable<CompiledProblem["disruption"]>
  const isOfAll = maxHandedOff === null && maxTakenOver === null
  const relaxed = isOfAll ? { territoryIds: [], relaxations: [], wouldFit: true } : yield* relaxMoves(units, territoryIds, centers, prices)
  const base = { kind: "divisible" as const, measures: [...measures], territoryIds: relaxed.territoryIds, accountIds: [], conflict: [], isConflictMinimal: false }
  const found = [...relaxed.relaxations, ...(kept === null ? [] : [kept])]
  if (leastMoved === null || maxMovedShare === null) {
    const message = "not even divided accounts could keep all bounds within what territories may hand off and take over; raise disruption.maxHandedOffShare or maxTakenOverShare, or widen the bounds"
    return { ...base, message, relaxations: found }
  }
  const unavoidable = total - homeWeight(problem)
  const least = (unavoidable + leastMoved) / total
  const needed = Math.ceil(1e4 * Math.min(1, least)) / 1e4
  const to = Math.min(1, roundOutwards(maxMovedShare, least - maxMovedShare, 1))
  const relaxation: Relaxation = { message: `raise disruption.maxMovedShare from ${maxMovedShare} to ${to}`, changes: [{ kind: "moved-share", from: maxMovedShare, to }], provenBy: "divided", isMinimal: isExact }
  const message =
    `not even divided accounts could keep all bounds when only ${formatAmount(100 * maxMovedShare)} % of the disruption weight may move: about ${formatAmount(100 * needed)} % has to` +
    (unavoidable > 0 ? `, ${formatAmount(unavoidable)} of ${formatAmount(total)} because its territory is no longer there or may not have it` : "") +
    `; raise disruption.maxMovedShare to ${formatAmount(needed)}${leastMoved > 0 ? ", or widen the bounds" : ""}`
  return { ...base, message, relaxations: relaxed.wouldFit ? [relaxation, ...found] : found }
}
