import type { Fit } from "../../math/feasible/divisible-fit.js"
import type { FitCase, Sides } from "./fit-case.js"
import type { Conflict } from "./find-conflict.js"
import type { Relaxation } from "./infeasibility.js"
import { smallestStep } from "./smallest-step.js"
import { apart, quoted } from "./words.js"

/** Of a conflict with more bounds than this no single one is tried. */
const FEW = 8

/** Some lower, or some upper bounds, all of which are the same number of the caller's. */
interface OneBound {
  readonly m: number
  readonly side: "min" | "max"
  readonly rows: readonly number[]
  /** Null: the measure's own. */
  readonly t: number | null
}

/**
 * The least change of one absolute bound that is enough: of a measure's `min` or `max`, which holds for all territories that state
 * none, and of a single territory, where the conflict has few bounds.
 *
 * @param proof that the bounds of now cannot be met
 */
export function* relaxBounds(fitCase: FitCase, conflict: Conflict, proof: Fit, maxWork: number): Generator<undefined, Relaxation[]> {
  const { compiled, lowerBy, upperBy, locked } = fitCase
  const M = compiled.measures.length
  const found: Relaxation[] = []
  const isIn = { min: new Set(conflict.lower), max: new Set(conflict.upper) }
  for (let m = 0; m < M; m++) {
    for (const side of ["min", "max"] as const) {
      const by = side === "min" ? lowerBy : upperBy
      const rows = [...by.keys()].filter((r) => r % M === m && by[r] === "measure")
      if (rows.some((r) => isIn[side].has(r))) yield* offer({ m, side, rows, t: null })
    }
  }
  // territories that have only a number are told apart by their locks, if at all
  const areNamed = compiled.specs !== null || locked.length > 0
  if (areNamed && conflict.lower.length + conflict.upper.length <= FEW) {
    for (const side of ["min", "max"] as const) for (const r of isIn[side]) yield* offer({ m: r % M, side, rows: [r], t: Math.floor(r / M) })
  }
  return found

  function* offer(one: OneBound): Generator<undefined, void> {
    const { m, side, rows, t } = one
    const from = compiled.bounds[rows[0]][side] as number
    const slide = { from, direction: side === "min" ? (-1 as const) : (1 as const), unit: compiled.activityUnits[m], at: (to: number) => moved(fitCase, one, to), open: moved(fitCase, one, side === "min" ? 0 : Infinity) }
    const to = yield* smallestStep(fitCase, slide, proof, fitCase.accounts.setOf, maxWork)
    if (to === null) return
    const territoryId = t === null ? null : fitCase.territoryIds[t]
    const measure = compiled.measures[m]
    const [before, after] = apart(from, to)
    const message = `${side === "min" ? "lower the minimum" : "raise the maximum"} of ${measure} ${territoryId === null ? "" : `of ${quoted(territoryId)} `}from ${before} to ${after}`
    found.push({ message, changes: [{ kind: "bound", territoryId, measure, side, from, to }], provenBy: "divided", isMinimal: true })
  }
}

/** The bounds with some of them at another number, in the caller's unit. */
function moved({ compiled, lower, upper }: FitCase, { m, side, rows }: OneBound, to: number): Sides {
  const bound = Math.max(0, to) / compiled.activityUnits[m]
  const changed = (side === "min" ? lower : upper).slice()
  for (const r of rows) changed[r] = bound
  return side === "min" ? { lower: changed, upper } : { lower, upper: changed }
}
