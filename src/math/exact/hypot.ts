import { powerOfTwo } from "./float-words.js"

/** Between these sizes no square overflows, and none that counts underflows. */
const SMALL = 1e-140
const LARGE = 1e140
/** By this power of two smaller numbers are enlarged and larger ones made smaller: exactly. */
const SCALE = 600

/**
 * The length of (x, y) or (x, y, z), with the same bits in every engine: within 1 ulp for two numbers, 1.25 for three.
 * Infinity where one of them is infinite, else NaN where one is NaN; no square overflows on the way.
 */
export function hypot(x: number, y: number, z = 0): number {
  const largest = Math.max(Math.abs(x), Math.abs(y), Math.abs(z))
  if (largest > SMALL && largest < LARGE) return Math.sqrt(x * x + y * y + z * z)
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity || Math.abs(z) === Infinity) return Infinity
  if (!(largest > 0)) return largest
  const k = largest < 1 ? SCALE : -SCALE
  const [a, b, c] = [x * powerOfTwo(k), y * powerOfTwo(k), z * powerOfTwo(k)]
  return Math.sqrt(a * a + b * b + c * c) * powerOfTwo(-k)
}
