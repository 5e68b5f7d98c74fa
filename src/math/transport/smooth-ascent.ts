import { isLate } from "../lateness.js"
import { newtonStep } from "./newton-step.js"
import type { SmoothDual, SmoothEvaluation } from "./smooth-dual.js"

/** A price of less than so many window temperatures is within the bend around 0. */
const BEND = 4

/**
 * Raises the smoothed dual by damped Newton steps until no territory is further than `tolerance` from where it should be.
 * A step is shortened so that no border moves by more than the way between its centers, then halved until the value
 * rises. Changes `prices` in place; the returned evaluation belongs to them.
 *
 * @param tolerance largest |gradient|, in units of a mean territory's activity
 * @param maxSteps Newton steps at most
 * @param windowTemperature how far bounds bend
 * @yields as evaluations do
 */
export function* smoothAscent(
  dual: SmoothDual,
  shape: { readonly k: number; readonly measureCount: number; readonly dimension: number; readonly power: 1 | 2 },
  centers: Float64Array,
  prices: Float64Array,
  spacing: Float64Array,
  temperature: number,
  tolerance: number,
  maxSteps: number,
  windowTemperature: number = temperature,
): Generator<undefined, SmoothEvaluation> {
  const { k, measureCount: M } = shape
  let evaluation = yield* dual.evaluate(centers, prices, spacing, temperature, windowTemperature)
  for (let step = 0; step < maxSteps && largest(evaluation.gradient) > tolerance; step++) {
    const told: unknown = yield undefined
    if (isLate(told)) break
    const direction = newtonStep(evaluation, k, M, 1e-4, 200)
    let rise = 0
    for (let r = 0; r < k * M; r++) rise += direction[r] * evaluation.gradient[r]
    // bounds that nothing can meet drive prices off without end
    if (!(rise > 0 && rise < Infinity)) break
    let length = stepLimit(evaluation, direction, centers, spacing, shape)
    const before = evaluation.value
    const from = prices.slice()
    let found = false
    for (let halving = 0; halving < 8 && !found; halving++) {
      for (let r = 0; r < k * M; r++) {
        const price = from[r] + length * direction[r]
        // where a bound bends more sharply than accounts divide, Newton knows nothing of the other side: no price steps over 0, but onto it
        prices[r] = windowTemperature < temperature && price * from[r] < 0 && Math.abs(from[r]) > BEND * windowTemperature * spacing[Math.floor(r / M)] ? 0 : price
      }
      evaluation = yield* dual.evaluate(centers, prices, spacing, temperature, windowTemperature)
      found = evaluation.value >= before + 1e-4 * length * rise
      length /= 2
    }
    if (!found) {
      prices.set(from)
      evaluation = yield* dual.evaluate(centers, prices, spacing, temperature, windowTemperature)
      break
    }
  }
  return evaluation
}

function largest(numbers: Float64Array): number {
  let most = 0
  for (const x of numbers) most = Math.max(most, Math.abs(x))
  return most
}

/** The longest step, at most 1, that moves no border by more than the distance (to the power) of its centers. */
function stepLimit(
  evaluation: SmoothEvaluation,
  direction: Float64Array,
  centers: Float64Array,
  spacing: Float64Array,
  { measureCount: M, dimension, power }: { readonly measureCount: number; readonly dimension: number; readonly power: 1 | 2 },
): number {
  let limit = 1
  for (let p = 0; p < evaluation.pairCount; p++) {
    const a = evaluation.pairA[p]
    const b = evaluation.pairB[p]
    let square = 0
    for (let d = 0; d < dimension; d++) square += (centers[a * dimension + d] - centers[b * dimension + d]) ** 2
    const distance = Math.max(power === 2 ? square : Math.sqrt(square), spacing[a])
    let move = 0
    for (let m = 0; m < M; m++) move += Math.abs(direction[a * M + m] - direction[b * M + m])
    if (move * limit > distance) limit = distance / move
  }
  return limit
}
