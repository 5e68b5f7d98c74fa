import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { compareIds } from "../../model/compare-ids.js"
import type { Issue } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import { AS_TEXT } from "../value-lists.js"
import type { Dimension } from "./dimension.js"

/** A dimension with all that it leaves out. */
export interface ReadDimension {
  readonly name: string
  readonly kind: Dimension<never>["kind"]
  readonly field: unknown
  /** All values that there are; null: any. */
  readonly values: ReadonlySet<string> | null
  readonly min: number
  readonly max: number
  readonly isWhole: boolean
  readonly digits: number | null
  readonly isRequired: boolean
}

const KEYS: Readonly<Record<Dimension<never>["kind"], readonly string[]>> = Object.freeze({
  set: Object.freeze(["kind", "field", "required", "values"]),
  number: Object.freeze(["kind", "field", "required", "min", "max", "whole"]),
  prefix: Object.freeze(["kind", "field", "required", "values", "digits"]),
})

/** Whole numbers of more digits are not exact. */
const MOST_DIGITS = 15

/** Checks `dimensions`; by name, so that the order in which they are declared changes nothing. O(values). */
export function readDimensions(dimensions: unknown, issues: Issue[]): readonly ReadDimension[] {
  if (!isPlainObject(dimensions) || Object.keys(dimensions).length === 0) {
    issues.push(issue("option-type", "dimensions", 'must be an object with one dimension or more, such as { industry: { kind: "set" } }', dimensions))
    return []
  }
  return Object.keys(dimensions).sort(compareIds).flatMap((name) => readDimension(name, dimensions[name], issues) ?? [])
}

function readDimension(name: string, dimension: unknown, issues: Issue[]): ReadDimension | null {
  const path = `dimensions.${name}`
  if (!isPlainObject(dimension)) {
    issues.push(issue("option-type", path, 'must be an object such as { kind: "set" }', dimension))
    return null
  }
  const { kind, field = name, min, max, digits, values } = dimension
  if (kind !== "set" && kind !== "number" && kind !== "prefix") {
    issues.push(issue("dimension-kind", `${path}.kind`, 'must be "set", "number" or "prefix"', kind))
    return null
  }
  checkKeys(dimension, KEYS[kind], path, issues)
  for (const key of ["required", "whole"]) {
    if (dimension[key] !== undefined && typeof dimension[key] !== "boolean") issues.push(issue("option-type", `${path}.${key}`, "must be true or false", dimension[key]))
  }
  if (typeof field !== "string" && typeof field !== "function") issues.push(issue("option-type", `${path}.field`, "must be the name of a field or a function of the account", field))
  for (const [key, bound] of [["min", min], ["max", max]] as const) {
    if (bound !== undefined && !Number.isFinite(bound)) issues.push(issue("option-type", `${path}.${key}`, "must be a finite number", bound))
  }
  if (typeof min === "number" && typeof max === "number" && min > max) issues.push(issue("range-empty", path, `has no value: min ${min} is above max ${max}`, NOTHING, "swap them"))
  const isCount = Number.isInteger(digits) && (digits as number) >= 1 && (digits as number) <= MOST_DIGITS
  if (digits !== undefined && !isCount) issues.push(issue("option-range", `${path}.digits`, `must be a whole number from 1 to ${MOST_DIGITS}`, digits))
  if (digits !== undefined && values !== undefined) issues.push(issue("option-conflict", `${path}.digits`, "cannot stand beside values", NOTHING, "leave one of them out"))
  return {
    name,
    kind,
    field: typeof field === "string" || typeof field === "function" ? field : () => null,
    values: kind === "number" || values === undefined ? null : readDomain(values, `${path}.values`, issues),
    min: kind === "number" && typeof min === "number" ? min : -Infinity,
    max: kind === "number" && typeof max === "number" ? max : Infinity,
    isWhole: kind === "number" && dimension.whole === true,
    digits: kind === "prefix" && isCount ? (digits as number) : null,
    isRequired: dimension.required === true,
  }
}

function readDomain(values: unknown, path: string, issues: Issue[]): ReadonlySet<string> {
  if (!Array.isArray(values) || values.length === 0) {
    issues.push(issue("option-type", path, "must be an array of one value or more", values, "leave it out where any text may occur"))
    return new Set()
  }
  values.forEach((value: unknown, v) => {
    if (typeof value !== "string") issues.push(issue("value-type", `${path}[${v}]`, "must be a string", value, typeof value === "number" ? AS_TEXT : ""))
    else if (value === "") issues.push(issue("value-empty", `${path}[${v}]`, "must not be empty", value, "an empty text is no value: leave out `required`"))
  })
  return new Set(values.filter((value): value is string => typeof value === "string"))
}
