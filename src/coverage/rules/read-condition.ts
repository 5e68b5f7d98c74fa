import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import type { Issue } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import { suggestId } from "../../model/nearest-name.js"
import { AS_TEXT } from "../value-lists.js"
import type { ReadDimension } from "./read-dimensions.js"

/** A range with its ends; infinite ends are open. */
export interface ReadRange {
  readonly low: number
  readonly isLowOpen: boolean
  readonly high: number
  readonly isHighOpen: boolean
}

/** What a rule asks of one dimension. */
export interface ReadCondition {
  /** Values of a set, or prefixes. */
  readonly texts: ReadonlySet<string>
  readonly ranges: readonly ReadRange[]
  readonly other: boolean
  readonly unspecified: boolean
}

/** The key under which a condition lists its members, by kind. */
const MEMBERS = Object.freeze({ set: "values", number: "ranges", prefix: "prefixes" } as const)
const RANGE_KEYS: readonly string[] = Object.freeze(["min", "above", "max", "below"])

/** Checks one condition; `path` names the rule, `rules["r1"].when.industry`. O(members). */
export function readCondition(condition: unknown, dimension: ReadDimension, path: string, issues: Issue[]): ReadCondition {
  const key = MEMBERS[dimension.kind]
  if (!isPlainObject(condition)) {
    issues.push(issue("option-type", path, `must be an object with ${key}, other or unspecified`, condition, "leave the dimension out where it may be anything"))
    return { texts: new Set(), ranges: [], other: false, unspecified: false }
  }
  checkKeys(condition, [key, "other", "unspecified"], path, issues)
  for (const flag of ["other", "unspecified"]) {
    if (condition[flag] !== undefined && typeof condition[flag] !== "boolean") issues.push(issue("option-type", `${path}.${flag}`, "must be true or false", condition[flag]))
  }
  const members = condition[key] ?? []
  const other = condition.other === true
  const unspecified = condition.unspecified === true
  if (!Array.isArray(members)) issues.push(issue("option-type", `${path}.${key}`, "must be an array", members))
  else if (members.length === 0 && !other && !unspecified) {
    issues.push(issue("condition-empty", path, "has no member, so that nothing can match", NOTHING, "leave the dimension out where it may be anything"))
  }
  const list: readonly unknown[] = Array.isArray(members) ? members : []
  if (dimension.kind === "number") {
    return { texts: new Set(), ranges: list.flatMap((range, m) => readRange(range, `${path}.${key}[${m}]`, issues) ?? []), other, unspecified }
  }
  const texts = list.flatMap((text, m) => (isMember(text, dimension, `${path}.${key}[${m}]`, issues) ? [text] : []))
  return { texts: new Set(texts), ranges: [], other, unspecified }
}

function isMember(text: unknown, dimension: ReadDimension, path: string, issues: Issue[]): text is string {
  if (typeof text !== "string") issues.push(issue("value-type", path, "must be a string", text, typeof text === "number" ? AS_TEXT : ""))
  else if (text === "") issues.push(issue("value-empty", path, "must not be empty", text, "unspecified: true stands for no value"))
  else if (dimension.kind === "set" && dimension.values !== null && !dimension.values.has(text)) {
    const known = { size: dimension.values.size, keys: () => (dimension.values as ReadonlySet<string>).values() }
    issues.push(issue("value-unknown", path, `must be among dimensions.${dimension.name}.values`, text, suggestId(text, known)))
  } else if (dimension.digits !== null && !(/^[0-9]+$/.test(text) && text.length <= dimension.digits)) {
    issues.push(issue("value-unknown", path, `must be of digits, ${dimension.digits} at most, as dimensions.${dimension.name}.digits says`, text))
  } else return true
  return false
}

function readRange(range: unknown, path: string, issues: Issue[]): ReadRange | null {
  if (!isPlainObject(range)) {
    issues.push(issue("option-type", path, "must be an object such as { min: 10, below: 50 }", range))
    return null
  }
  const before = issues.length
  checkKeys(range, RANGE_KEYS, path, issues)
  for (const key of RANGE_KEYS) {
    const end = range[key]
    if (end !== undefined && !Number.isFinite(end)) issues.push(issue("value-type", `${path}.${key}`, "must be a finite number", end, "leave it out where the range is open"))
  }
  if (range.min !== undefined && range.above !== undefined) issues.push(issue("option-conflict", path, "has min and above", NOTHING, "leave one of them out"))
  if (range.max !== undefined && range.below !== undefined) issues.push(issue("option-conflict", path, "has max and below", NOTHING, "leave one of them out"))
  if (RANGE_KEYS.every((key) => range[key] === undefined)) issues.push(issue("range-open", path, "must have an end", NOTHING, "min, above, max or below"))
  if (issues.length > before) return null
  // adding 0 makes -0 the same as 0
  const low = ((range.min ?? range.above ?? -Infinity) as number) + 0
  const high = ((range.max ?? range.below ?? Infinity) as number) + 0
  const isLowOpen = range.min === undefined
  const isHighOpen = range.max === undefined
  if (low < high || (low === high && !isLowOpen && !isHighOpen)) return { low, isLowOpen, high, isHighOpen }
  const words = `${isLowOpen ? "above" : "min"} ${low} and ${isHighOpen ? "below" : "max"} ${high}`
  issues.push(issue("range-empty", path, `holds no number: ${words}`, NOTHING, low > high ? "swap them" : "close both ends by min and max for one number"))
  return null
}
