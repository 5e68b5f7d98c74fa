import type { Anchors } from "../math/cluster/anchors.js"
import { pow } from "../math/exact/pow.js"
import { aggregateAccounts } from "../math/index/aggregate-accounts.js"
import { growAccountTree, LEAF_OF_FEW } from "../math/index/grow-account-tree.js"
import { centerSpacing } from "../math/transport/center-spacing.js"
import { priceCenters } from "./price-centers.js"
import { createSmoothDual, type SmoothDual } from "../math/transport/smooth-dual.js"
import { smoothAscent } from "../math/transport/smooth-ascent.js"
import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"

/** Where territories lie and what their measures cost there. */
export interface LocatedCenters {
  /** k x dimension. */
  readonly centers: Float64Array
  /** k x M, a guess that the exact allocation starts from. */
  readonly prices: Float64Array
  readonly iterations: number
  readonly converged: boolean
}

/** Softness of the division on the way to balance at the first centers, and while centers move from first to last. */
const WARM_UP = [0.3, 0.12]
const HOT = 0.08
const COOL = 0.03
/** Softness and balance of the prices that are handed over. */
const LAST = 0.02
const PRECISE = 0.01
/** No center moves further at once than this share of its distance to the next; borders could not follow. */
const LONGEST_MOVE = 0.5
/** Centers move only when no territory is further than this from its bounds, or they drift into heaps. */
const BALANCED = 0.15
/** Prices find their way after a move that throws no territory further off than this; a longer one is cut short. */
const FOLLOWS = 2
/** Centers have converged when none moves by more than this share of its distance to the next. */
const STILL = 2e-3

/** Accounts per territory of the smaller problem on which centers move first, where there are at least so many times more. */
const FEWER = 100
const WORTH_IT = 4
/** Of the iterations at most this share is spent on it. */
const COARSE_SHARE = 0.8

/**
 * Balanced k-means: centers move to the weighted mean of what they are allotted (Lloyd 1982), and what they are allotted is
 * balanced in every measure by prices (a few Newton steps on the smoothed dual). Fixed centers stay. In a large problem
 * neighbors count as one account until the centers stand still, and only then each for itself; not where accounts are at home.
 *
 * @param initial k x dimension
 * @param fixed k: 1 for a center that stays
 * @param maxIterations moves of all centers, at most; 0 only finds prices
 * @param outOfTime once true, the centers are left where they are
 * @param anchors places that centers are held near
 * @yields after every O(n k) evaluation
 */
export function* locateCenters(problem: TransportProblem, initial: Float64Array, fixed: Uint8Array, maxIterations: number, outOfTime: () => boolean, anchors: Anchors | null = null): Generator<undefined, LocatedCenters> {
  const { n, k, measureCount: M, dimension, power, tree } = problem
  const centers = new Float64Array(initial)
  if (!fixed.includes(0)) return { centers, prices: yield* priceCenters(problem, centers), iterations: 0, converged: true }
  const prices = new Float64Array(k * M)
  let iterations = 0
  if (tree !== undefined && !problem.homes && n > WORTH_IT * FEWER * k) {
    const coarse = aggregateAccounts(problem, tree, FEWER)
    yield undefined
    const planted = changeProblem(coarse, { tree: yield* growAccountTree(coarse, LEAF_OF_FEW) })
    iterations = (yield* moveCenters(planted, createSmoothDual(planted), { centers, prices, fixed, anchors }, Math.floor(COARSE_SHARE * maxIterations), outOfTime, HOT)).iterations
  }
  if (iterations > 0 && outOfTime()) return { centers, prices, iterations, converged: false }
  const dual = createSmoothDual(problem)
  yield undefined
  const last = yield* moveCenters(problem, dual, { centers, prices, fixed, anchors }, maxIterations - iterations, outOfTime, iterations > 0 ? COOL : HOT)
  // the exact allocation starts from these prices: the better they are, the fewer pairs it has to look at
  if (!outOfTime()) yield* smoothAscent(dual, problem, centers, prices, centerSpacing(centers, k, dimension, power), LAST, PRECISE, 6)
  return { centers, prices, iterations: iterations + last.iterations, converged: last.converged }
}

