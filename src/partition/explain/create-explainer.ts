import type { LocatedAccount } from "../../model/account.js"
import { throwIssues } from "../../model/error.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestId } from "../../model/nearest-name.js"
import { ownOptions } from "../../model/own-options.js"
import { DATA_OPTIONS, type PartitionOptions } from "../partition-options.js"
import type { PartitionResult } from "../partition-result.js"
import { explainAccount } from "./explain-account.js"
import { explainTerritory } from "./explain-territory.js"
import type { AccountExplanation, TerritoryExplanation } from "./explanation-result.js"
import { readPlanModel } from "./plan-model.js"

/** Answers questions about one plan. */
export interface PlanExplainer {
  /**
   * Why an account is where it is. O(territories), with a group O(territories x its members).
   *
   * @throws TerritoryError `id-unknown`, with the nearest id
   */
  explainAccount(accountId: string): AccountExplanation
  /**
   * What the bounds of a territory cost, and the accounts at its border. O(accounts).
   *
   * @throws TerritoryError `id-unknown`, with the nearest id
   */
  explainTerritory(territoryId: string): TerritoryExplanation
}

/**
 * Prepares a plan for questions, once, for a map that is clicked on: `explainPlan` answers everything in one call.
 *
 * Every answer is about the plan as it is: its centers stay, and its prices are those of its divisible optimum.
 *
 * @param accounts and @param options those the plan was made with, or judged with
 * @param plan what `partitionAccounts` or `evaluateAlignment` returned, or its JSON copy
 * @returns functions, not data; they read copies of numbers only, but ask `options.eligible` anew
 * @throws TerritoryError as `partitionAccounts`; `result-invalid` for what is no plan; `plan-mismatch`, `account-gap`, `account-overlap`
 * and `id-unknown` where accounts or options are not those of the plan; `distance-missing` as `explainPlan`
 *
 * Deterministic. O(n log n) to prepare. Not suitable for plans of other tools: judge these with `evaluateAlignment` first.
 * @example
 * const accounts = [{ id: "a", x: 0, y: 0, hours: 1 }, { id: "b", x: 2, y: 0, hours: 1 }, { id: "c", x: 3, y: 0, hours: 1 }, { id: "d", x: 9, y: 0, hours: 1 }]
 * const options = { territories: 2, measures: { hours: { value: "hours" } } }
 * const explainer = createExplainer(accounts, partitionAccounts(accounts, options), options)
 * explainer.explainAccount("c").decidedBy // "balance"
 */
export function createExplainer<A extends LocatedAccount>(accounts: readonly A[], plan: PartitionResult, options: PartitionOptions<A>): PlanExplainer {
  return guardCall({ accounts, plan, options }, (own) => createExplainerUnguarded(own.accounts, own.plan, own.options))
}

function createExplainerUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  plan: PartitionResult,
  options: PartitionOptions<A>,
): PlanExplainer {
  const model = readPlanModel(accounts, plan, ownOptions(options, DATA_OPTIONS), [])
  const placeOf = new Map(model.territoryIds.map((id, t) => [id, t]))
  return {
    explainAccount: (accountId) => explainAccount(model, findId(accountId, model.indexOf, "account", "accountId")),
    explainTerritory: (territoryId) => explainTerritory(model, findId(territoryId, placeOf, "territory", "territoryId")),
  }
}

function findId(id: unknown, known: ReadonlyMap<string, number>, noun: string, path: string): number {
  const at = typeof id === "string" ? known.get(id) : undefined
  if (at === undefined) {
    throwIssues([
      typeof id === "string"
        ? issue("id-unknown", path, `is no ${noun} of this plan: ${show(id)}`, NOTHING, suggestId(id, known))
        : issue("id-type", path, "must be a string", id, typeof id === "number" ? "use String(id)" : ""),
    ])
  }
  return at as number
}
