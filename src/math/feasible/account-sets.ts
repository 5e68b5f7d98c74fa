/**
 * Which territories each account may go to, as numbers of sets: accounts of one set differ only in their activities. With locks
 * alone there are k + 1: one for each territory, and all of them.
 */
export interface AccountSets {
  /** The territories of each set, ascending. */
  readonly sets: readonly Int32Array[]
  /** n: the set of each account with its lock, and without. The same number where it has none. */
  readonly setOf: Int32Array
  readonly freeSetOf: Int32Array
}

/** The sets of accounts that are locked or free to go anywhere. O(n + k). */
export function setsOfLocks(k: number, lockedTo: Int32Array): AccountSets {
  const everywhere = Int32Array.from({ length: k }, (_, t) => t)
  const sets = [everywhere, ...Array.from(everywhere, (t) => Int32Array.of(t))]
  return { sets, setOf: lockedTo.map((t) => t + 1), freeSetOf: new Int32Array(lockedTo.length) }
}
