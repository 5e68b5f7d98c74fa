/**
 * For every center the distance (squared when `power` is 2) to the nearest center at another place: the local unit of cost per
 * unit of weight. Straight lines, on the globe chords. At least a millionth of the mean of all; 1 where all centers are at one
 * place, or there is only one. O(k^2).
 *
 * @param centers k x dimension
 * @returns k, above 0
 */
export function centerSpacing(centers: Float64Array, k: number, dimension: number, power: 1 | 2): Float64Array {
  const spacing = new Float64Array(k)
  let sum = 0
  let count = 0
  for (let a = 0; a < k; a++) {
    let nearest = Infinity
    for (let b = 0; b < k; b++) {
      if (a === b) continue
      let square = 0
      for (let d = 0; d < dimension; d++) square += (centers[a * dimension + d] - centers[b * dimension + d]) ** 2
      if (square > 0 && square < nearest) nearest = square
    }
    spacing[a] = nearest === Infinity ? 0 : power === 2 ? nearest : Math.sqrt(nearest)
    if (spacing[a] > 0) {
      sum += spacing[a]
      count++
    }
  }
  const mean = count > 0 ? sum / count : 1
  for (let a = 0; a < k; a++) if (spacing[a] < 1e-6 * mean) spacing[a] = count > 0 ? 1e-6 * mean : 1
  return spacing
}
