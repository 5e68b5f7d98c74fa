import { finishSteps } from "../../model/in-pieces.js"
import { DEFAULT_TOLERANCE, type Measure } from "../../model/measure.js"
import { changeProblem } from "../../math/transport/transport-problem.js"
import { allocateAccounts } from "../allocate.js"
import type { BoundRow } from "../territory-bounds.js"
import type { ToleranceExplanation } from "./explanation-result.js"
import type { PlanModel } from "./plan-model.js"
import { showRound, showShare } from "./show-figures.js"

/** One point of tolerance. */
const POINT = 0.01
/** Savings below this share of the cost are what rounding makes of none. */
const ROUNDING = 1e-9

/** What of the options decides where a bound comes from. */
export interface BoundSources {
  readonly measures: Readonly<Record<string, Pick<Measure<never>, "tolerance" | "min" | "max">>>
}

/**
 * What one more point of each tolerance would save. First order: with bounds b the divisible optimum v(b) is convex, and the prices
 * are a subgradient of it, so v(b) - v(b + d) <= -sum price d for every change d that keeps the sign of each price (Boyd &
 * Vandenberghe, Convex Optimization, 2004, 5.6.2, eq. 5.57; Bertsimas & Tsitsiklis, Introduction to Linear Optimization, 1997, 5.2
 * and 5.3). Measures whose tolerance sets no bound are left out. O(k M), with `exact` an allocation for each.
 */
export function explainTolerances(model: PlanModel, { measures: stated }: BoundSources, exact: boolean): ToleranceExplanation[] {
  const { compiled, plan, prices, isPriced } = model
  const { measures, bounds } = compiled
  const M = measures.length
  const { relaxedCost } = plan.certificate
  const cost = plan.cost ?? 0
  return measures.flatMap((name, m) => {
    const measure = stated[name]
    const tolerance = measure.tolerance === undefined ? DEFAULT_TOLERANCE : measure.tolerance
    if (tolerance === null) return []
    const relaxed = compiled.bounds.map((row, r) => (r % M === m ? relax(row, tolerance, sourceOf(compiled.specs?.[Math.floor(r / M)], measure, name)) : row))
    if (relaxed.every((row, r) => row === bounds[r])) return []
    let bindingCount = 0
    let saving = 0
    for (let r = m; r < bounds.length; r += M) {
      const gain = prices[r] > 0 ? prices[r] * ((bounds[r].min ?? 0) - (relaxed[r].min ?? 0)) : prices[r] < 0 ? -prices[r] * ((relaxed[r].max ?? 0) - (bounds[r].max ?? 0)) : 0
      if (gain > ROUNDING * cost) bindingCount++
      saving += gain
    }
    const savingAtMost = isPriced ? saving : null
    const exactSaving = exact && isPriced && relaxedCost !== null && model.rules.disruption === null && !model.hasGroups ? solve(model, relaxed, relaxedCost) : null
    const relaxedTolerance = Number((tolerance + POINT).toPrecision(12))
    const row = { measure: name, tolerance, relaxedTolerance, bindingCount, savingAtMost, savingShare: savingAtMost === null || cost === 0 ? null : savingAtMost / cost, exactSaving }
    return [{ ...row, message: wordTolerance(row) }]
  })
}

/** Which sides of a territory's bound come from the tolerance. */
function sourceOf(spec: { readonly min?: Readonly<Record<string, number>>; readonly max?: Readonly<Record<string, number>> } | undefined, measure: Pick<Measure<never>, "min" | "max">, name: string): { readonly low: boolean; readonly high: boolean } {
  const isOwn = (own: Readonly<Record<string, number>> | undefined): boolean => own !== undefined && Object.hasOwn(own, name)
  return { low: measure.min === undefined && !isOwn(spec?.min), high: measure.max === undefined && !isOwn(spec?.max) }
}

/** The same row where nothing of it moves. */
function relax(row: BoundRow, tolerance: number, { low, high }: { readonly low: boolean; readonly high: boolean }): BoundRow {
  if (row.target === 0) return row
  const min = low && row.min !== null ? Math.max(0, 1 - tolerance - POINT) * row.target : row.min
  const max = high && row.max !== null ? (1 + tolerance + POINT) * row.target : row.max
  return min === row.min && max === row.max ? row : { ...row, min, max }
}

/** How much less the divisible optimum costs at the same centers with other bounds; null where it is not found. */
function solve({ problem, centers, compiled, prices, costUnit }: PlanModel, bounds: readonly BoundRow[], relaxedCost: number): number | null {
  const { totals, activityUnits } = compiled
  const M = totals.length
  const lower = Float64Array.from(bounds, (row, r) => (row.min ?? 0) / activityUnits[r % M])
  const upper = Float64Array.from(bounds, (row, r) => (row.max ?? totals[r % M]) / activityUnits[r % M])
  const start = prices.map((price, r) => (price * activityUnits[r % M]) / costUnit)
  const allocation = finishSteps(allocateAccounts(changeProblem(problem, { lower, upper }), centers, start))
  // rounding may leave less than nothing of a saving of nothing
  return allocation.relaxedCost === null ? null : Math.max(0, relaxedCost - allocation.relaxedCost * costUnit)
}

function wordTolerance({ measure, tolerance, relaxedTolerance, bindingCount, savingAtMost, savingShare, exactSaving }: Omit<ToleranceExplanation, "message">): string {
  const change = `a tolerance of ${showTolerance(relaxedTolerance)} instead of ${showTolerance(tolerance)} for ${measure}`
  if (savingAtMost === null) return `what ${change} would save is not known: there are no prices, since not even divided accounts can meet all bounds`
  if (bindingCount === 0) return `${change} would save nothing at these centers`
  const ofCost = savingShare === null ? "" : ` (${showShare(savingShare)} of the cost)`
  return `${change} would save at most ${showRound(savingAtMost)}${ofCost} at these centers${exactSaving === null ? "" : `; it would save ${showRound(exactSaving)} if accounts could be divided`}`
}

const showTolerance = (tolerance: number): string => `${Number((100 * tolerance).toPrecision(10))} %`
