import type { TransportProblem } from "../math/transport/transport-problem.js"

/** What an account without weight counts, as a share of its mean activity: too little to matter to the others. */
const NOMINAL_WEIGHT = 0.05

/** n: weights of which none is 0, unless all activities are. O(n M). */
export function withoutZeros({ weights, activities, measureCount: M }: TransportProblem): Float64Array {
  return weights.map((weight, i) => {
    if (weight > 0) return weight
    let activity = 0
    for (let m = 0; m < M; m++) activity += activities[i * M + m] / M
    return NOMINAL_WEIGHT * activity
  })
}
