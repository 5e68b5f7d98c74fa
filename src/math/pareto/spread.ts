import { smallestOf } from "../stats/extremes.js"

/**
 * Picks `count` rows that lie apart: those that have to be among them, then again and again the row that is furthest from all picked.
 * No other choice of as many covers the rest at less than half its distance. Ties go to the first row. O(count x n x figures).
 *
 * Source: Gonzalez, "Clustering to minimize the maximum intercluster distance", Theoretical Computer Science 38, 1985; Tao, Ding,
 * Lin & Pei, "Distance-based representative skyline", ICDE 2009.
 *
 * @param scaled rows of figures of one scale
 * @param first positions that come first, while there is room; at least one
 * @returns positions, in the order in which they were picked
 */
export function pickSpread(scaled: readonly (readonly number[])[], first: readonly number[], count: number): number[] {
  const picked = [...new Set(first)].slice(0, count)
  const distance = scaled.map((row) => smallestOf(picked.map((at) => squareBetween(row, scaled[at]))))
  while (picked.length < Math.min(count, scaled.length)) {
    let furthest = -1
    distance.forEach((square, at) => {
      if (!picked.includes(at) && (furthest < 0 || square > distance[furthest])) furthest = at
    })
    picked.push(furthest)
    scaled.forEach((row, at) => (distance[at] = Math.min(distance[at], squareBetween(row, scaled[furthest]))))
  }
  return picked
}

function squareBetween(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, figure, f) => sum + (figure - b[f]) ** 2, 0)
}
