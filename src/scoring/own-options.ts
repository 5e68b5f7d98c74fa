import { isPlainObject } from "../model/check-keys.js"

/** Options nest three deep (a model's tier levels: five); deeper things are no options. */
const MAX_DEPTH = 8

/**
 * A copy of options with their own keys only, on objects without a prototype: what a polluted `Object.prototype` adds is not
 * read, and whatever an accessor does to the caller's object during the call has no effect. Functions are kept as they are.
 */
export function ownOptions<T>(options: T): T {
  return copy(options, 0) as T
}

function copy(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return value
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1))
  if (!isPlainObject(value)) return value
  const own = Object.create(null) as Record<string, unknown>
  for (const [key, item] of Object.entries(value)) own[key] = copy(item, depth + 1)
  return own
}
