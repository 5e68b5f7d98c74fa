/**
 * Elementary functions in fixed point: integers that stand for multiples of 2^-BITS. Every double is exact in it, and so are its
 * neighbors: an oracle for functions that are to be right to the last digit. Slow, and simple enough to be believed.
 */
const BITS = 2500n
const ONE = 1n << BITS

/** A double as fixed point, exactly. */
export function fixedOf(x: number): bigint {
  if (!Number.isFinite(x)) throw new RangeError(`${x} is not finite`)
  if (x === 0) return 0n
  // 53 bits of integer and a power of two, by exact products alone
  let exponent = 0
  for (; Math.abs(x) < 4503599627370496; exponent--) x *= 2
  for (; Math.abs(x) >= 9007199254740992; exponent++) x /= 2
  return BigInt(x) << (BITS + BigInt(exponent))
}

/** Distance of a double from a true value in units of the double's last place. */
export function ulpsFrom(x: number, truth: bigint): number {
  let unit = 4.9406564584124654e-324
  while (unit * 9007199254740992 <= Math.abs(x)) unit *= 2
  const difference = fixedOf(x) - truth
  return Number(((difference < 0n ? -difference : difference) * 1_000_000n) / fixedOf(unit)) / 1e6
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS
const over = (a: bigint, b: bigint): bigint => (a << BITS) / b

/** The largest integer whose square is at most n, by Newton's method. */
function integerRoot(n: bigint): bigint {
  if (n === 0n) return 0n
  let x = 1n << BigInt((n.toString(16).length * 4) / 2 + 1)
  for (;;) {
    const next = (x + n / x) >> 1n
    if (next >= x) return x
    x = next
  }
}

const rootOf = (a: bigint): bigint => integerRoot(a << BITS)

/** atan(a) for a >= 0: halved until the series is short. */
export function atanOf(a: bigint): bigint {
  if (a < 0n) return -atanOf(-a)
  let halvings = 0n
  for (; a > ONE >> 12n; halvings++) a = over(a, ONE + rootOf(ONE + times(a, a)))
  const square = times(a, a)
  let sum = 0n
  for (let term = a, n = 1n; term !== 0n; term = -times(term, square), n += 2n) sum += term / n
  return sum << halvings
}

export const PI_FIXED: bigint = 4n * atanOf(ONE)

/** log(a) for a > 0 that is a double, or a double and 1: the power of two first, then 2 atanh((u - 1) / (u + 1)). */
export function logOf(a: bigint): bigint {
  const size = BigInt(a.toString(2).length) - 1n - BITS
  return size * LOG_TWO + logOfUnit(size >= 0n ? a >> size : a << -size)
}

/** log(u) for u in [1, 2]: square roots until the series is short. */
function logOfUnit(u: bigint): bigint {
  let root = u
  let doublings = 0n
  for (; root - ONE > ONE >> 8n; doublings++) root = rootOf(root)
  const s = over(root - ONE, root + ONE)
  const square = times(s, s)
  let sum = 0n
  for (let term = s, n = 1n; term !== 0n; term = times(term, square), n += 2n) sum += term / n
  return (2n * sum) << doublings
}

const LOG_TWO = logOfUnit(2n * ONE)
export const LOG_TWO_FIXED: bigint = LOG_TWO
export const LOG_TEN_FIXED: bigint = logOf(10n * ONE)

/** e^a for |a| up to about 1100. */
export function expOf(a: bigint): bigint {
  const half = LOG_TWO >> 1n
  const k = (a + half) / LOG_TWO - ((a + half) % LOG_TWO < 0n ? 1n : 0n)
  const r = (a - k * LOG_TWO) >> 8n
  let sum = 0n
  for (let term = ONE, n = 1n; term !== 0n; term = times(term, r) / n, n++) sum += term
  for (let square = 0; square < 8; square++) sum = times(sum, sum)
  return k >= 0n ? sum << k : sum >> -k
}

/** sin(a), for a of any size that a double may have. */
export function sinOf(a: bigint): bigint {
  const turn = 2n * PI_FIXED
  const r = a % turn
  const square = times(r, r)
  let sum = 0n
  for (let term = r, n = 2n; term !== 0n; term = -times(term, square) / (n * (n + 1n)), n += 2n) sum += term
  return sum
}

export const cosOf = (a: bigint): bigint => sinOf(a + (PI_FIXED >> 1n))
export const asinOf = (a: bigint): bigint => (a === ONE || a === -ONE ? (a > 0n ? PI_FIXED >> 1n : -(PI_FIXED >> 1n)) : atanOf(over(a, rootOf(ONE - times(a, a)))))
export const acosOf = (a: bigint): bigint => (PI_FIXED >> 1n) - asinOf(a)
export const powOf = (a: bigint, b: bigint): bigint => expOf(times(logOf(a), b))
export const lengthOf = (...parts: readonly bigint[]): bigint => integerRoot(parts.reduce((sum, part) => sum + part * part, 0n))
export const ratioOf = (a: bigint, b: bigint): bigint => over(a, b)

/** The angle of (x, y), (x, y) not being (0, 0). */
export function angleOf(y: bigint, x: bigint): bigint {
  if (x === 0n) return y > 0n ? PI_FIXED >> 1n : -(PI_FIXED >> 1n)
  const angle = atanOf(over(y, x))
  return x > 0n ? angle : y >= 0n ? angle + PI_FIXED : angle - PI_FIXED
}
