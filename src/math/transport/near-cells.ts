import { nearTerritories, type AccountTree } from "../index/account-tree.js"
import { nodeMoments, type NodeMoments } from "../index/node-moments.js"
import type { TransportProblem } from "./transport-problem.js"

/** A part of the accounts that are near to several territories: a leaf of the tree with the list that its accounts share. */
export interface NearCells {
  readonly count: number
  /** By cell: its node, and its list territories[start] to territories[start of the next]. */
  readonly node: Int32Array
  readonly start: Int32Array
  readonly territories: Int32Array
  /** By territory, all accounts that are near to it alone: weight, k x dimension mean, inertia about that, and k x M activity. */
  readonly wholeWeight: Float64Array
  readonly wholeMean: Float64Array
  readonly wholeInertia: Float64Array
  readonly wholeActivity: Float64Array
}

/** What the cells are for. */
export interface CellsRequest {
  readonly centers: Float64Array
  readonly prices: Float64Array
  readonly spacing: Float64Array
  /** As of {@link nearTerritories}. */
  readonly reach: number
}

/** Territories looked at between two pauses. */
const PAUSE = 1 << 15

/**
 * Sorts the accounts of a tree into cells, down the tree. Those that are near to one territory only count as one where costs are
 * squared distances and nobody is at home. The arrays of a request are used again by the next.
 *
 * @returns answers a request, with a pause after every few hundred thousand territories looked at
 */
export function createCellFinder(problem: TransportProblem, tree: AccountTree): (request: CellsRequest) => Generator<undefined, NearCells> {
  const { k, measureCount: M, dimension, power } = problem
  const everyone = Int32Array.from({ length: k }, (_, t) => t)
  const lists = Array.from({ length: tree.depth }, () => new Int32Array(k))
  const counts = new Int32Array(tree.depth)
  const floor = new Float64Array(k)
  const pending = new Int32Array(tree.depth + 1)
  const pendingLevel = new Int32Array(tree.depth + 1)
  const wholeWeight = new Float64Array(k)
  const wholeMean = new Float64Array(k * dimension)
  const wholeInertia = new Float64Array(k)
  const wholeActivity = new Float64Array(k * M)
  let node = new Int32Array(1024)
  let start = new Int32Array(1025)
  let territories = new Int32Array(4096)
  let sums: NodeMoments | null = null

  return function* cellsFor(request) {
    if (sums === null && power === 2 && !problem.homes) sums = yield* nodeMoments(problem, tree)
    wholeWeight.fill(0)
    wholeMean.fill(0)
    wholeInertia.fill(0)
    wholeActivity.fill(0)
    let waiting = 0
    let count = 0
    pendingLevel[0] = 0
    if (tree.count > 0) pending[waiting++] = 0
    while (waiting > 0) {
      narrowSome(request)
      if (waiting > 0) yield undefined
    }
    return { count, node, start, territories, wholeWeight, wholeMean, wholeInertia, wholeActivity }

    /** Nodes in preorder, the lists of a node's ancestors at hand. */
    function narrowSome({ centers, prices, spacing, reach }: CellsRequest): void {
      for (let looked = 0; waiting > 0 && looked < PAUSE; ) {
        const b = pending[--waiting]
        const level = pendingLevel[waiting]
        const list = lists[level]
        const given = level === 0 ? everyone : lists[level - 1]
        const givenCount = level === 0 ? k : counts[level - 1]
        const near = nearTerritories(problem, tree, b, centers, prices, spacing, reach, false, 0, given, givenCount, floor, list)
        looked += givenCount
        counts[level] = near
        if (near === 1 && sums !== null) addWhole(sums, b, list[0])
        else if (tree.right[b] > 0) {
          pending[waiting] = tree.right[b]
          pendingLevel[waiting++] = level + 1
          pending[waiting] = b + 1
          pendingLevel[waiting++] = level + 1
        } else addCell(b, list, near)
      }
    }

    function addCell(b: number, list: Int32Array, near: number): void {
      if (count + 1 === start.length) {
        start = longer(start, 2 * start.length)
        node = longer(node, start.length)
      }
      const from = start[count]
      if (from + near > territories.length) territories = longer(territories, 2 * territories.length + near)
      for (let l = 0; l < near; l++) territories[from + l] = list[l]
      node[count++] = b
      start[count] = from + near
    }
  }

  /** All accounts of a node belong to territory t alone: sums about the joint mean (Steiner's theorem). */
  function addWhole({ weight, mean, inertia, activity }: NodeMoments, b: number, t: number): void {
    const part = weight[b] / (wholeWeight[t] + weight[b])
    let between = 0
    for (let d = 0; d < dimension; d++) {
      const way = mean[b * dimension + d] - wholeMean[t * dimension + d]
      between += way * way
      wholeMean[t * dimension + d] += part * way
    }
    wholeInertia[t] += inertia[b] + wholeWeight[t] * part * between
    wholeWeight[t] += weight[b]
    for (let m = 0; m < M; m++) wholeActivity[t * M + m] += activity[b * M + m]
  }
}

function longer(from: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length)
  to.set(from)
  return to
}
