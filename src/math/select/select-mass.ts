import { log2 } from "../exact/log2.js"
import { sortRun } from "./sort-run.js"
import { splitRun } from "./split-run.js"

/** So many splits for each halving are more than chance brings; a run that was made to need them is sorted. */
const SPLITS_PER_HALVING = 4

/**
 * Rearranges the run from `from` to `to` so that those first items stand in front, in no order, that together have about the
 * mass `wanted`: an item belongs to them when the masses before it and half its own are less. By key, and equal keys by row
 * (all different). `keys` and `rows` move together. O(length), and O(length log length) at worst.
 *
 * @param masses by row, >= 0
 * @returns how many items these are
 */
export function selectMass(keys: Float64Array, rows: Int32Array, masses: Float64Array, from: number, to: number, wanted: number): number {
  let low = from
  let high = to
  let before = 0
  let splits = SPLITS_PER_HALVING * Math.ceil(log2(to - from + 1))
  while (low < high) {
    if (splits-- === 0) {
      sortRun(keys, rows, low, high)
      while (low < high && before + masses[rows[low]] / 2 < wanted) before += masses[rows[low++]]
      break
    }
    const middle = splitRun(keys, rows, low, high)
    let mass = before
    for (let at = low; at < middle; at++) mass += masses[rows[at]]
    if (mass + masses[rows[middle]] / 2 < wanted) {
      before = mass + masses[rows[middle]]
      low = middle + 1
    } else high = middle
  }
  return low - from
}
