/** Where a running sum over sorted keys crosses what is needed. */
export interface Crossing {
  /** The smallest key at which the masses of all keys up to it reach `need`; Infinity where all together do not. */
  key: number
  /** The share of the masses at this very key that is needed, 0 to 1. */
  share: number
}

/**
 * Finds the weighted quantile of keys[0 .. count - 1] without sorting them: quickselect with three-way partition (Hoare 1961;
 * Johnson & Mizoguchi 1978 for weights). Expected O(count). Reorders both arrays.
 *
 * @param masses count, > 0
 * @param guess where to look first: the better, the fewer keys are moved twice
 * @param answer is written
 */
export function weightedQuantile(keys: Float64Array, masses: Float64Array, count: number, need: number, guess: number, answer: Crossing): void {
  let from = 0
  let to = count
  let below = 0
  let pivot = guess
  while (from < to) {
    // keys < pivot | = pivot | > pivot
    let less = from
    let at = from
    let more = to
    let lessMass = 0
    let equalMass = 0
    while (at < more) {
      const key = keys[at]
      const mass = masses[at]
      if (key < pivot) {
        lessMass += mass
        keys[at] = keys[less]
        masses[at] = masses[less]
        keys[less] = key
        masses[less++] = mass
        at++
      } else if (key > pivot) {
        more--
        keys[at] = keys[more]
        masses[at] = masses[more]
        keys[more] = key
        masses[more] = mass
      } else {
        equalMass += mass
        at++
      }
    }
    if (below + lessMass >= need) to = less
    else if (more > less && below + lessMass + equalMass >= need) {
      answer.key = pivot
      answer.share = (need - below - lessMass) / equalMass
      return
    } else {
      below += lessMass + equalMass
      from = more
    }
    if (from < to) pivot = middleOf(keys[from], keys[(from + to) >> 1], keys[to - 1])
  }
  answer.key = Infinity
  answer.share = 0
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
