import { show } from "../../model/issue.js"
import type { Value } from "./atom.js"
import type { Path } from "./decide-account.js"
import type { ExcludedValue, NearestMiss, RoutingDecision } from "./routing-result.js"
import type { RuleSpace } from "./rule-space.js"
import { sayExcluded } from "./say-excluded.js"

/** The path of one account in ids and a sentence. */
export function wordPath(space: RuleSpace, path: Path, accountId: string, valueOf: (d: number) => Value): RoutingDecision {
  const idOf = (r: number): string => space.rules[r].id
  const miss = path.nearest
  const nearestMiss: NearestMiss | null =
    miss === null
      ? null
      : { ruleId: idOf(miss.rule), territoryId: space.rules[miss.rule].territoryId, failed: miss.failed.map((d) => ({ dimension: space.dimensions[d].name, value: valueOf(d) })) }
  const wonBy = path.wonBy.map(idOf)
  const outranked = path.outranked.map(idOf)
  const excludedBy = path.excludedBy.map(idOf)
  const { territoryIds, reason } = path
  const message = `Account ${show(accountId)} ${reason === "no-match" ? sayGap(nearestMiss) : sayWinner(path, wonBy, outranked)}.`
  return { accountId, territoryIds, reason, wonBy, outranked, excludedBy, nearestMiss, excludedValues: [], wouldGoTo: null, message }
}

/**
 * An account that was left undecided, in ids and a sentence.
 *
 * @param wouldGoTo the territories with all values as they were probably meant; null: not known
 */
export function wordExcluded(excludedValues: readonly ExcludedValue[], wouldGoTo: readonly string[] | null, accountId: string): RoutingDecision {
  const message = `Account ${show(accountId)} was not decided: ${sayExcluded({ excludedValues, wouldGoTo })}`
  return { accountId, territoryIds: [], reason: "value-excluded", wonBy: [], outranked: [], excludedBy: [], nearestMiss: null, excludedValues, wouldGoTo, message }
}

function sayGap(miss: NearestMiss | null): string {
  if (miss === null) return "meets no rule"
  const rule = `${show(miss.ruleId)} of ${show(miss.territoryId)}`
  if (miss.failed.length === 0) return `meets no rule but ${rule}, which excludes it`
  const failed = miss.failed.map(({ dimension, value }) => `${dimension} ${value === null ? "unspecified" : show(value)}`)
  return `meets no rule; nearest is ${rule}, which fails on ${failed.join(", ")}`
}

function sayWinner({ reason, territoryIds }: Path, wonBy: readonly string[], outranked: readonly string[]): string {
  const rules = `${wonBy.length === 1 ? "rule" : "rules"} ${wonBy.map(show).join(", ")}`
  const places = territoryIds.map(show).join(", ")
  if (reason === "tie") return `is torn between ${places}: of ${rules} none goes before the other`
  const before = outranked.length === 0 ? "" : `, before ${show(outranked[0])}${outranked.length > 1 ? ` and ${outranked.length - 1} more` : ""}`
  if (reason === "inclusion") return `goes to ${places}: ${rules} ${wonBy.length === 1 ? "includes" : "include"} it${before}`
  return `goes to ${places} by ${rules}${before}`
}
