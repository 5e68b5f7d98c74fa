import { divideByPower, nearestExponentOf } from "./float-words.js"

/** log(2) in two parts: multiples of the first by an exponent are exact. */
const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10

/**
 * log(1 + x), within 1 ulp, with the same bits in every engine: only + - * / are used, because `Math.log1p` differs
 * between engines in the last place. -Infinity for -1, NaN below -1 and for NaN.
 *
 * Method and coefficients: FDLIBM 5.3, s_log1p.c (Sun Microsystems, 1993): 1 + x = 2^k (1 + f), log(1 + f) by a
 * polynomial in s = f / (2 + f), and a correction for what rounding 1 + x has lost.
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN
  if (x === 0 || x === Infinity) return x
  let k = 0
  let f = x
  let lost = 0
  if (x >= Math.SQRT2 - 1 || x <= Math.SQRT1_2 - 1) {
    const sum = 1 + x
    // 1 + x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)); multiplying by a power of two is exact
    k = nearestExponentOf(sum)
    f = divideByPower(sum, k) - 1
    lost = (x < 1 ? x - (sum - 1) : 1 - (sum - x)) / sum
  }
  const half = 0.5 * f * f
  const s = f / (2 + f)
  const z = s * s
  const tail = z * (6.666666666666735130e-1 + z * (3.999999999940941908e-1 + z * (2.857142874366239149e-1 + z * (2.222219843214978396e-1
    + z * (1.818357216161805012e-1 + z * (1.531383769920937332e-1 + z * 1.479819860511658591e-1))))))
  return k * LN2_HIGH - ((half - (s * (half + tail) + (k * LN2_LOW + lost))) - f)
}
