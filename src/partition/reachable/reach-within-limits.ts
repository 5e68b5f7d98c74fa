import type { Reachable, ReachInput } from "../../math/feasible/reachable-bounds.js"
import { askedAlong } from "../../math/feasible/read-ray.js"
import { keepableRoom, sizesOfFree } from "../../math/feasible/room-around-reach.js"
import { createAccountSets } from "../../math/feasible/account-sets.js"
import { fairestLoads } from "../../math/feasible/fairest-loads.js"
import { stretchBounds, type Ask, type StretchInput } from "../../math/feasible/stretch-bounds.js"
import { changeProblem, type TransportProblem } from "../../math/transport/transport-problem.js"
import { askMoves } from "../infeasible/ask-moves.js"

/** A problem with more pairs of account and territory is left with what can be reached without its limits on moves. */
const MOST_PAIRS = 20_000
/** Steps of work of all questions, about two seconds, as of {@link askMoves}. */
const MAX_WORK = 1e7

/**
 * What can be reached within limits on moves as well: the bounds that can be reached without them are stretched, in
 * the same lexicographic sense, until divided accounts can keep both. Where they can as they are, what came in. A few
 * dual simplexes on all pairs; of large problems, and where that takes too much work, what came in.
 *
 * @param problem with homes and limits
 */
export function* reachWithinLimits(
  problem: TransportProblem,
  reach: Reachable,
  input: Omit<ReachInput, "problem">,
): Generator<undefined, Reachable> {
  const { n, k, measureCount: M, dimension } = problem
  const limits = problem.homes?.limits ?? null
  if (limits === null || n * k > MOST_PAIRS) return reach
  const lockedTo = problem.lockedTo.slice()
  for (const { account, territory } of reach.placed) lockedTo[account] = territory
  const held = changeProblem(problem, { lockedTo })
  const [centers, prices] = [new Float64Array(k * dimension), new Float64Array(k * M)]
  let work = 0
  const isOver = (): boolean => work >= MAX_WORK || input.isCalledOff()
  const ask: Ask = function* (low, high) {
    // an open side is the total, which is k
    const upper = high.map((bound) => Math.min(bound, k))
    const asked = yield* askMoves(changeProblem(held, { lower: low, upper }), centers, prices, limits, MAX_WORK - work)
    work += asked.work
    if (asked.answer.status !== "conflict") return asked.answer
    const { proof } = asked.answer
    const most = proof.reachWithin(limits)
    return { status: "conflict", ray: proof.prices, reach: most, excess: askedAlong(proof.prices, low, upper) - most }
  }
  const unit = input.targets.map((target) => (target > 0 ? target : 1))
  const { floor } = reach
  const rows: StretchInput = {
    lower: reach.lower,
    upper: reach.upper.map((bound) => Math.min(bound, k)),
    unit,
    floor,
    lowerGives: new Uint8Array(k * M).fill(1),
    upperGives: Uint8Array.from(reach.upper, (bound) => (bound < k ? 1 : 0)),
  }
  const reached = yield* stretchBounds(rows, ask, isOver)
  if (reached.levels.length === 0) return reach
  const { sets, setOf } = createAccountSets(held, null)
  const windows = yield* keepableRoom(
    reached,
    {
      ...sizesOfFree(M, problem.activities, sets, setOf),
      unit,
      floor,
      tolerance: input.tolerance,
      askedLower: input.lower,
      askedUpper: input.upper,
    },
    ask,
  )
  return {
    ...reach,
    ...windows,
    isAsked: false,
    isExact: reach.isExact && reached.status === "fits",
    loads: () => fairestLoads({ M, targets: input.targets, unit, floor, reached }, (part) => stretchBounds(part, ask, isOver)),
  }
}
