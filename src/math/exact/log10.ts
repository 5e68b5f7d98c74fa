import { splitLog, sumOfParts } from "./split-log.js"

/** 1 / log(10) in two parts, the first of 24 bits. */
const HIGH = 0.4342944920063019
const LOW = -1.0103050052231683e-8
/** The logarithm of 2 to base 10 in two parts: an integer of 11 bits times the first is exact. */
const TWO_HIGH = 3.01029995663611771306e-1
const TWO_LOW = 3.69423907715893078616e-13

/**
 * The logarithm of x to base 10, within 1 ulp, with the same bits in every engine, and exact where x is the number
 * nearest to a power of ten. -Infinity for 0, NaN below 0 and for NaN.
 *
 * Source: FDLIBM's log(1 + f) in two parts, each times 1 / log(10) in two parts (as FreeBSD's e_log10.c does).
 */
export function log10(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  const parts = splitLog(x)
  const { exponent } = parts
  const { high, low } = sumOfParts(parts)
  const large = high * HIGH
  const twos = exponent * TWO_HIGH
  const sum = twos + large
  return exponent * TWO_LOW + (low + high) * LOW + low * HIGH + ((twos - sum) + large) + sum
}
