import { isTerritoryError, TerritoryError } from "./error.js"
import { accessorFailure } from "./field-of.js"

/** No input nests deeper. */
const MAX_DEPTH = 12

/**
 * Makes a call of a public function. Where something of the caller's throws while it is read (a getter, or a proxy, in data that is
 * read row by row), the error says so and names the place; every other error passes as it is. Nothing is looked for before an error.
 *
 * @param given the arguments by the names that messages call them; parts of `options` are called by their own names
 * @throws TerritoryError `accessor-failed` with the path of what cannot be read, and what the call throws
 */
export function guardCall<T>(given: Readonly<Record<string, unknown>>, call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw explainFailure(error, given)
  }
}

/** The same error, or, where it is none of ours and a part of what was given cannot be read, one that names that part. O(given). */
export function explainFailure(error: unknown, given: Readonly<Record<string, unknown>>): unknown {
  if (isTerritoryError(error)) return error
  for (const [name, value] of Object.entries(given)) {
    const found = findUnreadable(value, name, name === "options" ? "" : name, 0)
    if (found !== null) return found
  }
  return error
}

/** @param path the value's own @param prefix of the paths of its parts */
function findUnreadable(value: unknown, path: string, prefix: string, depth: number): TerritoryError | null {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || depth > MAX_DEPTH) return null
  let at = path
  try {
    // of a function only whether it is one can be asked; what it throws is told by those who call it
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
