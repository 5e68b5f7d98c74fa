import { studentT95 } from "./student-t.js"

/** Parts of units that belong to clusters which several units share. */
export interface SharedPieces {
  /** Of each piece, its unit: the first `size` units are the treated ones. */
  readonly unitOf: Int32Array
  /** Of each piece, its cluster. */
  readonly clusterOf: Int32Array
  readonly clusterCount: number
  /**
   * Of each piece, by how much it moves its unit away from the mean of its side. Pieces that make up a whole unit add
   * up to its deviation.
   */
  readonly deviations: Float64Array
  /** Of each piece, the share of its unit that it makes up, 0 to 1. */
  readonly shares: Float64Array
}

/** What clusters do to the variance of a difference of two means. */
export interface SharedEffect {
  /** The variance of the difference if units are independent, and with what clusters have in common across units. */
  readonly independent: number
  readonly clustered: number
  /** How many standard errors the common part lies above 0, if units are independent; 0 where nothing can be said. */
  readonly z: number
  /**
   * What the square of the error has to be multiplied by because clusters are fewer than units: quantiles of Student's
   * t, squared. At least 1.
   */
  readonly widening: number
  /** Clusters among the treated and among the others; the part of a unit that no other unit shares counts as one. */
  readonly clusterCounts: readonly [number, number]
}

/** A part of a unit below it is rounding. */
const NEGLIGIBLE = 1e-9

/**
 * How much farther apart chance puts two means whose units share clusters: stores of one chain, territories of one
 * region. The variance is that by units plus that by clusters less that by pieces (two ways to cluster), each of which
 * divides the sum of a cluster's part of a side by sqrt(1 - its share of that side), as makes it unbiased for units of
 * equal variance (CR2, here in closed form). Of two sides of independent units it is the variance of Welch's test.
 * Clusters on both sides take the same from both: the difference does not feel them.
 *
 * The degrees of freedom are those of Welch & Satterthwaite with as many clusters a side as are worth as much as equal
 * ones, 1 / sum of squared shares. O(pieces + clusters + units).
 *
 * Source: two ways, Cameron, Gelbach & Miller, Journal of Business & Economic Statistics 29, 2011; CR2, Bell &
 * McCaffrey, Survey Methodology 28, 2002, and Pustejovsky & Tipton, Journal of Business & Economic Statistics 36,
 * 2018; clusters of unequal weight, Carter, Schnepel & Steigerwald, Review of Economics and Statistics 99, 2017.
 *
 * @param deviations by unit, from the mean of its side; the first `size` are treated; at least two units a side
 * @returns null where one cluster makes up all of a side
 */
export function sharedEffect(deviations: Float64Array, size: number, pieces: SharedPieces): SharedEffect | null {
  const { unitOf, clusterOf, clusterCount, deviations: moved, shares } = pieces
  const n = deviations.length
  const counts = [size, n - size] as const
  const sideOf = (unit: number): 0 | 1 => (unit < size ? 0 : 1)
  const [sums, held] = [0, 1].map(() => [new Float64Array(clusterCount), new Float64Array(clusterCount)])
  const left = new Float64Array(n).fill(1)
  let [byPieces, squares, fourths] = [0, 0, 0]
  const zeros = (): Float64Array => new Float64Array(clusterCount)
  const ofCluster = { sum: zeros(), squares: zeros(), fourths: zeros() }
  for (let piece = 0; piece < unitOf.length; piece++) {
    const [unit, cluster] = [unitOf[piece], clusterOf[piece]]
    const side = sideOf(unit)
    const own = moved[piece] / counts[side]
    const share = shares[piece] / counts[side]
    sums[side][cluster] += own
    held[side][cluster] += share
    left[unit] -= shares[piece]
    const square = (own * own) / (1 - share)
    byPieces += square
    ofCluster.sum[cluster] += side === 0 ? own : -own
    ofCluster.squares[cluster] += own * own
    ofCluster.fourths[cluster] += own ** 2 * own ** 2
  }
  let byClusters = 0
  const ofSides = [0, 0]
  const worth = [0, 0]
  const clusterCounts: [number, number] = [0, 0]
  let cross = 0
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    if (held.some((side) => side[cluster] > 1 - NEGLIGIBLE)) return null
    const [treated, others] = [0, 1].map((side) => sums[side][cluster] / Math.sqrt(1 - held[side][cluster]))
    byClusters += (treated - others) ** 2
    ;[treated, others].forEach((own, side) => {
      ofSides[side] += own * own
      worth[side] += held[side][cluster] ** 2
      if (held[side][cluster] > 0) clusterCounts[side]++
    })
    cross += ofCluster.sum[cluster] ** 2 - ofCluster.squares[cluster]
    squares += ofCluster.squares[cluster] ** 2
    fourths += ofCluster.fourths[cluster]
  }
  const unitSides = [0, 0]
  for (let unit = 0; unit < n; unit++) {
    const side = sideOf(unit)
    unitSides[side] += (deviations[unit] / counts[side]) ** 2 / (1 - 1 / counts[side])
    if (left[unit] <= NEGLIGIBLE) continue
    worth[side] += (left[unit] / counts[side]) ** 2
    clusterCounts[side]++
  }
  const independent = unitSides[0] + unitSides[1]
  // of clusters that lie in one unit each, pieces and clusters are the same
  const clustered = independent + byClusters - byPieces
  const z = cross / Math.sqrt(2 * Math.max(0, squares - fourths))
  const effective = worth.map((sum, side) => Math.min(counts[side], 1 / sum))
  const own = unitSides.map((sum, side) => Math.max(sum, ofSides[side]))
  const widening = (studentT95(welchDegrees(own, effective)) / studentT95(welchDegrees(own, counts))) ** 2
  return {
    independent,
    clustered,
    z: Number.isFinite(z) ? z : 0,
    widening: Number.isFinite(widening) ? Math.max(1, widening) : 1,
    clusterCounts,
  }
}

/** Welch & Satterthwaite; at least 1. */
function welchDegrees([one, other]: readonly number[], [n, m]: readonly number[]): number {
  const parts = one ** 2 / Math.max(NEGLIGIBLE, n - 1) + other ** 2 / Math.max(NEGLIGIBLE, m - 1)
  const degrees = (one + other) ** 2 / parts
  return Number.isFinite(degrees) ? Math.max(1, degrees) : Math.max(1, n + m - 2)
}
