import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { checkRows } from "../check-rows.js"
import { CHANGE_OPTION_KEYS, DEFAULT_CHANGE_OPTIONS, type ChangeOptions } from "./change-options.js"
import type { TestLevel } from "./judge-change.js"
import type { ChangeTransform } from "./history-options.js"
import { readHistory, readOneOwner, type History } from "./read-history.js"
import { isPeriod } from "./period-calendar.js"
import { readNames, type Periods } from "./read-periods.js"

/** Everything that `evaluateChange` works on, checked. */
export interface Change extends TestLevel {
  readonly history: History
  /** Indices of territories, ascending; null: nothing is tested. */
  readonly treated: readonly number[] | null
  readonly controls: readonly number[]
  /** The first period after, an index; null: not given. */
  readonly changedAt: number | null
  readonly transform: ChangeTransform | null
  readonly seasons: "matched" | "pooled"
  /** Owners before, by account; null: not given. */
  readonly before: ReadonlyMap<string, string> | null
}

/** @throws TerritoryError with all issues */
export function readChange<R>(records: readonly R[], options: ChangeOptions<R>): Change {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", 'must be an object such as { account: "storeId", period: "month", outcome: "sales", alignment }', options)])
  const own = ownOptions(options, ["alignment", "before"])
  checkKeys(own, CHANGE_OPTION_KEYS, "", issues)
  const strictness = readTestLevel(own, issues)
  checkRows(records, "record", issues)
  const read = readHistory(records, own, issues)
  const before = own.before === undefined ? null : readOneOwner(own.before, "before", issues)
  throwIssues(issues)
  const history = read as History // without one there are issues

  const { treated, controls } = readSides(own, history, issues)
  if (own.treated !== undefined && own.changedAt === undefined) issues.push(issue("option-missing", "changedAt", "must be given with treated", NOTHING, "name the first period after the change"))
  const changedAt = own.changedAt === undefined ? null : readMoment(own.changedAt, history.periods, issues)
  throwIssues(issues)
  return { history, before, treated, controls, changedAt, transform: own.transform ?? null, seasons: own.seasons ?? DEFAULT_CHANGE_OPTIONS.seasons, ...strictness }
}

/** Level, power, seed, and how changes are measured. */
export function readTestLevel(options: Pick<ChangeOptions<never>, "falseAlarmRate" | "power" | "seed" | "transform" | "seasons">, issues: Issue[]): TestLevel {
  const { falseAlarmRate = DEFAULT_CHANGE_OPTIONS.falseAlarmRate, power = DEFAULT_CHANGE_OPTIONS.power, seed = DEFAULT_CHANGE_OPTIONS.seed, transform, seasons } = options
  for (const [name, value, example] of [["falseAlarmRate", falseAlarmRate, "5 % is 0.05"], ["power", power, "80 % is 0.8"]] as const) {
    if (typeof value !== "number" || !(value > 0 && value < 1)) issues.push(issue("option-range", name, "must be a fraction above 0 and below 1", value, example))
  }
  if (!Number.isSafeInteger(seed)) issues.push(issue("option-range", "seed", "must be a whole number", seed))
  if (transform !== undefined && transform !== "log" && transform !== "none") issues.push(issue("option-type", "transform", 'must be "log" or "none"', transform))
  if (seasons !== undefined && seasons !== "matched" && seasons !== "pooled") issues.push(issue("option-type", "seasons", 'must be "matched" or "pooled"', seasons))
  return { falseAlarmRate, power, seed }
}

function readSides({ treated, controls }: Pick<ChangeOptions<never>, "treated" | "controls">, { territoryIds, indexOf }: History, issues: Issue[]): { treated: readonly number[] | null; controls: readonly number[] } {
  const chosen = new Set(readNames(treated, "treated", indexOf, issues))
  const others = readNames(controls, "controls", indexOf, issues)
  if (treated === undefined) {
    if (controls !== undefined) issues.push(issue("option-conflict", "controls", "need treated territories to compare with", NOTHING, "give treated, or leave controls out"))
    return { treated: null, controls: [] }
  }
  if (Array.isArray(treated) && treated.length === 0) issues.push(issue("option-range", "treated", "must name at least one territory", NOTHING, "leave it out to restate history only"))
  others.forEach((id) => {
    if (chosen.has(id)) issues.push(issue("territory-duplicate", "controls", "names a territory that is treated", id, "a territory is one or the other"))
  })
  const wanted = controls === undefined ? null : new Set(others)
  const all = Array.from(territoryIds.keys())
  return {
    treated: all.filter((t) => chosen.has(territoryIds[t])),
    controls: all.filter((t) => !chosen.has(territoryIds[t]) && (wanted === null || wanted.has(territoryIds[t]))),
  }
}

/** The index of the first period at or after the moment; there have to be periods on both sides of it. */
function readMoment(changedAt: unknown, { names, calendar: { kind } }: Periods, issues: Issue[]): number | null {
  if (typeof changedAt !== "string" || changedAt === "") {
    issues.push(issue("option-type", "changedAt", `must be a period as text, such as ${JSON.stringify(names[names.length - 1])}`, changedAt, typeof changedAt === "number" ? "use String(changedAt)" : ""))
    return null
  }
  if (kind !== null && !isPeriod(changedAt, kind)) {
    issues.push(issue("period-unknown", "changedAt", `must be a ${kind} as the periods are written`, changedAt, `name the first one that is wholly after the change, such as ${names[names.length - 1]}`))
    return null
  }
  const range = `the records have ${names[0]} to ${names[names.length - 1]}`
  const first = names.findIndex((name) => name >= changedAt)
  if (first === -1) issues.push(issue("no-period-after", "changedAt", "must have a period at or after it", changedAt, range))
  else if (first === 0) issues.push(issue("no-period-before", "changedAt", "must have a period before it", changedAt, range))
  return first
}
