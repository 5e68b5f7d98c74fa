import { isRestricted } from "../transport/pair-rules.js"
import { changeProblem, hasOwnCosts, type Eligibility, type TransportProblem } from "../transport/transport-problem.js"
import type { AccountTree } from "./account-tree.js"

/**
 * The same problem with fewer accounts: neighbors with alike activities, a node of the tree each, stand as one account at
 * their mean place, which on the globe lies a little below the sphere. Locked accounts stand as one for every territory, accounts
 * with a list of territories each for itself, groups each at their mean place, accounts without weight as one for all. Homes are forgotten. Weights and activities keep their sums. O(n).
 *
 * Its optimal prices are close to those of the problem itself, the closer the more accounts it has: a cheap first guess.
 *
 * @param perTerritory about how many accounts a territory is to have
 */
export function aggregateAccounts(problem: TransportProblem, tree: AccountTree, perTerritory: number): TransportProblem {
  const { n, k, measureCount: M, dimension, points, weights, activities, lockedTo, eligibility } = problem
  const largest = Math.max(1, n / (k * perTerritory))
  const groups: [from: number, to: number][] = []
  for (let node = 0; node < tree.count; ) {
    if (tree.right[node] > 0 && tree.to[node] - tree.from[node] > largest) {
      node++
      continue
    }
    groups.push([tree.from[node], tree.to[node]])
    const end = tree.to[node]
    node++
    while (node < tree.count && tree.from[node] < end) node++
  }
  const inTree = groups.length
  // of the rest: one for every territory that locks some, one for every account with a list, one for those without weight
  const placeOf = new Map<string, number>()
  const kindOf = (i: number): string => (lockedTo[i] < 0 && (isRestricted(problem, i) || hasOwnCosts(problem, i)) ? `account ${i}` : `territory ${lockedTo[i]}`)
  for (const i of tree.loose) if (!placeOf.has(kindOf(i))) placeOf.set(kindOf(i), inTree + placeOf.size)
  const listed = new Map<number, number>()
  const size = inTree + placeOf.size
  const coarse = {
    points: new Float64Array(size * dimension),
    weights: new Float64Array(size),
    activities: new Float64Array(size * M),
    lockedTo: new Int32Array(size).fill(-1),
  }
  const counts = new Int32Array(size)
  const join = (i: number, g: number): void => {
    counts[g]++
    coarse.weights[g] += weights[i]
    for (let d = 0; d < dimension; d++) coarse.points[g * dimension + d] += weights[i] * points[i * dimension + d]
    for (let m = 0; m < M; m++) coarse.activities[g * M + m] += activities[i * M + m]
  }
  groups.forEach(([from, to], g) => {
    for (let at = from; at < to; at++) join(tree.order[at], g)
  })
  for (const i of tree.loose) {
    const g = placeOf.get(kindOf(i)) as number
    coarse.lockedTo[g] = lockedTo[i]
    if (lockedTo[i] < 0 && isRestricted(problem, i)) listed.set(g, i)
    join(i, g)
  }
  for (let g = 0; g < size; g++) for (let d = 0; d < dimension; d++) if (coarse.weights[g] > 0) coarse.points[g * dimension + d] /= coarse.weights[g]
  return changeProblem(problem, { n: size, ...coarse, eligibility: eligibility ? listsOf(eligibility, listed, size) : null, homes: null, groups: null, tree: undefined })
}

/** The lists of some accounts at other places: place, account. */
function listsOf({ start, territories, costs }: Eligibility, listed: ReadonlyMap<number, number>, size: number): Eligibility {
  const kept = { start: new Int32Array(size + 1), territories: [] as number[], costs: [] as number[] }
  for (let g = 0; g < size; g++) {
    const i = listed.get(g)
    if (i !== undefined) {
      for (let at = start[i]; at < start[i + 1]; at++) {
        kept.territories.push(territories[at])
        if (costs !== null) kept.costs.push(costs[at])
      }
    }
    kept.start[g + 1] = kept.territories.length
  }
  return { start: kept.start, territories: Int32Array.from(kept.territories), costs: costs === null ? null : Float64Array.from(kept.costs) }
}
