import { compareIds } from "../../model/compare-ids.js"
import type { Issue } from "../../model/error.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestId } from "../../model/nearest-name.js"
import type { PlanEvent } from "./plan-event.js"

/** `current` tells of territories by what they own. */
const OWNED_NOTHING = "leave the event out if it owned nothing"

/** An event about territories. */
export type TerritoryEvent = Extract<PlanEvent, { territoryId: string } | { territoryIds: readonly string[] }>

/** What became of territories. */
export interface TerritoryLineage {
  /** One event more; `path` is where it stands. What it gets wrong is added to the issues, and it then has no effect. */
  apply(event: TerritoryEvent, path: string): void
  /** By id of before, those that events have changed: the ids that are home now, ascending. */
  homesOf(): Map<string, readonly string[]>
  /** Ids that some event made or left standing, with its path. */
  madeAt(): ReadonlyMap<string, string>
  /** Ids that are gone, with what took them. */
  goneBy(): ReadonlyMap<string, { readonly path: string; readonly how: string }>
}

/**
 * Follows territories through events, one after the other. Each that stands knows which of those of before its accounts come
 * from: a merge joins these sets, a split copies them, a removal forgets them. O(ids of the event), a merge O(ids of before).
 *
 * @param before the territories before all events
 * @param issues what is wrong is added here
 */
export function traceTerritories(before: ReadonlySet<string>, issues: Issue[]): TerritoryLineage {
  const sources = new Map<string, ReadonlySet<string>>(Array.from(before, (id) => [id, new Set([id])]))
  const made = new Map<string, string>()
  const gone = new Map<string, { path: string; how: string }>()
  return {
    apply,
    homesOf() {
      const homes = new Map<string, string[]>(Array.from(before, (id) => [id, []]))
      for (const [id, from] of sources) for (const old of from) homes.get(old)?.push(id)
      for (const [old, ids] of homes) {
        if (ids.length === 1 && ids[0] === old) homes.delete(old)
        else ids.sort(compareIds)
      }
      return homes
    },
    madeAt: () => made,
    goneBy: () => gone,
  }

  function apply(event: TerritoryEvent, path: string): void {
    const found = issues.length
    const at = `${path}.territoryId`
    if (event.type === "territory-added") {
      needFree(event.territoryId, at, "leave the event out")
      if (issues.length === found) make(event.territoryId, new Set(), at)
    } else if (event.type === "territory-removed") {
      needThere(event.territoryId, at)
      if (issues.length === found) end(event.territoryId, path, "removes it")
    } else if (event.type === "territory-renamed") {
      const from = needThere(event.territoryId, at)
      needFree(event.to, `${path}.to`, "rename that one first, or use territories-merged")
      if (issues.length > found) return
      end(event.territoryId, path, `renames it to ${show(event.to)}`)
      make(event.to, from, `${path}.to`)
    } else if (event.type === "territory-split") {
      const from = needThere(event.territoryId, at)
      event.into.forEach((id, part) => {
        if (id !== event.territoryId) needFree(id, `${path}.into[${part}]`, "parts are new; if the rest takes over its accounts, use territory-removed")
      })
      if (issues.length > found) return
      end(event.territoryId, path, "splits it")
      event.into.forEach((id, part) => make(id, from, `${path}.into[${part}]`))
    } else merge(event, path, found)
  }

  function merge({ territoryIds, into }: Extract<PlanEvent, { type: "territories-merged" }>, path: string, found: number): void {
    const parts = new Set(territoryIds)
    territoryIds.forEach((id, at) => needThere(id, `${path}.territoryIds[${at}]`))
    if (sources.has(into)) parts.add(into)
    if (issues.length === found && parts.size < 2) {
      const remedy = territoryIds[0] === into ? "leave the event out" : `use { type: "territory-renamed", territoryId: ${show(territoryIds[0])}, to: ${show(into)} }`
      issues.push(issue("event-merge", path, "must join at least two territories", NOTHING, remedy))
    }
    if (issues.length > found) return
    const joined = new Set<string>()
    for (const id of parts) {
      for (const old of sources.get(id) as ReadonlySet<string>) joined.add(old)
      end(id, path, `merges it into ${show(into)}`)
    }
    make(into, joined, `${path}.into`)
  }

  function make(id: string, from: ReadonlySet<string>, path: string): void {
    sources.set(id, from)
    made.set(id, path)
    gone.delete(id)
  }

  function end(id: string, path: string, how: string): void {
    sources.delete(id)
    gone.set(id, { path, how })
  }

  function needThere(id: string, path: string): ReadonlySet<string> {
    const from = sources.get(id)
    if (from !== undefined) return from
    const end = gone.get(id)
    if (end !== undefined) issues.push(issue("event-gone", path, `territory ${show(id)} is gone: ${end.path} ${end.how}`, NOTHING, "events happen in the order given"))
    else issues.push(issue("id-unknown", path, `is no territory of \`current\`: ${show(id)}`, NOTHING, suggestId(id, sources, OWNED_NOTHING)))
    return new Set()
  }

  function needFree(id: string, path: string, remedy: string): void {
    if (!sources.has(id)) return
    const maker = made.get(id)
    issues.push(issue("event-exists", path, `territory ${show(id)} is already there, ${maker === undefined ? "in `current`" : `by ${maker}`}`, NOTHING, remedy))
  }
}
