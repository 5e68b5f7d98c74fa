import { groupThousands } from "../model/format-amount.js"

/** What stands for a missing number. */
export const NO_NUMBER = "-"

/**
 * A number with thousands separators and fixed decimals, the same in every locale: 1234567.891 with 1 gives "1,234,567.9".
 * Numbers of 1e21 and more keep their exponent.
 */
export function formatNumber(value: number | null, decimals: number): string {
  if (value === null || !Number.isFinite(value)) return NO_NUMBER
  const text = Math.abs(value).toFixed(decimals)
  const sign = value < 0 && Number(text) !== 0 ? "-" : ""
  return sign + groupThousands(text)
}

/**
 * How many decimals a column of numbers needs: none for whole numbers and where the largest has three digits, else three
 * significant digits of the largest, six decimals at most.
 */
export function decimalsFor(values: Iterable<number | null>): number {
  let largest = 0
  let whole = true
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue
    largest = Math.max(largest, Math.abs(value))
    if (!Number.isInteger(value)) whole = false
  }
  if (whole || largest >= 100) return 0
  let decimals = 2
  for (let size = largest; size < 1 && decimals < 6; size *= 10) decimals++
  return largest >= 10 ? 1 : decimals
}

/** One number on its own, with the decimals that it needs. */
export function formatAlone(value: number | null): string {
  return formatNumber(value, decimalsFor([value]))
}

/** A fraction as per cent: 0.0482 gives "4.8%". */
export function formatShare(share: number | null, decimals = 1): string {
  const text = formatNumber(share === null ? null : share * 100, decimals)
  return text === NO_NUMBER ? text : `${text}%`
}

/** A deviation as per cent with its sign: 0.0482 gives "+4.8%"; what rounds to nothing has none. */
export function formatDeviation(deviation: number | null, decimals = 1): string {
  const text = formatShare(deviation, decimals)
  return deviation !== null && deviation > 0 && Number((deviation * 100).toFixed(decimals)) > 0 ? `+${text}` : text
}

/** How to write numbers that stand side by side: all with the decimals that the largest needs, or all with an exponent. */
export function alike(values: readonly (number | null)[]): (value: number | null) => string {
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0)
  if (largest < 1e9 && (largest >= 1e-6 || largest === 0)) {
    const decimals = decimalsFor(values)
    return (value) => formatNumber(value, decimals)
  }
  return (value) => (value === null ? NO_NUMBER : value === 0 ? "0" : value.toExponential(2).replace("e+", "e"))
}
