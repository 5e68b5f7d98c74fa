import { splitLog } from "./split-log.js"

/** log(2) in two parts: multiples of the first by an exponent are exact. */
const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10

/**
 * log(x), within 1 ulp, with the same bits in every engine: only + - * / are used, because `Math.log` differs between
 * engines in the last place. -Infinity for 0, NaN below 0 and for NaN.
 *
 * Method: FDLIBM 5.3, e_log.c (Sun Microsystems, 1993), see `splitLog`.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  const { exponent, f, s, rest } = splitLog(x)
  // near sqrt(2), where f is largest, its square is taken out of the polynomial
  if (f > 0.38) {
    const half = 0.5 * f * f
    return exponent * LN2_HIGH - ((half - (s * (half + rest) + exponent * LN2_LOW)) - f)
  }
  return exponent * LN2_HIGH - ((s * (f - rest) - exponent * LN2_LOW) - f)
}
