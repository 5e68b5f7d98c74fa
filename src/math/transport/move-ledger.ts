import type { MovePrices } from "./move-limits.js"
import { weightAtHome, type Homes, type TransportProblem } from "./transport-problem.js"

/** How much is at home, and has come from elsewhere, while accounts change territories one by one. */
export interface MoveLedger {
  /** Whether account i may go from a to b, and j, unless it is -1, back, without breaking a limit or breaking one further. O(homes). */
  allows(i: number, a: number, b: number, j: number): boolean
  /** Whether more of account i is at home in b than in a, and a limit that is broken comes closer when it goes there. O(homes). */
  mends(i: number, a: number, b: number): boolean
  /** The most that using up what the limits leave between territories a and b can save at prices of moves. */
  worthOfRoom(a: number, b: number, prices: MovePrices): number
  /** Account i has gone from a to b. */
  record(i: number, a: number, b: number): void
}

/** Sums that differ by less than this share of all are the same. */
const SLACK = 1e-12

/** The ledger of a plan within its problem's limits on moves; null where nothing is limited. O(n). */
export function createMoveLedger({ homes, k }: TransportProblem, owner: (i: number) => number): MoveLedger | null {
  if (!homes || homes.limits === null) return null
  const { stays, staysIn, comesTo } = homes.limits
  const { total } = homes
  const here = new Float64Array(k)
  const come = new Float64Array(k)
  let all = 0
  let staying = 0
  for (let i = 0; i < total.length; i++) {
    all += total[i]
    add(i, owner(i), 1)
  }
  const slack = SLACK * all

  function add(i: number, t: number, sign: 1 | -1): void {
    const stay = weightAtHome(homes as Homes, i, t)
    staying += sign * stay
    here[t] += sign * stay
    come[t] += sign * (total[i] - stay)
  }

  function allows(i: number, a: number, b: number, j: number): boolean {
    let hereA = -weightAtHome(homes as Homes, i, a)
    let hereB = weightAtHome(homes as Homes, i, b)
    let comeA = -total[i] - hereA
    let comeB = total[i] - hereB
    if (j >= 0) {
      const [back, left] = [weightAtHome(homes as Homes, j, a), weightAtHome(homes as Homes, j, b)]
      hereA += back
      hereB -= left
      comeA += total[j] - back
      comeB -= total[j] - left
    }
    const gained = hereA + hereB
    if (stays !== null && gained < 0 && staying + gained < stays - slack) return false
    if (staysIn !== null && ((hereA < 0 && here[a] + hereA < staysIn[a] - slack) || (hereB < 0 && here[b] + hereB < staysIn[b] - slack))) return false
    return comesTo === null || !((comeA > 0 && come[a] + comeA > comesTo[a] + slack) || (comeB > 0 && come[b] + comeB > comesTo[b] + slack))
  }

  function mends(i: number, a: number, b: number): boolean {
    if (!(weightAtHome(homes as Homes, i, b) > weightAtHome(homes as Homes, i, a))) return false
    return (stays !== null && staying < stays - slack) || (staysIn !== null && here[b] < staysIn[b] - slack) || (comesTo !== null && come[a] > comesTo[a] + slack)
  }

  function worthOfRoom(a: number, b: number, { rate, leaving, coming }: MovePrices): number {
    let worth = stays === null ? 0 : rate * Math.max(0, staying - stays)
    for (const t of [a, b]) {
      if (staysIn !== null && leaving !== null && leaving[t] > 0) worth += leaving[t] * Math.max(0, here[t] - staysIn[t])
      if (comesTo !== null && coming !== null && coming[t] > 0) worth += coming[t] * Math.max(0, comesTo[t] - come[t])
    }
    return worth
  }

  function record(i: number, a: number, b: number): void {
    add(i, a, -1)
    add(i, b, 1)
  }

  return { allows, mends, worthOfRoom, record }
}
