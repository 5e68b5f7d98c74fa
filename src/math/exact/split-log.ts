import { divideByPower, nearestExponentOf } from "./float-words.js"

/** Least normal number, 2^-1022, and what brings a smaller one into the normal range. */
const LEAST_NORMAL = 2.2250738585072014e-308
const LIFT = 18014398509481984
const LIFT_EXPONENT = 54

/**
 * A logarithm taken apart: log(x) = exponent log(2) + log(1 + f), where log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + rest).
 */
export interface LogParts {
  readonly exponent: number
  /** 1 + f lies in [sqrt(1/2), sqrt(2)). */
  readonly f: number
  /** f / (2 + f). */
  readonly s: number
  readonly rest: number
}

/**
 * What every logarithm to any base begins with, for a finite x > 0. The parts are numbers of one call each: engines
 * that inline it make no object of them.
 *
 * Method and coefficients: FDLIBM 5.3, e_log.c (Sun Microsystems, 1993): x = 2^exponent (1 + f), and `rest` is a
 * polynomial in s^2, by Remez.
 */
export function splitLog(x: number): LogParts {
  const isSmall = x < LEAST_NORMAL
  const normal = isSmall ? x * LIFT : x
  const e = nearestExponentOf(normal)
  const f = divideByPower(normal, e) - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1))
  const odd = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  return { exponent: isSmall ? e - LIFT_EXPONENT : e, f, s, rest: odd + even }
}

/** log(1 + f) as high + low, where high has 24 bits, so that its product with another number of 24 bits is exact. */
export function sumOfParts({ f, s, rest }: LogParts): { readonly high: number; readonly low: number } {
  const half = 0.5 * f * f
  const high = Math.fround(f - half)
  return { high, low: (f - high) - half + s * (half + rest) }
}
