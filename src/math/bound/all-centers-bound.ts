import { climb, type Slope } from "./climb.js"
import { plainBound } from "./plain-bound.js"
import { createSitePricer } from "./site-pricer.js"
import type { SiteProblem } from "./site-problem.js"
import { smoothBound } from "./smooth-bound.js"

/** Softness of the first round, in costs of a territory, and what it falls by from round to round. */
const HOT = 0.02
const COOLING = 0.3
const ROUNDS = 12
/** One site in so many takes part in the first round. */
const SPARSE = 8
/** Sites take part whose value is within so many temperatures, and so much of a territory's cost, of the last one open. */
const RANGE = 12
const RANGE_OF_COST = 0.003
/** A round ends when a step gains less than this share of what may still be gained, three times in a row: hot, falling to cool. */
const WORTHWHILE_HOT = 5e-4
const SOBERING = 0.4
const WORTHWHILE = 2e-5
/** The first step of a round would close this share of the gap if all were linear (Polyak 1969). */
const FIRST_STEP = 0.3
/** Steps of the first round, on so few sites, and of the others, at most. */
const FIRST_STEPS = 60
const STEPS = 200
/** The bound is found when it misses the known cost by no more than this share. */
const CLOSED = 1e-7
/** A round that gains less than this share of what may still be gained, on all sites, is one of the last. */
const LAST = 1e-3
/** A site costs more than the known plan only if by more than rounding. */
const SURELY = 1 + 1e-9

/**
 * A lower bound on the cost of every plan, whichever accounts are the centers: the Lagrangian dual of the Hess model with the
 * assignment constraints priced by worths of accounts and the bounds of each site's class kept (Ceselli & Righini 2005) through
 * prices that are exact for every worth with one measure. Its optimum is that of the linear relaxation with y_is <= x_s.
 *
 * The worths climb the softened bound, cooler from round to round. The first round looks at every eighth site; each is followed
 * by the plain bound over all sites, and the next one looks at those that came near to being open. Sites that no plan cheaper
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
  let watched: Uint8Array = everyEighth(problem)
  let bound = -Infinity
  yield* checkAll(at)
  watched = everyEighth(problem)
  let idle = 0
  const isOver = (): boolean => pricer.work() >= maxWork || outOfTime()
  for (let round = 0; round < ROUNDS && bound < knownCost * (1 - CLOSED) && idle < 2 && !isOver(); round++) {
    const sites = left.filter((s) => watched[s] === 1)
    const gapAt = (slope: Slope): number => (Number.isFinite(knownCost) ? Math.abs(knownCost - slope.value) : 0.1 * Math.abs(slope.value))
    const firstStep = (slope: Slope): number => (FIRST_STEP * gapAt(slope)) / Math.max(1e-300, slope.gradient.reduce((sum, g) => sum + g * g, 0))
    const summit = yield* climb(evaluate, at, firstStep, round === 0 ? FIRST_STEPS : STEPS, (slope) => Math.max(WORTHWHILE, WORTHWHILE_HOT * SOBERING ** round) * gapAt(slope), isOver)
    at = summit.at
    const before = bound
    const wasMissed = yield* checkAll(at)
    // sites that turn out to matter join at the same temperature, and stay
    if (wasMissed) continue
    if (bound - before < LAST * (Number.isFinite(knownCost) ? knownCost - before : Math.abs(before))) idle++
    else idle = 0
    temperature *= COOLING

    function* evaluate(x: Float64Array): Generator<undefined, Slope> {
      const { value, unserved } = yield* smoothBound(problem, pricer, sites, descale(x), temperature)
      return { value, gradient: unserved.map((part, i) => part * scales[i]) }
    }
  }
  return Math.min(bound, knownCost)

  /** The plain bound over all sites that are left; leaves some out, and watches those that are near. Whether many were missed. */
  function* checkAll(x: Float64Array): Generator<undefined, boolean> {
    const exact = descale(x)
    pricer.setWorths(exact)
    let paused = pricer.work()
    for (const s of left) {
      pricer.priceSite(s)
      if (pricer.work() - paused < 1 << 17) continue
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
      if (over <= RANGE * temperature + RANGE_OF_COST * territoryCost || siteAccount[s] < 0) now[s] = 1
      if (over > RANGE * temperature) return true
      near++
      if (watched[s] === 0) missed++
      return true
    })
    const wasMissed = missed > 0.1 * near
    if (wasMissed) for (const s of left) now[s] = 1
    watched = now
    return wasMissed
  }
}

/** 1 at every eighth site, at given places, and at as many sites of every class as may be open at once, twice over. */
function everyEighth({ siteCount, siteAccount, siteClass, classes }: SiteProblem): Uint8Array {
  const watched = new Uint8Array(siteCount)
  const counts = new Int32Array(classes.length)
  for (let s = 0; s < siteCount; s++) {
    if (s % SPARSE !== 0 && siteAccount[s] >= 0) continue
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
