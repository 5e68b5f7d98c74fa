import { cos } from "../exact/cos.js"
import { log } from "../exact/log.js"
import { sin } from "../exact/sin.js"
import { createRandom } from "../random.js"

/** Where a figure may stand among others: ranks with 95 %, 1 for the largest, and how probable the top quarter is. */
export interface RankChance {
  readonly low: number
  readonly high: number
  readonly topQuarterChance: number
}

/** Draws of all figures at once: a chance is known to 1.6 points. */
const DRAWS = 1000

/**
 * Ranks of figures that are only known to within errors: all are drawn from normal distributions again and again, and ranked;
 * equal ones share the better rank. O(draws k log k), and 8 kB of memory a figure.
 *
 * Source: Goldstein & Spiegelhalter, J. Roy. Statist. Soc. A 159, 1996, section 4.
 *
 * @param values and @param errors k: means, and standard deviations >= 0
 * @param seed same seed, same ranks
 */
export function rankChances(values: readonly number[], errors: readonly number[], seed: number): RankChance[] {
  const k = values.length
  const random = createRandom(seed, 7)
  const ranks = new Int32Array(k * DRAWS)
  const drawn = new Float64Array(k)
  const sorted = new Float64Array(k)
  const quarter = Math.max(1, Math.floor(k / 4))
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let t = 0; t < k; t += 2) {
      // Box & Muller 1958: two at a time
      const radius = Math.sqrt(-2 * log(1 - random()))
      const angle = 2 * Math.PI * random()
      drawn[t] = values[t] + errors[t] * radius * cos(angle)
      if (t + 1 < k) drawn[t + 1] = values[t + 1] + errors[t + 1] * radius * sin(angle)
    }
    sorted.set(drawn)
    sorted.sort()
    for (let t = 0; t < k; t++) {
      // how many are not larger
      let low = 0
      let high = k
      while (low < high) {
        const middle = (low + high) >>> 1
        if (sorted[middle] <= drawn[t]) low = middle + 1
        else high = middle
      }
      ranks[t * DRAWS + draw] = k - low + 1
    }
  }
  return values.map((_, t) => {
    const own = ranks.subarray(t * DRAWS, (t + 1) * DRAWS).sort()
    let top = 0
    while (top < DRAWS && own[top] <= quarter) top++
    return { low: own[Math.ceil(0.025 * DRAWS) - 1], high: own[Math.ceil(0.975 * DRAWS) - 1], topQuarterChance: top / DRAWS }
  })
}
