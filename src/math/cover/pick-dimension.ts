import { log } from "../exact/log.js"
import { countWord, keyOfBits, sharedBits, type Bits } from "./bits.js"

/** With more classes than this each is compared with so many others only; what is needless may stay. */
const MOST_COMPARED = 64

/**
 * The dimension to branch on, and the classes of it that matter. A dimension with one class that matters costs nothing and comes first;
 * else the one where a tree of equal branches would be the smallest: b branches that leave a share s of the boxes make a tree of
 * n^(log b / log(1/s)) leaves. O(words x classes) and the comparison of the classes chosen.
 *
 * @param dimensions that are left, at least one of which some active box does not fill
 * @param count of active boxes
 */
export function pickDimension(
  holders: readonly (readonly Bits[])[],
  part: readonly (readonly number[])[],
  dimensions: readonly number[],
  active: Bits,
  count: number,
  work: { left: number },
): { readonly at: number; readonly classes: readonly number[] } {
  let best = dimensions[0]
  let bestExponent = Infinity
  for (const at of dimensions) {
    work.left -= part[at].length * active.length
    const seen = new Set<number>()
    let total = 0
    let least = -1
    let leastCount = Infinity
    for (const c of part[at]) {
      let size = 0
      let hash = 0
      for (let w = 0; w < active.length; w++) {
        const word = active[w] & holders[at][c][w]
        size += countWord(word)
        hash = Math.imul(hash ^ word, 0x9e3779b1) ^ (hash >>> 15)
      }
      if (seen.has(hash)) continue // counted once; a collision costs a worse choice and nothing else
      seen.add(hash)
      total += size
      if (size < leastCount) {
        least = c
        leastCount = size
      }
    }
    if (part[at].every((c) => isWithin(holders[at][least], holders[at][c], active))) return { at, classes: [least] }
    const share = Math.max(total / seen.size, 0.5) / count
    const exponent = share >= 1 ? Infinity : log(seen.size) / -log(share)
    if (exponent < bestExponent) {
      best = at
      bestExponent = exponent
    }
  }
  return { at: best, classes: leastClasses(holders[best], part[best], active, work) }
}

/** Classes none of which has all the boxes of another. */
function leastClasses(holders: readonly Bits[], classes: readonly number[], active: Bits, work: { left: number }): readonly number[] {
  const distinct = new Map<string, { c: number; rest: Bits; size: number }>()
  for (const c of classes) {
    const rest = sharedBits(active, holders[c])
    const key = keyOfBits(rest)
    if (!distinct.has(key)) distinct.set(key, { c, rest, size: rest.reduce((sum, word) => sum + countWord(word), 0) })
  }
  const bySize = [...distinct.values()].sort((a, b) => a.size - b.size || a.c - b.c)
  const kept: typeof bySize = []
  for (const one of bySize) {
    const compared = Math.min(kept.length, MOST_COMPARED)
    work.left -= compared * active.length
    let isNeedless = false
    for (let k = 0; k < compared && !isNeedless; k++) isNeedless = isWithin(kept[k].rest, one.rest, active)
    if (!isNeedless) kept.push(one)
  }
  return kept.map(({ c }) => c)
}

/** Whether the active members of one set are all in another. */
function isWithin(a: Bits, b: Bits, active: Bits): boolean {
  for (let w = 0; w < a.length; w++) if ((a[w] & active[w] & ~b[w]) !== 0) return false
  return true
}
