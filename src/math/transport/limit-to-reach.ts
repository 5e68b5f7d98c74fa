import { isAllowed } from "./pair-rules.js"
import { changeProblem, membersBeyond, type Eligibility, type Homes, type TransportProblem } from "./transport-problem.js"

/** Pairs of account and territory looked at between two pauses. */
const PAUSE = 1 << 18

/**
 * The problem in which no account goes too far that need not: every account may go only where it is near enough to the
 * center, or, where it is so to none, wherever it may go without the limit. A group goes where the fewest of its
 * members are too far. A limit as such a list, and not as a cost, holds whatever an account weighs, and leaves the
 * costs their digits. O(n k). Accounts with a list stay in the tree, if there is one: for what asks lists first, as
 * all but the smoothed dual does.
 *
 * @yields after every few hundred thousand pairs
 */
export function* limitToReach(
  problem: TransportProblem,
  centers: Float64Array,
): Generator<undefined, TransportProblem> {
  const eligibility = yield* listWithinReach(problem, centers)
  const { homes } = problem
  return changeProblem(problem, { eligibility, homes: homes ? homesWithin(homes, eligibility) : null, reach: null })
}

/**
 * The territories that accounts are limited to by their reach and by lists of their own; an account without an entry
 * may go anywhere.
 *
 * @param owner n: territories that are listed in any case, near enough or not; null: none
 * @yields after every few hundred thousand pairs
 */
export function* listWithinReach(
  problem: TransportProblem,
  centers: Float64Array,
  owner: Int32Array | null = null,
): Generator<undefined, Eligibility> {
  const { n, k, lockedTo, eligibility } = problem
  const start = new Int32Array(n + 1)
  const territories: number[] = []
  const beyond = new Int32Array(k)
  for (let i = 0, seen = 0; i < n; i++) {
    if (lockedTo[i] >= 0) {
      // its lock alone counts; the list that it has stays as it is
      if (eligibility) for (let at = eligibility.start[i]; at < eligibility.start[i + 1]; at++) territories.push(eligibility.territories[at])
    } else {
      let fewest = Infinity
      let allowed = 0
      for (let t = 0; t < k; t++) {
        beyond[t] = isAllowed(problem, i, t) ? membersBeyond(problem, centers, i, t) : -1
        if (beyond[t] < 0) continue
        allowed++
        fewest = Math.min(fewest, beyond[t])
      }
      const first = territories.length
      for (let t = 0; t < k; t++) if (beyond[t] === fewest || (beyond[t] >= 0 && owner !== null && owner[i] === t)) territories.push(t)
      // a list of all is none
      if (allowed === k && territories.length - first === k) territories.length = first
    }
    start[i + 1] = territories.length
    seen += k
    if (seen < PAUSE) continue
    seen = 0
    yield undefined
  }
  return { start, territories: Int32Array.from(territories), costs: null }
}

/** Homes that their accounts may stay in; one that is too far has to be left. */
function homesWithin(homes: Homes, eligibility: Eligibility): Homes {
  const { start: listStart, territories } = eligibility
  const start = new Int32Array(homes.start.length)
  const territory: number[] = []
  const weight: number[] = []
  for (let i = 0; i + 1 < start.length; i++) {
    for (let at = homes.start[i]; at < homes.start[i + 1]; at++) {
      const t = homes.territory[at]
      if (listStart[i + 1] > listStart[i] && !territories.subarray(listStart[i], listStart[i + 1]).includes(t)) continue
      territory.push(t)
      weight.push(homes.weight[at])
    }
    start[i + 1] = territory.length
  }
  return { ...homes, start, territory: Int32Array.from(territory), weight: Float64Array.from(weight) }
}
