/**
 * One number seen as a number and as its two 32-bit words. Written and read within one call: it carries nothing from
 * call to call.
 */
const number = new Float64Array(1)
const words = new Int32Array(number.buffer)

/** Place of the word with sign and exponent: 1 on little-endian machines, 0 on the others. */
const HIGH = /*#__PURE__*/ new Uint8Array(/*#__PURE__*/ new Uint16Array([1]).buffer)[0]

/** Smallest and largest exponent of a power of two that a number can hold. */
const LEAST_EXPONENT = -1074
const LARGEST_EXPONENT = 1023

/** All powers of two that a number can hold, from 2^-1074 on: by halving and doubling, hence exact. */
const POWERS = /*#__PURE__*/ listPowers()

function listPowers(): Float64Array {
  const powers = new Float64Array(LARGEST_EXPONENT - LEAST_EXPONENT + 1)
  powers[-LEAST_EXPONENT] = 1
  for (let at = -LEAST_EXPONENT + 1; at < powers.length; at++) powers[at] = powers[at - 1] * 2
  for (let at = -LEAST_EXPONENT - 1; at >= 0; at--) powers[at] = powers[at + 1] / 2
  return powers
}

/** The exponent e with 2^e <= |x| < 2^(e + 1), for a normal finite x (not 0, not subnormal). */
export function exponentOf(x: number): number {
  number[0] = x
  return ((words[HIGH] >>> 20) & 2047) - 1023
}

/** From the first words of a fraction of sqrt(2) on, a number is nearer to the next power of two by ratio. */
const TO_NEXT = 0x100000 - 0x6a09c

/** The exponent e with x / 2^e in about [sqrt(1/2), sqrt(2)), for a normal finite x > 0. */
export function nearestExponentOf(x: number): number {
  number[0] = x
  return ((words[HIGH] + TO_NEXT) >> 20) - 1023
}

/**
 * x / 2^e, exactly, for an e from -1023 to 1074: without the checks of `powerOfTwo`, which would be a quarter of a
 * logarithm's time.
 */
export function divideByPower(x: number, e: number): number {
  return x * POWERS[-e - LEAST_EXPONENT]
}

/** 2^k for an integer k, exactly: 0 below -1074, Infinity above 1023. */
export function powerOfTwo(k: number): number {
  if (k < LEAST_EXPONENT) return 0
  return k > LARGEST_EXPONENT ? Infinity : POWERS[k - LEAST_EXPONENT]
}

/**
 * x times 2^k for an integer k, rounded once, for |x| in [1/2, 2] (k of about -1100 to 1100): also where 2^k itself is
 * no number.
 */
export function scaleByPower(x: number, k: number): number {
  if (k >= -1021 && k <= 1022) return x * POWERS[k - LEAST_EXPONENT]
  if (k > 1022) return k > 1100 ? x * Infinity : x * POWERS[k - 100 - LEAST_EXPONENT] * POWERS[100 - LEAST_EXPONENT]
  // the first product is exact, so that a subnormal result is rounded once
  return k < -1100 ? x * 0 : x * POWERS[k + 200 - LEAST_EXPONENT] * POWERS[-200 - LEAST_EXPONENT]
}
