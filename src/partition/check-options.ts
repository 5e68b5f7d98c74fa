import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { checkTerritoryId } from "../model/check-territory-id.js"
import type { Issue } from "../model/error.js"
import { MAX_LONGITUDE, MAX_PLANE } from "../model/find-account-issues.js"
import { issue, NOTHING } from "../model/issue.js"
import { DEFAULT_TOLERANCE, MEASURE_KEYS } from "../model/measure.js"
import type { Space } from "../model/account.js"
import { checkConstraints } from "./check-constraints.js"
import { MOST_ACCOUNTS_FOR_ALL_CENTERS, UNSUPPORTED_OPTIONS } from "./partition-options.js"

/** All keys of the options of `partitionAccounts`. */
export const OPTION_KEYS: readonly string[] = [
  "territories", "measures", "compactness", "centers", "seed", "starts", "maxIterations", "timeLimitMs", "certificate",
  "onProgress", "current", "events", "disruption", "locked", "eligible", "maxDistance", "together", "adjacency",
]
/** All keys of a territory as the caller states it. */
export const TERRITORY_KEYS: readonly string[] = ["id", "name", "center", "centerFixed", "centerAnchor", "share", "min", "max"]

/**
 * Everything that is wrong with the options by themselves: types, ranges, unknown keys. Of the accounts, which may be unusable
 * too, only their number and the kind of place are looked at. O(options).
 */
export function findOptionIssues(options: unknown, accounts: unknown, extraKeys: readonly string[] = []): Issue[] {
  if (!isPlainObject(options)) return [issue("option-type", "options", "must be an object such as { territories: 12, measures: { workload: { value: \"hours\" } } }", options)]
  const issues: Issue[] = []
  const accountCount = Array.isArray(accounts) && accounts.length > 0 ? accounts.length : Infinity
  const space = spaceOf(Array.isArray(accounts) ? accounts[0] : undefined)
  checkKeys(options, [...OPTION_KEYS, ...extraKeys], "", issues)
  for (const key of UNSUPPORTED_OPTIONS) {
    if (options[key] !== undefined) issues.push(issue("unsupported", key, "is not built yet; this version cannot honor it", NOTHING, "leave it out"))
  }
  checkChoice(options, "certificate", ["given-centers", "all-centers"], "", issues)
  if (options.certificate === "all-centers") checkAllCenters(options, accountCount, issues)
  checkMeasures(options.measures, issues)
  checkTerritories(options.territories, isPlainObject(options.measures) ? Object.keys(options.measures) : [], accountCount, space, options.centers, issues)
  checkCompactness(options.compactness, options.territories, issues)
  checkChoice(options, "centers", ["mean", "account"], "", issues)
  checkInteger(options, "seed", -Number.MAX_SAFE_INTEGER, issues)
  checkInteger(options, "starts", 1, issues, MOST_STARTS)
  checkInteger(options, "maxIterations", 0, issues)
  checkTimeLimit(options.timeLimitMs, issues)
  if (options.onProgress !== undefined && typeof options.onProgress !== "function") {
    issues.push(issue("option-type", "onProgress", "must be a function", options.onProgress))
  }
  const farthest = options.maxDistance
  if (farthest !== undefined && !(typeof farthest === "number" && farthest > 0 && farthest <= MAX_PLANE)) {
    const isOwn = isPlainObject(options.compactness) && options.compactness.distance !== undefined
    const unit = isOwn ? "the unit of compactness.distance" : space === "plane" ? "the unit of x and y" : "km"
    const most = leaveOut(farthest) === "" ? "" : `, and at most ${MAX_PLANE}`
    issues.push(issue("max-distance", "maxDistance", `must be a number above 0, in ${unit}${most}`, farthest, leaveOut(farthest)))
  }
  checkConstraints(options, issues)
  return issues
}

/** A huge number that stands for "no limit". */
const leaveOut = (limit: unknown): string => (typeof limit === "number" && limit > MAX_PLANE ? "leave it out where there is no limit" : "")

