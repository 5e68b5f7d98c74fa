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
 *
 * @returns whether anything was sent home
 */
export function sendHome(problem: TransportProblem, centers: Float64Array, owner: Int32Array): boolean {
  const { k, n, measureCount: M, activities, lower, upper, homes } = problem
  if (!homes || homes.limits === null) return false
  const { start, territory, total } = homes
  const { stays, staysIn, comesTo } = homes.limits
  /** What is at home, in all and by territory, and what has come to every territory. */
  let staying = 0
  const here = new Float64Array(k)
  const come = new Float64Array(k)
  const activity = new Float64Array(k * M)
  for (let i = 0; i < n; i++) count(i, 1)
  const slack = SUM_SLACK * total.reduce((sum, weight) => sum + weight, 0)
  if (isKept()) return false
  let away: Return[] = []
  for (let i = 0; i < n; i++) {
    for (let at = start[i]; at < start[i + 1]; at++) {
      const to = territory[at]
      const gained = gain(i, to)
      if (!(gained > 0) || !isAllowed(problem, i, to)) continue
      away.push({ i, to, price: (pairCost(problem, centers, i, to) - pairCost(problem, centers, i, owner[i])) / gained })
    }
  }
  away.sort((a, b) => a.price - b.price || a.i - b.i || a.to - b.to)
  const rest: Return[] = []
  for (const back of away) {
    if (helps(back) && added(back) <= 0) send(back)
    else rest.push(back)
  }
  away = rest.filter(helps)
  while (away.length > 0) {
    let best = away[0]
    let least = Infinity
    for (const back of away) {
      const harm = added(back) / gain(back.i, back.to)
      if (harm >= least) continue
      least = harm
      best = back
    }
    send(best)
    away = away.filter(helps)
  }
  return true

  function isKept(): boolean {
    if (isShort(stays, staying)) return false
    for (let t = 0; t < k; t++) if (isShortIn(t) || isCrowded(t)) return false
    return true
  }

  function isShort(least: number | null, is: number): boolean {
    return least !== null && is < least - slack
  }

  function isShortIn(t: number): boolean {
    return staysIn !== null && isShort(staysIn[t], here[t])
  }

  function isCrowded(t: number): boolean {
    return comesTo !== null && come[t] > comesTo[t] + slack
  }

  /** Whether a limit that is broken comes closer when an account goes home. */
  function helps({ i, to }: Return): boolean {
    return gain(i, to) > 0 && (isShort(stays, staying) || isShortIn(to) || isCrowded(owner[i]))
  }

  /** Weight that is home again when account i goes there. */
  function gain(i: number, to: number): number {
    return stayAt(i, to) - stayAt(i, owner[i])
  }

  function stayAt(i: number, t: number): number {
    return homes ? weightAtHome(homes, i, t) : 0
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
    count(i, -1)
    owner[i] = to
    count(i, 1)
  }

  /** Adds account i where it stands, or takes it off. */
  function count(i: number, sign: 1 | -1): void {
    const t = owner[i]
    for (let m = 0; m < M; m++) activity[t * M + m] += sign * activities[i * M + m]
    const stay = stayAt(i, t)
    staying += sign * stay
    here[t] += sign * stay
    come[t] += sign * (total[i] - stay)
  }
}

/** Sums that differ by less than this share of all are the same. */
const SUM_SLACK = 1e-12
