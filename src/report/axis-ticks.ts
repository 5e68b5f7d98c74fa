import { log10 } from "../math/exact/log10.js"
import { groupThousands } from "../model/format-amount.js"

/** Places on an axis and what is written there. */
export interface AxisTick {
  readonly value: number
  readonly label: string
}

/** From this size on, and below its inverse, numbers are written with an exponent: a column of zeros tells nothing. */
const LARGEST_PLAIN = 1e9
const SMALLEST_PLAIN = 1e-6

/** Narrowest spacing of ticks, in roundings of the largest number: below it they would stand unevenly. */
const FEWEST_ULPS = 8

/**
 * Round numbers from low to high: multiples of 1, 2 or 5 times a power of ten, about as many as asked for, at most twice as many.
 * All are written alike, with the decimals that tell them apart; what is written reads back as the value. No ticks where the range is so narrow
 * that numbers of this size cannot be evenly spaced in it.
 *
 * Source: Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990, loose labels left out.
 *
 * @param low and @param high finite, low < high
 * @param count >= 1
 */
export function axisTicks(low: number, high: number, count: number): AxisTick[] {
  const { digit, power } = roundStep(high / count - low / count)
  const step = Number(`${digit}e${power}`)
  const largest = Math.max(Math.abs(low), Math.abs(high))
  if (!(step > FEWEST_ULPS * Number.EPSILON * largest) || !Number.isFinite(step)) return []
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  // read as decimals: a product with a step that is no binary fraction is off in its last bits
  const values = Array.from({ length: last - first + 1 }, (_, i) => Number(`${(first + i) * digit}e${power}`))
  return withLabels(values.filter(Number.isFinite), step)
}

/**
 * Round numbers for a logarithmic axis: 1, 2 and 5 times powers of ten, or fewer where that would be more than asked for.
 *
 * @param low and @param high finite, 0 < low < high
 */
export function powerTicks(low: number, high: number, count: number): AxisTick[] {
  const first = Math.floor(log10(low))
  const last = Math.ceil(log10(high))
  const inside = (values: readonly number[]): number[] => values.filter((value) => value >= low * (1 - 1e-9) && value <= high && value > 0 && Number.isFinite(value))
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const fine = inside(powers.flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`))))
  const whole = inside(powers.map((power) => Number(`1e${power}`)))
  const every = Math.max(1, Math.ceil(whole.length / count))
  const values = fine.length <= count || whole.length === 0 ? fine : whole.filter((_, i) => i % every === 0)
  return values.map((value) => ({ value, label: value >= LARGEST_PLAIN || value < SMALLEST_PLAIN ? withExponent(value, 1) : groupThousands(String(value)) }))
}

/** The smallest of 1, 2 and 5 times a power of ten that is not smaller, as digit and power; digit 0 for a least of 0 or less. */
function roundStep(least: number): { digit: number; power: number } {
  if (!(least > 0)) return { digit: 0, power: 0 }
  const power = Math.floor(log10(least))
  const digit = [1, 2, 5].find((one) => Number(`${one}e${power}`) >= least * (1 - 1e-9))
  return digit === undefined ? { digit: 1, power: power + 1 } : { digit, power }
}

function withLabels(values: readonly number[], step: number): AxisTick[] {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const power = Math.floor(log10(step) + 1e-9)
  if (largest >= LARGEST_PLAIN || step < SMALLEST_PLAIN) {
    const digits = Math.max(1, Math.floor(log10(largest) + 1e-9) - power + 1)
    return values.map((value) => ({ value, label: withExponent(value, digits) }))
  }
  const decimals = Math.max(0, -power)
  return values.map((value) => ({ value, label: groupThousands(value.toFixed(decimals)) }))
}

function withExponent(value: number, digits: number): string {
  if (value === 0) return "0"
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e")
  return `${mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa}e${exponent.replace("+", "")}`
}
