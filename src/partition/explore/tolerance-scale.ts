import { largestOf } from "../../math/stats/extremes.js"
import { DEFAULT_TOLERANCE, type Measure } from "../../model/measure.js"
import type { Issue } from "../../model/error.js"
import { changeProblem } from "../../math/transport/transport-problem.js"
import type { CompiledProblem } from "../compile-problem.js"
import { countedBounds } from "../counted-bounds.js"
import { findTerritoryBounds } from "../territory-bounds.js"

/** How the tolerances of all measures follow from one: that of the measure with the widest. */
export interface ToleranceScale {
  /** The widest tolerance as it is stated; null where no measure has one. */
  readonly widest: number | null
  /** M: each measure's part of it; 0 for one that stays as it is. */
  readonly parts: readonly number[]
  /**
   * K, the caller's units: the fairest activities that can be reached, in place of targets, where the bounds cannot
   * all be kept; null: they can.
   */
  readonly fairest: Float64Array | null
}

/** A problem at one tolerance. */
export interface ScaledProblem {
  readonly tolerance: number
  /** By measure, as stated with that tolerance in place of its own. */
  readonly measures: Readonly<Record<string, Measure<unknown>>>
  readonly compiled: CompiledProblem
}

/** Reads the scale; measures whose tolerances are all 0 scale alike. O(M). */
export function readScale({ measures, measureOptions }: CompiledProblem): ToleranceScale {
  const stated = measures.map((name) => (measureOptions[name].tolerance === undefined ? DEFAULT_TOLERANCE : measureOptions[name].tolerance))
  const known = stated.filter((tolerance) => tolerance !== null)
  if (known.length === 0) return { widest: null, parts: stated.map(() => 0), fairest: null }
  const widest = largestOf(known)
  return { widest, parts: stated.map((tolerance) => (tolerance === null ? 0 : widest > 0 ? tolerance / widest : 1)), fairest: null }
}

/**
 * The problem with other tolerances: new bounds, everything else as it is. O(n M + k M).
 *
 * @param issues those of bounds that contradict each other at this tolerance are added
 */
export function scaleProblem(compiled: CompiledProblem, { widest, parts }: ToleranceScale, tolerance: number, issues: Issue[]): ScaledProblem {
  const { problem, searched, measures: names, measureOptions, totals, activityUnits, specs } = compiled
  if (widest === null) return { tolerance, measures: measureOptions, compiled }
  const measures = Object.fromEntries(names.map((name, m) => [name, parts[m] === 0 ? measureOptions[name] : { ...measureOptions[name], tolerance: parts[m] * tolerance }]))
  const { k, measureCount: M } = problem
  const bounds = findTerritoryBounds(k, specs, names, measures, totals, issues)
  const lower = Float64Array.from(bounds, (row, r) => (row.min ?? 0) / activityUnits[r % M])
  const upper = Float64Array.from(bounds, (row, r) => (row.max ?? totals[r % M]) / activityUnits[r % M])
  const changed = changeProblem(problem, { lower, upper })
  const counted = countedBounds(changed, compiled.activities, activityUnits)
  const isSame = searched === problem || (searched.weights === problem.weights && counted === null)
  return {
    tolerance,
    measures,
    compiled: { ...compiled, measureOptions: measures, bounds, problem: changed, searched: isSame && counted === null ? changed : changeProblem(searched, counted ?? { lower, upper }) },
  }
}
