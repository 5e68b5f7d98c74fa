import { ownerCount } from "../criteria/disruption.js"
import { measureFairness } from "../criteria/fairness.js"
import { arcKmOfChordSquared, embedSphere } from "../math/geo/sphere.js"
import { sumOf } from "../math/stats/sum-of.js"
import type { AccountTable } from "../model/read-accounts.js"
import type { AlignmentFigures } from "./performance-result.js"
import type { MeasureColumn } from "../model/read-measures.js"
import type { Owners } from "./read-owners.js"

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
  const { cost, weight } = spread(accounts, order, owners, weights)
  return {
    territoryCount: k,
    assignedCount: assigned.length,
    measures: Object.fromEntries(judged),
    cost,
    typicalDistance: weight > 0 ? Math.sqrt(cost / weight) : null,
  }
}

/**
 * The sum of weight * distance^2 from accounts to the weighted mean of their territory (Hess et al. 1965): on a plane the mean of
 * x and y, on the globe the mean direction of the unit vectors and the great circle to it, km.
 */
function spread(accounts: AccountTable, order: Int32Array, owners: Owners, weights: Float64Array): { cost: number; weight: number } {
  const globe = accounts.space === "globe"
  const dimensions = globe ? 3 : 2
  const points = globe ? embedSphere(accounts.first, accounts.second) : interleave(accounts.first, accounts.second)
  const k = owners.territoryIds.length
  const centers = new Float64Array(k * dimensions)
  const weightSums = new Float64Array(k)
  forEachShare(order, owners, weights, (i, t, w) => {
    weightSums[t] += w
    for (let d = 0; d < dimensions; d++) centers[t * dimensions + d] += w * points[i * dimensions + d]
  })
  for (let t = 0; t < k; t++) {
    const center = centers.subarray(t * dimensions, (t + 1) * dimensions)
    const length = globe ? Math.hypot(...center) : weightSums[t]
    if (length > 0) center.forEach((c, d) => (center[d] = c / length))
    else if (globe) center[0] = 1 // no direction: weightless, or in balance around the globe
  }
  let cost = 0
  let weight = 0
  forEachShare(order, owners, weights, (i, t, w) => {
    let squared = 0
    for (let d = 0; d < dimensions; d++) squared += (points[i * dimensions + d] - centers[t * dimensions + d]) ** 2
    cost += w * (globe ? arcKmOfChordSquared(squared) ** 2 : squared)
    weight += w
  })
  return { cost, weight }
}

function forEachShare(order: Int32Array, owners: Owners, weights: Float64Array, visit: (account: number, territory: number, weight: number) => void): void {
  for (const i of order) {
    const weight = weights[i] / ownerCount(owners, i)
    for (let o = owners.starts[i]; o < owners.starts[i + 1]; o++) visit(i, owners.owners[o], weight)
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
