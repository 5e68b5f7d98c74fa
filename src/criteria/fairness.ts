import { mean, standardDeviation } from "simple-statistics"
import { gini } from "../math/stats/gini.js"

/** How evenly one measure is shared out. Null where the figure has no meaning: no territory, or nothing to share. */
export interface Fairness {
  /** Mean activity of a territory. */
  readonly mean: number
  /** Largest |activity - target| / target; null where every target is 0. */
  readonly imbalance: number | null
  /** Largest over mean: 1 is even; k, with k territories, is all in one. */
  readonly maxOverMean: number | null
  /** Standard deviation (of all territories, divided by k) over mean. */
  readonly cv: number | null
  /** 0 is even; (k - 1) / k is all in one. */
  readonly gini: number | null
}

/**
 * Judges how one measure is shared out between territories.
 *
 * Local form: the deviation of a territory, (A - T) / T with target T = share * total. Global forms: its largest absolute value,
 * and three figures of the activity per equal share, A / (k * share), which is the activity itself where all shares are equal:
 * largest over mean, standard deviation over mean, Gini. A territory of share 0 has no target and no part in them.
 *
 * Source: Kalcsics & Rios-Mercado, "Districting Problems", in: Location Science, 2nd ed. 2019 (balance); Matl,
 * Hartl & Vidal, Transp. Sci. 52, 2018 (which of these figures may be optimized: the largest; the others are for reading).
 * O(k log k).
 *
 * @param activities one a territory, >= 0
 * @param shares one a territory, >= 0, summing to 1
 */
export function measureFairness(activities: Float64Array, shares: Float64Array): Fairness {
  const k = activities.length
  let total = 0
  for (let t = 0; t < k; t++) total += activities[t]
  const levels: number[] = []
  let largest = 0
  let imbalance: number | null = null
  for (let t = 0; t < k; t++) {
    if (shares[t] === 0) continue
    const level = activities[t] / (k * shares[t])
    levels.push(level)
    largest = Math.max(largest, level)
    const target = shares[t] * total
    if (target > 0) imbalance = Math.max(imbalance ?? 0, Math.abs(activities[t] - target) / target)
  }
  const level = levels.length > 0 ? mean(levels) : 0
  return {
    mean: k > 0 ? total / k : 0,
    imbalance,
    maxOverMean: level > 0 ? largest / level : null,
    cv: level > 0 ? standardDeviation(levels) / level : null,
    gini: gini(levels),
  }
}
