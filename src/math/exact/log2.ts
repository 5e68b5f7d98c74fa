import { splitLog, sumOfParts } from "./split-log.js"

/** 1 / log(2) in two parts, the first of 24 bits. */
const HIGH = 1.4426950216293335
const LOW = 1.9259629911266178e-8

/**
 * The logarithm of x to base 2, within 1 ulp, with the same bits in every engine, and exact where x is a power of two.
 * -Infinity for 0, NaN below 0 and for NaN.
 *
 * Source: FDLIBM's log(1 + f) in two parts, each times 1 / log(2) in two parts (as FreeBSD's e_log2.c does).
 */
export function log2(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return x
  const parts = splitLog(x)
  const { exponent } = parts
  const { high, low } = sumOfParts(parts)
  const large = high * HIGH
  const sum = exponent + large
  return (low + high) * LOW + low * HIGH + ((exponent - sum) + large) + sum
}
