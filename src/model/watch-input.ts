import { TerritoryError, type Issue } from "./error.js"
import { isSparse } from "./is-sparse.js"
import { issue, NOTHING } from "./issue.js"
import { watchFields, type FieldChange } from "./watch-fields.js"

/** Functions of the caller's that a message lists at most. */
const MAX_LISTED = 5
/** Options nest three deep; functions further down are not looked for. */
const MAX_DEPTH = 5
/** Longer lists are data: functions are not looked for in them, and texts in them are not names of fields. */
const MAX_OPTIONS = 64

/** What a call was given, as it was at the door. */
export interface WatchedInput<G> {
  /** The arguments, in which the lists of rows are copies: nothing that the caller's functions do to the lists has an effect. */
  readonly own: G
  /** An error where a list is long and has holes: nothing of it is read. */
  readonly unfit: TerritoryError | null
  /** An error of the first list, or the first row, that is no longer as it was; null where all are. O(rows). */
  findChange(): TerritoryError | null
}

/** A list of the caller's, what stood in it, and what its rows said. */
interface WatchedList {
  readonly path: string
  readonly list: readonly unknown[]
  readonly copy: readonly unknown[]
  readonly findFieldChange: (() => FieldChange | null) | null
}

/**
 * Copies the lists that a call is given, as arguments or as options, and remembers what is in them. An accessor that changes a list while the call reads it, or a field of
 * its rows that the call reads more than once, is found so, and neither obeyed nor left to make a result of two halves.
 * Fields are compared only where functions are among the options, and only those whose names the options or the library know. Never throws. O(rows).
 *
 * @param given the arguments by the names that messages call them; parts of `options` are called by their own names
 */
export function watchInput<G extends Readonly<Record<string, unknown>>>(given: G): WatchedInput<G> {
  const functions: string[] = []
  const texts = new Set<string>()
  for (const [name, value] of Object.entries(given)) findWords(value, name === "options" ? "" : name, 0, functions, texts)
  const names = functions.some((path) => path !== "onProgress") ? texts : null
  const watched: WatchedList[] = []
  const sparse: Issue[] = []
  const own: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) own[name] = copyPart(value, name === "options" ? "" : name, 0, { names, watched, sparse })
  return {
    own: own as G,
    unfit: sparse.length === 0 ? null : new TerritoryError(sparse),
    findChange() {
      for (const { path, list, copy, findFieldChange } of watched) {
        const change = findListChange(path, list, copy) ?? findFieldChange?.() ?? null
        if (change !== null) return new TerritoryError([issue("changed-input", change.path, `changed while the call read it${change.what}`, NOTHING, remedyFor(functions))])
      }
      return null
    },
  }
}

/** What is found on the way through the arguments. */
interface Collected {
  /** Texts among the options, where fields are to be compared. */
  readonly names: ReadonlySet<string> | null
  readonly watched: WatchedList[]
  readonly sparse: Issue[]
}

/** The value with its lists copied, as far as objects are as callers write them; what is none is given back as it is. */
function copyPart(value: unknown, path: string, depth: number, into: Collected): unknown {
  try {
    if (Array.isArray(value)) {
      const copy = copyList(value)
      checkHoles(value, path === "" ? "options" : path, into.sparse)
      // a list of lists, such as groups of accounts
      copy?.forEach((item, i) => Array.isArray(item) && checkHoles(item, `${path}[${i}]`, into.sparse))
      if (copy === null) return value
      into.watched.push({ path, list: value, copy, findFieldChange: into.names === null ? null : watchFields(path, copy, into.names) })
      return copy
    }
    if (depth > 1 || typeof value !== "object" || value === null || !isRecord(value)) return value
    const copy = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>
    for (const key of Object.keys(value)) {
      const part = copyPart((value as Readonly<Record<string, unknown>>)[key], path === "" ? key : `${path}.${key}`, depth + 1, into)
      Object.defineProperty(copy, key, { value: part, enumerable: true, configurable: true, writable: true })
    }
    return copy
  } catch {
    return value // a proxy whose traps throw: the call says so
  }
}

function checkHoles(list: readonly unknown[], path: string, sparse: Issue[]): void {
  if (isSparse(list)) sparse.push(issue("input-sparse", path, "must be a list without holes", list))
}

/** Null where the list has holes: it is refused where it is read, and its length costs nothing to write. */
function copyList(list: readonly unknown[]): readonly unknown[] | null {
  const copy: unknown[] = []
  for (let i = 0; i < list.length; i++) {
    const item = list[i]
    if (item === undefined && !(i in list)) return null
    copy.push(item)
  }
  return copy
}

/** An object written with braces, whose parts are values: reading them asks no getter of the caller's. */
function isRecord(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown
  if (prototype !== null && prototype !== Object.prototype) return false
  const parts = Object.getOwnPropertyDescriptors(value)
  return Object.keys(parts).every((key) => parts[key].enumerable === true && "value" in parts[key])
}

function findListChange(path: string, list: readonly unknown[], copy: readonly unknown[]): { readonly path: string; readonly what: string } | null {
  try {
    if (list.length !== copy.length) return { path, what: `: it had ${copy.length} elements and has ${list.length}` }
    for (let i = 0; i < copy.length; i++) if (!Object.is(list[i], copy[i])) return { path: `${path}[${i}]`, what: ": another value stands there" }
    return null
  } catch {
    return { path, what: ": it can no longer be read" }
  }
}

function remedyFor(functions: readonly string[]): string {
  if (functions.length === 0) return "leave it as it is until the call returns"
  const more = functions.length > MAX_LISTED ? ` and ${functions.length - MAX_LISTED} more` : ""
  const listed = functions.slice(0, MAX_LISTED).join(", ")
  return functions.length === 1 ? `${listed} must return a value and change nothing` : `the functions among the options must return a value and change nothing: ${listed}${more}`
}

/** Paths of the functions among options, and the texts there, which may be names of fields. Getters are not asked. */
function findWords(value: unknown, path: string, depth: number, functions: string[], texts: Set<string>): void {
  if (typeof value === "function") functions.push(path)
  else if (typeof value === "string") texts.add(value)
  if (depth > MAX_DEPTH || typeof value !== "object" || value === null) return
  try {
    const isList = Array.isArray(value)
    if (isList && (value.length > MAX_OPTIONS || depth === 0)) return
    for (const key of Object.keys(value)) {
      const part = Object.getOwnPropertyDescriptor(value, key)
      if (part !== undefined && "value" in part) findWords(part.value, isList ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`, depth + 1, functions, texts)
    }
  } catch {
    // a proxy whose traps throw: the call says so
  }
}
