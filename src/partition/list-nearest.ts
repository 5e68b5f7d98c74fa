/**
 * The nearest few of k centers to each of n points, by straight line, the nearest first; ties: the first. O(n k).
 *
 * @returns n x few
 */
export function listNearest(points: Float64Array, centers: Float64Array, dimension: number, few: number): Int32Array {
  const n = points.length / dimension
  const k = centers.length / dimension
  const nearest = new Int32Array(n * few)
  const squares = new Float64Array(few)
  for (let i = 0; i < n; i++) {
    let count = 0
    for (let t = 0; t < k; t++) {
      let square = 0
      for (let d = 0; d < dimension; d++) square += (points[i * dimension + d] - centers[t * dimension + d]) ** 2
      if (count === few && square >= squares[few - 1]) continue
      let at = count < few ? count++ : few - 1
      for (; at > 0 && squares[at - 1] > square; at--) {
        squares[at] = squares[at - 1]
        nearest[i * few + at] = nearest[i * few + at - 1]
      }
      squares[at] = square
      nearest[i * few + at] = t
    }
  }
  return nearest
}
