import { compareIds } from "./compare-ids.js"
import { finishSteps, inPieces } from "./in-pieces.js"

/** Runs up to this length are sorted by comparison. */
const SHORT = 512
/** So many code units of an id are packed into one number at most. */
const WINDOW = 24
/** Bits that one pass of the sort by digits tells apart. */
const DIGIT = 11
/** Whole numbers up to this are exact in a double, and in four digits: 2^44. */
const LARGEST_KEY = 17_592_186_044_416

/** The rows in the order of their ids: {@link orderByIdsSteps} without its pauses. */
export function orderByIds(ids: readonly string[]): Int32Array {
  return finishSteps(orderByIdsSteps(ids)).order
}

/** Rows in the order of their ids. */
export interface IdOrder {
  readonly order: Int32Array
  /** Whether no id is there twice. */
  readonly isUnique: boolean
}

/**
 * The rows of accounts in the order of their ids, that of {@link compareIds}; equal ids by row. What is added up in this order
 * does not depend on the order of the rows.
 *
 * Ids in order are seen in one pass. Others are packed, as many code units after their common prefix as one number holds, where
 * a unit counts by its place among the units in use and the end of an id comes before all of them: so numbers are in the order
 * of the ids. These are sorted digit by digit; what they do not tell apart is sorted by the units that follow. O(n) for usual
 * ids, O(n log n) comparisons at worst.
 *
 * Source: Seward (1954) for the sort by digits, in: Knuth, The Art of Computer Programming 3, 5.2.5.
 */
export function* orderByIdsSteps(ids: readonly string[]): Generator<undefined, IdOrder> {
  const n = ids.length
  const order = new Int32Array(n)
  let isInOrder = true
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) {
      order[i] = i
      if (isInOrder && i > 0 && ids[i] <= ids[i - 1]) isInOrder = false
    }
  })
  if (isInOrder) return { order, isUnique: true }
  let isUnique = true
  const keys = new Float64Array(n)
  const otherKeys = new Float64Array(n)
  const otherOrder = new Int32Array(n)
  /** By code unit: 1 + its place among the units in use, 0 if it is not. */
  const codeOf = new Uint32Array(1 << 16)
  /** Runs of equal beginnings, and how long these are. */
  const runs: { readonly from: number; readonly to: number; readonly equal: number }[] = [{ from: 0, to: n, equal: 0 }]
  for (let run = runs.pop(); run !== undefined; run = runs.pop()) {
    const { from, to, equal } = run
    if (to - from <= SHORT) {
      order.subarray(from, to).sort((a, b) => compareIds(ids[a], ids[b]) || a - b)
      for (let at = from + 1; isUnique && at < to; at++) isUnique = ids[order[at]] !== ids[order[at - 1]]
      continue
    }
    const { prefix, longest } = yield* measureRun(ids, order, from, to, equal)
    const base = (yield* listUnits(ids, order, from, to, prefix, codeOf)) + 1
    let width = 1
    let keyCount = base
    for (; width < Math.min(WINDOW, longest - prefix) && keyCount * base <= LARGEST_KEY; width++) keyCount *= base
    yield* inPieces(to - from, (first, last) => {
      for (let at = from + first; at < from + last; at++) {
        const id = ids[order[at]]
        let key = 0
        for (let c = prefix; c < prefix + width; c++) key = key * base + (c < id.length ? codeOf[id.charCodeAt(c)] : 0)
        keys[at] = key
      }
    })
    for (let unit = 1; unit < keyCount; unit *= 1 << DIGIT) yield* sortByDigit(unit)
    const isWhole = longest <= prefix + width
    for (let first = from, at = from + 1; at <= to; at++) {
      if (at < to && keys[at] === keys[first]) continue
      if (at - first > 1 && isWhole) isUnique = false
      else if (at - first > 1) runs.push({ from: first, to: at, equal: prefix + width })
      first = at
    }

    /** A stable sort of the run by one digit of its keys. */
    function* sortByDigit(unit: number): Generator<undefined, void> {
      const next = new Int32Array((1 << DIGIT) + 1)
      const mask = (1 << DIGIT) - 1
      for (let at = from; at < to; at++) next[((keys[at] / unit) & mask) + 1]++
      next[0] = from
      for (let digit = 0; digit < mask; digit++) next[digit + 1] += next[digit]
      yield* inPieces(to - from, (first, last) => {
        for (let at = from + first; at < from + last; at++) {
          const place = next[(keys[at] / unit) & mask]++
          otherKeys[place] = keys[at]
          otherOrder[place] = order[at]
        }
      })
      keys.set(otherKeys.subarray(from, to), from)
      order.set(otherOrder.subarray(from, to), from)
    }
  }
  return { order, isUnique }
}

/** How many code units all ids of the run begin with, at least `equal`, and how long the longest is. */
function* measureRun(ids: readonly string[], order: Int32Array, from: number, to: number, equal: number): Generator<undefined, { prefix: number; longest: number }> {
  const model = ids[order[from]]
  let prefix = model.length
  let longest = 0
  yield* inPieces(to - from, (first, last) => {
    for (let at = from + first; at < from + last; at++) {
      const id = ids[order[at]]
      if (id.length > longest) longest = id.length
      let c = equal
      while (c < prefix && c < id.length && id.charCodeAt(c) === model.charCodeAt(c)) c++
      prefix = c
    }
  })
  return { prefix, longest }
}

/** Fills `codeOf` with the places of the code units that ids of the run have within the window; answers how many these are. */
function* listUnits(ids: readonly string[], order: Int32Array, from: number, to: number, prefix: number, codeOf: Uint32Array): Generator<undefined, number> {
  codeOf.fill(0)
  yield* inPieces(to - from, (first, last) => {
    for (let at = from + first; at < from + last; at++) {
      const id = ids[order[at]]
      const end = Math.min(id.length, prefix + WINDOW)
      for (let c = prefix; c < end; c++) codeOf[id.charCodeAt(c)] = 1
    }
  })
  let count = 0
  for (let unit = 0; unit < codeOf.length; unit++) if (codeOf[unit] === 1) codeOf[unit] = ++count
  return count
}
