import { isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { formatAmount } from "../model/format-amount.js"
import { guardCall } from "../model/guard-call.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import type { FactorContribution, ScoreResult } from "./score-result.js"

/** What of a result the explanation reads; a parsed JSON copy will do. */
type Explainable = Pick<ScoreResult<{ readonly id: string }>, "accounts" | "contributions" | "baseline" | "excluded" | "tiers">

/**
 * Says in one line why an account has its score: the factors with their values and points, the weightiest first.
 *
 * @param result what `scoreAccounts` returned, or its JSON copy
 * @param accountId the account in question
 * @returns one English sentence or two; points with one decimal
 * @throws TerritoryError `id-unknown`, with the nearest id, when the result has no such account; `result-invalid` when it is no
 *   such result
 *
 * Deterministic. O(n) for the look-up: for a whole list, read `result.contributions` instead.
 * @example
 * const result = scoreAccounts([{ id: "a", sales: 1 }, { id: "b", sales: 3 }], { factors: { sales: { value: "sales" } } })
 * explainScore(result, "b") // "b scores 100.0, 50.0 more than a neutral account (50.0): sales 3 (+50.0)."
 */
export function explainScore(result: Explainable, accountId: string): string {
  return guardCall({ result, accountId }, (own) => explainScoreUnguarded(own.result, own.accountId))
}

function explainScoreUnguarded(result: Explainable, accountId: string): string {
  throwIssues(findResultIssues(result))
  // a row may be null in a copy that was edited; optional chaining is all that a look-up per row can afford
  const isAsked = (one: { readonly accountId: string } | null | undefined): boolean => one?.accountId === accountId
  const row = result.contributions.findIndex(isAsked)
  if (row === -1) {
    const known = result.contributions.length <= 10_000 ? result.contributions.flatMap((one) => (isPlainObject(one) && typeof one.accountId === "string" ? one.accountId : [])) : []
    throwIssues([issue("id-unknown", "accountId", `is no account of this result: ${show(accountId)}`, NOTHING, suggestName(accountId, known))])
  }
  const { factors, coverage } = result.contributions[row]
  const lacking = result.excluded.find(isAsked)
  throwIssues(findRowIssues(result.accounts[row], result.contributions[row], lacking, row))
  const { score, tier } = result.accounts[row]
  if (lacking !== undefined) return `${accountId} has no score of its own (${points(score)}, the lowest): no value for ${lacking.factors.join(", ")}.`
  const difference = score - result.baseline
  const against = Math.abs(difference) < 0.05 ? "as much as" : `${points(Math.abs(difference))} ${difference > 0 ? "more" : "less"} than`
  const ordered = [...factors].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  const known = coverage < 1 ? ` ${Math.floor(coverage * 100)} % of the weight stands on a value.` : ""
  const tiered = result.tiers !== null && typeof tier === "string" ? ` (tier ${tier})` : ""
  return `${accountId} scores ${points(score)}${tiered}, ${against} a neutral account (${points(result.baseline)}): ${ordered.map(phrase).join(", ")}.${known}`
}

const REMEDY = "pass the result as it was returned, or its JSON copy"

/** What makes something no result of `scoreAccounts`; of its rows only the one in question is looked at, later. O(1). */
function findResultIssues(result: unknown): Issue[] {
  if (!isPlainObject(result)) return [issue("result-invalid", "result", "must be what scoreAccounts returns", result)]
  const issues: Issue[] = []
  const need = (isGood: boolean, key: string, rule: string): void => {
    if (!isGood) issues.push(issue("result-invalid", `result.${key}`, rule, result[key], REMEDY))
  }
  const { accounts, contributions, baseline, excluded, tiers } = result
  for (const [key, rows] of [["accounts", accounts], ["contributions", contributions], ["excluded", excluded]] as const) need(Array.isArray(rows), key, "must be an array of rows")
  if (Array.isArray(accounts) && Array.isArray(contributions)) need(accounts.length === contributions.length, "accounts", `must have the ${contributions.length} rows of contributions`)
  need(Number.isFinite(baseline), "baseline", "must be a finite number")
  need(tiers === null || isPlainObject(tiers), "tiers", "must be null or the tiers")
  return issues
}

/** What is wrong with the rows that are to be explained. */
function findRowIssues(account: unknown, { coverage, factors }: Explainable["contributions"][number], lacking: Explainable["excluded"][number] | undefined, row: number): Issue[] {
  const issues: Issue[] = []
  const need = (isGood: boolean, path: string, rule: string, got: unknown): void => {
    if (!isGood) issues.push(issue("result-invalid", `result.${path}`, rule, got, REMEDY))
  }
  const score = isPlainObject(account) ? account.score : account
  need(Number.isFinite(score), `accounts[${row}].score`, "must be a finite number", score)
  need(Number.isFinite(coverage), `contributions[${row}].coverage`, "must be a finite number", coverage)
  const isFactor = (one: unknown): boolean => isPlainObject(one) && typeof one.factor === "string" && (one.value === null || Number.isFinite(one.value)) && Number.isFinite(one.contribution)
  need(Array.isArray(factors) && Array.from(factors as unknown[]).every(isFactor), `contributions[${row}].factors`, "must be an array of { factor, value, contribution }", factors)
  if (lacking !== undefined) need(Array.isArray(lacking.factors), "excluded", "must have the factors that are lacking", lacking.factors)
  return issues
}

function phrase({ factor, value, contribution }: FactorContribution): string {
  const shown = value === null ? "unknown" : formatAmount(value)
  const amount = points(Math.abs(contribution))
  return `${factor} ${shown} (${amount === "0.0" ? "" : contribution < 0 ? "-" : "+"}${amount})`
}

const points = (value: number): string => value.toFixed(1)
