import { pow } from "../exact/pow.js"
import { climb, type Slope } from "./climb.js"
import { plainBound } from "./plain-bound.js"
import { createSitePricer } from "./site-pricer.js"
import type { SiteProblem } from "./site-problem.js"
import { smoothBound } from "./smooth-bound.js"

/** Softness of the first round, in costs of a territory, and what it falls by from round to round. */
const HOT = 0.008
const COOLING = 0.3
const ROUNDS = 60
/** One site in so many takes part in the first rounds, beside those that are near. */
const SPARSE: readonly number[] = [8, 3]
/** Sites take part whose value is within so many temperatures of the last one open: others would be open by less than 1 %. */
const RANGE = 5
/** A round ends when a step gains less than this share of what may still be gained, three times in a row: hot, falling to cool. */
const WORTHWHILE_HOT = 5e-4
const SOBERING = 0.4
const WORTHWHILE = 2e-5
/** The first step of a round would close this share of the gap if all were linear (Polyak 1969). */
const FIRST_STEP = 0.3
/** Steps of the first round, on so few sites, and of the others, at most. */
const FIRST_STEPS = 60
const STEPS = 80
/** The bound is found when it misses the known cost by no more than this share. */
const CLOSED = 1e-7
/** A round that gains less than this share of what may still be gained, on all sites, is one of the last. */
const LAST = 1e-3
/** The width in which accounts are served in part: times the root of the temperature, both in costs of a territory. */
const SOFT = 0.2
/** When the bound is cold, rounds begin again, longer by this factor, unless the last ones gained less than this share of the rest. */
const LONGER = 3
const REPAYS = 0.01
/** A site costs more than the known plan only if by more than rounding. */
const SURELY = 1 + 1e-9

/**
 * A lower bound on the cost of every plan, whichever accounts are the centers: the Lagrangian dual of the Hess model with the
 * assignment constraints priced by worths of accounts and the bounds of each site's class kept (Ceselli & Righini 2005) through
 * prices that are exact for every worth with one measure. Its optimum is that of the linear relaxation with y_is <= x_s.
 *
 * The worths climb the softened bound, cooler from round to round. The first two rounds look at every eighth and every third
 * site; each is followed by the plain bound over all sites, and the next one looks at those that came near to being open. Sites that no plan cheaper
 * than `knownCost` can have open are left out for good, each by a plain bound of its own; the result is the least of the plain
 * bound over the sites that are left, and `knownCost`.
 *
 * @param worths n: where to start, such as the least reduced cost of every account in a plan
 * @param prices siteCount x M: guesses
 * @param planCost > 0, of the plan at hand; `isInside`: it keeps every bound, so that only cheaper ones are of interest
 * @param maxWork pairs of site and account that may be looked at; one plain bound is always found
 * @yields now and then
 *
 * Source: Validi, Buchanan & Lykhovyd (2022), section 4, for the bound and the fixing; Nesterov (2005) for softening.
 */
