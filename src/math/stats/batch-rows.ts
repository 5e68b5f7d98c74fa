import { createWords } from "../random.js"

/** A group with fewer rows than so many batches shares its batches with other small ones. */
const OWN = 8

/**
 * Adds rows up in batches of about `size` rows of one group, at random: sums of as many rows each are as exchangeable as the rows are. What
 * is left of a group after its last full batch goes one row each to its batches; groups too small for batches of their own share some. O(rows).
 *
 * @param scores all rows of group 0, then of group 1, and so on
 * @param starts where each group begins, and at the end the number of rows
 * @param size a group of `8 size` rows or more has batches of its own
 * @returns sums, and where those of each group begin; small groups have none of their own
 */
export function batchRows(scores: Float64Array, starts: Int32Array, size: number, seed: number): { readonly scores: Float64Array; readonly starts: Int32Array } {
  const groups = starts.length - 1
  const random = createWords(seed, 0xba7c4)
  const parts: Float64Array[] = []
  const ends = new Int32Array(groups + 1)
  const small: number[] = []
  let count = 0
  const add = (rows: Float64Array): void => {
    const sums = dealRows(rows, Math.max(1, Math.floor(rows.length / size)), random)
    parts.push(sums)
    count += sums.length
  }
  for (let g = 0; g < groups; g++) {
    if (starts[g + 1] - starts[g] >= OWN * size) add(scores.slice(starts[g], starts[g + 1]))
    else for (let i = starts[g]; i < starts[g + 1]; i++) small.push(scores[i])
    ends[g + 1] = count
  }
  if (small.length > 0) add(Float64Array.from(small))
  const sums = new Float64Array(count)
  let at = 0
  for (const part of parts) {
    sums.set(part, at)
    at += part.length
  }
  return { scores: sums, starts: ends }
}

/** Shuffles rows, in place, and deals them to so many batches in turn: the sums. The same random words deal rows of one number alike. O(rows). */
export function dealRows(rows: Float64Array, count: number, random: () => number): Float64Array {
  shuffle(rows, random)
  const sums = new Float64Array(count)
  for (let i = 0, b = 0; i < rows.length; i++) {
    sums[b] += rows[i]
    if (++b === count) b = 0
  }
  return sums
}

/** Fisher & Yates 1938, by words of 32 bits: no order is favored by more than one in a thousand below 4 million rows. */
function shuffle(rows: Float64Array, random: () => number): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(random() * ((i + 1) / 0x1_0000_0000))
    const other = rows[j]
    rows[j] = rows[i]
    rows[i] = other
  }
}
