import { changeProblem, type Eligibility, type Groups, type Homes, type TransportProblem } from "../transport/transport-problem.js"
import { changeOrder, type AccountTree } from "./account-tree.js"

/** Rows moved between two pauses. */
const PAUSE = 1 << 14

/** Accounts in the order of a tree, and then the loose ones: neighbors stand side by side, in memory too. By place: the account. */
export function neighborhoodOrder({ order, loose }: AccountTree): Int32Array {
  const accounts = new Int32Array(order.length + loose.length)
  accounts.set(order)
  accounts.set(loose, order.length)
  return accounts
}

/**
 * The same problem with its accounts in another order, its tree's included: account p is what account order[p] was. A loop over
 * the leaves of a tree in the tree's own order reads memory from front to back. O(n).
 *
 * @param order n
 * @yields after every few ten thousand accounts
 */
export function* sortAccounts(problem: TransportProblem, order: Int32Array): Generator<undefined, TransportProblem> {
  const { n, measureCount: M, dimension, points, weights, activities, lockedTo, eligibility, homes, groups, tree } = problem
  const sorted = {
    points: new Float64Array(n * dimension),
    weights: new Float64Array(n),
    activities: new Float64Array(n * M),
    lockedTo: new Int32Array(n),
    eligibility: eligibility ? sortLists(eligibility, order) : null,
    homes: homes ? sortHomes(homes, order) : null,
    groups: groups ? sortGroups(groups, order, dimension) : null,
  }
  const placeOf = new Int32Array(n)
  for (let from = 0; from < n; from += PAUSE) {
    if (from > 0) yield undefined
    move(from, Math.min(n, from + PAUSE))
  }
  return changeProblem(problem, { ...sorted, tree: tree === undefined ? undefined : changeOrder(tree, tree.order.map((i) => placeOf[i]), tree.loose.map((i) => placeOf[i]).sort()) })

  function move(from: number, to: number): void {
    for (let p = from; p < to; p++) {
      const i = order[p]
      placeOf[i] = p
      sorted.weights[p] = weights[i]
      sorted.lockedTo[p] = lockedTo[i]
      for (let d = 0; d < dimension; d++) sorted.points[p * dimension + d] = points[i * dimension + d]
      for (let m = 0; m < M; m++) sorted.activities[p * M + m] = activities[i * M + m]
    }
  }
}

function sortLists({ start, territories, costs }: Eligibility, order: Int32Array): Eligibility {
  const { start: sorted, entries } = sortEntries(start, order)
  return { start: sorted, territories: entries.map((at) => territories[at]), costs: costs === null ? null : Float64Array.from(entries, (at) => costs[at]) }
}

function sortHomes({ start, territory, weight, total, ...prices }: Homes, order: Int32Array): Homes {
  const { start: sorted, entries } = sortEntries(start, order)
  return { start: sorted, territory: entries.map((at) => territory[at]), weight: Float64Array.from(entries, (at) => weight[at]), total: Float64Array.from(order, (i) => total[i]), ...prices }
}

function sortGroups({ start, points, weights }: Groups, order: Int32Array, dimension: number): Groups {
  const { start: sorted, entries } = sortEntries(start, order)
  const moved = new Float64Array(points.length)
  entries.forEach((at, member) => {
    for (let d = 0; d < dimension; d++) moved[member * dimension + d] = points[at * dimension + d]
  })
  return { start: sorted, points: moved, weights: Float64Array.from(entries, (at) => weights[at]) }
}

/** Lists in another order: where each begins, and which entry of before stands at every place. */
function sortEntries(start: Int32Array, order: Int32Array): { start: Int32Array; entries: Int32Array } {
  const sorted = new Int32Array(start.length)
  const entries = new Int32Array(start[start.length - 1])
  order.forEach((i, p) => {
    let place = sorted[p]
    for (let at = start[i]; at < start[i + 1]; at++) entries[place++] = at
    sorted[p + 1] = place
  })
  return { start: sorted, entries }
}
