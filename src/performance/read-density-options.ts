import type { LocatedAccount } from "../model/account.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { findAccountIssues } from "../model/find-account-issues.js"
import { issue, NOTHING } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { readWeights } from "../model/read-field.js"
import { DEFAULT_DENSITY_OPTIONS, DENSITY_OPTION_KEYS, type DensityOptions } from "./density-options.js"

/** The options of `classifyDensity`, checked. */
export interface DensitySettings {
  readonly radius: number | undefined
  readonly classes: readonly string[]
  readonly cuts: readonly number[] | undefined
  readonly weights: Float64Array
}

/** Densities stay finite numbers between these. */
const MIN_RADIUS = 1e-9
const MAX_RADIUS = 1e100
const MAX_WEIGHT = 1e200

/** @throws TerritoryError with all issues of the accounts and the options */
export function readDensityOptions<A extends LocatedAccount>(accounts: readonly A[], options: DensityOptions<A>): DensitySettings {
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { radius: 10 }", options)])
  const own = ownOptions(options)
  const issues: Issue[] = []
  checkKeys(own, DENSITY_OPTION_KEYS, "", issues)
  const { radius, weight, classes = DEFAULT_DENSITY_OPTIONS.classes, cuts } = own
  checkClasses(classes, cuts, issues)
  if (radius !== undefined && !(typeof radius === "number" && radius >= MIN_RADIUS && radius <= MAX_RADIUS)) {
    issues.push(issue("option-range", "radius", `must be a number from ${MIN_RADIUS} to ${MAX_RADIUS}`, radius))
  }

  const accountIssues = findAccountIssues(accounts)
  for (const one of accountIssues) issues.push(one)
  const usable = accountIssues.length === 0
  if (usable && radius === undefined && typeof accounts[0].x === "number") issues.push(issue("option-missing", "radius", "must be given on a plane", radius, "in the unit of x and y"))
  if (usable && isUnplaced(accounts[0])) issues.push(issue("place-missing", "accounts", "have no places (longitude and latitude, or x and y), so nothing is near to anything", NOTHING))
  const weights = usable ? readWeights(accounts, weight, "weight", issues) : new Float64Array(0)
  if (!(weights.reduce((sum, w) => sum + w, 0) < MAX_WEIGHT)) issues.push(issue("measure-overflow", "weight", `must sum to less than ${MAX_WEIGHT}`, NOTHING, "use a larger unit"))
  throwIssues(issues)
  return { radius, classes: [...classes], cuts: cuts === undefined ? undefined : [...cuts], weights }
}

/** Of sound accounts all have a place or none has. */
const isUnplaced = ({ longitude, x }: LocatedAccount): boolean => (longitude ?? x ?? null) === null

function checkClasses(classes: unknown, cuts: unknown, issues: Issue[]): void {
  const named = Array.isArray(classes) && classes.length >= 2 && classes.every((name) => typeof name === "string" && name.trim() !== "")
  if (!named) issues.push(issue("option-type", "classes", "must be two or more names, sparse first", classes))
  else if (new Set(classes).size < classes.length) issues.push(issue("id-duplicate", "classes", "must be different names", classes))
  if (cuts === undefined) return
  const rising = Array.isArray(cuts) && cuts.every((cut, c) => typeof cut === "number" && Number.isFinite(cut) && (c === 0 || cut > cuts[c - 1]))
  if (!rising) issues.push(issue("option-type", "cuts", "must be finite densities, each above the one before", cuts))
  else if (named && cuts.length !== classes.length - 1) issues.push(issue("option-range", "cuts", `must be one fewer than the ${classes.length} classes`, cuts))
}
