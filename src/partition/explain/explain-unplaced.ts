import { findBrokenBound } from "./broken-bound.js"
import { describeChoice } from "./choices.js"
import type { AccountExplanation } from "./explanation-result.js"
import type { PlanModel } from "./plan-model.js"
import { BOUND_DIGITS, showApart } from "./show-figures.js"

/**
 * Explains an account of a plan in which distances do not count: its lock, its owner of today, and what a move would
 * break. Next is the first other territory that may have it, of those where no bound would break if there are any.
 * O(k M).
 */
export function explainUnplaced(model: PlanModel, i: number): AccountExplanation {
  const { owner, territoryIds, compiled, rules } = model
  const M = compiled.measures.length
  const own = owner[i]
  const group = rules.groupOf(i)
  const members = group.every((j) => owner[j] === own) ? group : [i]
  const moved = Float64Array.from({ length: M }, (_, m) => members.reduce((sum, j) => sum + compiled.activities[j * M + m], 0))
  const others = territoryIds.map((_, t) => t).filter((t) => t !== own && members.every((j) => rules.isEligible(j, t)))
  const next = others.find((t) => findBrokenBound(model, moved, own, t) === null) ?? others[0] ?? -1
  const brokenBound = next < 0 ? null : findBrokenBound(model, moved, own, next)
  const here = { distance: null, cost: null }
  return {
    accountId: compiled.ids[i],
    territoryId: territoryIds[own],
    ...here,
    nearest: describeChoice(model, i, own),
    runnerUp: next < 0 ? null : describeChoice(model, i, next),
    decidedBy: "unplaced",
    measure: brokenBound === null ? null : brokenBound.measure,
    alternative: null,
    brokenBound,
    message: `${compiled.ids[i]} is in ${JSON.stringify(territoryIds[own])}${reason()}`,
  }

  function reason(): string {
    if (rules.lockedTo[i] === own) return ": it is locked."
    if (next < 0) return ": there is no other territory for it."
    const { disruption } = rules
    const isToday = disruption !== null && compiled.current !== null && compiled.current[i] >= 0 && disruption.movedBy(i, own) === 0
    const start = isToday ? ", its owner of today; no account has a place, so that none is nearer." : ": no account has a place, so that none is nearer."
    const to = JSON.stringify(territoryIds[next])
    if (brokenBound === null) return `${start} In ${to} no bound would be broken either.`
    const { territoryId, measure, side, activity, limit } = brokenBound
    const [has, bound] = showApart(activity, limit, BOUND_DIGITS)
    return `${start} If it went to ${to}, there would be ${has} of ${measure} in ${JSON.stringify(territoryId)}, ${side === "max" ? "more than its maximum" : "less than its minimum"} of ${bound}.`
  }
}
