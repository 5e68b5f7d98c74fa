import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { checkRows } from "../check-rows.js"
import { DEFAULT_CHANGE_OPTIONS } from "./change-options.js"
import type { ChangeTransform } from "./history-options.js"
import type { TestLevel } from "./judge-change.js"
import { LEAST_TREND } from "./pre-trend.js"
import { readTestLevel } from "./read-change.js"
import { readHistory, type History } from "./read-history.js"
import { readNames } from "./read-periods.js"
import { DEFAULT_TEST_PLAN_OPTIONS, TEST_PLAN_OPTION_KEYS, type TestPlanOptions } from "./test-plan-options.js"

/** Everything that `planTest` works on, checked. */
/** Beyond this, levels are all that counts. */
const MOST_WEIGHT = 1e9

export interface TestPlan extends TestLevel {
  readonly history: History
  /** Whole periods, ascending indices. */
  readonly periods: readonly number[]
  /** Indices of territories, ascending; empty with `count`. */
  readonly treated: readonly number[]
  /** Indices of those that may be chosen. */
  readonly candidates: readonly number[]
  readonly count: number | null
  readonly controlsPerTreated: number
  readonly levelWeight: number
  readonly plannedPeriods: number
  readonly effect: number | null
  readonly transform: ChangeTransform | null
  readonly seasons: "matched" | "pooled"
}

/** @throws TerritoryError with all issues */
export function readTestPlan<R>(records: readonly R[], options: TestPlanOptions<R>): TestPlan {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", 'must be an object such as { account: "storeId", period: "month", outcome: "sales", alignment, count: 4 }', options)])
  const own = ownOptions(options, ["alignment"])
  checkKeys(own, TEST_PLAN_OPTION_KEYS, "", issues)
  const strictness = readTestLevel(own, issues)
  const { count, effect, plannedPeriods, controlsPerTreated = DEFAULT_TEST_PLAN_OPTIONS.controlsPerTreated, levelWeight = DEFAULT_TEST_PLAN_OPTIONS.levelWeight } = own
  for (const [name, value] of [["count", count], ["plannedPeriods", plannedPeriods], ["controlsPerTreated", controlsPerTreated]] as const) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1)) issues.push(issue("option-range", name, "must be a whole number of 1 or more", value))
  }
  if (!(typeof levelWeight === "number" && levelWeight >= 0 && levelWeight <= MOST_WEIGHT)) {
    issues.push(issue("option-range", "levelWeight", `must be a number of 0 or more, and at most ${MOST_WEIGHT}`, levelWeight))
  }
  if (effect !== undefined && !(typeof effect === "number" && effect > 0 && effect < Infinity)) issues.push(issue("option-range", "effect", "must be a number above 0", effect, "5 % is 0.05; the direction does not matter"))
  if ((own.treated === undefined) === (count === undefined)) issues.push(issue("option-conflict", "treated", "or count must be given, and not both", NOTHING, "list the territories to change, or say how many to choose"))
  checkRows(records, "record", issues)
  const read = readHistory(records, own, issues)
  throwIssues(issues)
  const history = read as History // without one there are issues

  const { territoryIds, indexOf, periods } = history
  const treated = new Set(readNames(own.treated, "treated", indexOf, issues))
  const allowed = own.candidates === undefined ? null : new Set(readNames(own.candidates, "candidates", indexOf, issues))
  const excluded = new Set(readNames(own.exclude, "exclude", indexOf, issues))
  if (own.treated !== undefined && Array.isArray(own.treated) && own.treated.length === 0) issues.push(issue("option-range", "treated", "must name at least one territory", NOTHING, "or give count"))
  for (const id of treated) if (excluded.has(id)) issues.push(issue("territory-duplicate", "exclude", "names a territory that is treated", id, "exclude only those that may not be controls"))
  const all = Array.from(territoryIds.keys())
  const candidates = all.filter((t) => !treated.has(territoryIds[t]) && !excluded.has(territoryIds[t]) && (allowed === null || allowed.has(territoryIds[t])))
  if (count !== undefined && 2 * count > candidates.length) issues.push(issue("option-range", "count", `must be at most half of the ${candidates.length} territories to choose from`, count, "each needs a control"))
  const whole = Array.from(periods.names.keys()).filter((p) => !periods.isPartial[p])
  if (whole.length < LEAST_TREND) issues.push(issue("history-short", "records", `must have at least ${LEAST_TREND} whole periods, and have ${whole.length}`, NOTHING, "give more history, or shorter periods"))
  throwIssues(issues)
  return {
    history,
    periods: whole,
    treated: all.filter((t) => treated.has(territoryIds[t])),
    candidates,
    count: count ?? null,
    controlsPerTreated,
    levelWeight,
    plannedPeriods: plannedPeriods ?? Math.max(1, Math.min(DEFAULT_TEST_PLAN_OPTIONS.plannedPeriodsMost, Math.floor(whole.length / 3))),
    effect: effect ?? null,
    transform: own.transform ?? null,
    seasons: own.seasons ?? DEFAULT_CHANGE_OPTIONS.seasons,
    ...strictness,
  }
}
