import { nearestExponentOf, powerOfTwo } from "./float-words.js"

const LEAST_NORMAL = 2.2250738585072014e-308
const LIFT = 18014398509481984

/**
 * log(x) = exponent log(2) + high + low for a finite x > 0, where high has 24 bits, so that its product with another number of
 * 24 bits is exact.
 *
 * Method and coefficients: FDLIBM 5.3, e_log.c (Sun Microsystems, 1993), see `log`.
 */
export function splitLog(x: number): { readonly exponent: number; readonly high: number; readonly low: number } {
  let k = 0
  if (x < LEAST_NORMAL) {
    x *= LIFT
    k = -54
  }
  const exponent = nearestExponentOf(x)
  k += exponent
  const f = x * powerOfTwo(-exponent) - 1
  const half = 0.5 * f * f
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const odd = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  const high = Math.fround(f - half)
  return { exponent: k, high, low: (f - high) - half + s * (half + odd + even) }
}
