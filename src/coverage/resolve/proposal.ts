import type { Alignment } from "../../model/alignment.js"
import type { Tenure } from "../coverage-options.js"
import type { Finding, FindingCode } from "../finding.js"

/**
 * One change that would remove findings. `assign`: an account gets its first territory. `keep`: of several territories it keeps one.
 * `move`: it changes its territory. `hand-over`: somebody else serves it. `list-reps`: who serves a territory is listed as its rep.
 * `tenure`: somebody has a territory, or an account, on days on which several do, or nobody.
 */
export interface Proposal {
  readonly kind: "assign" | "keep" | "move" | "hand-over" | "list-reps" | "tenure"
  readonly accountId: string | null
  /** The territory concerned: where the account goes, or stays; whose reps or days they are. */
  readonly territoryId: string | null
  /** The territories, or for `hand-over` and `tenure` the persons, of before. */
  readonly from: readonly string[]
  /** The person, for `hand-over` and `tenure`; the persons to be listed, for `list-reps`. */
  readonly ownerIds: readonly string[]
  /** Days, for `tenure`. */
  readonly firstDay: string | null
  readonly lastDay: string | null
  /** From the account to the territory's center: km, or the plane's unit; null where a place is not known. */
  readonly distance: number | null
  /** Activity of the accounts concerned, by measure: what the change disrupts. */
  readonly severity: Finding["severity"]
  /** Which findings it is for. */
  readonly removes: readonly FindingCode[]
  readonly message: string
}

/** What `resolveCoverage` returns. Plain JSON; nothing of it is applied. */
export interface CoverageResolution {
  /** In the order of the findings that they are for. */
  readonly proposals: readonly Proposal[]
  /** What would be: rows of all accounts, in the order of the accounts; overlays as they are. */
  readonly alignment: Alignment
  /** Who would serve an account instead, for those that change hands. */
  readonly owners: readonly { readonly accountId: string; readonly ownerId: string }[]
  /** What tenures would be; null where none were given. */
  readonly tenures: readonly Tenure[] | null
  /** What `checkCoverage` would still find. */
  readonly remaining: readonly Finding[]
  /** How many findings there are today, and how many there would be. */
  readonly findingCount: { readonly before: number; readonly after: number }
  /** Accounts whose territory changes, of those that have one: the disruption. */
  readonly movedCount: number
}

/** A proposal of which only what matters is said. */
export function makeProposal({ kind, accountId = null, territoryId = null, from = [], ownerIds = [], firstDay = null, lastDay = null, distance = null, severity, removes, message }: Pick<Proposal, "kind" | "severity" | "removes" | "message"> & Partial<Proposal>): Proposal {
  return { kind, accountId, territoryId, from, ownerIds, firstDay, lastDay, distance, severity, removes, message }
}