/** Lloyd's iteration under prices, from a temperature down to the coolest. Changes centers and prices. */
function* moveCenters(
  problem: TransportProblem,
  dual: SmoothDual,
  { centers, prices, fixed, anchors }: { readonly centers: Float64Array; readonly prices: Float64Array; readonly fixed: Uint8Array; readonly anchors: Anchors | null },
  maxIterations: number,
  outOfTime: () => boolean,
  hot: number,
): Generator<undefined, { iterations: number; converged: boolean }> {
  const { k, measureCount: M, dimension, power, radius } = problem
  const atStart = centerSpacing(centers, k, dimension, power)
  for (const temperature of hot === HOT ? WARM_UP : []) if (!outOfTime()) yield* smoothAscent(dual, problem, centers, prices, atStart, temperature, 0.1, 15)
  let iteration = 0
  let converged = false
  let spacing = atStart
  for (;;) {
    const temperature = Math.max(COOL, hot * pow(0.9, iteration))
    const evaluation = yield* smoothAscent(dual, problem, centers, prices, spacing, temperature, BALANCED, 12)
    if (converged || iteration >= maxIterations || outOfTime()) return { iterations: iteration, converged }
    iteration++
    // the target of every center, then as much of the way as the prices can follow
    const from = centers.slice()
    const before = prices.slice()
    const moments = evaluation.moment.slice()
    const masses = evaluation.mass.slice()
    let largestMove = 0
    for (let share = 1; ; share /= 2) {
      largestMove = 0
      for (let t = 0; t < k; t++) {
        if (fixed[t] === 1 || masses[t] <= 0) continue
        const local = power === 2 ? Math.sqrt(spacing[t]) : spacing[t]
        if (anchors !== null && anchors.share[t] > 0 && share === 1) holdMoment(moments, masses[t], anchors, t, dimension)
        const move = moveCenter(centers, t, moments, masses[t], dimension, radius, LONGEST_MOVE * local, share)
        largestMove = Math.max(largestMove, move / local)
        if (power === 1) continue
        // a center in the middle of its accounts is cheaper for all of them: its prices fall by as much, so that it gets no more
        for (let m = 0; m < M; m++) prices[t * M + m] -= (move * move) / M
      }
      if (share < 0.1) break
      // as the next ascent begins, which need not evaluate it again
      const then = centerSpacing(centers, k, dimension, power)
      const tried = yield* dual.evaluate(centers, prices, then, Math.max(COOL, hot * pow(0.9, iteration)))
      let worst = 0
      for (const g of tried.gradient) worst = Math.max(worst, Math.abs(g))
      if (worst <= FOLLOWS) break
      centers.set(from)
      prices.set(before)
    }
    converged = largestMove < STILL && temperature === COOL
    spacing = centerSpacing(centers, k, dimension, power)
  }
}

/** The moment that has its mean where the anchor of t holds it. */
function holdMoment(moments: Float64Array, mass: number, { share, points }: Anchors, t: number, dimension: number): void {
  for (let at = t * dimension; at < (t + 1) * dimension; at++) moments[at] = (1 - share[t]) * moments[at] + share[t] * mass * points[at]
}

/** Moves center t to the mean, by at most `cap`, on the globe along the sphere; answers how far. */
function moveCenter(centers: Float64Array, t: number, moment: Float64Array, mass: number, dimension: number, radius: number, cap: number, part: number): number {
  let distance = 0
  for (let d = 0; d < dimension; d++) distance += (moment[t * dimension + d] / mass - centers[t * dimension + d]) ** 2
  distance = Math.sqrt(distance)
  const share = part * (distance > cap ? cap / distance : 1)
  const to = new Float64Array(dimension)
  let length = 0
  for (let d = 0; d < dimension; d++) {
    to[d] = centers[t * dimension + d] + share * (moment[t * dimension + d] / mass - centers[t * dimension + d])
    length += to[d] * to[d]
  }
  length = Math.sqrt(length)
  // a mean at the middle of the globe has no direction: the center stays
  if (radius > 0 && !(length > 1e-9 * radius)) return 0
  let moved = 0
  for (let d = 0; d < dimension; d++) {
    const target = to[d] * (radius > 0 ? radius / length : 1)
    moved += (target - centers[t * dimension + d]) ** 2
    centers[t * dimension + d] = target
  }
  return Math.sqrt(moved)
}
