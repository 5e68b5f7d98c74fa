import { nearestExponentOf, powerOfTwo } from "./float-words.js"

const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10

/** Least normal number, 2^-1022, and what brings a smaller one into the normal range. */
const LEAST_NORMAL = 2.2250738585072014e-308
const LIFT = 18014398509481984

/**
 * log(x), within 1 ulp, with the same bits in every engine: only + - * / are used, because `Math.log` differs between engines in the
 * last place. -Infinity for 0, NaN below 0 and for NaN.
 *
 * Method and coefficients: FDLIBM 5.3, e_log.c (Sun Microsystems, 1993): x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), and
 * log(1 + f) = f - s (f - R) with s = f / (2 + f), where R is a polynomial in s^2, by Remez.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  let k = 0
  if (x < LEAST_NORMAL) {
    x *= LIFT
    k = -54
  }
  const exponent = nearestExponentOf(x)
  k += exponent
  const f = x * powerOfTwo(-exponent) - 1
  if (f === 0) return k * LN2_HIGH + k * LN2_LOW
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const odd = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  const rest = odd + even
  // near sqrt(2), where f is largest, its square is taken out of the polynomial
  if (f > 0.38) {
    const half = 0.5 * f * f
    return k * LN2_HIGH - ((half - (s * (half + rest) + k * LN2_LOW)) - f)
  }
  return k * LN2_HIGH - ((s * (f - rest) - k * LN2_LOW) - f)
}
