/** pi / 2 and pi as two numbers each, the second what the first cannot hold. */
const HALF_PI_LOW = 6.12323399573676603587e-17
const PI_LOW = 1.22464679914735317720e-16

/**
 * The angle in [-pi / 2, pi / 2] whose sine is x, within 1 ulp, with the same bits in every engine: only + - * / and
 * square roots are used, because `Math.asin` differs between engines in the last place. NaN outside [-1, 1].
 *
 * Method and coefficients: FDLIBM 5.3, e_asin.c (Sun Microsystems, 1993): asin(x) = x + x R(x^2) up to 1/2, above by
 * asin(x) = pi / 2 - 2 asin(sqrt((1 - x) / 2)).
 */
export function asin(x: number): number {
  const size = Math.abs(x)
  if (!(size <= 1)) return NaN
  if (size < 0.5) return x + x * ratio(x * x)
  const square = (1 - size) * 0.5
  const root = Math.sqrt(square)
  const share = ratio(square)
  // root + rest is the square root in two parts, the first of 24 bits
  const head = Math.fround(root)
  const rest = size === 1 ? 0 : (square - head * head) / (root + head)
  const small = 2 * root * share - (HALF_PI_LOW - 2 * rest)
  const value = Math.PI / 4 - (small - (Math.PI / 4 - 2 * head))
  return x > 0 ? value : -value
}

/**
 * The angle in [0, pi] whose cosine is x, within 1 ulp, with the same bits in every engine. NaN outside [-1, 1].
 *
 * Method: FDLIBM 5.3, e_acos.c.
 */
export function acos(x: number): number {
  const size = Math.abs(x)
  if (!(size <= 1)) return NaN
  if (x === 1) return 0
  if (x === -1) return Math.PI
  if (size < 0.5) return Math.PI / 2 - (x - (HALF_PI_LOW - x * ratio(x * x)))
  const square = (1 - size) * 0.5
  const root = Math.sqrt(square)
  const share = ratio(square)
  if (x < 0) return Math.PI - 2 * (root + (share * root - PI_LOW / 2))
  const head = Math.fround(root)
  const rest = (square - head * head) / (root + head)
  return 2 * (head + (share * root + rest))
}

/** (asin(x) - x) / x from the square of an x up to 1/2, as a rational function. */
function ratio(z: number): number {
  const above = z * (1.66666666666666657415e-1 + z * (-3.25565818622400915405e-1 + z * (2.01212532134862925881e-1
    + z * (-4.00555345006794114027e-2 + z * (7.91534994289814532176e-4 + z * 3.47933107596021167570e-5)))))
  const below = 1 + z * (-2.40339491173441421878 + z * (2.02094576023350569471 + z * (-6.88283971605453293030e-1
    + z * 7.70381505559019352791e-2)))
  return above / below
}