/** Longest time limit, ms: the longest of a timer, 24 days. */
const LONGEST_LIMIT = 2_147_483_647
/** Most starts: a larger number is meant as none, and would never end. */
const MOST_STARTS = 1_000_000

function checkTimeLimit(limit: unknown, issues: Issue[]): void {
  if (limit === undefined || (typeof limit === "number" && limit >= 0 && limit <= LONGEST_LIMIT)) return
  const remedy = typeof limit === "number" && limit > LONGEST_LIMIT ? "leave it out for the default, a fixed amount of work; a search without an end returns no plan" : ""
  issues.push(issue("option-type", "timeLimitMs", `must be a number of milliseconds, 0 or more, and at most ${LONGEST_LIMIT}`, limit, remedy))
}

/** The kind of place that the first account has; one that cannot be read is an issue of the accounts. */
function spaceOf(account: unknown): Space {
  try {
    const { x, y, longitude, latitude } = account as { readonly [name in "x" | "y" | "longitude" | "latitude"]?: unknown }
    return (x ?? y ?? null) !== null ? "plane" : (longitude ?? latitude ?? null) !== null ? "globe" : "none"
  } catch {
    return "globe"
  }
}

/** What the bound over all centers needs. */
function checkAllCenters({ centers, compactness }: Readonly<Record<string, unknown>>, accountCount: number, issues: Issue[]): void {
  const remedy = 'use "given-centers"'
  if (isPlainObject(compactness) && compactness.distance !== undefined) {
    issues.push(issue("certificate-distance", "certificate", '"all-centers" has no meaning where distances are given', NOTHING, remedy))
  }
  if (centers !== "account") {
    issues.push(issue("certificate-centers", "certificate", '"all-centers" can only be proven for centers: "account" (a mean may lie anywhere, and cost less than any account)', NOTHING, remedy))
  }
  if (Number.isFinite(accountCount) && accountCount > MOST_ACCOUNTS_FOR_ALL_CENTERS) {
    issues.push(issue("certificate-size", "certificate", `"all-centers" can only be proven for up to ${MOST_ACCOUNTS_FOR_ALL_CENTERS} accounts`, accountCount, `${remedy}, or fewer accounts (neighbors joined)`))
  }
}

function checkMeasures(measures: unknown, issues: Issue[]): void {
  if (!isPlainObject(measures)) {
    issues.push(issue("measures-missing", "measures", "must be an object such as { workload: { value: \"hours\" } }", measures))
    return
  }
  const names = Object.keys(measures)
  if (names.length === 0) issues.push(issue("measures-missing", "measures", "must name at least one measure", NOTHING))
  for (const name of names) {
    const path = `measures.${name}`
    const measure = measures[name]
    if (!isPlainObject(measure)) {
      issues.push(issue("option-type", path, "must be an object such as { value: \"hours\" }", measure))
      continue
    }
    checkKeys(measure, MEASURE_KEYS, path, issues)
    if (typeof measure.value !== "string" && typeof measure.value !== "function") {
      issues.push(issue("field-type", `${path}.value`, "must be a field name or a function of the account", measure.value))
    }
    const tolerance = measure.tolerance === undefined ? DEFAULT_TOLERANCE : measure.tolerance
    if (tolerance !== null && !(typeof tolerance === "number" && Number.isFinite(tolerance) && tolerance >= 0)) {
      issues.push(issue("tolerance", `${path}.tolerance`, "must be a fraction of 0 or more, or null for none", tolerance))
    }
    checkBound(measure.min, `${path}.min`, true, issues)
    checkBound(measure.max, `${path}.max`, true, issues)
    if (typeof measure.min === "number" && typeof measure.max === "number" && measure.min > measure.max) {
      issues.push(issue("bounds", path, `min ${measure.min} must not be above max ${measure.max}`, NOTHING))
    }
  }
}

