import type { Account, LocatedAccount } from "../model/account.js"
import type { PartitionResult } from "../partition/partition-result.js"
import { markup, type Markup } from "./markup.js"
import type { Ownership } from "./ownership.js"

/** What every section of the page needs to speak in the reader's words. */
export interface ReportScene {
  /** The name to show for a territory. */
  readonly nameOf: (territoryId: string) => string
  /** Color of a territory on the maps; null: it is on none. */
  readonly colorOf: (territoryId: string) => string | null
  /** An account by id and name. */
  readonly accountName: (accountId: string) => string
  readonly maxRows: number
}

/** What the sections about a plan need besides. */
export interface PlanScene extends ReportScene {
  readonly plan: PartitionResult
  /** Null where the accounts are not given. */
  readonly ownership: Ownership | null
  /** Measures in the order of the first territory. */
  readonly measures: readonly string[]
}

/** All measures that any territory of the plan has. */
export function measuresOf(plan: PartitionResult): string[] {
  return [...new Set(plan.territories.flatMap((territory) => Object.keys(territory.measures)))]
}

/** Names accounts by id and, where they have one, name. */
export function accountNamer(accounts: readonly LocatedAccount[]): (accountId: string) => string {
  const names = new Map(accounts.map((account) => [account.id, (account as Account).name]))
  return (id) => {
    const name = names.get(id)
    return typeof name === "string" && name !== "" && name !== id ? `${name} (${id})` : id
  }
}

/** A territory's name with the color that it has on the maps. */
export function nameCell(scene: ReportScene, territoryId: string): Markup {
  const color = scene.colorOf(territoryId)
  const swatch = color === null ? null : markup`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2" fill="${color}"/></svg>`
  return markup`${swatch}${scene.nameOf(territoryId)}`
}
