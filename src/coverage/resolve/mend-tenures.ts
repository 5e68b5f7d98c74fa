import { formatDay, parseDay } from "../../model/day.js"
import { compareIds } from "../../model/compare-ids.js"
import type { Tenure } from "../coverage-options.js"
import type { Finding } from "../finding.js"
import { addTo } from "../group-rows.js"
import { quote, quoteAll } from "../word-finding.js"
import { makeProposal, type Proposal } from "./proposal.js"

/** What tenures would be, and why. */
export interface MendedTenures {
  readonly rows: readonly Tenure[]
  readonly proposals: readonly Proposal[]
}

/** A tenure of the first layer in day numbers. */
interface Held {
  readonly ownerId: string
  readonly from: number
  readonly until: number
}

/** Who is to have days. */
interface Heir {
  readonly ownerId: string
  /** Whether another came on the same day. */
  readonly isTied: boolean
}

/** Days that somebody gives up. */
interface Lost {
  readonly from: number
  readonly until: number
}

/**
 * Gives days on which several have a territory, or an account, to the one who came last, and days on which nobody does to the one who had
 * it before, else to the one who comes next; ties: who came later, then the smaller id. What nobody ever has stays open, and so does what
 * is in an overlay. O((rows + findings + owners told) log rows).
 *
 * @param findings of the dates plane
 */
export function mendTenures(tenures: readonly Tenure[], findings: readonly Finding[]): MendedTenures {
  const proposals: Proposal[] = []
  const rowsOf = new Map<string, Tenure[]>()
  for (const row of tenures) addTo(rowsOf, keyOf(row.accountId ?? null, row.territoryId ?? null), row)
  const asked = new Map<string, Finding[]>()
  for (const one of findings) if (one.code === "date-gap" || one.code === "date-overlap") addTo(asked, keyOf(one.accountId, one.territoryIds[0] ?? null), one)
  const mended = new Map<Finding, Heir>()
  const lostOf = new Map<string, Map<string, Lost[]>>()
  for (const [key, own] of asked) {
    const held = (rowsOf.get(key) ?? []).filter(({ overlay }) => overlay === undefined).map((row) => ({ ownerId: row.ownerId, from: dayOf(row.from), until: endOf(row) }))
    const lost = new Map<string, Lost[]>()
    lostOf.set(key, lost)
    const holding = createHolding(held)
    const before = createNeighbors(held)
    // day after day: who came last is asked of those that came by then
    for (const one of [...own].sort((a, b) => compareIds(a.from as string, b.from as string))) {
      const [from, until] = [dayOf(one.from as string), dayOf(one.until as string)]
      const heir = one.code === "date-gap" ? before(from, until) : holding(from, one.ownerIds)
      if (heir === null) continue
      mended.set(one, heir)
      for (const other of one.ownerIds) if (other !== heir.ownerId) addTo(lost, other, { from, until })
    }
  }
  const added = new Map<string, Tenure[]>()
  for (const one of findings) {
    const heir = mended.get(one)
    if (heir === undefined) continue
    const owner = heir.ownerId
    const { code, accountId, territoryIds, ownerIds, from, until, severity } = one
    const isGap = code === "date-gap"
    if (isGap) addTo(added, keyOf(accountId, territoryIds[0] ?? null), { ...(accountId === null ? { territoryId: territoryIds[0] } : { accountId }), ownerId: owner, from: from as string, until })
    const id = quote(accountId ?? territoryIds[0])
    const days = from === until ? `on ${from}` : `from ${from} to ${until}`
    const others = ownerIds.filter((other) => other !== owner)
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
      message: isGap ? `Let ${quote(owner)} have ${id} ${days}, when nobody does.` : `Let ${quote(owner)}${heir.isTied ? "" : ", who came last,"} have ${id} ${days}, and not ${quoteAll(others)}${heir.isTied ? ", who came on the same day" : ""}.`,
    }))
  }
  const rows = [...rowsOf].flatMap(([key, own]) => {
    const lost = lostOf.get(key)
    return [...own.flatMap((row) => (row.overlay === undefined ? without(row, lost?.get(row.ownerId) ?? []) : [row])), ...(added.get(key) ?? [])]
  })
  return { rows, proposals }
}

const LAST_DAY = parseDay("9999-12-31") as number

const keyOf = (accountId: string | null, territoryId: string | null): string => JSON.stringify([accountId, territoryId])

const dayOf = (text: string): number => parseDay(text) as number
const endOf = ({ until }: Tenure): number => (until === undefined || until === null ? Infinity : dayOf(until))

/** Of persons who all have it on a day the one whose tenure began last; null where not all do: it is about an overlay. Asked day after day. */
function createHolding(held: readonly Held[]): (day: number, ownerIds: readonly string[]) => Heir | null {
  const byStart = [...held].sort((a, b) => a.from - b.from)
  const begun = new Map<string, Held[]>()
  let next = 0
  return (day, ownerIds) => {
    for (; next < byStart.length && byStart[next].from <= day; next++) addTo(begun, byStart[next].ownerId, byStart[next])
    let last: Held | null = null
    let isTied = false
    for (const ownerId of ownerIds) {
      const own = begun.get(ownerId) ?? []
      while (own.length > 0 && own[own.length - 1].until < day) own.pop()
      const one = own.at(-1)
      if (one === undefined) return null
      isTied = last !== null && one.from === last.from ? true : isTied && last !== null && one.from < last.from
      // owners come in the order of their ids
      if (last === null || one.from > last.from) last = one
    }
    return last === null ? null : { ownerId: last.ownerId, isTied }
  }
}

/** Who had it last before some days; else who has it first after them; null for nobody. */
function createNeighbors(held: readonly Held[]): (first: number, last: number) => Heir | null {
  const byEnd = [...held].sort((a, b) => (a.until === b.until ? 0 : a.until - b.until) || a.from - b.from || compareIds(b.ownerId, a.ownerId))
  const byStart = [...held].sort((a, b) => a.from - b.from || compareIds(a.ownerId, b.ownerId))
  return (first, last) => {
    const one = byEnd.at(countUntil(byEnd.length, (at) => byEnd[at].until < first) - 1)
    const isBefore = one !== undefined && one.until < first
    const heir = isBefore ? one : byStart.at(countUntil(byStart.length, (at) => byStart[at].from <= last))
    return heir === undefined ? null : { ownerId: heir.ownerId, isTied: false }
  }
}

/** Of a run of places that first satisfy something and then do not, how many do. */
function countUntil(length: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}

/** A tenure without some days, which are in their order and apart: as many tenures as are left of it. */
function without(row: Tenure, lost: readonly Lost[]): Tenure[] {
  const [from, until] = [dayOf(row.from), endOf(row)]
  const parts: Tenure[] = []
  let begin = from
  for (let at = countUntil(lost.length, (l) => lost[l].until < from); at < lost.length && lost[at].from <= until; at++) {
    if (lost[at].from > begin) parts.push(part(begin, lost[at].from - 1))
    begin = lost[at].until + 1
  }
  // nothing is left of an open tenure after the last day that can be written
  if (begin <= until && begin <= LAST_DAY) parts.push(begin === from ? row : part(begin, until))
  return parts

  function part(first: number, last: number): Tenure {
    return { ...row, ...(first === from ? {} : { from: formatDay(first) }), ...(last === until ? {} : { until: formatDay(last) }) }
  }
}
