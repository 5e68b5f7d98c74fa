/** Runs longer than this take the median of nine as pivot, shorter ones of three. */
const LONG = 128

/**
 * Splits the run from `from` to `to` (at least one item) about one of its items, the pivot: what comes before the pivot stands
 * before it, what comes after stands after it. Items are ordered by key, and equal keys by row; rows are all different, so that
 * every item has one place. `keys` and `rows` move together. Not a number is no key. O(length).
 *
 * Source: Hoare, "Algorithm 63: partition", CACM 4, 1961; Bentley & McIlroy (1993) for the median of nine.
 *
 * @returns where the pivot stands then, its place in the full order
 */
export function splitRun(keys: Float64Array, rows: Int32Array, from: number, to: number): number {
  const last = to - 1
  exchange(keys, rows, choosePivot(keys, rows, from, last), last)
  const key = keys[last]
  const row = rows[last]
  let low = from
  let high = last - 1
  for (;;) {
    while (keys[low] < key || (keys[low] === key && rows[low] < row)) low++ // stops at the pivot
    while (high > low && (keys[high] > key || (keys[high] === key && rows[high] > row))) high--
    if (low >= high) break
    exchange(keys, rows, low++, high--)
  }
  exchange(keys, rows, low, last)
  return low
}

function choosePivot(keys: Float64Array, rows: Int32Array, first: number, last: number): number {
  const middle = (first + last) >> 1
  if (last - first < LONG) return medianOf(keys, rows, first, middle, last)
  const step = (last - first) >> 3
  const low = medianOf(keys, rows, first, first + step, first + 2 * step)
  const center = medianOf(keys, rows, middle - step, middle, middle + step)
  const high = medianOf(keys, rows, last - 2 * step, last - step, last)
  return medianOf(keys, rows, low, center, high)
}

function medianOf(keys: Float64Array, rows: Int32Array, a: number, b: number, c: number): number {
  if (isBefore(keys, rows, a, b)) return isBefore(keys, rows, b, c) ? b : isBefore(keys, rows, a, c) ? c : a
  return isBefore(keys, rows, a, c) ? a : isBefore(keys, rows, b, c) ? c : b
}

function isBefore(keys: Float64Array, rows: Int32Array, a: number, b: number): boolean {
  return keys[a] < keys[b] || (keys[a] === keys[b] && rows[a] < rows[b])
}

function exchange(keys: Float64Array, rows: Int32Array, a: number, b: number): void {
  const key = keys[a]
  keys[a] = keys[b]
  keys[b] = key
  const row = rows[a]
  rows[a] = rows[b]
  rows[b] = row
}
