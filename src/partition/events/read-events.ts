import type { Alignment } from "../../model/alignment.js"
import { isPlainObject } from "../../model/check-keys.js"
import type { Issue } from "../../model/error.js"
import { inPieces } from "../../model/in-pieces.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestId } from "../../model/nearest-name.js"
import { NO_EFFECTS, type EventEffects } from "./event-effects.js"
import type { PlanEvent } from "./plan-event.js"
import { traceTerritories, type TerritoryEvent } from "./territory-lineage.js"

/**
 * What events make of `current`, and where they contradict it, the accounts, the territories or each other. O(rows + accounts +
 * ids of events), plus a territory's parts for every merge.
 *
 * @param events in good form by themselves
 * @param current checked for nothing yet: rows that are none are passed over
 * @param rowOf the accounts of the call
 * @param listed the territories of the call; null where only their number is given
 * @param issues what is wrong is added here
 */
export function* readEvents(
  events: readonly PlanEvent[],
  current: Alignment,
  rowOf: ReadonlyMap<string, number>,
  listed: ReadonlyMap<string, number> | null,
  issues: Issue[],
): Generator<undefined, EventEffects> {
  if (events.length === 0 || !Array.isArray(current)) return NO_EFFECTS
  const opens = events.some(({ type }) => type === "accounts-opened")
  const owned = new Set<string>()
  const before = new Set<string>()
  const rows: readonly unknown[] = current
  yield* inPieces(rows.length, (from, to) => {
    for (let r = from; r < to; r++) {
      const row = rows[r]
      if (!isPlainObject(row)) continue
      if (opens && typeof row.accountId === "string") owned.add(row.accountId)
      if (typeof row.territoryId === "string") before.add(row.territoryId)
    }
  })
  const lineage = traceTerritories(before, issues)
  const closed = yield* readAccountEvents(events, owned, rowOf, issues)
  events.forEach((event, e) => {
    if (isAboutTerritories(event)) lineage.apply(event, `events[${e}]`)
    if (event.type === "territory-added" && listed === null) {
      issues.push(issue("event-needs-list", `events[${e}]`, "needs listed territories: a number gives new ones ids of its own", NOTHING, "list the territories, or leave the event out"))
    }
  })
  const goneBy = lineage.goneBy()
  if (listed !== null) {
    for (const [id, path] of lineage.madeAt()) {
      if (goneBy.has(id) || listed.has(id)) continue
      issues.push(issue("id-unknown", path, `is no territory of this call: ${show(id)}`, NOTHING, suggestId(id, listed, `list { id: ${show(id)} } among the territories`)))
    }
    for (const [id, { path, how }] of goneBy) {
      const t = listed.get(id)
      if (t === undefined) continue
      const remedy = `list it no longer; a new one of that id is { type: "territory-added", territoryId: ${show(id)} } after it`
      issues.push(issue("event-still-listed", path, `${how}, but the territories of this call still have ${show(id)}`, NOTHING, remedy))
    }
  }
  return { homesOf: lineage.homesOf(), closed, goneIds: [...goneBy.keys()] }
}

function isAboutTerritories(event: PlanEvent): event is TerritoryEvent {
  return event.type !== "accounts-opened" && event.type !== "accounts-closed"
}

/**
 * The accounts that were closed at some time: one that opens again is a new one. Whether each is among the accounts is asked of
 * what happened to it last.
 */
function* readAccountEvents(events: readonly PlanEvent[], owned: ReadonlySet<string>, rowOf: ReadonlyMap<string, number>, issues: Issue[]): Generator<undefined, Set<string>> {
  const closed = new Set<string>()
  /** By account: what happened to it last, and where that stands. */
  const last = new Map<string, { readonly isOpen: boolean; readonly path: string }>()
  for (const [e, event] of events.entries()) {
    if (isAboutTerritories(event)) continue
    const isOpen = event.type === "accounts-opened"
    yield* inPieces(event.accountIds.length, (from, to) => {
      for (let a = from; a < to; a++) {
        const id = event.accountIds[a]
        const path = `events[${e}].accountIds[${a}]`
        const past = last.get(id)
        if (past?.isOpen === isOpen) {
          issues.push(issue("id-duplicate", path, `account ${show(id)} is already ${isOpen ? "opened" : "closed"} by ${past.path}`, NOTHING, "remove one"))
          continue
        }
        if (isOpen && past === undefined && owned.has(id)) {
          issues.push(issue("event-opened-owned", path, `account ${show(id)} opens, but stands in \`current\` already`, NOTHING, "leave it out here, or its row out of current"))
        }
        if (!isOpen) closed.add(id)
        last.set(id, { isOpen, path })
      }
    })
  }
  for (const [id, { isOpen, path }] of last) {
    if (isOpen && !rowOf.has(id)) {
      const remedy = suggestId(id, rowOf, "add the account, or leave the event out")
      issues.push(issue("id-unknown", path, `is no account of this call: ${show(id)}`, NOTHING, remedy))
    } else if (!isOpen && rowOf.has(id)) {
      issues.push(issue("event-closed-account", path, `account ${show(id)} is closed, but accounts[${rowOf.get(id)}] has it`, NOTHING, "leave the account out, or the event"))
    }
  }
  return closed
}
