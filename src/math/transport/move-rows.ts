import type { MovePrices } from "./move-limits.js"
import type { LimitPlaces } from "./standings.js"
import { weightAtHome, type Homes, type TransportProblem } from "./transport-problem.js"

/** Limits as rows of a linear program, behind the k x M rows of the measures: a pair of account and territory has a part in up to three. */
export interface MoveRows {
  readonly count: number
  /** Bounds by row, -Infinity and Infinity where open; in units that make the weights of all homes sum to k. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** What account i has at all its homes, in these units. */
  weight(i: number): number
  /** What of account i stays at home in t, in these units. */
  here(i: number, t: number): number
  /** Sum of a pair's parts times `values`, by row from `offset` on. */
  dot(values: Float64Array, offset: number, i: number, t: number): number
  /** Where the rows stand among prices, from `offset` on. */
  placesBehind(offset: number): LimitPlaces
  /** Calls back with every row that the pair has a part in. */
  each(i: number, t: number, row: (r: number, part: number) => void): void
  /** Prices by row, from `offset` on, in the problem's units; and back. */
  readPrices(values: Float64Array, offset: number): MovePrices
  writePrices(prices: MovePrices, values: Float64Array, offset: number): void
}

/** The rows of a problem's limits; null where nothing is limited. */
export function createMoveRows({ homes, k }: TransportProblem): MoveRows | null {
  if (!homes || homes.limits === null) return null
  const { stays, staysIn, comesTo } = homes.limits
  let count = stays === null ? 0 : 1
  const staysRow = new Int32Array(k).fill(-1)
  const comesRow = new Int32Array(k).fill(-1)
  for (let t = 0; t < k; t++) if (staysIn !== null && staysIn[t] > -Infinity) staysRow[t] = count++
  for (let t = 0; t < k; t++) if (comesTo !== null && comesTo[t] < Infinity) comesRow[t] = count++
  const all = homes.total.reduce((sum, weight) => sum + weight, 0)
  if (count === 0 || all === 0) return null
  const scale = k / all
  const lower = new Float64Array(count).fill(-Infinity)
  const upper = new Float64Array(count).fill(Infinity)
  if (stays !== null) lower[0] = scale * stays
  for (let t = 0; t < k; t++) {
    if (staysIn !== null && staysRow[t] >= 0) lower[staysRow[t]] = scale * staysIn[t]
    if (comesTo !== null && comesRow[t] >= 0) upper[comesRow[t]] = scale * comesTo[t]
  }

  const scaled = homes.total.map((weight) => scale * weight)
  const hasAll = stays !== null

  function here(i: number, t: number): number {
    return scaled[i] === 0 ? 0 : scale * weightAtHome(homes as Homes, i, t)
  }

  function dot(values: Float64Array, offset: number, i: number, t: number): number {
    if (scaled[i] === 0) return 0
    const stay = here(i, t)
    let sum = hasAll ? stay * values[offset] : 0
    if (staysRow[t] >= 0) sum += stay * values[offset + staysRow[t]]
    if (comesRow[t] >= 0) sum += (scaled[i] - stay) * values[offset + comesRow[t]]
    return sum
  }

  function each(i: number, t: number, row: (r: number, part: number) => void): void {
    const { total } = homes as Homes
    if (total[i] === 0) return
    const here = weightAtHome(homes as Homes, i, t)
    if (stays !== null && here > 0) row(0, scale * here)
    if (staysRow[t] >= 0 && here > 0) row(staysRow[t], scale * here)
    if (comesRow[t] >= 0 && total[i] > here) row(comesRow[t], scale * (total[i] - here))
  }

  return {
    count,
    lower,
    upper,
    weight: (i) => scaled[i],
    here,
    dot,
    each,
    placesBehind: (offset) => ({
      common: hasAll ? offset : -1,
      leaving: staysRow.map((r) => (r < 0 ? -1 : offset + r)),
      coming: comesRow.map((r) => (r < 0 ? -1 : offset + r)),
      weights: scaled,
    }),
    readPrices: (values, offset) => ({
      rate: stays === null ? 0 : Math.max(0, scale * values[offset]),
      leaving: staysIn === null ? null : Float64Array.from(staysRow, (r) => (r < 0 ? 0 : Math.max(0, scale * values[offset + r]))),
      coming: comesTo === null ? null : Float64Array.from(comesRow, (r) => (r < 0 ? 0 : Math.max(0, -scale * values[offset + r]))),
    }),
    writePrices({ rate, leaving, coming }, values, offset) {
      if (stays !== null) values[offset] = rate / scale
      for (let t = 0; t < k; t++) {
        if (leaving !== null && staysRow[t] >= 0) values[offset + staysRow[t]] = leaving[t] / scale
        if (coming !== null && comesRow[t] >= 0) values[offset + comesRow[t]] = -coming[t] / scale
      }
    },
  }
}
