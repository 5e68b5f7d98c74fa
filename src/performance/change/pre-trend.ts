import { log } from "../../math/exact/log.js"
import { testShift } from "../../math/stats/shift-test.js"
import type { TreatedSets } from "../../math/stats/treated-sets.js"
import type { PreTrend } from "./change-result.js"
import type { ChangeTransform } from "./history-options.js"
import { valueOf } from "./list-history.js"
import type { History } from "./read-history.js"

/** With fewer periods before there is no trend to look at. */
export const LEAST_TREND = 3
/** With fewer steps from period to period their spread is a guess. */
const LEAST_STEPS = 6

/** Values of a territory in some periods, on a scale on which effects add up; null where one cannot be had. */
export type Path = readonly (number | null)[]

/**
 * Paths of territories over periods: logarithms where all are positive, else shares of each territory's mean; with `none` the values themselves.
 * Null where a territory has no positive mean to take shares of.
 */
export function readPaths(history: History, territories: readonly number[], periods: readonly number[], transform: ChangeTransform): Path[] | null {
  const width = history.periods.names.length
  const paths = territories.map((t) => periods.map((p) => {
    const cell = t * width + p
    return history.exposures === null ? history.outcomes[cell] : history.rowCounts[cell] === 0 ? null : valueOf(history.outcomes[cell], history.exposures[cell])
  }))
  if (transform === "none") return paths
  if (paths.every((path) => path.every((value) => value === null || value > 0))) return paths.map((path) => path.map((value) => (value === null ? null : log(value))))
  const means = paths.map((path) => meanOf(path))
  if (!means.every((mean) => mean > 0)) return null
  const shares = paths.map((path, j) => path.map((value) => (value === null ? null : value / means[j])))
  return shares.every((path) => path.every((value) => value === null || Number.isFinite(value))) ? shares : null
}

/**
 * Whether treated territories (the first of `paths`) went another way than controls before the change: the slope of each by least squares, tested as
 * the effect is. Null where a territory has fewer than 3 values.
 *
 * @param distance periods from the middle of before to the middle of after
 * @param inflation as of the effect, see `testShift`: slopes of territories that share clusters go together as their changes do
 */
export function testPreTrend(paths: readonly Path[], sets: TreatedSets, level: number, distance: number, inflation = 1): PreTrend | null {
  const slopes = paths.map(slopeOf)
  if (!slopes.every((slope) => slope !== null)) return null
  const { estimate, interval, pValue } = testShift(Float64Array.from(slopes), sets, level, inflation)
  const carriedForward = estimate * distance
  return { slopeDifference: estimate, interval, pValue, carriedForward: carriedForward === 0 ? 0 : carriedForward, periodCount: paths[0].length }
}

/**
 * By how much more the first paths move from period to period than the others, as a ratio of standard deviations, what all have in common left out;
 * null where that cannot be said.
 */
export function compareNoise(paths: readonly Path[], treatedCount: number): number | null {
  const steps = paths.map((path) => path.slice(1).map((value, p) => (value === null || path[p] === null ? null : value - path[p])))
  if (steps[0].length < LEAST_STEPS) return null
  const common = steps[0].map((_, p) => meanOf(steps.map((one) => one[p])))
  const squares = steps.map((one) => meanOf(one.map((step, p) => (step === null ? null : (step - common[p]) ** 2))))
  const treated = meanOf(squares.slice(0, treatedCount))
  const others = meanOf(squares.slice(treatedCount))
  const ratio = treated / others
  return Number.isFinite(ratio) ? Math.sqrt(ratio) : null
}

function slopeOf(path: Path): number | null {
  const points = path.flatMap((value, p) => (value === null ? [] : [{ p, value }]))
  if (points.length < LEAST_TREND) return null
  const middle = meanOf(points.map(({ p }) => p))
  const level = meanOf(points.map(({ value }) => value))
  const spread = points.reduce((sum, { p }) => sum + (p - middle) ** 2, 0)
  return points.reduce((sum, { p, value }) => sum + (p - middle) * (value - level), 0) / spread
}

/** Of what is there; NaN of nothing. */
function meanOf(values: Path): number {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (value === null) continue
    sum += value
    count++
  }
  return sum / count
}
