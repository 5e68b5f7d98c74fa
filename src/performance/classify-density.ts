import { sin } from "../math/exact/sin.js"
import { EARTH_RADIUS_KM } from "../math/geo/sphere.js"
import { createGlobeIndex } from "../math/index/globe-index.js"
import { createPlaneIndex } from "../math/index/plane-index.js"
import type { LocatedAccount } from "../model/account.js"
import type { Warning } from "../model/error.js"
import { guardCall } from "../model/guard-call.js"
import { compileAccounts, type AccountTable } from "../model/read-accounts.js"
import { DEFAULT_DENSITY_OPTIONS, type DensityOptions } from "./density-options.js"
import type { DensityResult } from "./density-result.js"
import { readDensityOptions } from "./read-density-options.js"

/**
 * Says how urban or rural every account lies, by the accounts around it, so that like can be compared with like.
 *
 * The density of an account is the weight of all accounts within `radius`, itself included, by the area of that circle (on the
 * globe, of the spherical cap). Classes are cut at the quantiles of the accounts' densities, or where you say.
 *
 * @param accounts with coordinates, all on the globe or all on a plane
 * @param options see {@link DensityOptions}
 * @returns one row an account, in input order, and the classes with their bounds; merge the rows into your records and name the
 *   class as `segment` of `comparePerformance`
 * @throws TerritoryError with all issues: unusable accounts, a radius that is not positive or missing on a plane, cuts that do not
 *   ascend or do not fit the classes
 *
 * Deterministic; the order of the accounts changes only the order of the rows. O(n log n + pairs within the radius): 100,000
 * accounts with 60 neighbors each take one or two seconds; keep the radius small where accounts crowd.
 *
 * Not suitable as a measure of population: it sees your accounts only. Give the population as `weight`, or use an official
 * urban-rural code as the segment.
 *
 * @example
 * const accounts = [{ id: "a", x: 0, y: 0 }, { id: "b", x: 1, y: 0 }, { id: "c", x: 50, y: 0 }]
 * const { accounts: rows } = classifyDensity(accounts, { radius: 5, classes: ["rural", "urban"] })
 * rows.map((row) => row.class) // ["urban", "urban", "rural"]
 */
export function classifyDensity<A extends LocatedAccount>(accounts: readonly A[], options: DensityOptions<A> = {}): DensityResult {
  return guardCall({ accounts, options }, (own) => classifyDensityUnguarded(own.accounts, own.options))
}

function classifyDensityUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  options: DensityOptions<A>,
): DensityResult {
  const { classes, cuts: given, weights, radius: asked } = readDensityOptions(accounts, options)
  const table = compileAccounts(accounts) // the options could only be read with usable accounts
  const radius = asked ?? DEFAULT_DENSITY_OPTIONS.radius

  const around = weighSurroundings(table, weights, radius)
  const area = areaOf(table, radius)
  const densities = around.map((weight) => weight / area)
  const cuts = given ?? quantileCuts(densities, classes.length)

  const classOf = Array.from(densities, (density) => cuts.filter((cut) => density >= cut).length)
  const counts = classes.map((_, c) => classOf.filter((own) => own === c).length)
  return {
    accounts: table.ids.map((accountId, i) => ({ accountId, weight: around[i], density: densities[i], class: classes[classOf[i]] })),
    classes: classes.map((id, c) => ({ id, from: c === 0 ? null : cuts[c - 1], to: c < cuts.length ? cuts[c] : null, accountCount: counts[c] })),
    radius,
    warnings: [...table.warnings, ...emptyClasses(classes, counts)],
  }
}

/** Weight within the radius of each account, added up in the order of the ids. */
function weighSurroundings(accounts: AccountTable, weights: Float64Array, radius: number): Float64Array {
  // rows by id: neighbors sorted by rank are then in the order of their ids
  const { order } = accounts
  const first = Float64Array.from(order, (i) => accounts.first[i])
  const second = Float64Array.from(order, (i) => accounts.second[i])
  const index = accounts.space === "globe" ? createGlobeIndex(first, second) : createPlaneIndex(first, second)
  const uniform = weights.every((weight) => weight === 1)
  const around = new Float64Array(order.length)
  for (let rank = 0; rank < order.length; rank++) {
    const near = index.within(first[rank], second[rank], radius)
    if (uniform) around[order[rank]] = near.length
    else for (const r of Int32Array.from(near).sort()) around[order[rank]] += weights[order[r]]
  }
  return around
}

/** Of the circle, or of the cap of the sphere: 2 pi R^2 (1 - cos(r / R)), written without cancellation. */
function areaOf(accounts: AccountTable, radius: number): number {
  if (accounts.space === "plane") return Math.PI * radius * radius
  return 4 * Math.PI * EARTH_RADIUS_KM ** 2 * sin(Math.min(radius / EARTH_RADIUS_KM, Math.PI) / 2) ** 2
}

/** Cut c is the density that the account of rank n c / classes has: accounts of equal density stay together. */
function quantileCuts(densities: Float64Array, classCount: number): number[] {
  const sorted = Float64Array.from(densities).sort()
  return Array.from({ length: classCount - 1 }, (_, c) => sorted[Math.floor((sorted.length * (c + 1)) / classCount)])
}

function emptyClasses(classes: readonly string[], counts: readonly number[]): Warning[] {
  return classes.flatMap((id, c) => (counts[c] > 0 ? [] : [{ code: "class-empty", path: "classes", message: `classes: no account is ${JSON.stringify(id)}; give cuts, or a larger radius` }]))
}
