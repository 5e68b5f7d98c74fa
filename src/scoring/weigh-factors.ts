import { neutralUtility, utilityFunction } from "./factor-utility.js"
import { divideQuanta, pointGrid } from "./point-grid.js"
import type { ScoreModel } from "./score-model.js"
import type { AccountContributions, FactorContribution } from "./score-result.js"

/** Scores and their reasons; row i is the caller's row i. */
export interface WeighedFactors {
  readonly scores: Float64Array
  readonly baseline: number
  readonly contributions: readonly AccountContributions[]
  readonly excluded: readonly { readonly accountId: string; readonly factors: readonly string[] }[]
}

/**
 * score = low + sum_j P_j with P_j = round(W_j u_j): W_j is the factor's share of the scale's span, u_j the utility of the value
 * or of what the missing policy puts in its place. The contribution is P_j - round(W_j neutral_j). All in whole quanta of the
 * point grid, so that sums are exact. "Renormalize" is the weighted mean of the known utilities in the place of the missing
 * one, which is the same as dividing its weight among the known factors.
 *
 * One account at a time and never against the direction: no account changes the score of another. O(n m).
 *
 * @param values per factor of the model a column with a number per account, NaN where it is missing
 */
export function weighFactors(ids: readonly string[], values: readonly Float64Array[], model: ScoreModel): WeighedFactors {
  const { factors, scale } = model
  const grid = pointGrid(scale.low, scale.high)
  const rawWeights = factors.map((factor) => factor.weight)
  const weights = divideQuanta(grid.span, rawWeights)
  const utilityOf = factors.map(utilityFunction)
  const neutral = factors.map(neutralUtility)
  const neutralQuanta = neutral.map((u, j) => Math.round(weights[j] * u))
  const baselineQuanta = neutralQuanta.reduce((a, b) => a + b, grid.low)
  // without bounds a factor is neutral for everyone, whatever its policy
  const policies = factors.map((factor) => (factor.low === null || factor.high === null ? "neutral" : factor.missing))
  const scores = new Float64Array(ids.length)
  const contributions: AccountContributions[] = []
  const excluded: { accountId: string; factors: string[] }[] = []
  for (let i = 0; i < ids.length; i++) {
    const isMissing = values.map((column) => Number.isNaN(column[i]))
    const mean = isMissing.includes(true) ? knownMean(isMissing, (j) => utilityOf[j](values[j][i]), weights) : null
    const utilities = policies.map((policy, j) => {
      if (!isMissing[j]) return utilityOf[j](values[j][i])
      if (policy === "penalize" || policy === "exclude") return 0
      return policy === "renormalize" && mean !== null ? mean : neutral[j]
    })
    let quanta = utilities.map((u, j) => Math.round(weights[j] * u) - neutralQuanta[j])
    const lacking = policies.flatMap((policy, j) => (isMissing[j] && policy === "exclude" ? [j] : []))
    if (lacking.length > 0) {
      // not scored: the first factor that is lacking takes the whole way down to the lowest score
      quanta = factors.map((_, j) => (j === lacking[0] ? grid.low - baselineQuanta : 0))
      excluded.push({ accountId: ids[i], factors: lacking.map((j) => factors[j].factor) })
    }
    scores[i] = quanta.reduce((a, b) => a + b, baselineQuanta) * grid.quantum
    contributions.push({
      accountId: ids[i],
      coverage: coverageOf(isMissing, rawWeights),
      factors: factors.map(({ factor }, j): FactorContribution => ({
        factor,
        value: isMissing[j] ? null : values[j][i],
        utility: utilities[j],
        contribution: quanta[j] * grid.quantum,
      })),
    })
  }
  return { scores, baseline: baselineQuanta * grid.quantum, contributions, excluded }
}

/** Weighted mean of the known utilities, 0 to 1; null when none is known. */
function knownMean(isMissing: readonly boolean[], utilityAt: (j: number) => number, weights: readonly number[]): number | null {
  let total = 0
  let sum = 0
  for (let j = 0; j < isMissing.length; j++) {
    if (isMissing[j]) continue
    total += weights[j]
    sum += weights[j] * utilityAt(j)
  }
  return total === 0 ? null : Math.min(sum / total, 1)
}

/** Exactly 1 when nothing is missing. */
function coverageOf(isMissing: readonly boolean[], weights: readonly number[]): number {
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.reduce((a, weight, j) => a + (isMissing[j] ? 0 : weight), 0) / total
}
