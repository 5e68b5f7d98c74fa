import type { TransportProblem } from "../transport/transport-problem.js"
import type { AccountTree } from "./account-tree.js"

/** Sums over the accounts of every node of a tree. */
export interface NodeMoments {
  /** count: sum of weights. */
  readonly weight: Float64Array
  /** count x dimension: the weighted mean place. */
  readonly mean: Float64Array
  /** count: sum of weight x squared distance to that mean. */
  readonly inertia: Float64Array
  /** count x M. */
  readonly activity: Float64Array
}

/** Nodes between two pauses. */
const PAUSE = 1 << 12

/**
 * Sums over the accounts of every node, so that a node whose accounts all do the same counts as one. The second moment is
 * taken about the node's own mean: nothing cancels. O(n + nodes), children before parents (Steiner's theorem).
 *
 * @yields after every few ten thousand accounts
 */
export function* nodeMoments(problem: TransportProblem, tree: AccountTree): Generator<undefined, NodeMoments> {
  const { measureCount: M, dimension } = problem
  const { count } = tree
  const moments = {
    weight: new Float64Array(count),
    mean: new Float64Array(count * dimension),
    inertia: new Float64Array(count),
    activity: new Float64Array(count * M),
  }
  for (let end = count; end > 0; end -= PAUSE) {
    addNodes(problem, tree, Math.max(0, end - PAUSE), end, moments)
    if (end > PAUSE) yield undefined
  }
  return moments
}

/** Nodes `first` to `end`, when all later ones are known. */
function addNodes(problem: TransportProblem, tree: AccountTree, first: number, end: number, { weight, mean, inertia, activity }: NodeMoments): void {
  const { measureCount: M, dimension, points, weights, activities } = problem
  const { right } = tree
  for (let b = end - 1; b >= first; b--) {
    const at = b * dimension
    if (right[b] > 0) {
      const l = b + 1
      const r = right[b]
      weight[b] = weight[l] + weight[r]
      inertia[b] = inertia[l] + inertia[r]
      for (let d = 0; d < dimension; d++) {
        const between = mean[r * dimension + d] - mean[l * dimension + d]
        const part = weight[r] / weight[b]
        mean[at + d] = mean[l * dimension + d] + part * between
        inertia[b] += weight[l] * part * between * between
      }
      for (let m = 0; m < M; m++) activity[b * M + m] = activity[l * M + m] + activity[r * M + m]
      continue
    }
    for (let p = tree.from[b]; p < tree.to[b]; p++) {
      const i = tree.order[p]
      weight[b] += weights[i]
      for (let d = 0; d < dimension; d++) mean[at + d] += weights[i] * points[i * dimension + d]
      for (let m = 0; m < M; m++) activity[b * M + m] += activities[i * M + m]
    }
    for (let d = 0; d < dimension; d++) mean[at + d] /= weight[b]
    for (let p = tree.from[b]; p < tree.to[b]; p++) {
      const i = tree.order[p]
      for (let d = 0; d < dimension; d++) inertia[b] += weights[i] * (points[i * dimension + d] - mean[at + d]) ** 2
    }
  }
}
