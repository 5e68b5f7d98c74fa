import type { Homes, TransportProblem } from "./transport-problem.js"

/** How much may leave home, as bounds from below on what stays and from above on what comes. */
export interface MoveLimits {
  /** At least so much stays, in all; null: no limit. */
  readonly stays: number | null
  /** k: at least so much of what is at home in t stays there, -Infinity where that is not limited; null: nowhere is. */
  readonly staysIn: Float64Array | null
  /** k: at most so much comes to t from other homes, Infinity where that is not limited; null: nowhere is. */
  readonly comesTo: Float64Array | null
}

/** What the limits cost: units of cost for each unit of weight, 0 or more. */
export interface MovePrices {
  /** Of what leaves any home. */
  readonly rate: number
  /** k, or null for none: of what leaves home t, and of what comes to t from another home. */
  readonly leaving: Float64Array | null
  readonly coming: Float64Array | null
}

/** Nothing is limited, or costs anything. */
export const NO_MOVE_PRICES: MovePrices = Object.freeze({ rate: 0, leaving: null, coming: null })

/**
 * The same problem with limits as costs (Lagrange): staying is worth so much more, and coming costs so much. It has no limits any
 * more; what it costs plus {@link limitTerms} is at most what the limited problem costs.
 */
export function withMovePrices(problem: TransportProblem, prices: MovePrices): Homes | null {
  const { homes } = problem
  if (!homes) return null
  return { ...homes, rate: homes.rate + prices.rate, leaving: sum(homes.leaving, prices.leaving), coming: sum(homes.coming, prices.coming), limits: null }
}

/** What prices of limits add to the bound: price x what stays at least, less price x what comes at most. */
export function limitTerms(limits: MoveLimits | null, { rate, leaving, coming }: MovePrices): number {
  if (limits === null) return 0
  let terms = limits.stays === null ? 0 : rate * limits.stays
  if (limits.staysIn !== null && leaving !== null) limits.staysIn.forEach((least, t) => (terms += leaving[t] > 0 ? leaving[t] * least : 0))
  if (limits.comesTo !== null && coming !== null) limits.comesTo.forEach((most, t) => (terms -= coming[t] > 0 ? coming[t] * most : 0))
  return terms
}

function sum(a: Float64Array | null, b: Float64Array | null): Float64Array | null {
  if (a === null || b === null) return a ?? b
  return a.map((value, t) => value + b[t])
}
