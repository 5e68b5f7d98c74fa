/** Digits of 11 bits: six of each number. */
const BITS = 11
const DIGITS = 6
const SIZE = 1 << BITS

/** Fewer rows are sorted by comparing them: cheaper than counting digits. */
const FEW = 300

/**
 * Orders rows by group, then by the first number, then by the second: the same for every order in which they come. Within large groups by
 * the digits of the numbers' bits, the last first (radix sort); digits that all rows share cost nothing, so whole numbers sort fast. O(rows).
 *
 * @param groupOf of each row, 0 to `count - 1`; rows of -1 are left out
 * @param first and @param second finite, without -0
 * @returns the rows in order, and where each group begins in it, with the number of rows at the end
 */
export function sortRows(groupOf: Int32Array, count: number, first: Float64Array, second: Float64Array): { readonly order: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(count + 1)
  for (let i = 0; i < groupOf.length; i++) if (groupOf[i] !== -1) starts[groupOf[i] + 1]++
  let largest = 0
  for (let g = 0; g < count; g++) {
    largest = Math.max(largest, starts[g + 1])
    starts[g + 1] += starts[g]
  }
  const order = new Int32Array(starts[count])
  const next = starts.slice(0, count)
  for (let i = 0; i < groupOf.length; i++) if (groupOf[i] !== -1) order[next[groupOf[i]]++] = i

  const desk = { keys: new Float64Array(largest), from: new Int32Array(largest), to: new Int32Array(largest), histograms: new Int32Array(DIGITS * SIZE) }
  for (let g = 0; g < count; g++) {
    const rows = order.subarray(starts[g], starts[g + 1])
    if (rows.length < FEW) rows.sort((i, j) => first[i] - first[j] || second[i] - second[j])
    else {
      sortByNumber(rows, second, desk)
      sortByNumber(rows, first, desk)
    }
  }
  return { order, starts }
}

/** Room to work in, for the largest group. */
interface Desk {
  readonly keys: Float64Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly histograms: Int32Array
}

/** Sorts rows, in place, by a number of theirs; equal ones stay as they are. */
function sortByNumber(rows: Int32Array, numbers: Float64Array, { keys, from: one, to: other, histograms }: Desk): void {
  const n = rows.length
  let isConstant = true
  for (let at = 0; at < n; at++) {
    keys[at] = numbers[rows[at]]
    isConstant &&= keys[at] === keys[0]
  }
  if (isConstant) return
  const words = new Uint32Array(keys.buffer, 0, 2 * n)
  const highFirst = new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 0 : 1
  histograms.fill(0)
  for (let at = 0; at < n; at++) {
    // bits of positive numbers ascend with them, those of negative ones descend
    const [lowAt, highAt] = [2 * at + highFirst, 2 * at + 1 - highFirst]
    const isNegative = words[highAt] >>> 31 === 1
    const low = isNegative ? ~words[lowAt] : words[lowAt]
    const high = isNegative ? ~words[highAt] : words[highAt] ^ 0x8000_0000
    words[lowAt] = low
    words[highAt] = high
    for (let digit = 0; digit < DIGITS; digit++) histograms[digit * SIZE + digitOf(low, high, digit)]++
  }
  let [from, to] = [one, other]
  for (let at = 0; at < n; at++) from[at] = at
  for (let digit = 0; digit < DIGITS; digit++) {
    const counts = histograms.subarray(digit * SIZE, (digit + 1) * SIZE)
    if (counts[digitOf(words[highFirst], words[1 - highFirst], digit)] === n) continue
    for (let value = 0, sum = 0; value < SIZE; value++) {
      const own = counts[value]
      counts[value] = sum
      sum += own
    }
    for (let place = 0; place < n; place++) {
      const at = from[place]
      to[counts[digitOf(words[2 * at + highFirst], words[2 * at + 1 - highFirst], digit)]++] = at
    }
    ;[from, to] = [to, from]
  }
  for (let place = 0; place < n; place++) to[place] = rows[from[place]]
  rows.set(to.subarray(0, n))
}

/** Digit 0 to 5 of 64 bits: bits 0-10, 11-21, 22-32, 33-43, 44-54, 55-63. */
function digitOf(low: number, high: number, digit: number): number {
  switch (digit) {
    case 0: return low & (SIZE - 1)
    case 1: return (low >>> 11) & (SIZE - 1)
    case 2: return ((low >>> 22) | (high << 10)) & (SIZE - 1)
    case 3: return (high >>> 1) & (SIZE - 1)
    case 4: return (high >>> 12) & (SIZE - 1)
    default: return high >>> 23
  }
}
