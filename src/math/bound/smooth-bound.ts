import { exp } from "../exact/exp.js"
import { log } from "../exact/log.js"
import type { SitePricer } from "./site-pricer.js"
import type { SiteProblem } from "./site-problem.js"

/** The bound, softened, at given worths. */
export interface SmoothValue {
  /** Never above the bound over the same sites. */
  readonly value: number
  /** n: how much of each account is not served; the gradient by its worth. */
  readonly unserved: Float64Array
  /** Pairs of site and account that were looked at. */
  readonly work: number
}

/** Shares of a site below this are 0. */
const NEGLIGIBLE = 1e-5
/** Pairs between two pauses. */
const PAUSE = 1 << 15

/**
 * The bound over a list of sites, with the choice of the `count` least W_s of every class made soft: sites are open by shares
 * x_s = 1 / (1 + exp((W_s - level) / temperature)) that sum to `count`, the minimizer of sum x_s W_s plus temperature times
 * the (negative) entropy of the shares. With the soft choice of accounts of {@link SitePricer} it is differentiable, and a lower bound
 * of the sharp one, which it approaches as temperature falls. O(pairs near).
 *
 * @param sites at least `count` of every class, unless its territories may be empty
 */
export function* smoothBound(
  problem: SiteProblem,
  pricer: SitePricer,
  sites: readonly number[],
  worths: Float64Array,
  temperature: number,
): Generator<undefined, SmoothValue> {
  const { n, classes, siteClass } = problem
  pricer.setWorths(worths)
  const before = pricer.work()
  let paused = before
  const byClass: number[][] = classes.map(() => [])
  const values = new Float64Array(sites.length)
  for (let e = 0; e < sites.length; e++) {
    values[e] = pricer.priceSite(sites[e])
    if (values[e] < Infinity) byClass[siteClass[sites[e]]].push(e)
    if (pricer.work() - paused < PAUSE) continue
    paused = pricer.work()
    yield undefined
  }
  let value = 0
  for (let i = 0; i < n; i++) value += worths[i]
  const served = new Float64Array(n)
  for (let c = 0; c < classes.length; c++) {
    const { count, mayBeEmpty } = classes[c]
    const members = byClass[c]
    const level = findLevel(members.map((e) => values[e]), count, temperature, mayBeEmpty)
    for (const e of members) {
      const share = shareAt(values[e], level, temperature)
      if (share < NEGLIGIBLE) continue
      value += share * values[e] + temperature * negativeEntropy(share)
      pricer.addServed(sites[e], share, served)
      if (pricer.work() - paused < PAUSE) continue
      paused = pricer.work()
      yield undefined
    }
    if (mayBeEmpty) value += count * temperature * negativeEntropy(shareAt(0, level, temperature))
  }
  return { value, unserved: served.map((part) => 1 - part), work: pricer.work() - before }
}

function shareAt(value: number, level: number, temperature: number): number {
  return 1 / (1 + exp((value - level) / temperature))
}

function negativeEntropy(share: number): number {
  return share > 0 && share < 1 ? share * log(share) + (1 - share) * log(1 - share) : 0
}

/** The level at which shares sum to `count`: bisection. Empty territories are as many sites of value 0. */
function findLevel(values: readonly number[], count: number, temperature: number, mayBeEmpty: boolean): number {
  if (!mayBeEmpty && values.length <= count) return Infinity
  let low = mayBeEmpty ? 0 : Infinity
  let high = mayBeEmpty ? 0 : -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const reach = temperature * (2 + log(1 + values.length + count))
  low -= reach
  high += reach
  for (let step = 0; step < 100 && high - low > 1e-12 * Math.max(temperature, Math.abs(low)); step++) {
    const level = (low + high) / 2
    let sum = mayBeEmpty ? count * shareAt(0, level, temperature) : 0
    for (const value of values) sum += shareAt(value, level, temperature)
    if (sum < count) low = level
    else high = level
  }
  return (low + high) / 2
}
