import { formatDay, parseDay } from "../../model/day.js"
import type { Tenure } from "../coverage-options.js"
import type { Finding } from "../finding.js"
import { quote, quoteAll } from "../word-finding.js"
import { makeProposal, type Proposal } from "./proposal.js"

/** What tenures would be, and why. */
export interface MendedTenures {
  readonly rows: readonly Tenure[]
  readonly proposals: readonly Proposal[]
}

/**
 * Gives days on which several have a territory, or an account, to the one who came last, and days on which nobody does to the one who had
 * it before, else to the one who comes next. What nobody ever has stays open. O(findings x rows of the subject).
 *
 * @param findings of the dates plane
 */
export function mendTenures(tenures: readonly Tenure[], findings: readonly Finding[]): MendedTenures {
  const proposals: Proposal[] = []
  const bySubject = new Map<string, Tenure[]>()
  for (const row of tenures) {
    const rows = bySubject.get(keyOf(row.accountId ?? null, row.territoryId ?? null))
    if (rows === undefined) bySubject.set(keyOf(row.accountId ?? null, row.territoryId ?? null), [row])
    else rows.push(row)
  }
  for (const { code, accountId, territoryIds, ownerIds, from, until, severity } of findings) {
    if (code !== "date-gap" && code !== "date-overlap") continue
    const key = keyOf(accountId, territoryIds[0] ?? null)
    const rows = bySubject.get(key) ?? []
    const [first, last] = [parseDay(from as string) as number, parseDay(until as string) as number]
    const owner = code === "date-gap" ? neighborOf(rows, first, last) : lastToCome(rows, first, ownerIds)
    if (owner === null) continue
    const subject = accountId === null ? { territoryId: territoryIds[0] } : { accountId }
    const days = from === until ? `on ${from}` : `from ${from} to ${until}`
    const id = quote(accountId ?? territoryIds[0])
    if (code === "date-gap") rows.push({ ...subject, ownerId: owner, from: from as string, until })
    bySubject.set(key, code === "date-gap" ? rows : rows.flatMap((row) => (row.overlay === undefined && ownerIds.includes(row.ownerId) && row.ownerId !== owner ? without(row, first, last) : [row])))
    const others = ownerIds.filter((one) => one !== owner)
    proposals.push(makeProposal({
      kind: "tenure",
      accountId,
      territoryId: territoryIds[0] ?? null,
      from: others,
      ownerIds: [owner],
      firstDay: from,
      lastDay: until,
      severity,
      removes: [code],
      message: code === "date-gap" ? `Let ${quote(owner)} have ${id} ${days}, when nobody does.` : `Let ${quote(owner)}, who came last, have ${id} ${days}, and not ${quoteAll(others)}.`,
    }))
  }
  return { rows: [...bySubject.values()].flat(), proposals }
}

const keyOf = (accountId: string | null, territoryId: string | null): string => JSON.stringify([accountId, territoryId])

const dayOf = (text: string): number => parseDay(text) as number
const endOf = ({ until }: Tenure): number => (until === undefined || until === null ? Infinity : dayOf(until))

/** Who had it last before these days; else who has it first after them. */
function neighborOf(rows: readonly Tenure[], first: number, last: number): string | null {
  const primary = rows.filter(({ overlay }) => overlay === undefined)
  const before = primary.filter((row) => endOf(row) < first).sort((a, b) => endOf(b) - endOf(a))
  const after = primary.filter((row) => dayOf(row.from) > last).sort((a, b) => dayOf(a.from) - dayOf(b.from))
  return (before[0] ?? after[0])?.ownerId ?? null
}

/** Of those who have it on the first of these days in the first layer the one whose tenure began last; null where it is about an overlay. */
function lastToCome(rows: readonly Tenure[], first: number, ownerIds: readonly string[]): string | null {
  const holding = rows.filter((row) => row.overlay === undefined && ownerIds.includes(row.ownerId) && dayOf(row.from) <= first && endOf(row) >= first)
  if (new Set(holding.map(({ ownerId }) => ownerId)).size < ownerIds.length) return null
  return holding.sort((a, b) => dayOf(b.from) - dayOf(a.from))[0].ownerId
}

/** A tenure without some days: none, one or two tenures. */
function without(row: Tenure, first: number, last: number): Tenure[] {
  const parts: Tenure[] = []
  if (dayOf(row.from) > last || endOf(row) < first) return [row]
  if (dayOf(row.from) < first) parts.push({ ...row, until: formatDay(first - 1) })
  if (endOf(row) > last) parts.push({ ...row, from: formatDay(last + 1) })
  return parts
}
