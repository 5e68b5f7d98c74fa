import type { Warning } from "../model/error.js"
import { formatAmount } from "../model/format-amount.js"
import type { AccountTable } from "../model/read-accounts.js"
import type { PartitionOptions } from "./partition-options.js"
import type { Places } from "./place-accounts.js"
import { warnOfFarAccounts } from "./warn-of-far-accounts.js"

/** What is known of a problem when it is compiled. */
export interface ProblemFacts {
  readonly table: AccountTable
  readonly places: Places
  /** Accounts that weigh 0. */
  readonly weightless: number
  /** Whether distances count: accounts have places, or distances are the caller's own. */
  readonly countsDistance: boolean
  readonly ownDistances: boolean
}

/**
 * What is odd about a problem, but usable: no places, accounts without weight, tolerances that look like per cent,
 * places far from all others. O(n).
 */
export function warnOfProblem<A>(
  { table, places, weightless, countsDistance, ownDistances }: ProblemFacts,
  options: PartitionOptions<A>,
): Warning[] {
  const warnings: Warning[] = ownDistances ? [] : warnOfFarAccounts(table, places)
  const names = Object.keys(options.measures)
  if (!countsDistance) {
    const message = "accounts: none has a place (longitude and latitude, or x and y), so distances do not count: only measures, current owners, eligibility and groups do"
    warnings.push({ code: "no-places", path: "accounts", message })
  }
  if (weightless > 0 && countsDistance) {
    const path = options.compactness?.weight === undefined ? `measures.${names[0]}` : "compactness.weight"
    const message = `${path}: ${weightless} of ${table.order.length} accounts weigh 0, so their distance adds nothing to the cost; give compactness.weight if they are to count`
    warnings.push({ code: "weight-zero", path, message })
  }
  for (const name of names) {
    const { tolerance } = options.measures[name]
    if (typeof tolerance !== "number" || tolerance <= 1) continue
    const path = `measures.${name}.tolerance`
    warnings.push({ code: "tolerance-large", path, message: `${path}: ${tolerance} allows a deviation of ${formatAmount(100 * tolerance)} %; ${tolerance} % is ${formatAmount(tolerance / 100)}` })
  }
  return warnings
}
