import { addCandidates, findCandidates, priceOut } from "../math/transport/candidates.js"
import { centerSpacing } from "../math/transport/center-spacing.js"
import { dualSimplex } from "../math/transport/dual-simplex.js"
import { createSmoothDual } from "../math/transport/smooth-dual.js"
import { smoothAscent } from "../math/transport/smooth-ascent.js"
import { dualBound } from "../math/transport/dual-bound.js"
import { createPairSource } from "../math/transport/pair-source.js"
import type { Split } from "../math/transport/read-splits.js"
import { shortestAugmentation } from "../math/transport/shortest-augmentation.js"
import type { TransportProblem } from "../math/transport/transport-problem.js"

/** The divisible optimum for given centers. */
export interface Allocation {
  readonly status: "optimal" | "infeasible" | "work-limit"
  readonly centers: Float64Array
  /** k x M. */
  readonly prices: Float64Array
  /** k: local unit of cost around each center. */
  readonly spacing: Float64Array
  /** n: the territory with the largest share of each account. */
  readonly owner: Int32Array
  /** Accounts that the optimum divides. */
  readonly splitCount: number
  /** Which ones, and their shares. */
  readonly splits: readonly Split[]
  /** Proven lower bound at these prices, in the problem's unit. */
  readonly bound: number
  /** Cost of the divisible optimum; null unless `optimal`. */
  readonly relaxedCost: number | null
  /** K, only when infeasible: the direction of prices along which the bound grows without end. */
  readonly ray: Float64Array | null
}

/** Pairs within this many spacings of the cheapest take part first; more when these turn out too few. */
const FIRST_BAND = 0.15
/** With more bounds than this (territories x measures, two measures or more) the simplex takes minutes. */
const MANY_ROWS = 800
/** Instead, Newton's steps at these temperatures of accounts and bounds, at most so many. */
const COOLING = [
  { soft: 0.03, bend: 0.03, steps: 30 },
  { soft: 0.01, bend: 0.005, steps: 20 },
  { soft: 0.005, bend: 0.002, steps: 20 },
]
const BALANCED = 1e-3
/** Sums that differ by less than this share are the same. */
const SUM_SLACK = 1e-9
/** The flow starts with less where accounts are small, and finds the rest by itself: this, over the root of accounts per territory. */
const FLOW_BAND = 1.6
const WIDEST_FLOW_BAND = 1
/** Beyond this band all pairs take part. */
const WIDEST = 8
/** So small a problem takes all pairs at once. */
const ALL_PAIRS = 20_000
/** A pair that is better by less than this is rounding: costs of an account are of order k / n. */
const PRICE_SLACK = 1e-13

/**
 * Solves the divisible problem for given centers, exactly: with one measure as a flow between territories, with more by a dual
 * simplex. With more than 800 bounds of two or more measures it stops at good prices, a `work-limit`.
 *
 * @param startPrices k x M: the closer to the optimum, the less work
 * @param maxPaths of one measure: after so many paths of the flow it ends with a `work-limit`
 * @yields now and then
 */
export function* allocateAccounts(problem: TransportProblem, centers: Float64Array, startPrices: Float64Array, maxPaths: number = Infinity): Generator<undefined, Allocation> {
  const { k, measureCount: M } = problem
  if (M === 1) return yield* allocateByFlow(problem, centers, startPrices, maxPaths)
  return k * M > MANY_ROWS ? yield* allocateBySmoothing(problem, centers, startPrices) : yield* allocateBySimplex(problem, centers, startPrices)
}

/**
 * Newton's steps on the smoothed dual, colder and colder: prices that prove a bound below the optimum, but not how far below,
 * and a plan that is a little out of its bounds.
 */
function* allocateBySmoothing(problem: TransportProblem, centers: Float64Array, startPrices: Float64Array): Generator<undefined, Allocation> {
  const { n, k, dimension, power } = problem
  const spacing = centerSpacing(centers, k, dimension, power)
  const prices = startPrices.slice()
  const dual = createSmoothDual(problem)
  yield undefined
  let best = { prices: startPrices, bound: yield* dualBound(problem, centers, startPrices) }
  const ray = rayOfSums(problem)
  for (const { soft, bend, steps } of ray === null ? COOLING : []) {
    yield* smoothAscent(dual, problem, centers, prices, spacing, soft, BALANCED, steps, bend)
    const bound = yield* dualBound(problem, centers, prices)
    if (bound > best.bound) best = { prices: prices.slice(), bound }
  }
  const cheapest = findCandidates(problem, centers, prices, spacing, 0)
  const owner = Int32Array.from({ length: n }, (_, i) => cheapest.territory[cheapest.start[i]])
  if (ray !== null) return { status: "infeasible", centers, prices: startPrices, spacing, owner, splitCount: 0, splits: [], bound: best.bound, relaxedCost: null, ray }
  return { status: "work-limit", centers, prices: best.prices, spacing, owner, splitCount: 0, splits: [], bound: best.bound, relaxedCost: null, ray: null }
}

