import type { GroupedRows } from "./dues.js"
import { sumUp, total, welch, without, type Sums } from "./row-sums.js"
import { sumDistance, worth, type CaseSums } from "./test-sums.js"

/** At most this share of all groups is set aside at either end: the others are to be the most. */
const FEW = 0.25
/** As far as one of twenty lies at either end by chance alone: setting a few too many aside does next to nothing, one too few moves the yardstick. */
const FAR = 1.645

/** Groups that lie apart, and how far all are from the others. */
export interface Aside {
  /** Ascending. */
  readonly aside: readonly number[]
  /** Of each group, in standard errors from all that are not set aside. */
  readonly distances: readonly number[]
}

/**
 * Which groups lie apart at either end: again and again the one that is the most standard errors away from the rest of those that are left, as long
 * as that is far; a quarter of all groups at most at either end. Taken one by one, a giant does not make all others look apart; and equal
 * groups are thinned out alike at both ends, so that the middle stays where it is. O(rows + groups^2).
 *
 * Source: outliers one by one, Rosner, Technometrics 25, 1983.
 *
 * @param candidates groups with rows enough
 * @param cases null: by rows; else by what the groups add up to
 */
export function setAside(rows: GroupedRows, candidates: readonly number[], cases: CaseSums | null): Aside {
  const most = Math.floor(FEW * (rows.starts.length - 1))
  const sums = cases === null ? sumUp(rows) : sumCases(cases)
  const standardErrors = cases === null ? (own: Sums, rest: Sums): number => welch(own, rest).t : (own: Sums, rest: Sums): number => (cases.isInverse ? -1 : 1) * sumDistance(cases.law, { events: own.e, exposure: own.x }, { events: rest.e, exposure: rest.x })
  const left = new Set(sums.keys())
  const open = new Set(candidates)
  const ends = { high: 0, low: 0 }
  const aside: number[] = []
  let all = total(sums)
  while (open.size > 0) {
    let [farthest, distance] = [-1, 0]
    for (const g of open) {
      const own = standardErrors(sums[g], without(all, sums[g]))
      if ((own > 0 ? ends.high : ends.low) < most && Math.abs(own) > Math.abs(distance)) [farthest, distance] = [g, own]
    }
    // also where nobody is left, at a distance of 0
    if (Math.abs(distance) < FAR) break
    open.delete(farthest)
    left.delete(farthest)
    aside.push(farthest)
    if (distance > 0) ends.high++
    else ends.low++
    all = total([...left].map((g) => sums[g]))
  }
  return { aside: aside.sort((a, b) => a - b), distances: sums.map((own, g) => standardErrors(own, left.has(g) ? without(all, own) : all)) }
}

/** Events in the place of what is beyond, exposure in that of the denominator. */
function sumCases({ groups, effects }: CaseSums): Sums[] {
  return groups.map((one, g) => {
    const { events, exposure } = worth(one, effects[g])
    return { n: 0, e: events, x: exposure, ee: 0, ex: 0, xx: 0 }
  })
}
