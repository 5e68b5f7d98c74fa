import { reduceAngle } from "./reduce-angle.js"
import { cosineKernel, sineKernel } from "./sine-kernel.js"

/**
 * The cosine of an angle in radians, within 1 ulp at any size, with the same bits in every engine: only + - * / are
 * used, because `Math.cos` differs between engines in the last place. NaN for NaN and infinite angles.
 */
export function cos(angle: number): number {
  if (Math.abs(angle) <= Math.PI / 4) return cosineKernel(angle, 0)
  if (!Number.isFinite(angle)) return NaN
  const { quarter, high, low } = reduceAngle(angle)
  const value = (quarter & 1) === 0 ? cosineKernel(high, low) : sineKernel(high, low)
  return quarter === 0 || quarter === 3 ? value : -value
}
