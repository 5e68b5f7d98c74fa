import { largestOf, smallestOf } from "../../math/stats/extremes.js"
import type { Axes } from "./choose-plans.js"
import type { NextStep } from "./explore-result.js"
import type { Trial } from "./trial.js"
import { wordStep } from "./word-plans.js"

/** Figures on an axis are about the same within this share of themselves, or so little. */
const SAME = 0.05
const SAME_IMBALANCE = 1e-4
const SAME_MOVES = 2e-3

/**
 * What the next step along each axis would cost or save: to the nearest plan of the frontier that goes further on this axis, is no
 * worse (but for a trifle) on the other, and pays for it, or is paid for, in cost. These are plans that were found, not estimates. O(frontier).
 *
 * @param labelOf of plans that are shown; undefined for others
 */
export function findNextSteps(from: Trial, frontier: readonly Trial[], { hasImbalance, hasMoves }: Axes, labelOf: (trial: Trial) => string | undefined, moving: string): NextStep[] {
  const slackOfMoves = Math.max(SAME * from.moved, SAME_MOVES)
  const slackOfBalance = SAME * from.imbalance + SAME_IMBALANCE
  const asBalanced = ({ imbalance }: Trial): boolean => !hasImbalance || imbalance <= from.imbalance + slackOfBalance
  const asStill = ({ moved }: Trial): boolean => !hasMoves || moved <= from.moved + slackOfMoves
  const spanOf = (figure: (trial: Trial) => number): number => largestOf(frontier.map(figure)) - smallestOf(frontier.map(figure)) || 1
  const spans = { imbalance: spanOf(({ imbalance }) => imbalance), moved: spanOf(({ moved }) => moved) }
  // the nearest on both axes: what is kept is to stay about as it is, not to get better unasked
  const distance = (to: Trial): number => Math.abs(to.imbalance - from.imbalance) / spans.imbalance + Math.abs(to.moved - from.moved) / spans.moved
  const directions: readonly (readonly [NextStep["direction"], boolean, (to: Trial) => boolean])[] = [
    ["tighter", hasImbalance, (to) => asStill(to) && to.imbalance < from.imbalance - slackOfBalance && to.cost > from.cost],
    ["looser", hasImbalance, (to) => asStill(to) && to.imbalance > from.imbalance + slackOfBalance && to.cost < from.cost],
    ["fewer-moves", hasMoves, (to) => asBalanced(to) && to.moved < from.moved - slackOfMoves && to.cost > from.cost],
    ["more-moves", hasMoves, (to) => asBalanced(to) && to.moved > from.moved + slackOfMoves && to.cost < from.cost],
  ]
  return directions.flatMap(([direction, isThere, leads]) => {
    if (!isThere) return []
    let nearest: Trial | null = null
    for (const to of frontier) if (leads(to) && (nearest === null || distance(to) < distance(nearest))) nearest = to
    if (nearest === null) return []
    const costChange = nearest.cost - from.cost
    return [
      {
        direction,
        to: labelOf(nearest) ?? null,
        costChange,
        costChangeShare: from.cost > 0 ? costChange / from.cost : null,
        imbalanceChange: hasImbalance ? nearest.imbalance - from.imbalance : null,
        movedShareChange: hasMoves ? nearest.moved - from.moved : null,
        message: wordStep(direction, from, nearest, moving),
      },
    ]
  })
}
