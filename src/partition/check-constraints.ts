import { checkKeys, isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestId } from "../model/nearest-name.js"
import { checkEvents } from "./events/check-events.js"

/** What is wrong with `events`, `locked`, `eligible` and `disruption` by themselves, and with what they need of the other options. O(ids of events). */
export function checkConstraints(options: Readonly<Record<string, unknown>>, issues: Issue[]): void {
  const { current, events, locked, eligible, disruption, territories } = options
  const remedy = "pass current: [{ accountId, territoryId }]"
  if (locked !== undefined) {
    if (!Array.isArray(locked)) issues.push(issue("option-type", "locked", "must be an array of account ids", locked))
    else if (current === undefined && locked.length > 0) {
      issues.push(issue("locked-without-current", "locked", "needs `current`, which says where the accounts are to stay", NOTHING, remedy))
    }
  }
  if (events !== undefined) checkEvents(events, current, issues)
  if (eligible !== undefined) {
    if (typeof eligible !== "function") issues.push(issue("option-type", "eligible", "must be a function of an account and a territory", eligible))
    else if (!Array.isArray(territories)) {
      issues.push(issue("eligible-without-territories", "eligible", "needs listed territories: numbered ones have no properties to ask for", NOTHING, 'use territories: [{ id: "north" }, { id: "south" }]'))
    }
  }
  if (disruption === undefined) return
  if (!isPlainObject(disruption)) {
    issues.push(issue("option-type", "disruption", 'must be an object such as { weight: "revenue", maxMovedShare: 0.1 }', disruption))
    return
  }
  checkKeys(disruption, ["weight", "penalty", "maxMovedShare", "maxHandedOffShare", "maxTakenOverShare"], "disruption", issues)
  const { weight, penalty, maxMovedShare: share } = disruption
  if (current === undefined) issues.push(issue("disruption-without-current", "disruption", "needs `current`, which says who owns what today", NOTHING, remedy))
  if (weight !== undefined && typeof weight !== "string" && typeof weight !== "function") {
    issues.push(issue("field-type", "disruption.weight", "must be a field name or a function of the account", weight))
  }
  if (penalty !== undefined && !(typeof penalty === "number" && Number.isFinite(penalty) && penalty >= 0)) {
    issues.push(issue("penalty", "disruption.penalty", "must be a number of 0 or more, in units of cost for each unit of weight that moves", penalty))
  }
  if (share !== undefined && !(typeof share === "number" && share >= 0 && share <= 1)) {
    const inPercent = typeof share === "number" && share > 1 && share <= 100
    issues.push(issue("budget", "disruption.maxMovedShare", "must be a fraction between 0 and 1", share, inPercent ? `${share} % is ${share / 100}` : ""))
  }
  checkShares(disruption, "maxHandedOffShare", current, issues)
  checkShares(disruption, "maxTakenOverShare", current, issues)
  if (penalty === undefined && share === undefined && disruption.maxHandedOffShare === undefined && disruption.maxTakenOverShare === undefined) {
    issues.push(issue("disruption-empty", "disruption", "must state a penalty or a limit such as maxMovedShare", NOTHING, "leave it out if changes are free"))
  }
}

/** More than everything is no limit; far more would overflow what it is a share of. */
const MOST_SHARE = 1e9

/** Limits of territories: one share, or shares by id of today. */
function checkShares(disruption: Readonly<Record<string, unknown>>, name: "maxHandedOffShare" | "maxTakenOverShare", current: unknown, issues: Issue[]): void {
  const shares = disruption[name]
  if (shares === undefined) return
  const check = (value: unknown, path: string): void => {
    if (typeof value === "number" && value >= 0 && value <= MOST_SHARE) return
    const isHuge = typeof value === "number" && value > MOST_SHARE
    const rule = `must be a fraction of 0 or more of what the territory owns today${isHuge ? `, and at most ${MOST_SHARE}` : ""}`
    issues.push(issue("budget", path, rule, value, isHuge ? "leave it out where there is no limit" : ""))
  }
  const path = `disruption.${name}`
  if (!isPlainObject(shares)) {
    check(shares, path)
    return
  }
  const known = new Set<string>(Array.isArray(current) ? current.flatMap((row: unknown) => (isPlainObject(row) && typeof row.territoryId === "string" ? [row.territoryId] : [])) : [])
  for (const [id, share] of Object.entries(shares)) {
    check(share, `${path}[${show(id)}]`)
    if (Array.isArray(current) && !known.has(id)) issues.push(issue("id-unknown", `${path}[${show(id)}]`, `is no territory of \`current\`: ${show(id)}`, NOTHING, suggestId(id, known)))
  }
}
