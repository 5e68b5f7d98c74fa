import type { LocatedAccount } from "../../model/account.js"
import { isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestId } from "../../model/nearest-name.js"
import { ownOptions } from "../../model/own-options.js"
import { DATA_OPTIONS, type PartitionOptions } from "../partition-options.js"
import type { PartitionResult } from "../partition-result.js"
import { explainAccount } from "./explain-account.js"
import { explainTerritory } from "./explain-territory.js"
import { explainTolerances } from "./explain-tolerances.js"
import type { PlanExplanation } from "./explanation-result.js"
import { readPlanModel } from "./plan-model.js"

/** What `explainPlan` is asked for, beside the options of the plan. */
export interface ExplainOptions {
  /** Ids of the accounts to explain. Default: none. */
  readonly accountIds?: readonly string[]
  /** Also solve the divisible problem anew for every tolerance, which takes a part of what the plan took. Default false. */
  readonly exact?: boolean
}

/** Options that are not those of the plan. */
const OWN_KEYS: readonly string[] = ["accountIds", "exact"]
/** So many unknown ids get a hint. */
const MAX_HINTS = 20

/**
 * Says why a plan is as it is: for every asked account its territory, the next best one, and what decided between them; for every
 * territory what its bounds cost and who is at its border; for every tolerance what one more point would save.
 *
 * Figures come from the plan itself: an account's cost in a territory is weight * distance^power to the center as it stands, or by
 * the distances of `compactness.distance`, which are asked for anew (those of locked accounts too: what they miss), and
 * what it gives back there is price * activity for each measure (`territories[].prices`). Where the account's own territory is not
 * the nearest, these prices say what the bound of a measure is worth that keeps it out of there. A saving by a wider tolerance is an
 * upper bound for the divisible optimum at the same centers; other centers may save more.
 *
 * @param accounts those the plan was made with, or judged with
 * @param plan what `partitionAccounts` or `evaluateAlignment` returned, or its JSON copy
 * @param options those of the plan, and `accountIds` and `exact`
 * @returns plain JSON; costs in weight * distance^power, distances in km on the globe and in the caller's unit on a plane, or where
 * the caller gives distances in the unit of these
 * @throws TerritoryError as `partitionAccounts`; `result-invalid` for what is no plan; `plan-mismatch`, `account-gap`, `account-overlap`
 * and `id-unknown` where accounts or options are not those of the plan; `distance-missing` where the plan has an account in a territory
 * that `compactness.distance` gives no distance for
 *
 * Deterministic. O(n k) for the borders of all territories; for single questions see `createExplainer`. With bounds that not even
 * divided accounts can meet there are no prices, and little to explain with. Not suitable for plans of other tools: judge these
 * with `evaluateAlignment` first.
 * @example
 * const accounts = [{ id: "a", x: 0, y: 0, hours: 1 }, { id: "b", x: 2, y: 0, hours: 1 }, { id: "c", x: 3, y: 0, hours: 1 }, { id: "d", x: 9, y: 0, hours: 1 }]
 * const options = { territories: 2, measures: { hours: { value: "hours" } } }
 * const plan = partitionAccounts(accounts, options)
 * explainPlan(accounts, plan, { ...options, accountIds: ["c"] }).accounts[0].message // 'c is in "t2" (3 away), not in the nearer "t1" (2 away), which would be 5 less for distance, 5 more for hours, the same in all. There would then be 3 of hours in "t1", more than its maximum of 2.1.'
 */
export function explainPlan<A extends LocatedAccount>(accounts: readonly A[], plan: PartitionResult, options: PartitionOptions<A> & ExplainOptions): PlanExplanation {
  return guardCall({ accounts, plan, options }, (own) => explainPlanUnguarded(own.accounts, own.plan, own.options))
}

function explainPlanUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  plan: PartitionResult,
  options: PartitionOptions<A> & ExplainOptions,
): PlanExplanation {
  const own = ownOptions(options, [...DATA_OPTIONS, ...OWN_KEYS])
  const model = readPlanModel(accounts, plan, own, OWN_KEYS)
  const { accountIds = [], exact = false } = own
  const issues: Issue[] = []
  if (typeof exact !== "boolean") issues.push(issue("option-type", "exact", "must be true or false", exact))
  const rows = readAccountIds(accountIds, model.indexOf, issues)
  throwIssues(issues)
  return {
    accounts: rows.map((i) => explainAccount(model, i)),
    territories: model.territoryIds.map((_, t) => explainTerritory(model, t)),
    tolerances: explainTolerances(model, own, exact),
  }
}

function readAccountIds(accountIds: unknown, indexOf: ReadonlyMap<string, number>, issues: Issue[]): number[] {
  if (!Array.isArray(accountIds)) {
    issues.push(issue("option-type", "accountIds", "must be an array of account ids", accountIds, isPlainObject(accountIds) || typeof accountIds === "string" ? "use [id]" : ""))
    return []
  }
  const rows: number[] = []
  let hints = 0
  Array.from(accountIds as unknown[]).forEach((id, a) => {
    const i = typeof id === "string" ? indexOf.get(id) : undefined
    if (i !== undefined) rows.push(i)
    else if (typeof id !== "string") issues.push(issue("id-type", `accountIds[${a}]`, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
    else issues.push(issue("id-unknown", `accountIds[${a}]`, `is no account of this call: ${show(id)}`, NOTHING, hints++ < MAX_HINTS ? suggestId(id, indexOf) : ""))
  })
  return rows
}
