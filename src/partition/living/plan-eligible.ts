import type { LocatedAccount } from "../../model/account.js"
import type { Issue } from "../../model/error.js"
import { finishSteps } from "../../model/in-pieces.js"
import { issue, NOTHING } from "../../model/issue.js"
import type { TerritorySpec } from "../../model/territory.js"
import { readEligible } from "../read-eligible.js"
import type { AssignOptions } from "./assign-result.js"
import { specsOfPlan } from "./plan-specs.js"
import type { PlanAccounts } from "./read-plan-accounts.js"
import type { LivePlan } from "./read-plan.js"

/**
 * Asks the caller which new accounts may go where: n x k, 1 where one may; null: everywhere. The territory that is passed is the
 * caller's own where the options list it, else what the plan keeps of it. O(n k) calls.
 */
export function readPlanEligible<A extends LocatedAccount>(accounts: readonly A[], read: PlanAccounts, options: AssignOptions<A>, live: LivePlan, issues: Issue[]): Uint8Array | null {
  const eligible: unknown = options.eligible
  const { k, digest } = live
  if (eligible === undefined) {
    if (digest.eligible) issues.push(issue("function-missing", "eligible", "was given when the plan was made, and a plan keeps no functions", NOTHING, "pass the same function, or () => true if new accounts may go anywhere"))
    return null
  }
  if (typeof eligible !== "function") {
    issues.push(issue("option-type", "eligible", "must be a function of an account and a territory", eligible))
    return null
  }
  const specs = specsOfPlan(live, options)
  const rules = finishSteps(readEligible(accounts, eligible as (account: A, territory: TerritorySpec) => boolean, specs, read.table, new Int32Array(read.n).fill(-1), issues))
  if (rules === null) return null
  const allowed = new Uint8Array(read.n * k)
  read.table.order.forEach((i, place) => {
    const from = rules.start[place]
    const to = rules.start[place + 1]
    if (from === to) allowed.fill(1, i * k, (i + 1) * k)
    for (let e = from; e < to; e++) allowed[i * k + rules.territories[e]] = 1
  })
  return allowed
}
