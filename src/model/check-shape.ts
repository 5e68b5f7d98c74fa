import { isPlainObject } from "./check-keys.js"
import type { Issue } from "./error.js"
import { MAX_LONGITUDE, MAX_PLANE } from "./find-account-issues.js"
import { issue } from "./issue.js"
import { isSparse } from "./is-sparse.js"

/** What a part of a result has to be; "or null" where the type says so. Parts that it does not name are not looked at. */
export type Shape =
  | "text"
  | "text or null"
  | "number"
  | "number or null"
  | "flag"
  | "place"
  | { readonly listOf: Shape }
  | { readonly recordOf: Shape }
  | { readonly nullOr: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly optional?: Readonly<Record<string, Shape>> }

/**
 * Lists where a value that was stored, edited or sent is not what it was: parts lost, or of another kind. Parts that no shape names
 * are fine. O(size).
 */
export function checkShape(value: unknown, shape: Shape, path: string, issues: Issue[]): void {
  if (typeof shape === "string") {
    if (!isOfKind(value, shape)) issues.push(unlike(path, `must be ${WORDS[shape]}`, value))
  } else if ("nullOr" in shape) {
    if (value !== null) checkShape(value, shape.nullOr, path, issues)
  } else if ("listOf" in shape) {
    if (!Array.isArray(value)) issues.push(unlike(path, "must be an array", value))
    else if (isSparse(value)) issues.push(unlike(path, "must be an array without holes", value))
    else for (let i = 0; i < value.length; i++) checkShape(value[i], shape.listOf, `${path}[${i}]`, issues)
  } else if (!isPlainObject(value)) {
    issues.push(unlike(path, "must be an object", value))
  } else if ("recordOf" in shape) {
    for (const [key, part] of Object.entries(value)) checkShape(part, shape.recordOf, `${path}.${key}`, issues)
  } else {
    for (const [key, part] of Object.entries(shape.fields)) checkShape(value[key], part, `${path}.${key}`, issues)
    for (const [key, part] of Object.entries(shape.optional ?? {})) if (value[key] !== undefined) checkShape(value[key], part, `${path}.${key}`, issues)
  }
}

const WORDS = {
  "text": "a string",
  "text or null": "a string or null",
  "number": "a finite number",
  "number or null": "a finite number or null",
  "flag": "true or false",
  "place": "a place on the globe or on a plane, { longitude, latitude } or { x, y }",
} as const

function isOfKind(value: unknown, kind: keyof typeof WORDS): boolean {
  if (value === null) return kind === "text or null" || kind === "number or null"
  if (kind === "text" || kind === "text or null") return typeof value === "string"
  if (kind === "flag") return typeof value === "boolean"
  if (kind !== "place") return Number.isFinite(value)
  if (!isPlainObject(value)) return false
  return (isWithin(value.longitude, MAX_LONGITUDE) && isWithin(value.latitude, 90)) || (isWithin(value.x, MAX_PLANE) && isWithin(value.y, MAX_PLANE))
}

const isWithin = (value: unknown, most: number): boolean => typeof value === "number" && Math.abs(value) <= most

const unlike = (path: string, rule: string, got: unknown): Issue => issue("result-invalid", path, rule, got, "pass the result as it was returned, or its JSON copy")
