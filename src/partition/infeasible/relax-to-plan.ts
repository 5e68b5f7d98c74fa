import { formatAmount } from "../../model/format-amount.js"
import type { Violation } from "../../model/violation.js"
import { DEFAULT_TOLERANCE } from "../../model/measure.js"
import type { CompiledProblem } from "../compile-problem.js"
import { boundSource } from "./fit-case.js"
import type { Relaxation, RelaxationChange } from "./infeasibility.js"
import { roundOutwards } from "./round-outwards.js"
import { apart, listed, percentOf, quoted } from "./words.js"

/** Beyond what a plan has, as a share of what is usual: rounding of sums may not decide. */
const TRIFLE = 1e-11

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
  /** What the plan needs of each number that stands for the bounds of several territories: a tolerance, or a measure's own bound. */
  const tolerances = new Map<string, number>()
  const shared = new Map<string, { readonly measure: string; readonly side: "min" | "max"; readonly limit: number; amount: number }>()
  const changes: RelaxationChange[] = []
  const texts: string[] = []
  for (const { measure, territoryId, amount, limit } of violations) {
    if (measure === undefined) continue
    const r = territoryIds.indexOf(territoryId) * M + measures.indexOf(measure)
    const side = amount > limit ? "max" : "min"
    const source = boundSource(compiled, r, side)
    if (source === "tolerance" && bounds[r].target > 0) tolerances.set(measure, Math.max(tolerances.get(measure) ?? 0, Math.abs(amount - bounds[r].target) / bounds[r].target))
    else if (source === "measure") {
      const one = shared.get(`${side} ${measure}`) ?? { measure, side, limit, amount }
      one.amount = side === "max" ? Math.max(one.amount, amount) : Math.min(one.amount, amount)
      shared.set(`${side} ${measure}`, one)
    } else addBound(territoryId, measure, side, limit, amount)
  }
  for (const { measure, side, limit, amount } of shared.values()) addBound(null, measure, side, limit, amount)
  const heavy: string[] = []
  for (const [measure, deviation] of [...tolerances].reverse()) {
    const from = measureOptions[measure].tolerance ?? DEFAULT_TOLERANCE
    const to = roundOutwards(from, deviation - from + TRIFLE, 1)
    changes.unshift({ kind: "tolerance", measure, from, to })
    texts.unshift(`a tolerance of ${measure} of ${percentOf(to)} (instead of ${percentOf(from)})`)
    const least = leastForSingles(compiled, measures.indexOf(measure))
    if (least !== null && least.tolerance > from) heavy.unshift(`${least.name} alone needs one of ${formatAmount(100 * least.tolerance)} %${tolerances.size > 1 ? ` for ${measure}` : ""}`)
  }
  return { message: `the plan ${isSearched ? "found" : "given"} keeps ${listed(texts, 4)}${heavy.length === 0 ? "" : `; ${listed(heavy)}`}`, changes, provenBy: "plan", isMinimal: false }

  function addBound(territoryId: string | null, measure: string, side: "min" | "max", from: number, amount: number): void {
    const unit = activityUnits[measures.indexOf(measure)]
    const to = Math.max(0, roundOutwards(from, Math.abs(amount - from) + TRIFLE * unit, side === "max" ? 1 : -1))
    changes.push({ kind: "bound", territoryId, measure, side, from, to })
    texts.push(`a ${side === "max" ? "maximum" : "minimum"} of ${measure}${territoryId === null ? "" : ` of ${quoted(territoryId)}`} of ${apart(from, to)[1]} (instead of ${apart(from, to)[0]})`)
  }
}

/** The tolerance that the heaviest account needs where it fits best, if only tolerances bound the measure from above. */
function leastForSingles(compiled: CompiledProblem, m: number): { tolerance: number; name: string } | null {
  const { problem, bounds, activities, ids, measures, apart } = compiled
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
  if (heaviest < 0) return null
  const isGroup = apart !== null && apart.unitOf.filter((unit) => unit === heaviest).length > 1
  return { tolerance, name: `${isGroup ? "the group of" : "account"} ${quoted(ids[heaviest])}` }
}
