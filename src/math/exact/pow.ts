import { exponentOf, powerOfTwo, scaleByPower } from "./float-words.js"

/** 1 / log(2) times 2 / 3 ... in two parts, the first of 24 bits: 2 / (3 log(2)). */
const CP = 9.61796693925975554329e-1
const CP_HIGH = 9.61796700954437255859e-1
const CP_LOW = -7.02846165095275826516e-9
/** log2(1.5) in two parts. */
const HALF_MORE_HIGH = 5.84962487220764160156e-1
const HALF_MORE_LOW = 1.35003920212974897128e-8
/** log(2), and in two parts, the first of 24 bits. */
const LN2 = 6.93147180559945286227e-1
const LN2_HIGH = 6.93147182464599609375e-1
const LN2_LOW = -1.90465429995776804525e-9

/** Exponents beyond this size lead to 0, 1 or Infinity for every base but 1 (the next number after 1 is 1 + 2^-52). */
const LARGEST_EXPONENT = 1e20
/** Above the first the result is Infinity, below the second 0: logarithms to base 2. */
const OVERFLOW = 1024
const UNDERFLOW = -1076

const LEAST_NORMAL = 2.2250738585072014e-308
const LIFT = 18014398509481984

/**
 * x to the power of y, within 1 ulp, with the same bits in every engine: only + - * / and square roots are used,
 * because `Math.pow` and `**` differ between engines in the last place. Exact where y is 1, 2 or -1 (rounded once) and
 * for powers of two. Zeros, infinities and NaN as `Math.pow` has them: NaN for a negative x with a y that is no
 * integer, and for 1 to an infinite power.
 *
 * Method and coefficients: FDLIBM 5.3, e_pow.c (Sun Microsystems, 1993): the logarithm to base 2 and its product with
 * y in two parts each, split where products of 24 bits are exact.
 */
export function pow(x: number, y: number): number {
  if (y === 2) return x * x
  if (y === 1) return x
  if (y === 0) return 1
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  if (y === -1) return 1 / x
  const size = Math.abs(x)
  if (!Number.isFinite(y)) return size === 1 ? NaN : size > 1 === y > 0 ? Infinity : 0
  const isNegative = (x < 0 || Object.is(x, -0)) && isOdd(y)
  if (size === 0 || size === Infinity || size === 1) {
    if (x === -1 && !Number.isInteger(y)) return NaN
    const value = size === 1 ? 1 : size === 0 === y > 0 ? 0 : Infinity
    return isNegative ? -value : value
  }
  if (x < 0 && !Number.isInteger(y)) return NaN
  if (y === 0.5) return Math.sqrt(x)
  const value = powerOf(size, y)
  return isNegative ? -value : value
}

/** Whether a finite number is an odd integer. */
function isOdd(y: number): boolean {
  return Math.abs(y % 2) === 1
}

/** x^y for finite x > 0 other than 1, and finite y. */
function powerOf(x: number, y: number): number {
  if (Math.abs(y) > LARGEST_EXPONENT) return x > 1 === y > 0 ? Infinity : 0

  // x = 2^n ax with ax in [sqrt(3) / 2, sqrt(3)), compared with 1 or with 1.5
  let n = 0
  if (x < LEAST_NORMAL) {
    x *= LIFT
    n = -54
  }
  const exponent = exponentOf(x)
  n += exponent
  let ax = x * powerOfTwo(-exponent)
  let base = 1
  if (ax >= 1.7320508075688772) {
    ax /= 2
    n++
  } else if (ax > 1.224744871391589) base = 1.5

  // s = (ax - base) / (ax + base) in two parts
  const u = ax - base
  const v = 1 / (ax + base)
  const s = u * v
  const sHigh = Math.fround(s)
  const sumHigh = Math.fround(ax + base)
  const sumLow = ax - (sumHigh - base)
  const sLow = v * ((u - sHigh * sumHigh) - sHigh * sumLow)

  // log2(ax / base) = 2 / log(2) (s + s^3 / 3 + ...) in two parts
  const square = s * s
  const series = square * square * (5.99999999999994648725e-1 + square * (4.28571428578550184252e-1 + square * (3.33333329818377432918e-1
    + square * (2.72728123808534006489e-1 + square * (2.30660745775561754067e-1 + square * 2.06975017800338417784e-1)))))
    + sLow * (sHigh + s)
  const squareHigh = sHigh * sHigh
  const factorHigh = Math.fround(3 + squareHigh + series)
  const factorLow = series - ((factorHigh - 3) - squareHigh)
  const large = sHigh * factorHigh
  const little = sLow * factorHigh + factorLow * s
  const productHigh = Math.fround(large + little)
  const productLow = little - (productHigh - large)
  const high = CP_HIGH * productHigh
  const low = CP_LOW * productHigh + productLow * CP + (base === 1 ? 0 : HALF_MORE_LOW)
  const ofBase = base === 1 ? 0 : HALF_MORE_HIGH
  const logHigh = Math.fround(high + low + ofBase + n)
  const logLow = low - (((logHigh - n) - ofBase) - high)

  // y log2(x) in two parts
  const yHigh = Math.fround(y)
  return powerOfSum(yHigh * logHigh, (y - yHigh) * logHigh + y * logLow)
}

/** 2^(high + low), where `low` is small beside `high`. */
function powerOfSum(high: number, low: number): number {
  const exponent = high + low
  if (!(exponent < OVERFLOW)) return Infinity
  if (exponent < UNDERFLOW) return 0
  const k = Math.floor(exponent + 0.5)
  const rest = high - k
  const head = Math.fround(rest + low)
  const large = head * LN2_HIGH
  const little = (low - (head - rest)) * LN2 + head * LN2_LOW
  const z = large + little
  const lost = little - (z - large)
  const square = z * z
  const c = z - square * (1.66666666666666019037e-1 + square * (-2.77777777770155933842e-3 + square * (6.61375632143793436117e-5
    + square * (-1.65339022054652515390e-6 + square * 4.13813679705723846039e-8))))
  const r = (z * c) / (c - 2) - (lost + z * lost)
  return scaleByPower(1 - (r - z), k)
}
