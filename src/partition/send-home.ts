import { isAllowed, movedWeight } from "../math/transport/pair-rules.js"
import { pairCost, type TransportProblem } from "../math/transport/transport-problem.js"
import { outsideAdded } from "../math/transport/whole-plan.js"

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
  const { territory, weight } = homes
  let moved = movedWeight(problem, owner)
  if (moved <= most) return false
  const activity = new Float64Array(k * M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) activity[owner[i] * M + m] += activities[i * M + m]
  const away: { i: number; price: number }[] = []
  for (let i = 0; i < n; i++) {
    const home = territory[i]
    if (weight[i] === 0 || home === owner[i] || !isAllowed(problem, i, home)) continue
    away.push({ i, price: (pairCost(problem, centers, i, home) - pairCost(problem, centers, i, owner[i])) / weight[i] })
  }
  away.sort((a, b) => a.price - b.price || a.i - b.i)
  const rest: number[] = []
  for (const { i } of away) {
    if (moved > most && added(i) <= 0) send(i)
    else rest.push(i)
  }
  while (moved > most && rest.length > 0) {
    let best = 0
    let least = Infinity
    rest.forEach((i, at) => {
      const harm = added(i) / weight[i]
      if (harm >= least) return
      least = harm
      best = at
    })
    send(rest[best])
    rest.splice(best, 1)
  }
  return true

  /** How much further outside the bounds all is when account i goes home. */
  function added(i: number): number {
    let sum = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m]
      const [from, to] = [owner[i] * M + m, territory[i] * M + m]
      sum += outsideAdded(activity[from], -w, lower[from], upper[from]) + outsideAdded(activity[to], w, lower[to], upper[to])
    }
    return sum
  }

  function send(i: number): void {
    for (let m = 0; m < M; m++) {
      activity[owner[i] * M + m] -= activities[i * M + m]
      activity[territory[i] * M + m] += activities[i * M + m]
    }
    owner[i] = territory[i]
    moved -= weight[i]
  }
}
