import { dues, type GroupedRows } from "./dues.js"

/** What the rows of a group add up to, x a denominator and e what the row brings beyond its due. */
export interface Sums {
  readonly n: number
  readonly e: number
  readonly x: number
  readonly ee: number
  readonly ex: number
  readonly xx: number
}

/** The rows of every group, e and x in units of the largest, so that squares stay in range. O(rows). */
export function sumUp({ numerators, denominators, starts, stratumOf }: GroupedRows): Sums[] {
  const due = dues(numerators, denominators, stratumOf)
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

export function total(parts: readonly Sums[]): Sums {
  const sum = (pick: (one: Sums) => number): number => parts.reduce((whole, one) => whole + pick(one), 0)
  return { n: sum((one) => one.n), e: sum((one) => one.e), x: sum((one) => one.x), ee: sum((one) => one.ee), ex: sum((one) => one.ex), xx: sum((one) => one.xx) }
}

export function without(all: Sums, own: Sums): Sums {
  return { n: all.n - own.n, e: all.e - own.e, x: all.x - own.x, ee: all.ee - own.ee, ex: all.ex - own.ex, xx: all.xx - own.xx }
}

/**
 * How many standard errors, with separate variances, some rows lie from others, by what both bring beyond their due at the ratio of both, and the
 * degrees of freedom of that (Welch, Biometrika 34, 1947); 0 where nothing can be said.
 */
export function welch(own: Sums, rest: Sums): { readonly t: number; readonly degrees: number } {
  if (own.n < 2 || rest.n < 2) return { t: 0, degrees: 1 }
  const x = own.x + rest.x
  const shift = x > 0 ? (own.e + rest.e) / x : 0
  const [one, other] = [own, rest].map(({ n, e, x: denominator, ee, ex, xx }) => {
    const mean = (e - shift * denominator) / n
    const squares = ee - 2 * shift * ex + shift * shift * xx
    return { mean, variance: Math.max(0, squares - n * mean * mean) / (n - 1) / n }
  })
  const variance = one.variance + other.variance
  const t = one.mean === other.mean ? 0 : (one.mean - other.mean) / Math.sqrt(variance)
  const degrees = variance ** 2 / (one.variance ** 2 / (own.n - 1) + other.variance ** 2 / (rest.n - 1))
  return Number.isNaN(t) ? { t: 0, degrees: 1 } : { t, degrees: Number.isFinite(degrees) ? degrees : Math.min(own.n, rest.n) - 1 }
}
