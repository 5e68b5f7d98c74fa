import { findBrokenBound } from "./broken-bound.js"
import { leastOf, type Standing } from "./choices.js"
import type { BrokenBound, DecidedBy } from "./explanation-result.js"
import { costAt, paidAt, type PlanModel } from "./plan-model.js"
import { isWithinReach } from "./planning-rules.js"

/** What keeps an account where it is, in indices. */
export interface Decision {
  readonly decidedBy: DecidedBy
  /** The territory that is ruled out; -1: none. */
  readonly alternative: number
  /** -1: none. */
  readonly measure: number
  readonly brokenBound: BrokenBound | null
}

/** Ways that differ by less than this share are the same. */
const SAME_PLACE = 1e-12

/**
 * Asks of every territory that is nearer what rules it out, as `DecidedBy` says. The account moves with its group, where the plan
 * has that in one territory. O(k M), with a group O(k M x members).
 */
export function decideReason(model: PlanModel, i: number, { ways, reduced, slack }: Standing): Decision {
  const { owner, rules, compiled, prices } = model
  const M = compiled.measures.length
  const own = owner[i]
  const decided = (decidedBy: DecidedBy, alternative: number, measure = -1, brokenBound: BrokenBound | null = null): Decision => ({ decidedBy, alternative, measure, brokenBound })
  const nearer: number[] = []
  for (let t = 0; t < ways.length; t++) if (ways[t] < ways[own] * (1 - SAME_PLACE)) nearer.push(t)
  if (nearer.length === 0) return decided("nearest", -1)

  // could it go by itself, the plan being as it is?
  const group = rules.groupOf(i)
  const members = group.every((j) => owner[j] === own) ? group : [i]
  const sum = (of: (j: number) => number): number => members.reduce((total, j) => total + of(j), 0)
  const moved = Float64Array.from({ length: M }, (_, m) => sum((j) => compiled.activities[j * M + m]))
  const costChange = (t: number): number => sum((j) => costAt(model, j, t) - costAt(model, j, own))
  const moves = nearer.map((t) => ({ t, cost: costChange(t), isAllowed: members.every((j) => rules.isAllowed(j, t)), moreMoved: rules.disruption === null ? 0 : sum((j) => movedChange(model, j, own, t)) }))
  const mayMove = (t: number): boolean => rules.disruption === null || rules.disruption.mayMove(members.map((j) => ({ i: j, from: own, to: t })))
  const free = moves
    .map((move) => ({ ...move, all: move.cost + (rules.disruption?.penalty ?? 0) * move.moreMoved }))
    .filter(({ t, all, isAllowed }) => isAllowed && all < -slack && mayMove(t) && findBrokenBound(model, moved, own, t) === null)
    .sort((a, b) => a.all - b.all || a.t - b.t)
  if (free.length > 0) return decided("none", free[0].t)

  // no nearer territory is cheaper at the plan's prices: these decided
  const better = moves.filter(({ t }) => reduced[t] < reduced[own] - slack).sort((a, b) => reduced[a.t] - reduced[b.t] || a.t - b.t)
  if (better.length === 0) {
    const nearest = leastOf(ways, own)
    let measure = -1
    let most = 0
    for (let m = 0; m < M; m++) {
      const dearer = (prices[own * M + m] - prices[nearest * M + m]) * compiled.activities[i * M + m]
      if (dearer > most) [measure, most] = [m, dearer]
    }
    // an account without weight is as well off anywhere
    return measure >= 0 ? decided("balance", nearest, measure, findBrokenBound(model, moved, own, nearest)) : decided("none", nearest)
  }

  // the prices prefer a nearer territory: what forbids it
  if (rules.lockedTo[i] === own) return decided("locked", better[0].t)
  const open = better.filter(({ t }) => rules.isEligible(i, t))
  if (open.length === 0) return decided(isWithinReach(compiled.problem, model.centers, i, better[0].t) ? "eligible" : "distance", better[0].t)
  const gain = ({ t, cost }: { readonly t: number; readonly cost: number }): number => cost + sum((j) => paidAt(model, j, own) - paidAt(model, j, t))
  const shared = group.length === 1 ? open : open.filter((move) => move.isAllowed && move.cost < 0 && gain(move) < -slack)
  if (shared.length === 0) return decided("together", open[0].t)
  const { disruption } = rules
  const paying = disruption === null ? shared : shared.filter((move) => gain(move) + sum((j) => disruption.priceAt(j, move.t) - disruption.priceAt(j, own)) < -slack && mayMove(move.t))
  for (const { t } of paying) {
    const bound = findBrokenBound(model, moved, own, t)
    if (bound !== null) return decided("whole", t, compiled.measures.indexOf(bound.measure), bound)
  }
  return decided(disruption === null ? "none" : "disruption", shared[0].t)
}

/** By how much more weight counts as moved when account i goes from one territory to another. */
function movedChange({ rules: { disruption } }: PlanModel, i: number, from: number, to: number): number {
  return disruption === null ? 0 : disruption.movedBy(i, to) - disruption.movedBy(i, from)
}
