import { createMoveLedger } from "../math/transport/move-ledger.js"
import { isAllowed, numberListed } from "../math/transport/pair-rules.js"
import { squareBetween, worthAt } from "../math/transport/transport-problem.js"
import { boundScale, outsideAdded } from "../math/transport/whole-plan.js"
import type { CompiledProblem } from "./compile-problem.js"

/** Sums that differ by less are the same. */
const SAME = 1e-12

/**
 * Sends accounts that weigh nothing to the nearest center that has room: to no other they cost more or less, so that a
 * search may leave them anywhere. In the order of the accounts; none takes a territory further outside its bounds,
 * costs more for a change of owner, or breaks a limit on these. A territory of no weight whose center is free keeps
 * what it has: its center would move with them, and with it what was proven. By distances of the caller's own where
 * these are given. O(weightless accounts x k).
 *
 * @param owner n
 * @param centers k x dimension
 * @returns the owners, the same array where nobody moves
 */
export function placeWeightless(compiled: CompiledProblem, owner: Int32Array, centers: Float64Array): Int32Array {
  const { problem, distances, countsDistance, apart, fixed } = compiled
  const { n, k, measureCount: M, dimension, points, weights, activities, lower, upper, lockedTo, homes } = problem
  // distances are by single account
  if (!countsDistance || (distances !== null && apart !== null) || !weights.includes(0)) return owner
  const placed = owner.slice()
  const scale = boundScale(problem)
  const activity = new Float64Array(k * M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) activity[owner[i] * M + m] += activities[i * M + m]
  const hasCenter = Uint8Array.from(fixed)
  for (let i = 0; i < n; i++) if (weights[i] > 0) hasCenter[owner[i]] = 1
  const ledger = createMoveLedger(problem, (i) => placed[i])
  const lengthOf = (i: number, t: number): number => (distances === null ? squareBetween(points, i, centers, t, dimension) : numberListed(distances, i, t))
  for (let i = 0; i < n; i++) {
    if (weights[i] > 0 || lockedTo[i] >= 0 || hasCenter[owner[i]] === 0) continue
    const from = placed[i]
    let to = from
    let least = lengthOf(i, from)
    for (let t = 0; t < k; t++) {
      if (t === from || hasCenter[t] === 0) continue
      const length = lengthOf(i, t)
      if (length < least && isAllowed(problem, i, t) && hasRoom(i, from, t)) [to, least] = [t, length]
    }
    if (to === from) continue
    for (let m = 0; m < M; m++) {
      activity[from * M + m] -= activities[i * M + m]
      activity[to * M + m] += activities[i * M + m]
    }
    ledger?.record(i, from, to)
    placed[i] = to
  }
  return placed

  function hasRoom(i: number, a: number, b: number): boolean {
    let outside = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m]
      if (w === 0) continue
      const [ra, rb] = [a * M + m, b * M + m]
      outside += outsideAdded(activity[ra], -w, lower[ra], upper[ra]) / scale[ra] + outsideAdded(activity[rb], w, lower[rb], upper[rb]) / scale[rb]
    }
    if (outside > SAME) return false
    if (!homes) return true
    return worthAt(homes, i, b) >= worthAt(homes, i, a) - SAME && (ledger === null || ledger.allows(i, a, b, -1))
  }
}
