/** Options nest three deep (a model's tier levels: five); deeper things are no options. */
const MAX_DEPTH = 8

/**
 * A copy of options with their own keys only, on objects without a prototype: what a polluted `Object.prototype` adds is not
 * read, and what the caller, or an accessor, does to the options during the call has no effect. Functions and instances of
 * classes are kept as they are. O(options).
 *
 * @param kept names of options that are not copied: data of many rows, checked where they are read
 */
export function ownOptions<T>(options: T, kept: readonly string[] = []): T {
  return copy(options, 0, kept) as T
}

function copy(value: unknown, depth: number, kept: readonly string[]): unknown {
  if (depth > MAX_DEPTH) return value
  // a hole becomes undefined, which every check sees; map and forEach would pass over it
  if (Array.isArray(value)) return Array.from(value as unknown[], (item) => copy(item, depth + 1, []))
  if (!isLiteral(value)) return value
  const own = Object.create(null) as Record<string, unknown>
  for (const [key, item] of Object.entries(value)) own[key] = kept.includes(key) ? item : copy(item, depth + 1, [])
  return own
}

/** An object as `{ ... }` or a parser makes it, in this realm or another: its prototype, if any, is the last one. */
function isLiteral(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
