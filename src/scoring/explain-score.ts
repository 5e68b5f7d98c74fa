import { throwIssues } from "../model/error.js"
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
 * @throws TerritoryError `id-unknown`, with the nearest id, when the result has no such account
 *
 * Deterministic. O(n) for the look-up: for a whole list, read `result.contributions` instead.
 * @example
 * const result = scoreAccounts([{ id: "a", sales: 1 }, { id: "b", sales: 3 }], { factors: { sales: { value: "sales" } } })
 * explainScore(result, "b") // "b scores 100.0, 50.0 more than a neutral account (50.0): sales 3 (+50.0)."
 */
export function explainScore(result: Explainable, accountId: string): string {
  const row = result.contributions.findIndex((contribution) => contribution.accountId === accountId)
  if (row === -1) {
    const known = result.contributions.length <= 10_000 ? result.contributions.map((one) => one.accountId) : []
    throwIssues([issue("id-unknown", "accountId", `is no account of this result: ${show(accountId)}`, NOTHING, suggestName(accountId, known))])
  }
  const { factors, coverage } = result.contributions[row]
  const { score, tier } = result.accounts[row]
  const lacking = result.excluded.find((one) => one.accountId === accountId)
  if (lacking !== undefined) return `${accountId} has no score of its own (${points(score)}, the lowest): no value for ${lacking.factors.join(", ")}.`
  const difference = score - result.baseline
  const against = Math.abs(difference) < 0.05 ? "as much as" : `${points(Math.abs(difference))} ${difference > 0 ? "more" : "less"} than`
  const ordered = [...factors].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  const known = coverage < 1 ? ` ${Math.floor(coverage * 100)} % of the weight stands on a value.` : ""
  const tiered = result.tiers !== null && typeof tier === "string" ? ` (tier ${tier})` : ""
  return `${accountId} scores ${points(score)}${tiered}, ${against} a neutral account (${points(result.baseline)}): ${ordered.map(phrase).join(", ")}.${known}`
}

function phrase({ factor, value, contribution }: FactorContribution): string {
  const shown = value === null ? "unknown" : value.toLocaleString("en-US", { maximumSignificantDigits: 4 })
  const amount = points(Math.abs(contribution))
  return `${factor} ${shown} (${amount === "0.0" ? "" : contribution < 0 ? "-" : "+"}${amount})`
}

const points = (value: number): string => value.toFixed(1)