/** Prices that rise without end where the bounds of a measure sum to more, or to less, than there is; null where none do. */
function rayOfSums({ k, measureCount: M, lower, upper, activities }: TransportProblem): Float64Array | null {
  for (let m = 0; m < M; m++) {
    let total = 0
    let least = 0
    let most = 0
    for (let at = m; at < activities.length; at += M) total += activities[at]
    for (let r = m; r < k * M; r += M) {
      least += lower[r]
      most += upper[r]
    }
    const direction = least > total * (1 + SUM_SLACK) ? 1 : most < total * (1 - SUM_SLACK) ? -1 : 0
    if (direction !== 0) return Float64Array.from({ length: k * M }, (_, r) => (r % M === m ? direction : 0))
  }
  return null
}

/** The flow takes pairs within a band of the cheapest, and looks for more among all n k pairs as long as there are any. */
function* allocateByFlow(problem: TransportProblem, centers: Float64Array, startPrices: Float64Array, maxPaths: number): Generator<undefined, Allocation> {
  const { n, k } = problem
  const spacing = centerSpacing(centers, k, problem.dimension, problem.power)
  const band = n * k <= ALL_PAIRS ? Infinity : Math.min(WIDEST_FLOW_BAND, FLOW_BAND * Math.sqrt(k / n))
  const candidates = findCandidates(problem, centers, startPrices, spacing, band)
  yield undefined
  const source = createPairSource(problem, centers, PRICE_SLACK)
  const vertex = yield* shortestAugmentation(problem, candidates, startPrices, source, maxPaths)
  const solved = vertex.status === "optimal"
  // prices of 0 prove that no plan costs less than nothing: more than rounding may leave of a bound of 0
  const isFree = solved && source.provenBound() < 0
  if (isFree) source.cheaper(new Float64Array(k), vertex.owner)
  return {
    status: vertex.status,
    centers,
    prices: isFree ? new Float64Array(k) : solved ? vertex.prices : startPrices,
    spacing,
    owner: vertex.owner,
    splitCount: vertex.splits.length,
    splits: vertex.splits,
    bound: source.provenBound(),
    relaxedCost: solved ? vertex.cost : null,
    ray: vertex.ray,
  }
}

/**
 * Dual simplex on the pairs near the borders, then all n k pairs are priced; those
 * that were missed join, and the solution goes on from its prices. O(n k) a round, mostly one or two rounds.
 *
 * @yields now and then
 */
function* allocateBySimplex(problem: TransportProblem, centers: Float64Array, startPrices: Float64Array): Generator<undefined, Allocation> {
  const { n, k, measureCount: M } = problem
  const spacing = centerSpacing(centers, k, problem.dimension, problem.power)
  let prices = startPrices
  let band = n * k <= ALL_PAIRS ? Infinity : FIRST_BAND
  let candidates = findCandidates(problem, centers, prices, spacing, band)
  const maxPivots = 2000 + 40 * k * M
  for (;;) {
    yield undefined
    const vertex = yield* dualSimplex(problem, candidates, prices, maxPivots)
    const priced = priceOut(problem, centers, vertex.prices, candidates, PRICE_SLACK)
    yield undefined
    if (vertex.status === "optimal" && priced.accounts.length > 0) {
      prices = vertex.prices
      candidates = addCandidates(problem, centers, candidates, priced.accounts, priced.territories)
      continue
    }
    if (vertex.status === "infeasible" && band < Infinity) {
      // infeasible on a band says nothing of the whole, and its prices lie on a ray
      band = band > WIDEST ? Infinity : band * 3
      candidates = findCandidates(problem, centers, prices, spacing, band)
      continue
    }
    // prices of 0 prove that no plan costs less than nothing: more than rounding may leave of a bound of 0
    const free = vertex.status !== "infeasible" && priced.bound < 0 ? new Float64Array(k * M) : null
    const bound = free === null ? priced.bound : priceOut(problem, centers, free, candidates, PRICE_SLACK).bound
    let relaxedCost: number | null = null
    if (vertex.status === "optimal") {
      relaxedCost = 0
      const { start, territory, cost } = candidates
      const splitAt = new Map(vertex.splits.map((split) => [split.account, split]))
      for (let i = 0; i < n; i++) {
        const split = splitAt.get(i)
        for (let e = start[i]; e < start[i + 1]; e++) {
          if (split === undefined) relaxedCost += territory[e] === vertex.owner[i] ? cost[e] : 0
          else {
            const part = split.territories.indexOf(territory[e])
            if (part >= 0) relaxedCost += split.shares[part] * cost[e]
          }
        }
      }
    }
    return {
      status: vertex.status,
      centers,
      prices: vertex.status === "infeasible" ? startPrices : (free ?? vertex.prices),
      spacing,
      owner: vertex.owner,
      splitCount: vertex.splits.length,
      splits: vertex.splits,
      bound,
      relaxedCost,
      ray: vertex.ray,
    }
  }
}
