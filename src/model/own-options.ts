import { TerritoryError } from "./error.js"
import { accessorFailure } from "./field-of.js"
import { issue } from "./issue.js"

/** Options nest three deep (a model's tier levels: five); deeper things are no options. */
const MAX_DEPTH = 8
/** A list of options that is longer than this is looked at for holes before it is copied: a length alone costs nothing to write. */
const LONG = 1 << 16

/**
 * A copy of options with their own keys only, on objects without a prototype: what a polluted `Object.prototype` adds is not
 * read, and what the caller, or an accessor, does to the options during the call has no effect. An instance of a caller's class is
 * copied with what its getters say. Functions, dates, maps and the like are kept as they are. O(options).
 *
 * This is the one place where options are read, so it is here that getters and proxies throw: nothing behind it does.
 *
 * @param kept names of options that are not copied: data of many rows, checked where they are read
 * @param path what a message calls the options themselves
 * @throws TerritoryError `accessor-failed`, with the path of what could not be read
 */
export function ownOptions<T>(options: T, kept: readonly string[] = [], path = "options"): T {
  try {
    return copy(options, 0, kept, "", path) as T
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** @param at the path of the value, "" for the options themselves @param name what stands for "" in messages */
function copy(value: unknown, depth: number, kept: readonly string[], at: string, name: string): unknown {
  if (depth > MAX_DEPTH || typeof value !== "object" || value === null) return value === 0 ? 0 : value // -0 becomes 0
  if (!Array.isArray(value)) return isBuiltIn(value) ? value : copyObject(value, depth, kept, at, name)
  checkHoles(value, at === "" ? name : at)
  const list: unknown[] = []
  try {
    // a hole becomes undefined, which every check sees; map and forEach would pass over it
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i]
      list.push(typeof item === "object" && item !== null ? copy(item, depth + 1, [], `${at}[${i}]`, name) : item === 0 ? 0 : item)
    }
  } catch (error) {
    throw unreadable(`${at}[${list.length}]`, error)
  }
  return list
}

function copyObject(value: object, depth: number, kept: readonly string[], at: string, name: string): object {
  const own = Object.create(null) as Record<string, unknown>
  const pathOf = (key: string): string => (at === "" ? key : `${at}.${key}`)
  const read = (key: string): unknown => {
    try {
      const part = (value as Readonly<Record<string, unknown>>)[key]
      return part === 0 ? 0 : typeof part !== "object" || part === null || kept.includes(key) ? part : copy(part, depth + 1, [], pathOf(key), name)
    } catch (error) {
      throw unreadable(pathOf(key), error)
    }
  }
  for (const key of Object.keys(value)) own[key] = read(key)
  for (const key of inheritedNames(value)) {
    if (!Object.hasOwn(own, key)) Object.defineProperty(own, key, { value: read(key), enumerable: false })
  }
  return own
}

/** What throws while it is read is an issue of its own place: the innermost, whose error passes through. */
function unreadable(path: string, error: unknown): OptionError {
  return isOptionError(error) ? error : new OptionError([accessorFailure(path, error)])
}

function isOptionError(error: unknown): error is OptionError {
  try {
    return error instanceof OptionError
  } catch {
    return false // a proxy whose traps throw was thrown
  }
}

/** Marks the errors of this file: a getter of the caller's may throw a TerritoryError of its own. */
class OptionError extends TerritoryError {}

function checkHoles(list: readonly unknown[], path: string): void {
  if (list.length <= LONG) return
  const count = Object.keys(list).length
  if (count < list.length) throw new OptionError([issue("option-type", path, `must be a list without holes, but of its ${list.length} elements only ${count} are there`, list)])
}

/** Kinds that are asked for as they are, or refused by their kind: their content is not in their keys. */
const BUILT_IN: readonly (abstract new (...args: never[]) => object)[] = [Date, Map, Set, Promise, RegExp, Error, WeakMap, WeakSet, ArrayBuffer, Number, String, Boolean, Symbol, BigInt] as never

const isBuiltIn = (value: object): boolean => ArrayBuffer.isView(value) || BUILT_IN.some((kind) => value instanceof kind)

/** What an instance has of its class: names on its prototypes before the last. None for `{ ... }`, of this realm or another. */
function inheritedNames(value: object): string[] {
  const names: string[] = []
  for (let at = Object.getPrototypeOf(value) as object | null; at !== null; ) {
    const above = Object.getPrototypeOf(at) as object | null
    if (above !== null) for (const name of Object.getOwnPropertyNames(at)) if (name !== "constructor") names.push(name)
    at = above
  }
  return names
}
