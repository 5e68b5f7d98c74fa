/**
 * The places where accounts of today are at home: by number, first every territory by itself, in the order of its id, then, where
 * events split some, the parts of each.
 */
export interface CurrentHomes {
  /** Homes of place p: ids[start[p]] to ids[start[p + 1]], indices into the ids of today, ascending. */
  readonly start: Int32Array
  readonly ids: Int32Array
}

/** Number of an account's place that nobody owns today. */
export const NOBODY = -1
/** The same where an event removed the territory: the account has to go to another. */
export const FORCED = -2

/** Whether accounts of a place, which may be none, are at home in territory t of today. O(its homes). */
export function isHomeToday({ start, ids }: CurrentHomes, place: number, t: number): boolean {
  if (place < 0) return false
  for (let at = start[place]; at < start[place + 1]; at++) if (ids[at] === t) return true
  return false
}

/** Every one of `count` ids by itself, then these lists. O(ids). */
export function listHomes(count: number, parts: readonly (readonly number[])[]): CurrentHomes {
  const size = parts.reduce((sum, list) => sum + list.length, count)
  const start = new Int32Array(count + parts.length + 1)
  const ids = new Int32Array(size)
  for (let t = 0; t < count; t++) start[t + 1] = (ids[t] = t) + 1
  parts.forEach((list, p) => {
    const from = start[count + p]
    ids.set(list, from)
    start[count + p + 1] = from + list.length
  })
  return { start, ids }
}

/** The first home of every account of today, -1 for none; null without `current`. */
export function homesToday(current: Int32Array | null, { start, ids }: CurrentHomes): Int32Array | null {
  return current === null ? null : current.map((place) => (place < 0 ? -1 : ids[start[place]]))
}
