import { measureCompactness, typicalDistance, type Compactness } from "../criteria/compactness.js"
import { ownerCount } from "../criteria/disruption.js"
import { measureFairness } from "../criteria/fairness.js"
import { meanCenters, type Places } from "../math/cluster/center-of-members.js"
import { EARTH_RADIUS_KM, embedSphere } from "../math/geo/sphere.js"
import { sumOf } from "../math/stats/sum-of.js"
import type { AccountTable } from "../model/read-accounts.js"
import type { AlignmentFigures } from "./performance-result.js"
import type { MeasureColumn } from "../model/read-measures.js"
import type { Owners } from "./read-owners.js"

/** Squared distances, as `partitionAccounts` has them by default: the weighted mean is their center of least cost. */
const POWER = 2

/**
 * Figures of one alignment. An account with c owners counts as c accounts of 1/c: sums are those of the accounts, whatever the
 * overlaps. Everything is added up in the order of the account ids. O(rows * measures).
 *
 * @param order rows of the accounts by id
 * @param sharesOf target shares of the territories for one measure, summing to 1
 */
export function figuresOf(
  accounts: AccountTable,
  order: Int32Array,
  owners: Owners,
  measures: readonly MeasureColumn[],
  weights: Float64Array,
  sharesOf: (measure: string) => Float64Array,
): AlignmentFigures {
  const k = owners.territoryIds.length
  const assigned = order.filter((i) => ownerCount(owners, i) > 0)
  const judged = measures.map(({ name, activities }) => {
    const sums = new Float64Array(k)
    for (const i of order) {
      const count = ownerCount(owners, i)
      for (let o = owners.starts[i]; o < owners.starts[i + 1]; o++) sums[owners.owners[o]] += activities[i] / count
    }
    return [name, { total: sumOf(activities, assigned), ...measureFairness(sums, sharesOf(name)) }] as const
  })
  const compactness = accounts.space === "none" ? null : compactnessOf(accounts, order, owners, weights)
  return {
    territoryCount: k,
    assignedCount: assigned.length,
    measures: Object.fromEntries(judged),
    cost: compactness === null ? null : compactness.cost,
    typicalDistance: compactness === null ? null : typicalDistance(compactness.cost, compactness.weight, POWER),
  }
}

/**
 * Compactness about the weighted mean of each territory, on the globe its mean direction (Hess et al. 1965). Where there is none,
 * as of a territory in balance all around the globe, any place is as good a center as another.
 */
function compactnessOf(accounts: AccountTable, order: Int32Array, owners: Owners, weights: Float64Array): Compactness {
  const { places, owner } = placeClaims(accounts, order, owners, weights)
  const anywhere = new Float64Array(places.k * places.dimension)
  for (let t = 0; t < places.k; t++) anywhere[t * places.dimension] = places.radius
  return measureCompactness(places, owner, meanCenters(places, owner, anywhere, new Uint8Array(places.k)))
}

/** Accounts as points, one for each owner with an equal part of the weight, in the order of the account ids. */
function placeClaims(accounts: AccountTable, order: Int32Array, owners: Owners, weights: Float64Array): { places: Places; owner: Int32Array } {
  const claims: number[] = []
  const claimants: number[] = []
  for (const i of order) {
    for (let o = owners.starts[i]; o < owners.starts[i + 1]; o++) {
      claims.push(i)
      claimants.push(owners.owners[o])
    }
  }
  const first = Float64Array.from(claims, (i) => accounts.first[i])
  const second = Float64Array.from(claims, (i) => accounts.second[i])
  const globe = accounts.space === "globe"
  return {
    owner: Int32Array.from(claimants),
    places: {
      n: claims.length,
      k: owners.territoryIds.length,
      dimension: globe ? 3 : 2,
      points: globe ? embedSphere(first, second).map((x) => x * EARTH_RADIUS_KM) : interleave(first, second),
      radius: globe ? EARTH_RADIUS_KM : 0,
      power: POWER,
      weights: Float64Array.from(claims, (i) => weights[i] / ownerCount(owners, i)),
    },
  }
}

function interleave(xs: Float64Array, ys: Float64Array): Float64Array {
  const points = new Float64Array(xs.length * 2)
  for (let i = 0; i < xs.length; i++) {
    points[2 * i] = xs[i]
    points[2 * i + 1] = ys[i]
  }
  return points
}
