import { findBrokenBound } from "./broken-bound.js"
import { leastOf, type Standing } from "./choices.js"
import type { BrokenBound, DecidedBy } from "./explanation-result.js"
import { costAt, paidAt, type PlanModel } from "./plan-model.js"

/** What keeps an account where it is, in indices. */
export interface Decision {
  readonly decidedBy: DecidedBy
  /** The territory that is ruled out; -1: none. */
  readonly alternative: number
  /** -1: none. */
  readonly measure: number
  readonly brokenBound: BrokenBound | null
}

/** Distances that differ by less than this share of their square are the same. */
const SAME_PLACE = 1e-12

/**
 * Asks of every territory that is nearer than the account's own and cheaper at the plan's prices what rules it out: first the
 * account's lock, then `eligible`, then its group, then what a change of owner costs, then the bounds that would be broken. O(k),
 * with a group O(k x members).
 */
export function decideReason(model: PlanModel, i: number, { squares, reduced, slack }: Standing): Decision {
  const { owner, rules, compiled, prices } = model
  const M = compiled.measures.length
  const own = owner[i]
  const decided = (decidedBy: DecidedBy, alternative: number, measure = -1, brokenBound: BrokenBound | null = null): Decision => ({ decidedBy, alternative, measure, brokenBound })
  const isNearer = (t: number): boolean => squares[t] < squares[own] * (1 - SAME_PLACE)
  let better: number[] = []
  for (let t = 0; t < squares.length; t++) if (isNearer(t) && reduced[t] < reduced[own] - slack) better.push(t)
  better.sort((a, b) => reduced[a] - reduced[b] || a - b)

  // no nearer territory is cheaper: prices, if anything, decided
  if (better.length === 0) {
    const nearest = leastOf(squares, own)
    if (!isNearer(nearest)) return decided("nearest", -1)
    let measure = -1
    let most = 0
    for (let m = 0; m < M; m++) {
      const dearer = (prices[own * M + m] - prices[nearest * M + m]) * compiled.activities[i * M + m]
      if (dearer > most) [measure, most] = [m, dearer]
    }
    if (measure >= 0) return decided("balance", nearest, measure)
    // without weight no way is long
    better = [nearest]
  }

  if (rules.lockedTo[i] === own) return decided("locked", better[0])
  const open = better.filter((t) => rules.isEligible(i, t))
  if (open.length === 0) return decided("eligible", better[0])
  const group = rules.groupOf(i)
  const isWhole = group.length > 1 && group.every((j) => owner[j] === own)
  const members = isWhole ? group : [i]
  const gain = (t: number): number => members.reduce((sum, j) => sum + costAt(model, j, t) - paidAt(model, j, t) - costAt(model, j, own) + paidAt(model, j, own), 0)
  const cost = (t: number): number => members.reduce((sum, j) => sum + costAt(model, j, t) - costAt(model, j, own), 0)
  const mayGo = (j: number, t: number): boolean => (rules.lockedTo[j] < 0 || rules.lockedTo[j] === t) && rules.isEligible(j, t)
  const shared = isWhole ? open.filter((t) => members.every((j) => mayGo(j, t)) && gain(t) < -slack && cost(t) < 0) : open
  if (shared.length === 0) return decided("together", open[0])
  const cheap = shared.filter((t) => isWorthMoving(model, members, own, t, gain(t)))
  if (cheap.length === 0) return decided("disruption", shared[0])

  const moved = Float64Array.from({ length: M }, (_, m) => members.reduce((sum, j) => sum + compiled.activities[j * M + m], 0))
  const broken = cheap.map((t) => findBrokenBound(model, moved, own, t))
  const free = broken.indexOf(null)
  if (free >= 0) return decided("none", cheap[free])
  const bound = broken[0] as BrokenBound
  return decided("whole", cheap[0], compiled.measures.indexOf(bound.measure), bound)
}

/** Whether a move still pays with what a change of owner costs, and whether the budget of moves allows it. */
function isWorthMoving({ rules: { disruption } }: PlanModel, members: readonly number[], from: number, to: number, gain: number): boolean {
  if (disruption === null) return true
  const added = members.reduce((sum, j) => sum + disruption.penaltyOf(j, to) - disruption.penaltyOf(j, from), 0)
  if (gain + added >= 0) return false
  if (disruption.budget === null) return true
  const more = members.reduce((sum, j) => sum + disruption.movedBy(j, to) - disruption.movedBy(j, from), 0)
  return more <= 0 || disruption.movedNow + more <= disruption.budget
}
