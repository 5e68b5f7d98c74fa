import { createMoveLedger } from "../math/transport/move-ledger.js"
import { isAllowed } from "../math/transport/pair-rules.js"
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
 * Sends moved accounts home until the problem's limits on moves are kept: first those whose return keeps all bounds, the cheapest
 * for their weight first, then those that break bounds least. Limits on moves come before the bounds. Changes `owner`.
 * O(moved log moved + returns x moved x M).
 */
export function sendHome(problem: TransportProblem, centers: Float64Array, owner: Int32Array): void {
  const { k, n, measureCount: M, activities, lower, upper, homes } = problem
  const ledger = createMoveLedger(problem, (i) => owner[i])
  if (!homes || ledger === null) return
  const { start, territory } = homes
  const away: Return[] = []
  for (let i = 0; i < n; i++) {
    for (let at = start[i]; at < start[i + 1]; at++) {
      const to = territory[at]
      if (!ledger.mends(i, owner[i], to) || !isAllowed(problem, i, to)) continue
      away.push({ i, to, price: (pairCost(problem, centers, i, to) - pairCost(problem, centers, i, owner[i])) / gain(i, to) })
    }
  }
  if (away.length === 0) return
  const activity = new Float64Array(k * M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) activity[owner[i] * M + m] += activities[i * M + m]
  away.sort((a, b) => a.price - b.price || a.i - b.i || a.to - b.to)
  const helps = ({ i, to }: Return): boolean => ledger.mends(i, owner[i], to)
  let rest: Return[] = []
  for (const back of away) {
    if (helps(back) && added(back) <= 0) send(back)
    else rest.push(back)
  }
  for (rest = rest.filter(helps); rest.length > 0; rest = rest.filter(helps)) {
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

  /** Weight that is home again when account i goes there. */
  function gain(i: number, to: number): number {
    return homes ? weightAtHome(homes, i, to) - weightAtHome(homes, i, owner[i]) : 0
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
    for (let m = 0; m < M; m++) {
      activity[owner[i] * M + m] -= activities[i * M + m]
      activity[to * M + m] += activities[i * M + m]
    }
    ledger?.record(i, owner[i], to)
    owner[i] = to
  }
}
