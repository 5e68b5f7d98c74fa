import { formatAmount } from "../../model/format-amount.js"

/** Significant digits of a figure in a sentence. */
const DIGITS = 3
const MOST_DIGITS = 15

/** An amount with three significant digits: 1,230. What is smaller than 0.005 keeps them too. */
export function showRound(amount: number): string {
  return formatAmount(Number(amount.toPrecision(DIGITS)))
}

/** Bounds are shown with so many, so that the same bound reads the same beside most amounts. */
export const BOUND_DIGITS = 5

/** Two amounts with as many digits as it takes to tell them apart, at least so many. */
export function showApart(a: number, b: number, least: number = DIGITS): [string, string] {
  for (let digits = least; digits < MOST_DIGITS; digits++) {
    const shown: [string, string] = [formatAmount(Number(a.toPrecision(digits))), formatAmount(Number(b.toPrecision(digits)))]
    if (shown[0] !== shown[1] || a === b) return shown
  }
  return [String(a), String(b)]
}

/** A fraction as per cent: 0.0512 is "5.1 %". */
export function showPercent(fraction: number, decimals = 1): string {
  return `${(100 * fraction).toFixed(decimals)} %`
}

/** Two fractions as per cent, with as many decimals as it takes to tell them apart, at least one and at most four. */
export function showPercents(a: number, b: number): [string, string] {
  for (let decimals = 1; decimals < 4; decimals++) {
    const shown: [string, string] = [showPercent(a, decimals), showPercent(b, decimals)]
    if (shown[0] !== shown[1]) return shown
  }
  return [showPercent(a, 4), showPercent(b, 4)]
}

/** A share of a cost, > 0, as per cent with two decimals; what would be 0.00 % is less than 0.01 %. */
export function showShare(share: number): string {
  return share < 0.00005 ? "less than 0.01 %" : showPercent(share, 2)
}
