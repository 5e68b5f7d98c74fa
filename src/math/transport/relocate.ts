import type { Random } from "../random.js"
import { exchange, type MovingPlan } from "./moving-plan.js"
import { isRestricted } from "./pair-rules.js"
import { costOfSquare, squareBetween } from "./transport-problem.js"

/** How far chance may favor one territory over another when one is to be given up. */
const WHIM = 0.5

/**
 * Moves one territory to another place: an account that costs much becomes the middle of a new territory, which takes from its
 * old one what is nearer to it (chosen like a seed of k-means++: Arthur & Vassilvitskii 2007); in return the territory whose
 * accounts the others can serve at the least extra cost is given up to them. Bounds are not looked at: what comes next has to
 * mend them. Only accounts of the region's territories move, only among these, and none that may not go anywhere. O(accounts x region).
 *
 * @returns the accounts that moved; none where nothing can be moved
 */
export function relocateTerritory(plan: MovingPlan, region: readonly number[], fixed: Uint8Array, random: Random): number[] {
  const { problem, costs, members, owner } = plan
  const { points, weights, dimension: D, power, radius } = problem
  const { centers } = costs
  const seed = drawSeed()
  if (seed < 0) return []
  const split = owner[seed]
  const given = cheapestToGiveUp()
  if (given < 0) return []
  const moved: number[] = []
  for (const i of [...members[given]]) move(i, nearestOther(i, given))
  for (const i of [...members[split]]) {
    if (isRestricted(problem, i)) continue
    const isNearer = squareBetween(points, i, points, seed, D) < squareBetween(points, i, centers, split, D)
    if (i === seed || isNearer) move(i, given)
  }
  return moved

  function move(i: number, t: number): void {
    exchange(plan, i, -1, t)
    moved.push(i)
  }

  function costAt(i: number, t: number): number {
    return weights[i] * costOfSquare(squareBetween(points, i, centers, t, D), power, radius)
  }

  /** An account, more likely the more it costs; -1 where none costs anything. */
  function drawSeed(): number {
    let total = 0
    for (const t of region) for (const i of members[t]) if (!isRestricted(problem, i) && members[t].length > 1) total += costAt(i, t)
    let rest = random() * total
    for (const t of region) {
      for (const i of members[t]) {
        if (isRestricted(problem, i) || members[t].length < 2) continue
        rest -= costAt(i, t)
        if (rest < 0) return i
      }
    }
    return -1
  }

  function cheapestToGiveUp(): number {
    let best = -1
    let least = Infinity
    for (const t of region) {
      if (t === split || fixed[t] === 1 || members[t].some((i) => isRestricted(problem, i))) continue
      let extra = -costs.cost[t]
      for (const i of members[t]) extra += costAt(i, nearestOther(i, t))
      extra *= 1 - WHIM * random()
      if (extra >= least) continue
      least = extra
      best = t
    }
    return best
  }

  function nearestOther(i: number, t: number): number {
    let best = -1
    let least = Infinity
    for (const s of region) {
      const square = s === t ? Infinity : squareBetween(points, i, centers, s, D)
      if (square >= least) continue
      least = square
      best = s
    }
    return best
  }
}
