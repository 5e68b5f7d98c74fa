import { formatAmount } from "../../model/format-amount.js"
import type { Verdict } from "../performance-result.js"
import type { Evidence } from "./actions-result.js"

/** Whether a verdict is on the bad side. */
export function isWorse(verdict: Verdict, { isLowerBetter }: { readonly isLowerBetter: boolean }): boolean {
  return verdict === (isLowerBetter ? "above" : "below")
}

/** The evidence of a figure alone, or nothing where it is missing. */
export function evidence(figure: string, value: number | null, interval: { readonly low: number; readonly high: number } | null = null): Evidence[] {
  return value === null ? [] : [{ figure, value: value + 0, low: interval === null ? null : interval.low + 0, high: interval === null ? null : interval.high + 0 }] // -0 becomes 0
}

/** Within the range of numbers, whatever a product of figures of a stored comparison comes to; 0 where they do not say. */
export function within(amount: number): number {
  return Number.isNaN(amount) ? 0 : Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, amount)) + 0
}

/** An estimate in a sentence: three digits are more than it is known to. */
export function brief(amount: number): string {
  return formatAmount(Math.abs(amount) >= 1000 ? Math.round(amount) : Number(amount.toPrecision(3)))
}
