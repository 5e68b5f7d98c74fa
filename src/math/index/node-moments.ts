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

/**
 * Sums over the accounts of every node, so that a node whose accounts all do the same counts as one. The second moment is
 * taken about the node's own mean: nothing cancels. O(n + nodes), children before parents (Steiner's theorem).
 */
export function nodeMoments(problem: TransportProblem, tree: AccountTree): NodeMoments {
  const { measureCount: M, dimension, points, weights, activities } = problem
  const { count, right } = tree
  const weight = new Float64Array(count)
  const mean = new Float64Array(count * dimension)
  const inertia = new Float64Array(count)
  const activity = new Float64Array(count * M)
  for (let b = count - 1; b >= 0; b--) {
    const at = b * dimension
    if (right[b] > 0) {
      const [l, r] = [b + 1, right[b]]
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
  return { weight, mean, inertia, activity }
}
