import { EARTH_RADIUS_KM } from "equiterra"

/**
 * A call as numbers, for the algorithms that we compare with: places as points (on the globe in three dimensions, km), bounds per
 * territory. Territories are known by number; `ids` gives their names back.
 *
 * @param {readonly any[]} accounts
 * @param {import("equiterra").PartitionOptions<any>} options
 */
export function compile(accounts, options) {
  const { territories, measures, compactness = {} } = options
  /** @type {readonly import("equiterra").TerritorySpec[]} */
  const specs = typeof territories === "number" ? Array.from({ length: territories }, (_, t) => ({ id: `t${t + 1}` })) : territories
  const [n, k, names] = [accounts.length, specs.length, Object.keys(measures)]
  const M = names.length
  const read = (field, account) => (typeof field === "function" ? field(account) : account[field])
  const places = accounts.map(pointOf)
  const given = specs.map((spec) => spec.center)
  const dimension = places[0].length
  const activities = new Float64Array(n * M)
  const totals = new Float64Array(M)
  accounts.forEach((account, i) => names.forEach((name, m) => (totals[m] += activities[i * M + m] = read(measures[name].value, account))))
  const min = new Float64Array(k * M)
  const max = new Float64Array(k * M)
  specs.forEach((spec, t) =>
    names.forEach((name, m) => {
      if (spec.share !== undefined) throw new Error("shares of territories are not read here")
      const { tolerance = 0.05, min: low, max: high } = measures[name]
      const target = totals[m] / k
      min[t * M + m] = spec.min?.[name] ?? (low === undefined ? (1 - (tolerance ?? 1)) * target : (low ?? 0))
      max[t * M + m] = spec.max?.[name] ?? (high === undefined ? (1 + (tolerance ?? Infinity)) * target : (high ?? Infinity))
    }),
  )
  return {
    n, k, M, dimension, activities, totals, min, max,
    power: compactness.power ?? 2,
    weights: Float64Array.from(accounts, (account) => read(compactness.weight ?? measures[names[0]].value, account)),
    points: Float64Array.from(places.flat()),
    centers: given.every((center) => center !== undefined) ? Float64Array.from(given.flatMap(pointOf)) : null,
    ids: specs.map((spec) => spec.id),
  }
}

/** @typedef {ReturnType<typeof compile>} Compiled */

/** @param {any} place */
function pointOf({ x, y, longitude, latitude }) {
  if (x !== undefined) return [x, y]
  const [east, north] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180]
  return [EARTH_RADIUS_KM * Math.cos(north) * Math.cos(east), EARTH_RADIUS_KM * Math.cos(north) * Math.sin(east), EARTH_RADIUS_KM * Math.sin(north)]
}

/**
 * What account i costs in territory t, whose centers are given: weight * distance^power.
 *
 * @param {Compiled} compiled
 * @param {Float64Array} centers
 */
export function costIn({ points, dimension, weights, power }, centers, i, t) {
  let square = 0
  for (let d = 0; d < dimension; d++) square += (points[i * dimension + d] - centers[t * dimension + d]) ** 2
  return weights[i] * (power === 2 ? square : Math.sqrt(square))
}

/**
 * Rows from territory numbers.
 *
 * @param {readonly any[]} accounts
 * @param {Compiled} compiled
 * @param {ArrayLike<number>} owner
 */
export function alignmentOf(accounts, { ids }, owner) {
  return accounts.map(({ id }, i) => ({ accountId: id, territoryId: ids[owner[i]] }))
}
