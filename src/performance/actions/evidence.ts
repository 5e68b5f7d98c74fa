import { formatAmount } from "../../model/format-amount.js"
import type { Verdict } from "../performance-result.js"
import type { Evidence } from "./actions-result.js"

/** Whether a verdict is on the bad side. */
export function isWorse(verdict: Verdict, { isLowerBetter }: { readonly isLowerBetter: boolean }): boolean {
  return verdict === (isLowerBetter ? "above" : "below")
}

/** The evidence of a figure alone, or nothing where it is missing. */
export function evidence(figure: string, value: number | null, interval: { readonly low: number; readonly high: number } | null = null): Evidence[] {
  return value === null ? [] : [{ figure, value, low: interval?.low ?? null, high: interval?.high ?? null }]
}

/** An estimate in a sentence: three digits are more than it is known to. */
export function brief(amount: number): string {
  return formatAmount(Math.abs(amount) >= 1000 ? Math.round(amount) : Number(amount.toPrecision(3)))
}
