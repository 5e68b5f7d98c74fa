import type { TransportProblem } from "./transport-problem.js"

/** Accounts looked at between two pauses. */
const PAUSE = 1 << 16

/**
 * Whether the accounts of a problem lie at fewer than `most` different places. Ends as soon as it has seen that many:
 * O(n), and where nearly every account has a place of its own O(most).
 *
 * @yields after every few ten thousand accounts
 */
export function* hasFewPlaces(
  { n, points, dimension }: Pick<TransportProblem, "n" | "points" | "dimension">,
  most: number,
): Generator<undefined, boolean> {
  // an open table of accounts, one a place, at most half full
  let size = 2
  while (size < 2 * Math.min(n, most)) size *= 2
  const table = new Int32Array(size).fill(-1)
  const words = new Int32Array(points.buffer, points.byteOffset, 2 * points.length)
  let count = 0
  for (let i = 0; i < n && count < most; i++) {
    let slot = hashOf(i) & (size - 1)
    while (table[slot] >= 0 && !isAt(table[slot], i)) slot = (slot + 1) & (size - 1)
    if (table[slot] < 0) {
      table[slot] = i
      count++
    }
    if (i % PAUSE === PAUSE - 1) yield undefined
  }
  return count < most

  function isAt(j: number, i: number): boolean {
    for (let d = 0; d < dimension; d++) if (points[j * dimension + d] !== points[i * dimension + d]) return false
    return true
  }

  /** Of the bits of a place; no coordinate is -0 beside a 0, or the same place is counted twice. */
  function hashOf(i: number): number {
    let hash = 0
    for (let at = 2 * i * dimension; at < 2 * (i + 1) * dimension; at++) hash = Math.imul(hash ^ words[at], 0x9e3779b1) ^ (hash >>> 15)
    return hash ^ (hash >>> 13)
  }
}
