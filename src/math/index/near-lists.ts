import type { TransportProblem } from "../transport/transport-problem.js"
import { nearTerritories, type AccountTree } from "./account-tree.js"

/** For every account a list of territories; neighbors share one. */
export interface NearLists {
  /** n: the list of account i is territories[start[listOf[i]]] to territories[start[listOf[i] + 1]]. */
  readonly listOf: Int32Array
  readonly start: Int32Array
  readonly territories: Int32Array
}

/** Territories looked at between two pauses. */
const PAUSE = 1 << 16

/**
 * The near territories of every account, narrowed down the tree; accounts outside the tree have all. Parameters as of
 * {@link nearTerritories}.
 *
 * @yields after every few hundred thousand territories looked at
 */
export function* listNear(
  problem: TransportProblem,
  tree: AccountTree,
  centers: Float64Array,
  prices: Float64Array,
  spacing: Float64Array,
  reach: number,
  arcs: boolean,
  far: number,
): Generator<undefined, NearLists> {
  const { n, k } = problem
  const everyone = Int32Array.from({ length: k }, (_, t) => t)
  const lists = Array.from({ length: tree.depth }, () => new Int32Array(k))
  const counts = new Int32Array(tree.depth)
  const floor = new Float64Array(k)
  const listOf = new Int32Array(n)
  const start = [0, k]
  let territories = new Int32Array(Math.max(2 * k, 4096))
  territories.set(everyone)
  /** Level of every node, from 0. */
  const levels = new Uint8Array(tree.count)
  for (let node = 0; node < tree.count; ) {
    node = narrowSome(node)
    if (node < tree.count) yield undefined
  }
  return { listOf, start: Int32Array.from(start), territories }

  /** Nodes in preorder from `first` on, the lists of its ancestors at hand; answers where it stopped. */
  function narrowSome(first: number): number {
    let node = first
    for (let looked = 0; node < tree.count && looked < PAUSE; node++) {
      const level = levels[node]
      const list = lists[level]
      const givenCount = level === 0 ? k : counts[level - 1]
      const count = nearTerritories(problem, tree, node, centers, prices, spacing, reach, arcs, far, level === 0 ? everyone : lists[level - 1], givenCount, floor, list)
      counts[level] = count
      looked += givenCount
      if (tree.right[node] > 0) {
        levels[node + 1] = levels[tree.right[node]] = level + 1
        continue
      }
      const size = start[start.length - 1]
      if (size + count > territories.length) {
        const more = new Int32Array(2 * territories.length + count)
        more.set(territories)
        territories = more
      }
      for (let l = 0; l < count; l++) territories[size + l] = list[l]
      for (let at = tree.from[node]; at < tree.to[node]; at++) listOf[tree.order[at]] = start.length - 1
      start.push(size + count)
      looked += tree.to[node] - tree.from[node]
    }
    return node
  }
}
