import type { Issue } from "../model/error.js"
import { MAX_PLANE } from "../model/find-account-issues.js"
import { messageOf } from "../model/field-of.js"
import { issue, NOTHING, quiet, show } from "../model/issue.js"
import type { AccountTable } from "../model/read-accounts.js"
import type { TerritorySpec } from "../model/territory.js"

/** A way of the caller's own, from an account to a territory. */
export interface DistanceRow {
  readonly accountId: string
  readonly territoryId: string
  /** 0 or more, in any one unit: minutes, km by road. */
  readonly distance: number
}

/** Ways as a function, asked for pairs that may matter, or as rows: pairs without a row are none. */
export type OwnDistance<A> = ((account: A, territory: TerritorySpec) => number) | readonly DistanceRow[]

/** Looks up, or asks for, one way after the other. */
export interface WayReader {
  /** The caller's distance from the account of that row to listed territory t; undefined where there is none, or no good one. */
  lengthOf(row: number, t: number): number | undefined
  /** Whether an answer was none: that is told first. */
  hasFaults(): boolean
}

/** Wrong answers, and wrong rows, are named so often. */
const MAX_NAMED = 20

/**
 * Reads the ways of the caller's own. Rows are read at once, a function is asked when a pair is wanted. O(rows).
 *
 * @param issues gets one for every distance that is none, and for rows that name nobody or a pair twice
 * @param isElsewhere whether an account that is not in the table is known all the same, so that its rows are passed over
 */
export function createWayReader<A>(
  accounts: readonly A[],
  distance: OwnDistance<A>,
  specs: readonly TerritorySpec[],
  table: Pick<AccountTable, "ids" | "rowOf">,
  issues: Issue[],
  isElsewhere: (accountId: string) => boolean = () => false,
): WayReader {
  let named = 0
  if (typeof distance !== "function") {
    const rows = readRows(distance, specs, table, issues, isElsewhere)
    return { lengthOf: (row, t) => rows[row]?.get(t), hasFaults: () => false }
  }
  return {
    hasFaults: () => named > 0,
    lengthOf(row, t) {
      let answer: unknown
      try {
        answer = distance(accounts[row], specs[t])
      } catch (error) {
        const rule = `could not be asked for account ${show(table.ids[row])} and territory ${show(specs[t].id)}: ${show(messageOf(error))} was thrown`
        if (named++ < MAX_NAMED) issues.push(issue("accessor-failed", "compactness.distance", rule, NOTHING, "return a number of 0 or more"))
        return undefined
      }
      if (typeof answer === "number" && answer >= 0 && answer <= MAX_PLANE) return answer
      quiet(answer)
      if (named++ < MAX_NAMED) issues.push(issue("distance", "compactness.distance", `must return a number of 0 or more${tooLong(answer)}, for account ${show(table.ids[row])} and territory ${show(specs[t].id)} too`, answer))
      return undefined
    },
  }
}

/**
 * What is wrong with an account that has no way to any territory.
 *
 * @param least the shortest way that it has at all; Infinity for none
 */
export function unreachable(row: number, id: string, least: number, maxDistance: number): Issue {
  const why = least < Infinity ? `is farther than ${maxDistance} from every territory that it may go to: the nearest is ${least} away` : "has no distance to any territory that it may go to"
  return issue("account-unreachable", `accounts[${row}]`, `account ${show(id)} ${why}`, NOTHING, least < Infinity ? "raise maxDistance, or leave it out" : "add a row, or leave it out")
}

/**
 * A huge distance that stands for "no way there" would be counted as one: a pair without a row, or a small
 * maxDistance, says it.
 */
const tooLong = (distance: unknown): string => (typeof distance === "number" && distance > MAX_PLANE ? `, and at most ${MAX_PLANE}: leave the pair out where there is no way` : "")

/** By row of accounts: territory, distance. A pair of two rows is an issue. */
function readRows(rows: readonly DistanceRow[], specs: readonly TerritorySpec[], table: Pick<AccountTable, "ids" | "rowOf">, issues: Issue[], isElsewhere: (accountId: string) => boolean): (Map<number, number> | undefined)[] {
  const indexOf = new Map(specs.map(({ id }, t) => [id, t]))
  const found: (Map<number, number> | undefined)[] = new Array(table.ids.length)
  let named = 0
  rows.forEach((one: unknown, r) => {
    const { accountId, territoryId, distance } = (typeof one === "object" && one !== null ? one : {}) as Partial<DistanceRow>
    const path = `compactness.distance[${r}]`
    const row = typeof accountId === "string" ? table.rowOf.get(accountId) : undefined
    if (row === undefined && typeof accountId === "string" && isElsewhere(accountId)) return
    const t = typeof territoryId === "string" ? indexOf.get(territoryId) : undefined
    const isLength = typeof distance === "number" && distance >= 0 && distance <= MAX_PLANE
    if (row === undefined || t === undefined || !isLength || found[row]?.has(t) === true) {
      if (named++ >= MAX_NAMED) return
      if (row === undefined) issues.push(issue("id-unknown", `${path}.accountId`, "is no account of this call", accountId))
      else if (t === undefined) issues.push(issue("id-unknown", `${path}.territoryId`, "is no listed territory", territoryId))
      else if (!isLength) issues.push(issue("distance", `${path}.distance`, `must be a number of 0 or more${tooLong(distance)}`, distance))
      else issues.push(issue("distance-duplicate", path, `account ${show(accountId)} and territory ${show(territoryId)} have another row`, NOTHING, "remove one"))
      return
    }
    ;(found[row] ??= new Map()).set(t, distance as number)
  })
  return found
}
