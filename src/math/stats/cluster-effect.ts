/** What rows that go together do to the variance of a ratio of sums. */
export interface ClusterEffect {
  /** The variance with clusters over that with independent rows, within groups; 1 where nothing can be said. */
  readonly effect: number
  /**
   * How many standard errors the products of rows of one cluster lie above what independent rows would give; 0 where
   * nothing can be said.
   */
  readonly z: number
}

/** What one cluster of a group adds up to. */
interface Sums {
  residual: number
  squares: number
  fourths: number
  rows: number
}

/**
 * The design effect of clusters on ratios of sums: residuals y - R x around the ratio of the own group, summed by
 * cluster and squared, over their own squares, each with its degrees of freedom. Whether it is luck is told by the
 * products of rows of one cluster: of independent rows they have a mean of about 0 and the variance sum (e_i e_j)^2,
 * whatever the tail of the amounts. O(rows).
 *
 * Source: linearized ratio by ultimate clusters, Hansen, Hurwitz & Madow, Sample Survey Methods and Theory I, 1953,
 * chapter 6; design effect, Kish, Survey Sampling, 1965, section 8.2.
 *
 * @param numerators and @param denominators by row, by group
 * @param starts where each group begins, and at the end the number of rows
 * @param clusterOf each row's, 0 to count - 1; -1: a cluster of its own. A cluster in several groups is one in each
 */
export function clusterEffect(
  numerators: Float64Array,
  denominators: Float64Array,
  starts: Int32Array,
  clusterOf: Int32Array,
): ClusterEffect {
  let [between, within, cross, crossExpected, crossVariance] = [0, 0, 0, 0, 0]
  const largest = largestResidual(numerators, denominators, starts)
  if (!(largest > 0)) return { effect: 1, z: 0 }
  for (let g = 0; g + 1 < starts.length; g++) {
    const n = starts[g + 1] - starts[g]
    const ratio = ratioOf(numerators, denominators, starts[g], starts[g + 1])
    if (n < 2 || ratio === null) continue
    const clusters = new Map<number, Sums>()
    let [squares, clusterCount, sharedSquares] = [0, 0, 0]
    let pairs = 0
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const residual = (numerators[i] - ratio * denominators[i]) / largest
      const square = residual * residual
      squares += square
      const own = clusterOf[i] === -1 ? undefined : clusters.get(clusterOf[i])
      if (own === undefined) {
        clusterCount++
        if (clusterOf[i] === -1) sharedSquares += square
        else clusters.set(clusterOf[i], { residual, squares: square, fourths: square * square, rows: 1 })
      } else {
        own.residual += residual
        own.squares += square
        own.fourths += square * square
        own.rows++
      }
    }
    if (clusterCount < 2) continue
    for (const { residual, squares: own, fourths, rows } of clusters.values()) {
      sharedSquares += residual * residual
      cross += residual * residual - own
      crossVariance += 2 * Math.max(0, own * own - fourths)
      pairs += rows * (rows - 1)
    }
    // residuals of a group sum to 0: two of them have a mean product a little below 0
    crossExpected -= (pairs * squares) / (n * (n - 1))
    between += (sharedSquares * clusterCount) / (clusterCount - 1)
    within += (squares * n) / (n - 1)
  }
  const effect = between / within
  const z = (cross - crossExpected) / Math.sqrt(crossVariance)
  return { effect: Number.isFinite(effect) ? effect : 1, z: Number.isFinite(z) ? z : 0 }
}

function ratioOf(numerators: Float64Array, denominators: Float64Array, first: number, last: number): number | null {
  let [y, x] = [0, 0]
  for (let i = first; i < last; i++) {
    y += numerators[i]
    x += denominators[i]
  }
  return x > 0 && Number.isFinite(y / x) ? y / x : null
}

/** Squares of residuals over it stay in range. */
function largestResidual(numerators: Float64Array, denominators: Float64Array, starts: Int32Array): number {
  let largest = 0
  for (let g = 0; g + 1 < starts.length; g++) {
    const ratio = ratioOf(numerators, denominators, starts[g], starts[g + 1])
    if (ratio === null) continue
    for (let i = starts[g]; i < starts[g + 1]; i++) largest = Math.max(largest, Math.abs(numerators[i] - ratio * denominators[i]))
  }
  return Number.isFinite(largest) ? largest : 0
}
