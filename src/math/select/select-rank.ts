import { log2 } from "../exact/log2.js"
import { sortRun } from "./sort-run.js"
import { splitRun } from "./split-run.js"

/** So many splits for each halving are more than chance brings; a run that was made to need them is sorted. */
const SPLITS_PER_HALVING = 4

/**
 * Rearranges the run from `from` to `to` so that its `rank` first items stand in front, in no order: by key, and equal keys by
 * row (all different). `keys` and `rows` move together. O(length), and O(length log length) at worst. Which items stand in
 * front depends on the items alone; their arrangement also on the one before.
 *
 * Source: Hoare, "Algorithm 65: find", CACM 4, 1961; Musser (1997) for the bound at worst.
 */
export function selectRank(keys: Float64Array, rows: Int32Array, from: number, to: number, rank: number): void {
  let low = from
  let high = to
  const wanted = from + rank
  let splits = SPLITS_PER_HALVING * Math.ceil(log2(to - from + 1))
  while (low < wanted && wanted < high) {
    if (splits-- === 0) return sortRun(keys, rows, low, high)
    const middle = splitRun(keys, rows, low, high)
    if (middle < wanted) low = middle + 1
    else high = middle
  }
}
