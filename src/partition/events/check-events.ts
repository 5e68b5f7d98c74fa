import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import type { Issue } from "../../model/error.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestName } from "../../model/nearest-name.js"
import { EVENT_FIELDS, type PlanEvent } from "./plan-event.js"

/**
 * What is wrong with events by themselves: types, keys, ids that are none, empty lists, ids that a list names twice. Whether they
 * fit `current`, the accounts and the territories is for {@link readEvents}. O(ids).
 *
 * @param issues what is wrong is added here
 */
export function checkEvents(events: unknown, current: unknown, issues: Issue[]): void {
  if (!Array.isArray(events)) {
    issues.push(issue("option-type", "events", "must be an array of events", events, 'such as [{ type: "territory-removed", territoryId: "north" }]'))
    return
  }
  if (current === undefined && events.length > 0) {
    issues.push(issue("events-without-current", "events", "need `current`, which says who owned what before them", NOTHING, "pass current: [{ accountId, territoryId }]"))
  }
  // a hole becomes undefined, which is no event
  Array.from(events as unknown[]).forEach((event, e) => checkEvent(event, `events[${e}]`, issues))
}

function checkEvent(event: unknown, path: string, issues: Issue[]): void {
  if (!isPlainObject(event)) {
    issues.push(issue("option-type", path, 'must be an object such as { type: "territory-removed", territoryId: "north" }', event))
    return
  }
  const types = Object.keys(EVENT_FIELDS)
  if (typeof event.type !== "string" || !types.includes(event.type)) {
    issues.push(issue("event-type", `${path}.type`, "must be a type of event", event.type, suggestName(event.type, types, `known: ${types.join(", ")}`)))
    return
  }
  const fields = EVENT_FIELDS[event.type as PlanEvent["type"]]
  checkKeys(event, ["type", ...Object.keys(fields)], path, issues)
  for (const [key, form] of Object.entries(fields)) {
    if (form === "id") checkId(event[key], `${path}.${key}`, issues)
    else checkIds(event[key], `${path}.${key}`, form.least, issues)
  }
}

function checkIds(ids: unknown, path: string, least: number, issues: Issue[]): void {
  if (!Array.isArray(ids)) {
    issues.push(issue("option-type", path, "must be an array of ids", ids, typeof ids === "string" ? `use [${show(ids)}]` : ""))
    return
  }
  if (ids.length < least) {
    issues.push(issue("event-ids", path, least === 1 ? "must name at least one id" : `must name at least ${least} ids`, NOTHING, least === 1 ? "leave the event out" : "with one it is a territory-renamed"))
  }
  const first = new Map<unknown, number>()
  Array.from(ids as unknown[]).forEach((id, at) => {
    const before = first.get(id)
    if (!checkId(id, `${path}[${at}]`, issues)) return
    if (before === undefined) first.set(id, at)
    else issues.push(issue("id-duplicate", `${path}[${at}]`, `must be unique, but ${path}[${before}] has the same`, id, "remove one"))
  })
}

function checkId(id: unknown, path: string, issues: Issue[]): boolean {
  if (typeof id !== "string") issues.push(issue("id-type", path, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
  else if (id.trim() === "") issues.push(issue("id-empty", path, "must not be empty", id))
  else return true
  return false
}
