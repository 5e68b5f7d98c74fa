import type { LocatedAccount } from "../../model/account.js"
import { isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { SUM_SLACK } from "../judge.js"
import { DATA_OPTIONS } from "../partition-options.js"
import type { PartitionResult } from "../partition-result.js"
import type { AssignOptions, AssignResult } from "./assign-result.js"
import { findHeaviest, judgeBalance } from "./balance-rows.js"
import { chooseTerritories, type Choices } from "./choose-territories.js"
import { boundsOfDigest } from "./digest-bounds.js"
import { describeAssignment } from "./describe-assignment.js"
import { copyPlan, extendPlan, type Added } from "./extend-plan.js"
import { findDifferences } from "./find-differences.js"
import { fieldsOfPlan } from "./plan-fields.js"
import { readPlanEligible } from "./plan-eligible.js"
import { readPlanWays } from "./plan-ways.js"
import { checkCosts, checkTotals, readPlanAccounts, type PlanAccounts } from "./read-plan-accounts.js"
import { readPlan, type LivePlan } from "./read-plan.js"

/**
 * Places new accounts in the territories of a plan, without touching the accounts that are there: each goes where its cost less the
 * plan's prices is least, which is where the plan itself, solved for divisible accounts at its centers, would have put it.
 *
 * Distance is taken to the plan's centers, which stay where they are. Prices know which bounds were tight when the plan was made,
 * not how much the new accounts bring: many of them in one place overload a territory, which `violations` then says, and
 * `within: "bounds"` avoids as far as there is room. In a plan without places each account goes where the fullest of
 * its measures is the least full, the heaviest account first. Targets grow with the total, so that territories which
 * stand at their lower bound fall below it by a little. An account that weighs nothing goes to the nearest center; so
 * does every account where the plan has no prices, because not even divided accounts could meet its bounds (with a
 * warning).
 *
 * A plan on distances of the caller's own (`compactness.distance`) is gone on with by these: a function is asked for every territory that
 * a new account may go to, rows are those of the new accounts (rows of the plan's are passed over). Without `territories` among the
 * options the function gets what the plan keeps of them: id, name, center, shares and bounds.
 *
 * @param plan what `partitionAccounts` or `evaluateAlignment` returned, or its copy from JSON; checked in every part
 * @param accounts the new ones only, in the plan's kind of space, with its fields; none is fine
 * @param options the options that the plan was made with, or none of them; `eligible` and `compactness.distance`
 * hold for the new accounts; and `within`
 * @returns a row for every new account with its runner-up, what becomes of every territory, the bounds that are newly broken, and
 * the plan with the new accounts in it, on which the next call can go on
 * @throws TerritoryError with all issues: unusable accounts, an account that the plan has, options that differ from the plan's (which
 * one, and both values), a function or distances that the plan had and the call has not, an account without a distance, a plan that is none, was damaged or contradicts itself
 *
 * Whether a function is the one that the plan was made with cannot be told: pass the same one.
 *
 * Deterministic; the order of accounts changes nothing but that of rows. O(accounts of the plan) to read it, then O(territories x
 * measures) for each new account. Not suitable for filling a map anew: when balance has gone (see `checkDrift`), partition again
 * with `current`.
 * @example
 * const options = { territories: 2, measures: { workload: { value: "hours", tolerance: 0.2 } } }
 * const plan = partitionAccounts(
 *   [
 *     { id: "a", x: 0, y: 0, hours: 4 },
 *     { id: "b", x: 1, y: 0, hours: 5 },
 *     { id: "c", x: 9, y: 9, hours: 5 },
 *     { id: "d", x: 9, y: 8, hours: 4 },
 *   ],
 *   options,
 * )
 * const stored = JSON.stringify(plan)
 * const { alignment, territories, violations } = assignAccounts(JSON.parse(stored), [{ id: "new", x: 2, y: 1, hours: 1 }], options)
 * alignment // [{ accountId: "new", territoryId: "t1" }]
 * territories[0].measures.workload.activity // { before: 9, added: 1, after: 10 }
 * violations // []
 */
export function assignAccounts<A extends LocatedAccount>(plan: PartitionResult, accounts: readonly A[], options: AssignOptions<A> = {}): AssignResult {
  return guardCall({ plan, accounts, options }, (own) => assignAccountsUnguarded(own.plan, own.accounts, own.options))
}

function assignAccountsUnguarded<A extends LocatedAccount>(
  plan: PartitionResult,
  accounts: readonly A[],
  options: AssignOptions<A>,
): AssignResult {
  const live = readPlan(plan)
  const own = ownOptions(options, DATA_OPTIONS)
  const read = readNewAccounts(accounts, own, live)
  const allowed = readNewEligible(accounts, read, own, live)
  const ways = readPlanWays(accounts, read, own, live, allowed)

  // targets and bounds are those of all accounts, known before the first one is placed
  const { k, names } = live
  const M = names.length
  const totals = Float64Array.from(live.totals)
  for (const i of read.table.order) for (let m = 0; m < M; m++) totals[m] += read.activities[i * M + m]
  checkTotals(totals, names)
  const conflicts: Issue[] = []
  const bounds = read.n === 0 ? live.bounds : boundsOfDigest(live.digest, k, totals, conflicts)
  const limits = own.within === "bounds" ? Float64Array.from(bounds, ({ max }, r) => (max === null ? Infinity : max + SUM_SLACK * totals[r % M])) : null
  const choices = chooseTerritories(live, read, allowed, ways === null ? null : ways.lengths, limits)

  const added = addUp(live, read, choices)
  checkCosts(added.costs)
  const after = live.activities.map((activity, r) => activity + added.activities[r])
  const heaviest = findHeaviest(k, M, read.table.order, read.table.ids, choices.owner, read.activities)
  const balance = judgeBalance(live, after, bounds, totals, heaviest)
  const rows = read.table.ids.map((accountId, i) => ({ accountId, territoryId: live.plan.territories[choices.owner[i]].id }))
  const extended = read.n === 0 ? copyPlan(live) : extendPlan(live, rows, { ...added, activities: after, bounds, balance, isPartial: ways?.isPartial === true }, choices)
  const warnings = [...read.table.warnings, ...warnOfPlan(live), ...warnOfWeights(read, live), ...conflicts]
  return describeAssignment(live, extended, { rows, choices, added, bounds, balance, warnings })
}

/** Checks the options against the plan, and reads the new accounts, which may be none. */
function readNewAccounts<A extends LocatedAccount>(accounts: readonly A[], options: AssignOptions<A>, live: LivePlan): PlanAccounts {
  const issues: Issue[] = [...findDifferences(options, live.digest, ["within"])]
  const within: unknown = isPlainObject(options) ? options.within : undefined
  if (within !== undefined && within !== "bounds") issues.push(issue("option-type", "within", 'must be "bounds", or left out', within))
  const read = readPlanAccounts(accounts, live, issues.length > 0 ? null : fieldsOfPlan(options, live.digest, issues), issues, true)
  read.table.ids.forEach((id, i) => {
    const t = live.ownerOf.get(id)
    if (t === undefined) return
    issues.push(issue("account-in-plan", `accounts[${i}].id`, `is in the plan, in territory ${show(live.plan.territories[t].id)}`, id, "pass new accounts only; assignAccounts moves nobody"))
  })
  const isNew = new Set(read.table.ids)
  if (Array.isArray(options.together)) {
    options.together.forEach((group: unknown, g) => {
      const id: unknown = Array.isArray(group) ? group.find((one) => isNew.has(one as string)) : undefined
      if (id !== undefined) issues.push(issue("unsupported", `together[${g}]`, `names the new account ${show(id)}, but assignAccounts places accounts one by one`, NOTHING, "make a new plan with partitionAccounts, or leave the group out"))
    })
  }
  throwIssues(issues)
  return read
}

function readNewEligible<A extends LocatedAccount>(accounts: readonly A[], read: PlanAccounts, options: AssignOptions<A>, live: LivePlan): Uint8Array | null {
  const issues: Issue[] = []
  const allowed = readPlanEligible(accounts, read, options, live, issues)
  throwIssues(issues)
  return allowed
}

/** Counts, costs and activities of the new accounts by territory, summed in the order of ids. */
function addUp({ k, names }: LivePlan, { table, activities }: PlanAccounts, { owner, costs }: Choices): Pick<Added, "counts" | "costs" | "activities"> {
  const M = names.length
  const added = { counts: new Int32Array(k), costs: new Float64Array(k), activities: new Float64Array(k * M) }
  for (const i of table.order) {
    const t = owner[i]
    added.counts[t]++
    added.costs[t] += costs[i]
    for (let m = 0; m < M; m++) added.activities[t * M + m] += activities[i * M + m]
  }
  return added
}

/** What accounts go to where prices do not count. */
const nearestOf = ({ digest }: LivePlan): string => (digest.compactness.distance === true ? "territory by compactness.distance" : "center")

function warnOfPlan(live: LivePlan): Warning[] {
  if (live.plan.infeasibility?.kind !== "divisible") return []
  return [{ code: "plan-without-prices", path: "plan", message: `plan: has no prices, because not even divided accounts could meet its bounds; new accounts went to the nearest ${nearestOf(live)}` }]
}

function warnOfWeights({ n, weights }: PlanAccounts, live: LivePlan): Warning[] {
  const count = weights.reduce((sum, weight) => sum + (weight === 0 ? 1 : 0), 0)
  if (count === 0) return []
  return [{ code: "weight-zero", path: "compactness.weight", message: `compactness.weight: ${count} of ${formatCount(n, "new account")} ${count === 1 ? "weighs" : "weigh"} 0; ${count === 1 ? "it" : "they"} went to the nearest ${nearestOf(live)}, whatever the prices` }]
}
