import type { Assignment } from "../../model/alignment.js"
import type { Warning } from "../../model/error.js"
import type { Violation } from "../../model/violation.js"
import type { PartitionResult } from "../partition-result.js"
import type { BoundRow } from "../territory-bounds.js"
import type { AssignedTerritory, AssignResult, Placement } from "./assign-result.js"
import { judgeBalance, type BalanceRows } from "./balance-rows.js"
import type { Choices } from "./choose-territories.js"
import type { Added } from "./extend-plan.js"
import type { LivePlan } from "./read-plan.js"

/** What has been found out about new accounts, by row and by territory. */
interface Assigned {
  readonly rows: readonly Assignment[]
  readonly choices: Choices
  readonly added: Pick<Added, "counts" | "costs" | "activities">
  readonly bounds: readonly BoundRow[]
  readonly balance: BalanceRows
  readonly warnings: readonly Warning[]
}

/** The numbers of an assignment back in the caller's words. O(n + k M). */
export function describeAssignment(live: LivePlan, extended: PartitionResult, assigned: Assigned): AssignResult {
  const { names, plan } = live
  const { rows, choices, added, bounds, balance, warnings } = assigned
  const M = names.length
  const before = judgeBalance(live, live.activities, live.bounds, live.totals, null)
  return {
    alignment: rows.map((row) => ({ ...row })),
    placements: rows.map((row, i): Placement => {
      const t = choices.runnerUp[i]
      return {
        ...row,
        cost: plan.cost === null ? null : choices.costs[i],
        isDiverted: choices.diverted[i] === 1,
        runnerUp: t < 0 ? null : { territoryId: plan.territories[t].id, extraCost: choices.extraCosts[i] },
      }
    }),
    territories: plan.territories.map(({ id, name, accountCount, cost }, t): AssignedTerritory => {
      const { measures } = extended.territories[t]
      return {
        id,
        ...(name === undefined ? {} : { name }),
        accountCount: { before: accountCount, added: added.counts[t], after: extended.territories[t].accountCount },
        cost: { before: cost, added: cost === null ? null : added.costs[t], after: extended.territories[t].cost },
        measures: Object.fromEntries(
          names.map((measure, m) => {
            const r = t * M + m
            const { target, min, max } = bounds[r]
            const activity = { before: live.activities[r], added: added.activities[r], after: measures[measure].activity }
            return [measure, { activity, target, min, max, deviation: { before: before.deviations[r], after: balance.deviations[r] } }]
          }),
        ),
      }
    }),
    imbalance: Object.fromEntries(names.map((name) => [name, { before: plan.imbalance[name] ?? null, after: extended.imbalance[name] }])),
    cost: { before: plan.cost, added: plan.cost === null ? null : added.costs.reduce((sum, cost) => sum + cost, 0), after: extended.cost },
    violations: balance.violations.filter((violation, r): violation is Violation => violation !== null && before.violations[r] === null),
    warnings,
    plan: extended,
  }
}
