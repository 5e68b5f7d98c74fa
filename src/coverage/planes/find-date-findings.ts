import { formatDay } from "../../model/day.js"
import { compareIds } from "../../model/compare-ids.js"
import { formatCount } from "../../model/format-amount.js"
import { makeFinding, type Finding } from "../finding.js"
import { atStake, quote, quoteAll } from "../word-finding.js"

/** A tenure in day numbers, both ends included. */
export interface DatedTenure {
  readonly ownerId: string
  readonly from: number
  /** Infinity: until now. */
  readonly until: number
  readonly overlay: string
}

/** A territory, or an account, and who had it. */
export interface DatedSubject {
  readonly kind: "territory" | "account"
  readonly id: string
  /** Only what is in an overlay may be without anybody on a day. */
  readonly isOverlay: boolean
  readonly tenures: readonly DatedTenure[]
  readonly severity: Finding["severity"]
}

/**
 * Days on which a subject has two owners in one layer, or none in the first: stretches of days with the same owners are one finding.
 * O(tenures log tenures) a subject.
 */
export function findDateFindings(subjects: readonly DatedSubject[], from: number, until: number): Finding[] {
  return subjects.flatMap((subject) => {
    const layers = new Map<string, DatedTenure[]>(subject.isOverlay ? [] : [["", []]])
    for (const tenure of subject.tenures) {
      const layer = layers.get(tenure.overlay)
      if (layer === undefined) layers.set(tenure.overlay, [tenure])
      else layer.push(tenure)
    }
    return [...layers].flatMap(([overlay, tenures]) => stretchesOf(tenures, from, until).flatMap((stretch) => word(subject, overlay, stretch)))
  })
}

/** Days with the same owners. */
interface Stretch {
  readonly from: number
  readonly until: number
  /** Ascending by id, each once. */
  readonly owners: readonly string[]
}

/** The days from `from` to `until` cut where owners change. */
function stretchesOf(tenures: readonly DatedTenure[], from: number, until: number): Stretch[] {
  const inside = tenures.filter((tenure) => tenure.from <= until && tenure.until >= from)
  const cuts = new Set([from])
  for (const tenure of inside) {
    if (tenure.from > from) cuts.add(tenure.from)
    if (tenure.until < until) cuts.add(tenure.until + 1)
  }
  const starts = [...cuts].sort((a, b) => a - b)
  // who has it, and by how many rows: a tenure told twice is one
  const holding = new Map<string, number>()
  const events = inside.flatMap(({ ownerId, from: first, until: last }) => [
    { day: Math.max(first, from), ownerId, change: 1 },
    { day: last + 1, ownerId, change: -1 },
  ]).sort((a, b) => a.day - b.day)
  const stretches: { from: number; until: number; owners: readonly string[] }[] = []
  let at = 0
  starts.forEach((start, s) => {
    for (; at < events.length && events[at].day <= start; at++) {
      const { ownerId, change } = events[at]
      const rows = (holding.get(ownerId) ?? 0) + change
      if (rows > 0) holding.set(ownerId, rows)
      else holding.delete(ownerId)
    }
    const owners = [...holding.keys()].sort(compareIds)
    const end = s + 1 < starts.length ? starts[s + 1] - 1 : until
    const last = stretches.at(-1)
    if (last !== undefined && last.owners.length === owners.length && last.owners.every((owner, o) => owner === owners[o])) last.until = end
    else stretches.push({ from: start, until: end, owners })
  })
  return stretches
}

function word({ kind, id, severity }: DatedSubject, overlay: string, { from, until, owners }: Stretch): Finding[] {
  if (owners.length === 1 || (owners.length === 0 && overlay !== "")) return []
  const [first, last] = [formatDay(from), formatDay(until)]
  const days = from === until ? `on ${first}` : `from ${first} to ${last} (${formatCount(until - from + 1, "day")})`
  const what = `${kind === "account" ? "Account" : "Territory"} ${quote(id)}${atStake(severity)}`
  const witness = { plane: "dates" as const, accountId: kind === "account" ? id : null, territoryIds: kind === "territory" ? [id] : [], from: first, until: last, severity }
  if (owners.length === 0) {
    return [makeFinding({ ...witness, code: "date-gap", message: `${what} has nobody ${days}.`, suggestion: `Name who has ${quote(id)} ${days}, or close it for that time.` })]
  }
  const role = overlay === "" ? "" : ` as ${quote(overlay)}`
  return [makeFinding({ ...witness, code: "date-overlap", ownerIds: owners, message: `${what} has ${owners.length} owners${role} ${days}: ${quoteAll(owners)}.`, suggestion: `End the tenure of ${quote(owners[0])} on ${formatDay(from - 1)}, or declare one of them an overlay.` })]
}