function checkBound(bound: unknown, path: string, nullable: boolean, issues: Issue[]): void {
  if (bound === undefined || (nullable && bound === null)) return
  if (!(typeof bound === "number" && Number.isFinite(bound) && bound >= 0)) {
    issues.push(issue("bounds", path, `must be a number of 0 or more${nullable ? ", or null for an open side" : ""}`, bound))
  }
}

function checkTerritories(territories: unknown, measures: readonly string[], accountCount: number, space: Space, centers: unknown, issues: Issue[]): void {
  if (!Array.isArray(territories)) {
    if (!(typeof territories === "number" && Number.isInteger(territories) && territories >= 1)) {
      issues.push(issue("territory-count", "territories", "must be a whole number of 1 or more, or a list of territories", territories))
    } else if (territories > accountCount) tooMany(territories, accountCount, issues)
    return
  }
  if (territories.length === 0) issues.push(issue("territory-count", "territories", "must list at least one territory", NOTHING))
  if (territories.length > accountCount) tooMany(territories.length, accountCount, issues)
  const ids = new Map<string, number>()
  territories.forEach((spec: unknown, t) => {
    const path = `territories[${t}]`
    if (!isPlainObject(spec)) {
      issues.push(issue("option-type", path, "must be an object with an id", spec, typeof spec === "string" ? "use { id }" : ""))
      return
    }
    checkKeys(spec, TERRITORY_KEYS, path, issues)
    checkTerritoryId(spec.id, `${path}.id`, "territories", t, ids, issues)
    if (spec.name !== undefined && typeof spec.name !== "string") issues.push(issue("option-type", `${path}.name`, "must be text", spec.name))
    checkCenter(spec, path, space, issues)
    checkAnchor(spec, path, centers, issues)
    for (const side of ["min", "max"]) {
      const bounds = spec[side]
      if (bounds === undefined) continue
      if (!isPlainObject(bounds)) issues.push(issue("bounds", `${path}.${side}`, "must be an object of numbers by measure", bounds))
      else {
        checkKeys(bounds, measures, `${path}.${side}`, issues)
        for (const name of Object.keys(bounds)) checkBound(bounds[name], `${path}.${side}.${name}`, false, issues)
      }
    }
    if (isPlainObject(spec.share)) {
      checkKeys(spec.share, measures, `${path}.share`, issues)
      for (const name of Object.keys(spec.share)) checkShare(spec.share[name], `${path}.share.${name}`, issues)
    } else if (spec.share !== undefined) checkShare(spec.share, `${path}.share`, issues)
  })
}

function checkAnchor({ center, centerAnchor, centerFixed }: Record<string, unknown>, path: string, centers: unknown, issues: Issue[]): void {
  if (centerAnchor === undefined) return
  const at = `${path}.centerAnchor`
  if (!(typeof centerAnchor === "number" && centerAnchor >= 0 && centerAnchor <= 1)) issues.push(issue("center-anchor", at, "must be a fraction between 0 and 1", centerAnchor))
  else if (center === undefined || center === null) issues.push(issue("center-missing", `${path}.center`, "must be given with centerAnchor", center))
  else if (centerFixed === true && centerAnchor < 1) issues.push(issue("center-anchor", at, "contradicts centerFixed: true", centerAnchor, "leave one of them out"))
  else if (centers === "account" && centerAnchor > 0 && centerAnchor < 1) issues.push(issue("center-anchor", at, 'needs centers: "mean": an account cannot be between two places', centerAnchor, "use centerFixed, or leave it out"))
}

function tooMany(count: number, accountCount: number, issues: Issue[]): void {
  issues.push(issue("territory-count", "territories", `must not be more than the ${accountCount} accounts`, count))
}

function checkShare(share: unknown, path: string, issues: Issue[]): void {
  if (share !== undefined && !(typeof share === "number" && share >= 0 && share <= 1)) {
    issues.push(issue("share", path, "must be a fraction between 0 and 1", share, typeof share === "number" && share > 1 && share <= 100 ? `${share} % is ${share / 100}` : ""))
  }
}

