/** Places that centers are held near. */
export interface Anchors {
  /** k: how much of the way from the mean of its accounts to its anchor a center stands, 0 to 1. */
  readonly share: Float64Array
  /** k x dimension; not a number where the share is 0. */
  readonly points: Float64Array
}

/**
 * Moves centers, which are means, to where their anchors hold them: share x anchor + (1 - share) x mean, on the globe in that
 * direction. It is where sum_i weight_i d^2 + pull d(anchor)^2 is least, with a pull of share / (1 - share) x the weight. Changes
 * `centers`; those without a direction stay. O(k).
 *
 * @param fixed k: 1 for a center that is none of this
 * @param first of the anchors, that of the first center
 */
export function holdCenters(centers: Float64Array, { share, points }: Anchors, fixed: Uint8Array, dimension: number, radius: number, first = 0): void {
  for (let t = 0; t < fixed.length; t++) {
    const part = share[first + t]
    if (fixed[t] === 1 || part === 0) continue
    let length = 0
    const held = new Float64Array(dimension)
    for (let d = 0; d < dimension; d++) {
      held[d] = part * points[(first + t) * dimension + d] + (1 - part) * centers[t * dimension + d]
      length += held[d] ** 2
    }
    const scale = radius > 0 ? radius / Math.sqrt(length) : 1
    if (!Number.isFinite(scale)) continue
    for (let d = 0; d < dimension; d++) centers[t * dimension + d] = held[d] * scale
  }
}
