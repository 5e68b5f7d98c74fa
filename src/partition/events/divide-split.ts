import { equalMassCenters } from "../../math/cluster/equal-mass-centers.js"
import { createRandom } from "../../math/random.js"
import { squareBetween, type TransportProblem } from "../../math/transport/transport-problem.js"

/**
 * Where accounts of a split territory start: each in one of its parts, whose masses are as their shares; the parts would otherwise
 * all start at the same place. A part with a given center takes the accounts that lie nearest to it. O(n log k).
 *
 * @param masses n
 * @param shares k
 * @param given k x dimension: given centers; NaN where none is given
 * @returns n: the part; -1 for an account that is not at home in several territories alike
 * @yields as `equalMassCenters`
 */
export function* divideSplit({ n, dimension, points, homes }: TransportProblem, masses: Float64Array, shares: Float64Array, given: Float64Array): Generator<undefined, Int32Array> {
  const partOf = new Int32Array(n).fill(-1)
  if (!homes) return partOf
  const { start, territory, weight, total } = homes
  const members = new Map<string, number[]>()
  for (let i = 0; i < n; i++) {
    if (start[i + 1] - start[i] < 2 || weight.subarray(start[i], start[i + 1]).some((stays) => stays !== total[i])) continue
    const key = territory.subarray(start[i], start[i + 1]).join()
    const list = members.get(key)
    if (list === undefined) members.set(key, [i])
    else list.push(i)
  }
  for (const rows of members.values()) {
    const parts = [...territory.subarray(start[rows[0]], start[rows[0] + 1])]
    const own = new Float64Array(rows.length * dimension)
    rows.forEach((i, at) => own.set(points.subarray(i * dimension, (i + 1) * dimension), at * dimension))
    const places = yield* equalMassCenters(own, dimension, Float64Array.from(rows, (i) => masses[i]), Float64Array.from(parts, (t) => shares[t]), createRandom(0), 0)
    const placeOf = matchPlaces(parts, places, given, dimension)
    rows.forEach((i, at) => {
      let best = 0
      for (let p = 1; p < parts.length; p++) if (squareBetween(own, at, places, p, dimension) < squareBetween(own, at, places, best, dimension)) best = p
      partOf[i] = placeOf[best]
    })
  }
  return partOf
}

/** Which territory gets each place: given centers take the nearest one, one after the other, the rest follows in order. */
function matchPlaces(parts: readonly number[], places: Float64Array, given: Float64Array, dimension: number): number[] {
  const placeOf = new Array<number>(parts.length).fill(-1)
  const isGiven = (t: number): boolean => !Number.isNaN(given[t * dimension])
  for (const t of [...parts.filter(isGiven), ...parts.filter((part) => !isGiven(part))]) {
    let best = -1
    for (let p = 0; p < parts.length; p++) {
      if (placeOf[p] >= 0) continue
      if (best < 0 || (isGiven(t) && squareBetween(places, p, given, t, dimension) < squareBetween(places, best, given, t, dimension))) best = p
    }
    placeOf[best] = t
  }
  return placeOf
}
