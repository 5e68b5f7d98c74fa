import type { Violation } from "../../model/violation.js"
import { DEFAULT_TOLERANCE } from "../../model/measure.js"
import type { CompiledProblem } from "../compile-problem.js"
import { boundSource } from "./fit-case.js"
import type { Relaxation, RelaxationChange } from "./infeasibility.js"
import { roundOutwards } from "./round-outwards.js"
import { apart, listed, percentOf, quoted } from "./words.js"

/**
 * The changes that the given plan of whole accounts is inside of: a certain way out, if not always the smallest. Where single
 * accounts need a wider tolerance than there is wherever they go, it says so. Null for a plan that breaks locks, which no bound
 * helps. O(n k M).
 *
 * @param violations of the plan
 */
export function relaxToPlan(compiled: CompiledProblem, violations: readonly Violation[], territoryIds: readonly string[], isSearched: boolean): Relaxation | null {
  const { measures, measureOptions, bounds, activityUnits } = compiled
  if (violations.length === 0 || violations.some(({ measure }) => measure === undefined)) return null
  const M = measures.length
  const tolerances = new Map<string, number>()
  const changes: RelaxationChange[] = []
  const texts: string[] = []
  for (const { measure, territoryId, amount, limit } of violations) {
    if (measure === undefined) continue
    const r = territoryIds.indexOf(territoryId) * M + measures.indexOf(measure)
    const side = amount > limit ? "max" : "min"
    if (boundSource(compiled, r, side) === "tolerance" && bounds[r].target > 0) {
      tolerances.set(measure, Math.max(tolerances.get(measure) ?? 0, Math.abs(amount - bounds[r].target) / bounds[r].target))
      continue
    }
    // rounding of sums may not decide
    const to = Math.max(0, roundOutwards(limit, Math.abs(amount - limit) + 1e-11 * activityUnits[r % M], side === "max" ? 1 : -1))
    changes.push({ kind: "bound", territoryId, measure, side, from: limit, to })
    const [, after] = apart(limit, to)
    texts.push(`a ${side === "max" ? "maximum" : "minimum"} of ${measure} of ${quoted(territoryId)} of ${after}`)
  }
  const heavy: string[] = []
  for (const [measure, deviation] of [...tolerances].reverse()) {
    const from = measureOptions[measure].tolerance ?? DEFAULT_TOLERANCE
    const to = roundOutwards(from, deviation - from + 1e-11, 1)
    changes.unshift({ kind: "tolerance", measure, from, to })
    texts.unshift(`a tolerance of ${measure} of ${percentOf(to)} (instead of ${percentOf(from)})`)
    const least = leastForSingles(compiled, measures.indexOf(measure))
    if (least !== null && least.tolerance > from) heavy.unshift(`whole accounts need at least ${percentOf(Number((least.tolerance + 5e-5).toFixed(4)))} of ${measure}, for account ${quoted(least.accountId)}`)
  }
  return { message: `the plan ${isSearched ? "found" : "given"} keeps ${listed(texts, 4)}${heavy.length === 0 ? "" : `; ${listed(heavy)}`}`, changes, provenBy: "plan", isMinimal: false }
}

/** The tolerance that the heaviest account needs where it fits best, if only tolerances bound the measure from above. */
function leastForSingles(compiled: CompiledProblem, m: number): { tolerance: number; accountId: string } | null {
  const { problem, bounds, activities, ids, measures } = compiled
  const { n, k, lockedTo } = problem
  const M = measures.length
  let most = -Infinity
  let heaviest = -1
  for (let t = 0; t < k; t++) {
    if (boundSource(compiled, t * M + m, "max") !== "tolerance") return null
    most = Math.max(most, bounds[t * M + m].target)
  }
  let tolerance = -Infinity
  for (let i = 0; i < n; i++) {
    const target = lockedTo[i] < 0 ? most : bounds[lockedTo[i] * M + m].target
    if (target > 0 && activities[i * M + m] / target - 1 > tolerance) {
      tolerance = activities[i * M + m] / target - 1
      heaviest = i
    }
  }
  return heaviest < 0 ? null : { tolerance, accountId: ids[heaviest] }
}
