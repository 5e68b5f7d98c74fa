import type { TransportProblem } from "./transport-problem.js"

/** How many different places the accounts of a problem lie at. O(n log n). */
export function countPlaces({ n, points, dimension }: Pick<TransportProblem, "n" | "points" | "dimension">): number {
  const compare = (i: number, j: number): number => {
    for (let d = 0; d < dimension; d++) {
      const difference = points[i * dimension + d] - points[j * dimension + d]
      if (difference !== 0) return difference
    }
    return 0
  }
  const order = Int32Array.from({ length: n }, (_, i) => i).sort(compare)
  let count = n > 0 ? 1 : 0
  for (let at = 1; at < n; at++) if (compare(order[at - 1], order[at]) !== 0) count++
  return count
}
