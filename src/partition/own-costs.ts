import { pow } from "../math/exact/pow.js"
import type { Eligibility } from "../math/transport/transport-problem.js"

/** The usual one of the given distances: what the nearest territories cost in the mean, as a distance; 1 where that is nothing. O(listed). */
export function usualDistance({ start, costs }: Eligibility, weights: Float64Array, power: 1 | 2): number {
  let sum = 0
  let weight = 0
  for (let i = 0; i < weights.length; i++) {
    let least = Infinity
    for (let at = start[i]; at < start[i + 1]; at++) least = Math.min(least, (costs as Float64Array)[at])
    if (least === Infinity) continue
    sum += weights[i] * pow(least, power)
    weight += weights[i]
  }
  const mean = weight > 0 ? pow(sum / weight, 1 / power) : 0
  return mean > 0 && Number.isFinite(mean) ? mean : 1
}

/** weight * distance^power of every listed pair, in units of the usual distance. */
export function costsOf({ start, costs }: Eligibility, weights: Float64Array, distanceUnit: number, power: 1 | 2): Float64Array {
  const scaled = (costs as Float64Array).slice()
  for (let i = 0; i < weights.length; i++) for (let at = start[i]; at < start[i + 1]; at++) scaled[at] = weights[i] * pow(scaled[at] / distanceUnit, power)
  return scaled
}
