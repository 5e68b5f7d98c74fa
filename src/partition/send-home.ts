import { isAllowed, movedWeight } from "../math/transport/pair-rules.js"
import { pairCost, weightAtHome, type TransportProblem } from "../math/transport/transport-problem.js"
import { outsideAdded } from "../math/transport/whole-plan.js"

/** An account that could go back to a home. */
interface Return {
  readonly i: number
  readonly to: number
  /** Cost for each unit of weight that is home again. */
  readonly price: number
}

/**
 * Sends moved accounts home until no more weight has moved than may: first those whose return keeps all bounds, the cheapest for
 * their weight first, then those that break bounds least. A limit on moves comes before the bounds. Changes `owner`.
 * O(moved log moved + returns x moved x M).
 *
 * @param most weight that may move
 * @returns whether anything was sent home
 */
export function sendHome(problem: TransportProblem, centers: Float64Array, owner: Int32Array, most: number): boolean {
  const { k, n, measureCount: M, activities, lower, upper, homes } = problem
  if (!homes) return false
  const { start, territory } = homes
  let moved = movedWeight(problem, owner)
  if (moved <= most) return false
  const activity = new Float64Array(k * M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) activity[owner[i] * M + m] += activities[i * M + m]
  const away: Return[] = []
  for (let i = 0; i < n; i++) {
    for (let at = start[i]; at < start[i + 1]; at++) {
      const to = territory[at]
      const gained = gain(i, to)
      if (!(gained > 0) || !isAllowed(problem, i, to)) continue
      away.push({ i, to, price: (pairCost(problem, centers, i, to) - pairCost(problem, centers, i, owner[i])) / gained })
    }
  }
  away.sort((a, b) => a.price - b.price || a.i - b.i || a.to - b.to)
  let rest: Return[] = []
  for (const back of away) {
    if (moved > most && gain(back.i, back.to) > 0 && added(back) <= 0) send(back)
    else rest.push(back)
  }
  while (moved > most) {
    rest = rest.filter(({ i, to }) => gain(i, to) > 0)
    if (rest.length === 0) break
    let best = rest[0]
    let least = Infinity
    for (const back of rest) {
      const harm = added(back) / gain(back.i, back.to)
      if (harm >= least) continue
      least = harm
      best = back
    }
    send(best)
  }
  return true

  /** Weight that is home again when account i goes there. */
  function gain(i: number, to: number): number {
    return weightAtHome(homes as NonNullable<typeof homes>, i, to) - weightAtHome(homes as NonNullable<typeof homes>, i, owner[i])
  }

  /** How much further outside the bounds all is when an account goes home. */
  function added({ i, to: home }: Return): number {
    let sum = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m]
      const [from, to] = [owner[i] * M + m, home * M + m]
      sum += outsideAdded(activity[from], -w, lower[from], upper[from]) + outsideAdded(activity[to], w, lower[to], upper[to])
    }
    return sum
  }

  function send({ i, to }: Return): void {
    moved -= gain(i, to)
    for (let m = 0; m < M; m++) {
      activity[owner[i] * M + m] -= activities[i * M + m]
      activity[to * M + m] += activities[i * M + m]
    }
    owner[i] = to
  }
}
