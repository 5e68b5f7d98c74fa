import type { Places } from "../math/cluster/center-of-members.js"
import { costOfSquare, squareBetween } from "../math/transport/transport-problem.js"

/** How far accounts lie from the centers of their territories. */
export interface Compactness {
  /** k, the local form: the cost of each territory, in weight * length^power. */
  readonly costs: Float64Array
  /** k: the weight of its accounts. */
  readonly weights: Float64Array
  /** The global form: the cost of the plan, the sum over its territories. */
  readonly cost: number
  /** The weight of all accounts. */
  readonly weight: number
}

/**
 * Judges how compact territories are by the distance of their accounts from their centers, the weight being what travels there.
 *
 * Local form: cost of territory t = sum over its accounts i of w_i * d(i, c_t)^power, and from it {@link typicalDistance}. Global
 * form: the sum over all t, which is what `partitionAccounts` keeps small. With power 2 it is the moment of inertia, and the
 * weighted mean is the center of least cost; with power 1 the distance traveled if each unit of weight is one way from the
 * center.
 *
 * Units: lengths are those of `places`: on the globe the great circle (km where `radius` is the Earth's in km), on a plane the
 * straight line in the unit of x and y. So cost is in weight * km^power, or weight * unit^power. O(n).
 *
 * Source: Hess, Weaver, Siegfeldt, Whelan & Zitlau, "Nonpartisan political redistricting by computer", Operations Research 13,
 * 1965 (moment of inertia about the weighted mean); Kalcsics & Rios-Mercado, "Districting Problems", in: Location Science, 2nd ed.
 * 2019 (compactness by distances to centers).
 *
 * @param owner n: the territory of each place
 * @param centers k x dimension, on the globe at distance `radius` from the origin
 */
export function measureCompactness(places: Places, owner: Int32Array, centers: Float64Array): Compactness {
  const { n, k, dimension, points, radius, power } = places
  const costs = new Float64Array(k)
  const weights = new Float64Array(k)
  for (let i = 0; i < n; i++) {
    const t = owner[i]
    costs[t] += places.weights[i] * costOfSquare(squareBetween(points, i, centers, t, dimension), power, radius)
    weights[t] += places.weights[i]
  }
  return { costs, weights, cost: costs.reduce((sum, cost) => sum + cost, 0), weight: weights.reduce((sum, weight) => sum + weight, 0) }
}

/**
 * The distance from the center at which all the weight would cost as much: (cost / weight)^(1 / power), the weighted mean distance
 * with power 1 and its root mean square with power 2. Of a territory or of a plan, in km or the plane's unit; null without weight.
 */
export function typicalDistance(cost: number, weight: number, power: 1 | 2): number | null {
  if (!(weight > 0)) return null
  return power === 2 ? Math.sqrt(cost / weight) : cost / weight
}