function checkCenter(spec: Record<string, unknown>, path: string, accountSpace: Space, issues: Issue[]): void {
  const { center, centerFixed } = spec
  // where accounts have no places, centers are of any kind
  const space = accountSpace !== "none" ? accountSpace : isPlainObject(center) && ("x" in center || "y" in center) ? "plane" : "globe"
  if (centerFixed !== undefined && typeof centerFixed !== "boolean") issues.push(issue("option-type", `${path}.centerFixed`, "must be true or false", centerFixed))
  if (center === undefined || center === null) {
    if (centerFixed === true) issues.push(issue("center-missing", `${path}.center`, "must be given when centerFixed is true", center))
    return
  }
  const names = space === "globe" ? ["longitude", "latitude"] : ["x", "y"]
  if (!isPlainObject(center)) {
    issues.push(issue("center", `${path}.center`, `must be { ${names.join(", ")} }`, center))
    return
  }
  checkKeys(center, names, `${path}.center`, issues)
  const [first, second] = names.map((name) => center[name])
  const isSwapped = space === "globe" && typeof first === "number" && typeof second === "number" && Math.abs(first) <= 90 && Math.abs(second) > 90 && Math.abs(second) <= 180
  names.forEach((name, d) => {
    const value = center[name]
    const range = space === "globe" ? (d === 0 ? MAX_LONGITUDE : 90) : MAX_PLANE
    if (!(typeof value === "number" && Math.abs(value) <= range)) {
      const rule = space === "plane" ? "must be a finite number" : `must be between ${d === 0 ? "-180 and 180" : "-90 and 90"}`
      issues.push(issue("center", `${path}.center.${name}`, rule, value, isSwapped ? "longitude and latitude may be swapped" : ""))
    }
  })
}

function checkCompactness(compactness: unknown, territories: unknown, issues: Issue[]): void {
  if (compactness === undefined) return
  if (!isPlainObject(compactness)) {
    issues.push(issue("option-type", "compactness", "must be an object such as { weight: \"visits\", power: 2 }", compactness))
    return
  }
  checkKeys(compactness, ["weight", "power", "distance"], "compactness", issues)
  if (compactness.weight !== undefined && typeof compactness.weight !== "string" && typeof compactness.weight !== "function") {
    issues.push(issue("field-type", "compactness.weight", "must be a field name or a function of the account", compactness.weight))
  }
  const { distance } = compactness
  if (distance !== undefined) {
    if (typeof distance !== "function" && !Array.isArray(distance)) {
      issues.push(issue("option-type", "compactness.distance", "must be a function of an account and a territory, or rows { accountId, territoryId, distance }", distance))
    } else if (!Array.isArray(territories)) {
      issues.push(issue("distance-without-territories", "compactness.distance", "needs listed territories: numbered ones are nowhere before the search", NOTHING, 'use territories: [{ id: "north" }, { id: "south" }]'))
    }
  }
  if (compactness.power !== undefined && compactness.power !== 1 && compactness.power !== 2) {
    issues.push(issue("option-type", "compactness.power", "must be 1 or 2", compactness.power))
  }
}

function checkChoice(options: Record<string, unknown>, key: string, choices: readonly string[], prefix: string, issues: Issue[]): void {
  const value = options[key]
  if (value === undefined || choices.includes(value as string)) return
  issues.push(issue("option-type", prefix + key, `must be ${choices.map((choice) => `"${choice}"`).join(" or ")}`, value))
}

function checkInteger(
  options: Record<string, unknown>,
  key: string,
  least: number,
  issues: Issue[],
  most = Infinity,
): void {
  const value = options[key]
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most)) return
  const range = `of ${least} or more${most < Infinity ? `, and at most ${most}` : ""}`
  issues.push(issue("option-type", key, least < 0 ? "must be a whole number" : `must be a whole number ${range}`, value))
}
