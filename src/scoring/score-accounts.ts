import { type Issue, throwIssues, type Warning } from "../model/error.js"
import type { IdentifiedAccount } from "../model/account.js"
import { compareIds } from "../model/compare-ids.js"
import { findIdIssues } from "../model/find-id-issues.js"
import { guardCall } from "../model/guard-call.js"
import { ownOptions } from "../model/own-options.js"
import { readField } from "../model/read-field.js"
import { checkScoreOptions } from "./check-score-options.js"
import { copyAccounts } from "./copy-accounts.js"
import { DEFAULT_FACTOR } from "./factor.js"
import { fitFactor, warnOfClamping } from "./fit-factor.js"
import { describeTiers, fitTiers, tierOf } from "./fit-tiers.js"
import { readFactorValues } from "./read-factor-values.js"
import type { FactorModel, ScoreModel, TierModel } from "./score-model.js"
import { DEFAULT_SCALE, type ScoreOptions } from "./score-options.js"
import type { ScoreResult } from "./score-result.js"
import { weighFactors } from "./weigh-factors.js"

/**
 * Scores accounts by weighted factors, with the reason for every point.
 *
 * Each value is placed between two reference bounds (after its transform, in its direction), which gives a utility from 0 to
 * 1; the score is the weighted mean of the utilities on the scale. The bounds, and all else that makes a score, come back in
 * `result.model`: with it, a later call scores every account the same, whatever other accounts there are. Bounds that are not
 * given are fitted to the accounts of this call: their smallest and largest value, or two quantiles (`tailShare`).
 *
 * @param accounts rows with a unique string `id`; coordinates are not needed; a value may be missing (null, undefined)
 * @param options `factors` by name: `value`, and where wanted `weight` (1), `direction` ("higher"), `transform` ("linear"),
 *   `low`, `high`, `neutral` in the value's unit (fitted), `tailShare` (0), `missing` ("neutral"); `tiers` (none); `scale`
 *   (0 to 100 points); `model` of an earlier result. See `Factor`, `MissingPolicy`, `TierRule`
 * @returns every account in input order, a copy with `score` (and `tier`); per account the contribution of each factor in
 *   points, which sum to score - baseline to the last bit; accounts that a policy "exclude" left without a score; warnings for
 *   empty, constant or squeezed factors and for values outside the bounds. Inputs are not changed
 * @throws TerritoryError before any work, with all issues: ids, values that are no numbers (`factor-type`), negative values
 *   under log1p or sqrt (`factor-domain`), fields that no account has (`field-unknown`), misspelt options, a `model` that the
 *   factors contradict (`model-conflict`)
 *
 * Deterministic: the order of rows and of factors does not matter, and scores are the same bits on every runtime.
 * O(m n log n) for m factors. Raising a value never lowers the score where higher is better (up to the last bit of log1p).
 * Not suitable for probabilities: a score ranks accounts, it does not forecast.
 *
 * Source: additive value function on fixed reference bounds, so that a new account cannot reverse the ranks of others: Dezert,
 * Tchamova, Han, Tacnet (2020), The SPOTIS rank reversal free method, FUSION 2020.
 * @example
 * const { accounts } = scoreAccounts(
 *   [{ id: "a", sales: 100, days: 5 }, { id: "b", sales: 900, days: 30 }, { id: "c", sales: 500, days: null }],
 *   { factors: { sales: { value: "sales", weight: 3 }, recency: { value: "days", direction: "lower" } } },
 * )
 * accounts.map((account) => account.score) // [25, 75, 50]
 */
export function scoreAccounts<A extends IdentifiedAccount>(accounts: readonly A[], options: ScoreOptions<A>): ScoreResult<A> {
  return guardCall({ accounts, options }, (own) => scoreAccountsUnguarded(own.accounts, own.options))
}

function scoreAccountsUnguarded<A extends IdentifiedAccount>(
  accounts: readonly A[],
  options: ScoreOptions<A>,
): ScoreResult<A> {
  const own = ownOptions(options)
  throwIssues([...findIdIssues(accounts), ...checkScoreOptions(own)])
  const { factors, tiers: rule, model: stored } = own
  const issues: Issue[] = []
  const warnings: Warning[] = []

  // read every value once, in the order of the factors' names
  const names = Object.keys(factors).sort(compareIds)
  const before = new Map(stored?.factors.map((factor) => [factor.factor, { ...factor }]))
  const values = names.map((name) => {
    const transform = factors[name].transform ?? before.get(name)?.transform ?? DEFAULT_FACTOR.transform
    return readFactorValues(accounts, name, factors[name].value, transform, before.has(name), issues)
  })
  const tierField = rule === undefined ? (stored?.tiers?.field ?? null) : rule.method === "value-share" ? rule.value : null
  const tierValues = tierField === null ? null : readField(accounts, tierField, "accounts", "tiers.value", { noun: "tier-value", minimum: 0 }, issues)
  const hasTiers = rule !== undefined || (stored !== undefined && stored.tiers !== null)
  const copies = copyAccounts(accounts, hasTiers ? ["score", "tier"] : ["score"], issues, warnings)
  throwIssues(issues)

  // the model: stored, or fitted to these accounts
  const weights = names.map((name) => factors[name].weight ?? DEFAULT_FACTOR.weight)
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0)
  const fitted = names.map((name, j): FactorModel => before.get(name) ?? fitFactor(name, factors[name], weights[j] / totalWeight, values[j], warnings))
  fitted.forEach((factor, j) => warnOfClamping(factor, values[j], warnings))
  const scale = stored?.scale ?? own.scale ?? DEFAULT_SCALE
  const untiered: ScoreModel = { method: "weighted-factors", version: 1, scale: { low: scale.low, high: scale.high }, factors: fitted, tiers: null }

  // scores, then tiers
  const { scores, baseline, contributions, excluded } = weighFactors(accounts.map((account) => account.id), values, untiered)
  const isExcluded = new Set(excluded.map((row) => row.accountId))
  const keys = tierValues ?? scores
  const isRanked = (i: number): boolean => tierValues !== null || !isExcluded.has(accounts[i].id)
  const storedTiers = stored?.tiers ?? null
  const tiers: TierModel | null = storedTiers !== null
    ? { ...storedTiers, levels: storedTiers.levels.map((level) => ({ ...level })) }
    : (rule === undefined ? null : fitTiers(rule, keys.filter((_, i) => isRanked(i)), warnings))
  const tierNames = accounts.map((_, i) => (tiers !== null && isRanked(i) ? tierOf(keys[i], tiers) : null))
  const counts = new Map<string | null, number>()
  for (const tier of tierNames) counts.set(tier, (counts.get(tier) ?? 0) + 1)
  return {
    accounts: copies.map((copy, i) => Object.assign(copy, tiers === null ? { score: scores[i] } : { score: scores[i], tier: tierNames[i] })),
    contributions,
    baseline,
    excluded,
    tiers: tiers === null ? null : {
      rule: describeTiers(tiers),
      levels: tiers.levels.map(({ tier, from }) => ({ tier, from, accountCount: counts.get(tier) ?? 0 })),
    },
    model: { ...untiered, tiers },
    warnings,
  }
}
