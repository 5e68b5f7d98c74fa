import { createRandom } from "../random.js"

/** Ways in which `size` of n units might have been the treated ones. */
export interface TreatedSets {
  readonly n: number
  readonly size: number
  /** How many are listed; set 0 is the real one, units 0 to size - 1. */
  readonly count: number
  /** Set s holds units `members[s * size]` to `members[s * size + size - 1]`. */
  readonly members: Int32Array
  /** How many there are in all: n over size; rounded where it is beyond 2^53, at most the largest number. */
  readonly ways: number
  /** All are listed, each once. Else the others are drawn at random. */
  readonly isExact: boolean
}

/**
 * Lists all ways where there are at most `limit`, else the real one and `limit - 1` drawn at random, with replacement. Counting the real one
 * among the drawn keeps the level of a test that ranks it (Phipson & Smyth, Statist. Appl. Genet. Mol. Biol. 9, 2010).
 * O(limit x size), and O(n) a draw.
 *
 * @param n >= size
 * @param size >= 1
 * @param limit >= 2
 */
export function listTreatedSets(n: number, size: number, limit: number, seed: number): TreatedSets {
  const ways = countWays(n, size)
  const isExact = ways <= limit
  const count = isExact ? ways : limit
  const members = new Int32Array(count * size)
  const set = Int32Array.from({ length: size }, (_, j) => j)
  members.set(set)
  if (isExact) {
    for (let s = 1; s < count; s++) {
      // the next combination in lexicographic order
      let j = size - 1
      while (set[j] === n - size + j) j--
      set[j]++
      for (let later = j + 1; later < size; later++) set[later] = set[later - 1] + 1
      members.set(set, s * size)
    }
  } else {
    const random = createRandom(seed, 21)
    const units = Int32Array.from({ length: n }, (_, i) => i)
    for (let s = 1; s < count; s++) {
      for (let j = 0; j < size; j++) {
        const other = j + Math.floor(random() * (n - j))
        const unit = units[other]
        units[other] = units[j]
        units[j] = unit
        members[s * size + j] = unit
      }
    }
  }
  return { n, size, count, members, ways, isExact }
}

/** n over size, exact while it is a safe integer. */
export function countWays(n: number, size: number): number {
  const few = Math.min(size, n - size)
  let ways = 1
  for (let j = 1; j <= few; j++) ways = Math.min(Number.MAX_VALUE, ways <= Number.MAX_SAFE_INTEGER / n ? Math.round((ways * (n - few + j)) / j) : ways * ((n - few + j) / j))
  return ways
}
