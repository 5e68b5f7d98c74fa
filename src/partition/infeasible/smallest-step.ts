import type { Fit } from "../../math/feasible/divisible-fit.js"
import { askedAlong } from "../../math/feasible/read-ray.js"
import type { FitCase, Sides } from "./fit-case.js"
import { lastInside } from "./last-inside.js"
import { roundOutwards } from "./round-outwards.js"

/** Bounds that move with one number of the caller's. */
export interface Slide {
  /** What the number is now, and which way is wider. */
  readonly from: number
  readonly direction: 1 | -1
  /** The size of what is usual. */
  readonly unit: number
  /** The bounds when the number is `to`; never narrower further on. */
  at(to: number): Sides
  /** The bounds when all that the number can open is open. */
  readonly open: Sides
}

/** Questions for one number at most: each proves a larger step to be too small. */
const MAX_QUESTIONS = 40
/** A question that rounding decides is put again so much further out. */
const FURTHER = 1e-6

/**
 * The least change of a number that lets divided accounts fit, as a presentable number: solved for, and 99 % of the change is
 * proven to be too little. Null where no change is enough, or too much work is needed to tell.
 *
 * Each ray that proves a number to be too small proves that of all up to where its excess ends, which is where to try next
 * (Newton's method on the largest excess, convex and falling: Dinkelbach 1967).
 *
 * @param proof that the bounds of now cannot be met
 * @param setOf n: where accounts may go
 */
export function* smallestStep({ fit }: FitCase, slide: Slide, proof: Fit, setOf: Int32Array, maxWork: number): Generator<undefined, number | null> {
  if (fit.work() > maxWork || (yield* fit.ask(slide.open.lower, slide.open.upper, setOf)).status !== "fits") return null
  let answer = proof
  let step = 0
  for (let question = 0; question < MAX_QUESTIONS && fit.work() <= maxWork; question++) {
    if (answer.status === "conflict") {
      const next = stepEnding(slide, answer, step)
      if (next === null) return null
      step = next
    } else step *= 1 + FURTHER
    if (step === 0) return null
    const to = roundOutwards(slide.from, step, slide.direction)
    const { lower, upper } = slide.at(to)
    answer = yield* fit.ask(lower, upper, setOf)
    if (answer.status === "fits") return to
  }
  return null
}

/** The largest step known to be within the excess of a ray, from one that is; null where the excess never ends. */
function stepEnding({ from, direction, unit, at }: Slide, { ray, reach }: Extract<Fit, { status: "conflict" }>, known: number): number | null {
  const excess = (step: number): number => {
    const { lower, upper } = at(from + direction * step)
    return askedAlong(ray, lower, upper) - reach
  }
  return lastInside(excess, known, 1e-9 * unit)
}
