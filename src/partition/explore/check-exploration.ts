import { isPlainObject } from "../../model/check-keys.js"
import type { Issue } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import { MOST_PLANS } from "./explore-options.js"

/** What is wrong with the options that only an exploration has, and with those that it cannot take. O(options). */
export function findExplorationIssues(options: unknown): Issue[] {
  if (!isPlainObject(options)) return []
  const issues: Issue[] = []
  const { plans, tolerances, movedShares, measures, current, disruption } = options
  if (plans !== undefined && !(Number.isSafeInteger(plans) && (plans as number) >= 2 && (plans as number) <= MOST_PLANS)) {
    issues.push(issue("option-type", "plans", `must be a whole number from 2 to ${MOST_PLANS}`, plans))
  }
  checkList(tolerances, "tolerances", "must be a finite number of 0 or more, a fraction such as 0.05", (value) => value >= 0 && Number.isFinite(value), issues)
  checkList(movedShares, "movedShares", "must be a fraction between 0 and 1", (value) => value >= 0 && value <= 1, issues)
  if (tolerances !== undefined && isPlainObject(measures)) {
    const all = Object.values(measures)
    if (all.length > 0 && all.every((measure) => isPlainObject(measure) && measure.tolerance === null)) {
      issues.push(issue("tolerances-without-measure", "tolerances", "needs a measure that has a tolerance: all have null", NOTHING, "leave a tolerance out, which makes it 0.05, or leave tolerances out"))
    }
  }
  if (movedShares !== undefined && current === undefined) {
    issues.push(issue("disruption-without-current", "movedShares", "needs `current`, which says who owns what today", NOTHING, "pass current: [{ accountId, territoryId }]"))
  }
  if (isPlainObject(disruption)) {
    const { penalty, maxMovedShare } = disruption
    if (penalty !== undefined && penalty !== 0) {
      issues.push(issue("penalty-explored", "disruption.penalty", "has no place here: what moves are worth is what the plans lay open", penalty, "leave it out, or use partitionAccounts"))
    }
    for (const key of ["maxHandedOffShare", "maxTakenOverShare"]) {
      if (disruption[key] !== undefined) issues.push(issue("unsupported", `disruption.${key}`, "is not explored: plans differ in what moves in all", NOTHING, "leave it out, or use partitionAccounts"))
    }
    if (movedShares !== undefined && maxMovedShare !== undefined) {
      issues.push(issue("budget", "disruption.maxMovedShare", "cannot be given together with movedShares", maxMovedShare, "leave one of them out"))
    }
  }
  if (options.certificate === "all-centers") {
    issues.push(issue("option-type", "certificate", "would be proven for every plan of the set", NOTHING, "leave it out, and prove the plan that you choose by evaluateAlignment"))
  }
  return issues
}

function checkList(list: unknown, path: string, rule: string, isRight: (value: number) => boolean, issues: Issue[]): void {
  if (list === undefined) return
  if (!Array.isArray(list) || list.length === 0) {
    issues.push(issue("option-type", path, "must be an array with at least one number", list))
    return
  }
  const known = new Map<unknown, number>()
  list.forEach((value: unknown, at) => {
    if (!(typeof value === "number" && isRight(value))) {
      const inPercent = typeof value === "number" && value > 1 && value <= 100
      issues.push(issue("option-type", `${path}[${at}]`, rule, value, inPercent ? `${value} % is ${value / 100}` : ""))
    } else if (known.has(value)) issues.push(issue("value-duplicate", `${path}[${at}]`, `is the same as ${path}[${known.get(value)}]`, value, "leave one of them out"))
    known.set(value, at)
  })
}
