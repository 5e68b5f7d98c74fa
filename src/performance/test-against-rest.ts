import { adjustFamilyWise, adjustPValues } from "../math/stats/adjust-p-values.js"
import { testGroups } from "../math/stats/permutation-test.js"
import type { Judgement, Verdict } from "./performance-result.js"

/** How strictly to judge; see `PerformanceOptions`. */
export interface Strictness {
  readonly falseDiscoveryRate: number
  readonly errorControl: "false-discovery" | "family-wise"
  readonly seed: number
}

/** Samples that must lie beyond a territory before its p-value stands: known to 14 %, then. */
const EXCEEDANCES = 50

/** Draws per KPI, some tenths of a second's work; beyond it p-values are as fine as they have become. */
const DRAW_LIMIT = 1e7

/**
 * Each group of rows against all others, by what its rows bring beyond their due. A group like all others has the mean score of the
 * others; how far off chance alone would put it, {@link testGroups} samples.
 *
 * @param numerators and @param due one number a row: what it brings, and what it should
 * @param starts the first row of each group, and at the end the number of rows
 * @param tested which groups have rows enough
 * @param stratumOf rows are exchanged within strata only; default: all are of one
 */
export function testAgainstRest(numerators: Float64Array, due: Float64Array, starts: Int32Array, tested: readonly boolean[], { falseDiscoveryRate, errorControl, seed }: Strictness, stratumOf?: Int32Array): Judgement[] {
  const scores = numerators.map((y, i) => (Math.abs(y - due[i]) <= 1e-12 * Math.abs(y) ? 0 : y - due[i])) // rounding is no difference
  // fine enough for one outstanding group among all, three times over
  const maxSamples = Math.max(9999, Math.ceil((6 * tested.length) / falseDiscoveryRate))
  const pValues = testGroups(scores, starts, tested, { seed, exceedances: EXCEEDANCES, maxSamples, drawLimit: DRAW_LIMIT }, stratumOf)
  const family = Array.from(tested.keys()).filter((g) => tested[g])
  const adjust = errorControl === "family-wise" ? adjustFamilyWise : adjustPValues
  const adjusted = adjust(family.map((g) => pValues[g]))
  const judgements: Judgement[] = tested.map(() => ({ pValue: null, adjustedPValue: null, verdict: "too little data" }))
  family.forEach((g, at) => {
    let beyond = 0
    for (let i = starts[g]; i < starts[g + 1]; i++) beyond += scores[i]
    const verdict: Verdict = adjusted[at] > falseDiscoveryRate ? "consistent with chance" : beyond > 0 ? "above" : "below"
    judgements[g] = { pValue: pValues[g], adjustedPValue: adjusted[at], verdict }
  })
  return judgements
}
