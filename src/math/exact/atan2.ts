/**
 * Angles at which the arc tangent is taken apart, atan(0.5), atan(1), atan(1.5), atan(infinity), each with what it
 * cannot hold.
 */
const HIGH = [4.63647609000806093515e-1, 7.85398163397448278999e-1, 9.82793723247329054082e-1, 1.57079632679489655800]
const LOW = [2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17, 6.12323399573676603587e-17]
const PI_LOW = 1.22464679914735317720e-16

/**
 * Above this quotient the angle is a right one to the last digit; below its inverse one of the sides does not count.
 */
const LARGEST_QUOTIENT = 1.8014398509481984e16

/**
 * The angle of the point (x, y) in [-pi, pi], within 1 ulp, with the same bits in every engine: only + - * / are used,
 * because `Math.atan2` differs between engines in the last place. Signed zeros and infinities as `Math.atan2` has
 * them; NaN where one is NaN.
 *
 * Method: FDLIBM 5.3, e_atan2.c (Sun Microsystems, 1993).
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  const isLeft = x < 0 || Object.is(x, -0)
  const isBelow = y < 0 || Object.is(y, -0)
  const angle = acute(Math.abs(y), Math.abs(x), isLeft)
  const value = isLeft ? Math.PI - (angle - PI_LOW) : angle
  return isBelow ? -value : value
}

/** The angle of (x, y) with x, y >= 0, from 0 to pi / 2. */
function acute(y: number, x: number, isLeft: boolean): number {
  if (y === 0) return 0
  if (x === Infinity) return y === Infinity ? HIGH[1] : 0
  const quotient = y / x
  if (quotient > LARGEST_QUOTIENT) return HIGH[3] + LOW[3]
  return isLeft && quotient < 1 / LARGEST_QUOTIENT ? 0 : atanOf(quotient)
}

/** The angle in [-pi / 2, pi / 2] whose tangent is x, within 1 ulp, with the same bits in every engine. NaN for NaN. */
export function atan(x: number): number {
  if (!(x > 0)) return x === 0 || Number.isNaN(x) ? x : -atan(-x)
  return x > LARGEST_QUOTIENT ? HIGH[3] + LOW[3] : atanOf(x)
}

/** The arc tangent of x >= 0. Method and coefficients: FDLIBM 5.3, s_atan.c. */
function atanOf(x: number): number {
  let part = -1
  let u = x
  if (x >= 2.4375) {
    part = 3
    u = -1 / x
  } else if (x >= 1.1875) {
    part = 2
    u = (x - 1.5) / (1 + 1.5 * x)
  } else if (x >= 0.6875) {
    part = 1
    u = (x - 1) / (x + 1)
  } else if (x >= 0.4375) {
    part = 0
    u = (2 * x - 1) / (2 + x)
  }
  const z = u * u
  const w = z * z
  const odd = z * (3.33333333333329318027e-1 + w * (1.42857142725034663711e-1 + w * (9.09088713343650656196e-2
    + w * (6.66107313738753120669e-2 + w * (4.97687799461593236017e-2 + w * 1.62858201153657823623e-2)))))
  const even = w * (-1.99999999998764832476e-1 + w * (-1.11111104054623557880e-1 + w * (-7.69187620504482999495e-2
    + w * (-5.83357013379057348645e-2 + w * -3.65315727442169155270e-2))))
  return part < 0 ? u - u * (odd + even) : HIGH[part] - ((u * (odd + even) - LOW[part]) - u)
}
