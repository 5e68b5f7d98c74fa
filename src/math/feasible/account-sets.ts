import type { TransportProblem } from "../transport/transport-problem.js"

/**
 * Which territories each account may go to, as numbers of sets: accounts of one set differ only in their activities. Set 0 is all
 * territories, set 1 + t territory t alone; lists of eligible territories follow.
 */
export interface AccountSets {
  /** The territories of each set, ascending; more come with `numberOf`. */
  readonly sets: readonly Int32Array[]
  /** n: the set of each account as it is. */
  readonly setOf: Int32Array
  /** n: without its lock; the same number where it has none. */
  readonly freeSetOf: Int32Array
  /** Whether any account has a list of eligible territories. */
  readonly hasLists: boolean
  /** The number of the set with these territories, ascending; one that there is not yet is added. */
  numberOf(territories: Int32Array): number
}

/**
 * The sets of a problem's accounts. O(n + listed), and O(k) for each locked account where lists are asked for.
 *
 * @param mayOwn whether an account may go to a territory if it were not locked; null: everywhere
 */
export function createAccountSets({ n, k, lockedTo, eligibility }: Pick<TransportProblem, "n" | "k" | "lockedTo" | "eligibility">, mayOwn: ((i: number, t: number) => boolean) | null): AccountSets {
  const everywhere = Int32Array.from({ length: k }, (_, t) => t)
  const sets: Int32Array[] = [everywhere, ...Array.from(everywhere, (t) => Int32Array.of(t))]
  const placeOf = new Map(sets.map((set, place) => [set.join(), place]))
  const setOf = new Int32Array(n)
  const freeSetOf = new Int32Array(n)
  let hasLists = false
  for (let i = 0; i < n; i++) {
    const isLocked = lockedTo[i] >= 0
    let list: Int32Array = everywhere
    if (isLocked && mayOwn !== null) list = everywhere.filter((t) => mayOwn(i, t))
    else if (!isLocked && eligibility && eligibility.start[i + 1] > eligibility.start[i]) list = eligibility.territories.slice(eligibility.start[i], eligibility.start[i + 1])
    if (list.length < k) hasLists = true
    freeSetOf[i] = list.length === k ? 0 : placeFor(list)
    setOf[i] = isLocked ? 1 + lockedTo[i] : freeSetOf[i]
  }
  return { sets, setOf, freeSetOf, hasLists, numberOf: placeFor }

  function placeFor(list: Int32Array): number {
    const key = list.join()
    const known = placeOf.get(key)
    if (known !== undefined) return known
    placeOf.set(key, sets.length)
    sets.push(list)
    return sets.length - 1
  }
}
