import { isTerritoryError, TerritoryError } from "./error.js"
import { accessorFailure } from "./field-of.js"
import { watchInput, type WatchedInput } from "./watch-input.js"

/** No input nests deeper. */
const MAX_DEPTH = 12

/**
 * Makes a call of a public function, on copies of the lists that it is given. Where something of the caller's throws while it is read (a getter, or a
 * proxy, in data that is read row by row), the error says so and names the place; every other error passes as it is. Where a function of the caller's has
 * changed a list or a row meanwhile, that is the error, and there is no result. O(rows).
 *
 * @param given the arguments by the names that messages call them; parts of `options` are called by their own names
 * @param call gets the same arguments, their lists copied
 * @throws TerritoryError `input-sparse` for a long list with holes, `accessor-failed` with the path of what cannot be read, `changed-input` with that of what was changed, and what
 * the call throws
 */
export function guardCall<G extends Readonly<Record<string, unknown>>, T>(given: G, call: (own: G) => T): T {
  const watched = watchInput(given)
  if (watched.unfit !== null) throw watched.unfit
  let result: T
  try {
    result = call(watched.own)
  } catch (error) {
    throw explainFailure(error, given, watched)
  }
  const change = watched.findChange()
  if (change !== null) throw change
  return result
}

/**
 * The same error, or the one behind it: that what was given changed meanwhile, or, where the error is not a `TerritoryError`, that a part cannot be read.
 * What a listener of progress throws passes as it is, unless it is an error of the engine's own. O(given).
 */
export function explainFailure(error: unknown, given: Readonly<Record<string, unknown>>, watched: WatchedInput<unknown> | null = null): unknown {
  const isOurs = isTerritoryError(error)
  const change = isOurs || isEngineError(error) ? (watched?.findChange() ?? null) : null
  if (change !== null || isOurs) return change ?? error
  for (const [name, value] of Object.entries(given)) {
    const found = findUnreadable(value, name, name === "options" ? "" : name, 0)
    if (found !== null) return found
  }
  return error
}

/** What reading something else than what was checked ends in. */
function isEngineError(error: unknown): boolean {
  try {
    return error instanceof TypeError || error instanceof RangeError
  } catch {
    return false // a proxy whose traps throw was thrown
  }
}

/** @param path the value's own @param prefix of the paths of its parts */
function findUnreadable(value: unknown, path: string, prefix: string, depth: number): TerritoryError | null {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || depth > MAX_DEPTH) return null
  let at = path
  try {
    // a function is not called here: whoever calls it names what it throws
    if (typeof value === "function") {
      void (value instanceof Object)
      return null
    }
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) {
        at = `${prefix}[${i}]`
        const found = findUnreadable(value[i], at, at, depth + 1)
        if (found !== null) return found
      }
      return null
    }
    for (const key of Object.keys(value)) {
      at = prefix === "" ? key : `${prefix}.${key}`
      const found = findUnreadable((value as Readonly<Record<string, unknown>>)[key], at, at, depth + 1)
      if (found !== null) return found
    }
    at = path
    void (value instanceof Object)
    return null
  } catch (error) {
    return new TerritoryError([accessorFailure(at, error)])
  }
}
