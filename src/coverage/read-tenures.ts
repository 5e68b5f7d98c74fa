import { readDay } from "../model/day.js"
import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue, show } from "../model/issue.js"
import { suggestId } from "../model/nearest-name.js"
import { checkOwnKeys } from "./read-coverage-territories.js"
import type { DatedTenure } from "./planes/find-date-findings.js"

/** Tenures by subject, and the days to look at. */
export interface ReadTenures {
  readonly from: number
  readonly until: number
  /** By territory id, and by row of accounts; null where no row names any. */
  readonly ofTerritories: ReadonlyMap<string, readonly DatedTenure[]> | null
  readonly ofAccounts: ReadonlyMap<number, readonly DatedTenure[]> | null
}

const KEYS: readonly string[] = Object.freeze(["rows", "from", "until"])
const ROW_KEYS: readonly string[] = Object.freeze(["territoryId", "accountId", "ownerId", "from", "until", "overlay"])
/** So many unknown ids get a hint. */
const MAX_HINTS = 20

/** Checks tenures and reads their days. O(rows). */
export function readTenures(tenures: unknown, rowOf: ReadonlyMap<string, number>, territories: ReadonlyMap<string, number> | null, issues: Issue[]): ReadTenures | null {
  if (tenures === undefined || !checkOwnKeys(tenures, KEYS, "tenures", '{ rows, from: "2026-01-01", until: "2026-12-31" }', issues)) return null
  const from = readDay(tenures.from, "tenures.from", issues)
  const until = readDay(tenures.until, "tenures.until", issues)
  if (until < from) issues.push(issue("period-reversed", "tenures.until", `must not be before tenures.from, ${show(tenures.from)}`, tenures.until, "swap them"))
  if (!Array.isArray(tenures.rows)) {
    issues.push(issue("option-type", "tenures.rows", "must be an array of { territoryId or accountId, ownerId, from, until }", tenures.rows))
    return null
  }
  const ofTerritories = new Map<string, DatedTenure[]>()
  const ofAccounts = new Map<number, DatedTenure[]>()
  let hints = 0
  tenures.rows.forEach((row: unknown, r) => {
    const path = `tenures.rows[${r}]`
    if (!isPlainObject(row)) {
      issues.push(issue("row-type", path, "must be an object", row))
      return
    }
    for (const key of Object.keys(row)) if (!ROW_KEYS.includes(key) && row[key] !== undefined && r === 0) issues.push(issue("option-unknown", `${path}.${key}`, "is not known of a tenure", row[key], `known: ${ROW_KEYS.join(", ")}`))
    const { territoryId, accountId, ownerId, overlay } = row
    if ((territoryId === undefined) === (accountId === undefined)) {
      issues.push(issue("tenure-subject", path, "must name either a territoryId or an accountId", territoryId === undefined ? undefined : "both"))
      return
    }
    const [key, id, known] = territoryId === undefined ? (["accountId", accountId, rowOf] as const) : (["territoryId", territoryId, territories] as const)
    const isKnown = typeof id === "string" && id.trim() !== "" && (known === null || known.has(id))
    if (typeof id !== "string") issues.push(issue("id-type", `${path}.${key}`, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
    else if (!isKnown) issues.push(issue("id-unknown", `${path}.${key}`, `is no ${territoryId === undefined ? "account of this call" : "listed territory"}`, id, known !== null && hints++ < MAX_HINTS ? suggestId(id, known) : ""))
    if (typeof ownerId !== "string" || ownerId.trim() === "") issues.push(issue("id-type", `${path}.ownerId`, "must be a string that is not empty", ownerId, typeof ownerId === "number" ? "use String(id)" : "leave the row out where nobody has it"))
    if (overlay !== undefined && (typeof overlay !== "string" || overlay.trim() === "")) issues.push(issue("option-type", `${path}.overlay`, "must be the name of a role or product", overlay, "leave it out where there is none"))
    const first = readDay(row.from, `${path}.from`, issues)
    const isOpen = row.until === undefined || row.until === null
    const last = isOpen ? Infinity : readDay(row.until, `${path}.until`, issues)
    if (last < first) issues.push(issue("period-reversed", `${path}.until`, `must not be before its from, ${show(row.from)}`, row.until))
    if (!isKnown) return
    const tenure = { ownerId: ownerId as string, from: first, until: last, overlay: (overlay as string | undefined) ?? "" }
    if (territoryId === undefined) push(ofAccounts, rowOf.get(id) as number, tenure)
    else push(ofTerritories, id, tenure)
  })
  return { from, until, ofTerritories: ofTerritories.size > 0 ? ofTerritories : null, ofAccounts: ofAccounts.size > 0 ? ofAccounts : null }
}

function push<K>(map: Map<K, DatedTenure[]>, key: K, tenure: DatedTenure): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [tenure])
  else list.push(tenure)
}
