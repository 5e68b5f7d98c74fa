import { changeProblem, type Eligibility, type Homes, type TransportProblem } from "../transport/transport-problem.js"
import { changeOrder, type AccountTree } from "./account-tree.js"

/** Rows moved between two pauses. */
const PAUSE = 1 << 16

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
  const { n, measureCount: M, dimension, points, weights, activities, lockedTo, eligibility, homes, tree } = problem
  const sorted = {
    points: new Float64Array(n * dimension),
    weights: new Float64Array(n),
    activities: new Float64Array(n * M),
    lockedTo: new Int32Array(n),
    eligibility: eligibility ? sortLists(eligibility, order) : null,
    homes: homes ? { territory: new Int32Array(n), weight: new Float64Array(n), rate: homes.rate } : null,
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
      if (sorted.homes !== null) {
        sorted.homes.territory[p] = (homes as Homes).territory[i]
        sorted.homes.weight[p] = (homes as Homes).weight[i]
      }
      for (let d = 0; d < dimension; d++) sorted.points[p * dimension + d] = points[i * dimension + d]
      for (let m = 0; m < M; m++) sorted.activities[p * M + m] = activities[i * M + m]
    }
  }
}

function sortLists({ start, territories }: Eligibility, order: Int32Array): Eligibility {
  const sorted = { start: new Int32Array(start.length), territories: new Int32Array(territories.length) }
  order.forEach((i, p) => {
    const count = start[i + 1] - start[i]
    sorted.territories.set(territories.subarray(start[i], start[i + 1]), sorted.start[p])
    sorted.start[p + 1] = sorted.start[p] + count
  })
  return sorted
}
