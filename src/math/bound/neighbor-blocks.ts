import type { SiteProblem } from "./site-problem.js"

/** Accounts in small groups that lie together, to be passed over at once. */
export interface NeighborBlocks {
  readonly blockCount: number
  /** n: accounts block by block; block b has order[start[b]] to order[start[b + 1] - 1]. */
  readonly order: Int32Array
  readonly start: Int32Array
  /** blockCount x dimension. */
  readonly low: Float64Array
  readonly high: Float64Array
}

const BLOCK = 12

/**
 * Halves the accounts along the longer side of their box until no part has more than 12; accounts without weight, which cost
 * nothing however far, are in blocks of their own. Ties: the smaller index. O(n log^2 n).
 */
export function createNeighborBlocks({ n, dimension, points, weights }: Pick<SiteProblem, "n" | "dimension" | "points" | "weights">): NeighborBlocks {
  const order: number[] = []
  const start = [0]
  const low: number[] = []
  const high: number[] = []
  const all = Array.from({ length: n }, (_, i) => i)
  for (const part of [all.filter((i) => weights[i] > 0), all.filter((i) => !(weights[i] > 0))]) {
    const stack = part.length > 0 ? [part] : []
    for (let members = stack.pop(); members !== undefined; members = stack.pop()) {
      const from = new Array<number>(dimension).fill(Infinity)
      const to = new Array<number>(dimension).fill(-Infinity)
      for (const i of members) {
        for (let d = 0; d < dimension; d++) {
          from[d] = Math.min(from[d], points[i * dimension + d])
          to[d] = Math.max(to[d], points[i * dimension + d])
        }
      }
      if (members.length <= BLOCK) {
        for (const i of members) order.push(i)
        start.push(order.length)
        for (const x of from) low.push(x)
        for (const x of to) high.push(x)
        continue
      }
      let along = 0
      for (let d = 1; d < dimension; d++) if (to[d] - from[d] > to[along] - from[along]) along = d
      members.sort((a, b) => points[a * dimension + along] - points[b * dimension + along] || a - b)
      const half = members.length >> 1
      stack.push(members.slice(half), members.slice(0, half))
    }
  }
  return { blockCount: start.length - 1, order: Int32Array.from(order), start: Int32Array.from(start), low: Float64Array.from(low), high: Float64Array.from(high) }
}
