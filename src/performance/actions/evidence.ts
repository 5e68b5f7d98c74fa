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
