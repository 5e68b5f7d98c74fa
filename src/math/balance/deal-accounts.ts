import { isRestricted, readEligible } from "../transport/pair-rules.js"
import type { TransportProblem } from "../transport/transport-problem.js"
import type { BalanceAims } from "./balance-aims.js"

/** Pairs looked at between two pauses. */
const TURN = 1 << 18

/**
 * Deals accounts to territories like cards, the heaviest first: each goes where the squared deviations from the aims
 * fall most, or rise least. Locked accounts come first, then those that may go to some territories only.
 * O(n log n + n k M).
 *
 * Source: the longest processing time first (Graham 1969), with several measures.
 *
 * @returns n: the territory of each account; ties go to the smaller index
 * @yields now and then
 */
export function* dealAccounts(
  problem: TransportProblem,
  { aim, scale }: BalanceAims,
): Generator<undefined, Int32Array> {
  const { n, k, measureCount: M, activities, lockedTo, eligibility } = problem
  const owner = new Int32Array(n).fill(-1)
  const activity = new Float64Array(k * M)
  const mean = new Float64Array(M)
  for (let r = 0; r < k * M; r++) mean[r % M] = Math.max(mean[r % M], scale[r])
  const size = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) size[i] = Math.max(size[i], activities[i * M + m] * mean[m])
  const rank = (i: number): number => (lockedTo[i] >= 0 ? 0 : isRestricted(problem, i) ? 1 : 2)
  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => rank(a) - rank(b) || size[b] - size[a] || a - b)
  const listed = new Int32Array(k)
  let looked = 0
  for (const i of order) {
    const count = lockedTo[i] >= 0 ? 1 : readEligible(eligibility, i, listed)
    if (lockedTo[i] >= 0) listed[0] = lockedTo[i]
    let best = -1
    let least = Infinity
    for (let at = 0; at < (count > 0 ? count : k); at++) {
      const t = count > 0 ? listed[at] : at
      let change = 0
      for (let m = 0; m < M; m++) {
        const r = t * M + m
        const w = activities[i * M + m]
        change += scale[r] * scale[r] * w * (2 * (activity[r] - aim[r]) + w)
      }
      if (change < least) [best, least] = [t, change]
    }
    owner[i] = best
    for (let m = 0; m < M; m++) activity[best * M + m] += activities[i * M + m]
    looked += count > 0 ? count : k
    if (looked < TURN) continue
    looked = 0
    yield undefined
  }
  return owner
}
