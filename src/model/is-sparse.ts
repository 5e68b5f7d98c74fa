/** Lists up to this length are read hole by hole, and each hole is named. */
const SHORT = 1 << 16

/**
 * Whether a list is long and has holes: a length alone costs nothing to write, and to name each of four billion holes would take all memory.
 * Looks as far as the first hole.
 */
export function isSparse(list: readonly unknown[]): boolean {
  if (list.length <= SHORT) return false
  for (let i = 0; i < list.length; i++) if (list[i] === undefined && !(i in list)) return true
  return false
}

/** Lists of lists, such as coordinates, nest at most so deep. */
const MAX_DEPTH = 4

/** The path of a list that {@link isSparse}, the list itself or one inside of it; null without one. O(elements). */
export function findSparse(list: unknown, path: string, depth = 0): string | null {
  if (!Array.isArray(list) || depth > MAX_DEPTH) return null
  if (isSparse(list)) return path
  for (let i = 0; i < list.length; i++) {
    const item: unknown = list[i]
    // most are short lists of numbers: no path is written for them
    if (!Array.isArray(item) || (item.length <= SHORT && !Array.isArray(item[0]))) continue
    const found = findSparse(item, `${path}[${i}]`, depth + 1)
    if (found !== null) return found
  }
  return null
}
