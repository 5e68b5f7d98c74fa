import { dues, type GroupedRows } from "./dues.js"
import { sumDistance, worth, type CaseSums } from "./test-sums.js"

/** At most this share of all groups is set aside at either end: the others are to be the most. */
const FEW = 0.25
/** As far as one of twenty lies at either end by chance alone: setting a few too many aside does next to nothing, one too few moves the yardstick. */
const FAR = 1.645

/** What the rows of a group add up to, x a denominator and e what the row brings beyond its due. */
interface Sums {
  readonly n: number
  readonly e: number
  readonly x: number
  readonly ee: number
  readonly ex: number
  readonly xx: number
}

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
  const standardErrors = cases === null ? rowDistance : (own: Sums, rest: Sums): number => (cases.isInverse ? -1 : 1) * sumDistance(cases.law, { events: own.e, exposure: own.x }, { events: rest.e, exposure: rest.x })
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
    if (farthest === -1 || Math.abs(distance) < FAR) break
    open.delete(farthest)
    left.delete(farthest)
    aside.push(farthest)
    if (distance > 0) ends.high++
    else ends.low++
    all = total([...left].map((g) => sums[g]))
  }
  return { aside: aside.sort((a, b) => a - b), distances: sums.map((own, g) => standardErrors(own, left.has(g) ? without(all, own) : all)) }
}

/** How many standard errors, with separate variances, some rows lie from others, by what both bring beyond their due; 0 where that cannot be said. */
function rowDistance(own: Sums, rest: Sums): number {
  if (own.n < 2 || rest.n < 2) return 0
  const x = own.x + rest.x
  const shift = x > 0 ? (own.e + rest.e) / x : 0
  const [one, other] = [own, rest].map(({ n, e, x: denominator, ee, ex, xx }) => {
    const mean = (e - shift * denominator) / n
    const squares = ee - 2 * shift * ex + shift * shift * xx
    return { mean, variance: Math.max(0, squares - n * mean * mean) / (n - 1) / n }
  })
  const difference = one.mean - other.mean
  if (difference === 0) return 0
  const distance = difference / Math.sqrt(one.variance + other.variance)
  return Number.isNaN(distance) ? 0 : distance
}

/** Events in the place of what is beyond, exposure in that of the denominator. */
function sumCases({ groups, effects }: CaseSums): Sums[] {
  return groups.map((one, g) => {
    const { events, exposure } = worth(one, effects[g])
    return { n: 0, e: events, x: exposure, ee: 0, ex: 0, xx: 0 }
  })
}

function without(all: Sums, own: Sums): Sums {
  return { n: all.n - own.n, e: all.e - own.e, x: all.x - own.x, ee: all.ee - own.ee, ex: all.ex - own.ex, xx: all.xx - own.xx }
}

function sumUp({ numerators, denominators, starts, stratumOf }: GroupedRows): Sums[] {
  const due = dues(numerators, denominators, stratumOf)
  // in units of the largest, so that squares stay in range
  let [largestE, largestX] = [0, 0]
  for (let i = 0; i < due.length; i++) {
    largestE = Math.max(largestE, Math.abs(numerators[i] - due[i]))
    largestX = Math.max(largestX, denominators[i])
  }
  return Array.from({ length: starts.length - 1 }, (_, g) => {
    const sums = { n: starts[g + 1] - starts[g], e: 0, x: 0, ee: 0, ex: 0, xx: 0 }
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const e = largestE > 0 ? (numerators[i] - due[i]) / largestE : 0
      const x = largestX > 0 ? denominators[i] / largestX : 0
      sums.e += e
      sums.x += x
      sums.ee += e * e
      sums.ex += e * x
      sums.xx += x * x
    }
    return sums
  })
}

function total(parts: readonly Sums[]): Sums {
  const sum = (pick: (one: Sums) => number): number => parts.reduce((whole, one) => whole + pick(one), 0)
  return { n: sum((one) => one.n), e: sum((one) => one.e), x: sum((one) => one.x), ee: sum((one) => one.ee), ex: sum((one) => one.ex), xx: sum((one) => one.xx) }
}
