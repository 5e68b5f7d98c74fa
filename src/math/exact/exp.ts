import { scaleByPower } from "./float-words.js"

/** log(2) in two parts: an integer of 11 bits times the first is exact. */
const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10
/** Above the first the result is Infinity, below the second 0. */
const OVERFLOW = 7.09782712893383973096e2
const UNDERFLOW = -7.45133219101941108420e2

/**
 * e^x, within 1 ulp, with the same bits in every engine: only + - * / are used, because `Math.exp` differs between
 * engines in the last place. NaN for NaN, Infinity above 709.78, 0 below -745.13.
 *
 * Method and coefficients: FDLIBM 5.3, e_exp.c (Sun Microsystems, 1993): x = k log(2) + r with |r| <= log(2) / 2, and
 * exp(r) = 1 + r + r c / (2 - c), where c = r - (an even polynomial in r), by Remez.
 */
export function exp(x: number): number {
  if (!(x <= OVERFLOW)) return x > 0 ? Infinity : x
  if (x < UNDERFLOW) return 0
  let k = 0
  let high = x
  let low = 0
  if (x > 0.5 * Math.LN2 || x < -0.5 * Math.LN2) {
    k = Math.floor(x * Math.LOG2E + 0.5)
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
  }
  const r = high - low
  const z = r * r
  const c = r - z * (1.66666666666666019037e-1 + z * (-2.77777777770155933842e-3 + z * (6.61375632143793436117e-5
    + z * (-1.65339022054652515390e-6 + z * 4.13813679705723846039e-8))))
  const y = 1 - ((low - (r * c) / (2 - c)) - high)
  return k === 0 ? y : scaleByPower(y, k)
}
