/**
 * Puts the run from `from` to `to` in order: by key, and equal keys by row. `keys` and `rows` move together. By heap: O(l log l)
 * for a run of length l whatever stands in it, without further memory.
 *
 * Source: Williams, "Algorithm 232: heapsort", CACM 7, 1964.
 */
export function sortRun(keys: Float64Array, rows: Int32Array, from: number, to: number): void {
  for (let root = (to - from) >> 1; root-- > 0; ) sink(keys, rows, from, root, to - from)
  for (let size = to - from; size-- > 1; ) {
    // the last of all leaves the heap
    const key = keys[from]
    const row = rows[from]
    keys[from] = keys[from + size]
    rows[from] = rows[from + size]
    keys[from + size] = key
    rows[from + size] = row
    sink(keys, rows, from, 0, size)
  }
}

/** Lets the item at `at` of the heap of `size` items fall to where both its children come before it. */
function sink(keys: Float64Array, rows: Int32Array, from: number, at: number, size: number): void {
  const key = keys[from + at]
  const row = rows[from + at]
  for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
    const a = from + child
    if (child + 1 < size && (keys[a] < keys[a + 1] || (keys[a] === keys[a + 1] && rows[a] < rows[a + 1]))) child++
    const c = from + child
    if (keys[c] < key || (keys[c] === key && rows[c] < row)) break
    keys[from + at] = keys[c]
    rows[from + at] = rows[c]
    at = child
  }
  keys[from + at] = key
  rows[from + at] = row
}
