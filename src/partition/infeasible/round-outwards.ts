import { log10 } from "../../math/exact/log10.js"
import { powerOfTen } from "../../math/exact/power-of-ten.js"

/** Beyond what is needed a presentable number goes by at most this share of the step. */
const BEYOND = 0.009
/** A number so close to a round one, in units of its last digit, is that. */
const SAME = 1e-7
const MOST_DIGITS = 15

/**
 * The number with the fewest decimals that is at least `step` away from `from`, up (1) or down (-1), and at most 0.9 % of the
 * step more: 99 % of the way there is less than the step. Up from 0.05 by 0.022134: 0.0722.
 *
 * @param share of the step, by which the number may go beyond it
 */
export function roundOutwards(from: number, step: number, direction: 1 | -1, share: number = BEYOND): number {
  const exact = from + direction * step
  const first = Math.ceil(log10(Math.abs(exact) + step)) + 1
  for (let digit = first; digit > first - MOST_DIGITS; digit--) {
    // decimal text, as products of powers of ten are not round
    const units = Number(`${exact}e${-digit}`)
    const scaled = Number.isNaN(units) ? exact / powerOfTen(digit) : units
    const whole = direction > 0 ? Math.ceil(scaled - SAME) : Math.floor(scaled + SAME)
    const rounded = Number(`${whole}e${digit}`)
    if (direction * (rounded - from) > 0 && Math.abs(rounded - exact) <= share * step) return rounded + 0
  }
  return exact
}
