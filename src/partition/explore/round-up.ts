import { log10 } from "../../math/exact/log10.js"
import { powerOfTen } from "../../math/exact/power-of-ten.js"

/** Significant digits of a limit that a plan is stated to keep. */
const DIGITS = 3

/** A number >= 0 rounded up to three significant digits: 0.05571 is 0.0558, and 0.05 stays 0.05. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return value
  const near = Number(value.toPrecision(DIGITS))
  if (near >= value) return near
  const step = powerOfTen(Math.floor(log10(value)) - DIGITS + 1)
  return Number((near + step).toPrecision(DIGITS))
}
