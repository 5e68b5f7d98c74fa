import { growAccountTree } from "../../math/index/grow-account-tree.js"
import type { Reachable } from "../../math/feasible/reachable-bounds.js"
import { changeProblem, type TransportProblem } from "../../math/transport/transport-problem.js"
import type { CompiledProblem } from "../compile-problem.js"
import { countedBounds } from "../counted-bounds.js"
import { findReachableBounds } from "./find-reachable-bounds.js"

/**
 * Where the bounds cannot all be kept, the same problem with a search that works within the fairest ones that can:
 * accounts that are too heavy for any territory are locked to the one that each takes. The problem that is judged
 * and proven stays what was asked for. Where the bounds can be kept, what came in. O(n M + k M) there.
 *
 * @param units groups as one account
 */
export function* aimAtReachable(units: CompiledProblem): Generator<undefined, CompiledProblem> {
  const reach = yield* findReachableBounds(units, null)
  if (reach === null || reach.isAsked) return units
  const { problem } = units
  const aimed = aim(units, reach)
  const counted = countedBounds(aimed, units.activities, units.activityUnits)
  const narrow = counted === null ? aimed : changeProblem(aimed, counted)
  // who is locked stands outside the tree
  const isPlanted = problem.tree !== undefined && reach.placed.length > 0
  return {
    ...units,
    reach,
    searched: isPlanted ? changeProblem(narrow, { tree: yield* growAccountTree(narrow) }) : narrow,
  }
}

/**
 * What is outside counts relative to targets, as it is judged: not less where a giant has widened a territory's
 * bounds.
 */
function aim(
  { searched, bounds, activityUnits }: CompiledProblem,
  { lower, upper, placed }: Reachable,
): TransportProblem {
  const { k, measureCount: M, lockedTo } = searched
  const scale = Float64Array.from(bounds, ({ target }, r) => (target > 0 ? target / activityUnits[r % M] : 1))
  const locks = lockedTo.slice()
  for (const { account, territory } of placed) locks[account] = territory
  return changeProblem(searched, { lower, upper: upper.map((bound) => Math.min(bound, k)), scale, lockedTo: locks })
}