export function* allCentersBound(
  problem: SiteProblem,
  worths: Float64Array,
  prices: Float64Array,
  planCost: number,
  isInside: boolean,
  maxWork: number,
  outOfTime: () => boolean,
): Generator<undefined, number> {
  const { n, siteCount, classes, siteAccount, weights } = problem
  const knownCost = isInside ? planCost : Infinity
  const k = classes.reduce((sum, { count }) => sum + count, 0)
  const pricer = createSitePricer(problem)
  pricer.prices.set(prices)
  // climbed are worths per root of weight: accounts of twice the weight are worth about twice as much
  const meanWeight = weights.reduce((sum, weight) => sum + weight, 0) / n
  const scales = weights.map((weight) => Math.sqrt(weight > 0 ? weight : 0.05 * (meanWeight > 0 ? meanWeight : 1)))
  const descale = (at: Float64Array): Float64Array => at.map((x, i) => x * scales[i])
  let at: Float64Array = worths.map((worth, i) => worth / scales[i])

  const territoryCost = planCost / k
  let temperature = HOT * territoryCost
  let left = Array.from({ length: siteCount }, (_, s) => s)
  let watched: Uint8Array = new Uint8Array(siteCount)
  let bound = -Infinity
  yield* checkAll(at)
  watched = sparseSites(problem, SPARSE[0])
  let idle = 0
  let pass = 0
  let atPass = bound
  let bestAt = at
  const isOver = (): boolean => pricer.work() >= maxWork || outOfTime()
  for (let round = 0; round < ROUNDS && bound < knownCost * (1 - CLOSED) && !isOver(); round++) {
    const sites = left.filter((s) => watched[s] === 1)
    function* evaluate(x: Float64Array): Generator<undefined, Slope> {
      const { value, unserved } = yield* smoothBound(problem, pricer, sites, descale(x), temperature)
      return { value, gradient: unserved.map((part, i) => part * scales[i]) }
    }
    const gapAt = (slope: Slope): number => (Number.isFinite(knownCost) ? Math.abs(knownCost - slope.value) : 0.1 * Math.abs(slope.value))
    const firstStep = (slope: Slope): number => (FIRST_STEP * gapAt(slope)) / Math.max(1e-300, slope.gradient.reduce((sum, g) => sum + g * g, 0))
    const least = (slope: Slope): number => Math.max(WORTHWHILE, WORTHWHILE_HOT * pow(SOBERING, round)) * pow(LONGER, -pass) * gapAt(slope)
    pricer.setSoftness(SOFT * Math.sqrt(temperature / territoryCost) * territoryCost)
    const summit = yield* climb(evaluate, at, firstStep, round < SPARSE.length ? FIRST_STEPS : STEPS * pow(LONGER, pass), least, isOver)
    at = summit.at
    const before = bound
    const wasMissed = yield* checkAll(at)
    if (bound > before) bestAt = at
    // sites that turn out to matter join at the same temperature, and stay
    if (round + 1 < SPARSE.length) {
      const more = sparseSites(problem, SPARSE[round + 1])
      watched = watched.map((is, s) => Math.max(is, more[s]))
      continue
    }
    if (wasMissed) continue
    temperature *= COOLING
    const open = Number.isFinite(knownCost) ? knownCost - bound : Math.abs(bound)
    idle = bound - before < LAST * open ? idle + 1 : 0
    if (idle < 2) continue
    // cold: once more from a warmer bound with longer rounds, as long as that helps
    if (pass > 0 && bound - atPass < REPAYS * open) break
    atPass = bound
    at = bestAt
    temperature = HOT * COOLING * territoryCost
    idle = 0
    pass++
    yield* checkAll(at)
  }
  return Math.min(bound, knownCost)

  /** The plain bound over all sites that are left; leaves some out, and watches those that are near. Whether many were missed. */
  function* checkAll(x: Float64Array): Generator<undefined, boolean> {
    const exact = descale(x)
    pricer.setSoftness(0)
    pricer.setWorths(exact)
    let paused = pricer.work()
    for (const s of left) {
      pricer.priceSite(s)
      if (pricer.work() - paused < 1 << 15) continue
      paused = pricer.work()
      yield undefined
    }
    const { value, withSite } = yield* plainBound(problem, left, exact, pricer.prices)
    bound = Math.max(bound, value)
    const now = new Uint8Array(siteCount)
    let missed = 0
    let near = 0
    left = left.filter((s, e) => {
      if (withSite[e] > knownCost * SURELY) return false
      const over = withSite[e] - value
      if (over > RANGE * temperature && siteAccount[s] >= 0) return true
      now[s] = 1
      near++
      if (watched[s] === 0) missed++
      return true
    })
    const wasMissed = missed > 0.1 * near
    const before = watched
    watched = wasMissed ? now.map((is, s) => Math.max(is, before[s])) : now
    return wasMissed
  }
}

/** 1 at every `nth` site, at given places, and at as many sites of every class as may be open at once, twice over. */
function sparseSites({ siteCount, siteAccount, siteClass, classes }: SiteProblem, nth: number): Uint8Array {
  const watched = new Uint8Array(siteCount)
  const counts = new Int32Array(classes.length)
  for (let s = 0; s < siteCount; s++) {
    if (s % nth !== 0 && siteAccount[s] >= 0) continue
    watched[s] = 1
    counts[siteClass[s]]++
  }
  for (let s = 0; s < siteCount; s++) {
    if (watched[s] === 1 || counts[siteClass[s]] >= 2 * classes[siteClass[s]].count) continue
    watched[s] = 1
    counts[siteClass[s]]++
  }
  return watched
}
