import { reduceAngle } from "./reduce-angle.js"
import { cosineKernel, sineKernel } from "./sine-kernel.js"

/**
 * The sine of an angle in radians, within 1 ulp at any size, with the same bits in every engine: only + - * / are
 * used, because `Math.sin` differs between engines in the last place. NaN for NaN and infinite angles.
 */
export function sin(angle: number): number {
  if (Math.abs(angle) <= Math.PI / 4) return angle === 0 ? angle : sineKernel(angle, 0)
  if (!Number.isFinite(angle)) return NaN
  const { quarter, high, low } = reduceAngle(angle)
  const value = (quarter & 1) === 0 ? sineKernel(high, low) : cosineKernel(high, low)
  return quarter < 2 ? value : -value
}
