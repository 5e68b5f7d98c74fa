import { explainUnplaced } from "./explain-unplaced.js"
import { describeChoice, leastOf, standAccount } from "./choices.js"
import { decideReason } from "./decide-reason.js"
import type { AccountExplanation } from "./explanation-result.js"
import { distanceAt, type PlanModel } from "./plan-model.js"
import { wordAccount } from "./word-account.js"

/** Explains one account, by sorted position. O(k M), and with a group O(k x members). */
export function explainAccount(model: PlanModel, i: number): AccountExplanation {
  if (!model.compiled.countsDistance) return explainUnplaced(model, i)
  const { owner, territoryIds, compiled, rules } = model
  const own = owner[i]
  const standing = standAccount(model, i)
  const next = leastOf(standing.reduced, own, (t) => t !== own && rules.isEligible(i, t))
  const { decidedBy, alternative, measure, brokenBound } = decideReason(model, i, standing)
  const facts = {
    accountId: compiled.ids[i],
    territoryId: territoryIds[own],
    distance: distanceAt(model, i, own),
    cost: standing.costs[own],
    nearest: describeChoice(model, i, leastOf(standing.ways, own)),
    runnerUp: next < 0 ? null : describeChoice(model, i, next),
    decidedBy,
    measure: measure < 0 ? null : compiled.measures[measure],
    alternative: alternative < 0 ? null : describeChoice(model, i, alternative),
    brokenBound,
  }
  return { ...facts, message: wordAccount(facts, compiled.space === "globe" && compiled.distances === null ? " km" : "", rules.groupOf(i).length) }
}
