import { DEFAULT_TOLERANCE } from "../../model/measure.js"
import type { Fit } from "../../math/feasible/divisible-fit.js"
import type { FitCase, Sides } from "./fit-case.js"
import type { Relaxation } from "./infeasibility.js"
import { smallestStep, type Slide } from "./smallest-step.js"
import { listed, percentOf } from "./words.js"

/**
 * The least tolerances that are enough: of each measure alone, and where no one is, of all measures together, raised by the same
 * number of points. Only sides that come from a tolerance move.
 *
 * @param proof that the bounds of now cannot be met
 * @param setOf n: where accounts may go
 */
export function* relaxTolerances(fitCase: FitCase, proof: Fit, setOf: Int32Array, maxWork: number): Generator<undefined, Relaxation[]> {
  const { measures } = fitCase.compiled
  const movable = movableMeasures(fitCase)
  const found: Relaxation[] = []
  for (const m of movable) {
    const relaxation = yield* raise([m])
    if (relaxation !== null) found.push(relaxation)
  }
  const together = found.length === 0 && movable.length > 1 ? yield* raise(movable) : null
  return together === null ? found : [together]

  /** One number: the tolerance of a single measure, or the points that are added to several. */
  function* raise(which: readonly number[]): Generator<undefined, Relaxation | null> {
    const now = which.map((m) => toleranceOf(fitCase, m))
    const start = which.length === 1 ? now[0] : 0
    const slide: Slide = {
      from: start,
      direction: 1,
      unit: 1,
      at: (to) => withTolerances(fitCase, which, (at) => (which.length === 1 ? to : plus(now[at], to))),
      open: withTolerances(fitCase, which, () => Infinity),
    }
    const to = yield* smallestStep(fitCase, slide, proof, setOf, maxWork)
    if (to === null) return null
    const changes = which.map((m, at) => ({ kind: "tolerance" as const, measure: measures[m], from: now[at], to: which.length === 1 ? to : plus(now[at], to) }))
    const spelled = changes.map(({ measure, from, to: raised }) => `${measure} from ${percentOf(from)} to ${percentOf(raised)}`)
    return { message: `raise the tolerance of ${listed(spelled, changes.length)}`, changes, provenBy: "divided", isMinimal: true }
  }
}

/** The bounds when every side that comes from a tolerance is open; null where there is none. */
export function withoutTolerances(fitCase: FitCase): Sides | null {
  const movable = movableMeasures(fitCase)
  return movable.length === 0 ? null : withTolerances(fitCase, movable, () => Infinity)
}

/** Measures with a tolerance that sets a bound. */
function movableMeasures({ compiled, lowerBy, upperBy }: FitCase): number[] {
  const M = compiled.measures.length
  return [...compiled.measures.keys()].filter((m) => [lowerBy, upperBy].some((side) => side.some((source, r) => r % M === m && source === "tolerance")))
}

/** Decimals of a sum end where those of its terms do. */
function plus(a: number, b: number): number {
  return Number((a + b).toPrecision(14))
}

function toleranceOf({ compiled }: FitCase, m: number): number {
  return compiled.measureOptions[compiled.measures[m]].tolerance ?? DEFAULT_TOLERANCE
}

/** The bounds with other tolerances of some measures; with Infinity their sides are open. */
function withTolerances({ compiled, lower, upper, lowerBy, upperBy }: FitCase, which: readonly number[], tolerance: (at: number) => number): Sides {
  const { bounds, activityUnits } = compiled
  const M = activityUnits.length
  return {
    lower: lower.map((bound, r) => {
      const at = which.indexOf(r % M)
      return at < 0 || lowerBy[r] !== "tolerance" ? bound : (Math.max(0, 1 - tolerance(at)) * bounds[r].target) / activityUnits[r % M]
    }),
    upper: upper.map((bound, r) => {
      const at = which.indexOf(r % M)
      if (at < 0 || upperBy[r] !== "tolerance") return bound
      return tolerance(at) === Infinity ? Infinity : ((1 + tolerance(at)) * bounds[r].target) / activityUnits[r % M]
    }),
  }
}
