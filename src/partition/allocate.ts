import { isTooLate } from "../math/lateness.js"
import { fewestCandidates, findCandidates, type Candidates } from "../math/transport/candidates.js"
import { centerSpacing } from "../math/transport/center-spacing.js"
import { dualSimplex } from "../math/transport/dual-simplex.js"
import { createSmoothDual } from "../math/transport/smooth-dual.js"
import { smoothAscent } from "../math/transport/smooth-ascent.js"
import { dualBound } from "../math/transport/dual-bound.js"
import { createPairSource } from "../math/transport/pair-source.js"
import { allocateWithinReach } from "./allocate-within-reach.js"
import { limitToReach } from "../math/transport/limit-to-reach.js"
import { homeWeight } from "../math/transport/pair-rules.js"
import type { Split } from "../math/transport/read-splits.js"
import { shortestAugmentation } from "../math/transport/shortest-augmentation.js"
import { createSimplexSource } from "../math/transport/simplex-source.js"
import { limitTerms, NO_MOVE_PRICES, withMovePrices, type MovePrices } from "../math/transport/move-limits.js"
import { createMoveRows } from "../math/transport/move-rows.js"
import { changeProblem, pairCost, worthAt, type TransportProblem } from "../math/transport/transport-problem.js"
import type { TransportVertex } from "../math/transport/transport-vertex.js"

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
  /** What limits on moves cost, where the problem has any and they were kept. */
  readonly moves: MovePrices
  /** Whether accounts go too far because the bounds, proven, leave no other way, not even to divided accounts. */
  readonly isBeyond: boolean
}

/** Pairs within this many spacings of the cheapest take part first; more when these turn out too few. */
const FIRST_BAND = 0.15
/** With more bounds than this (territories x measures, two measures or more) a look at a pair costs more than a round of pricing. */
const LARGE = 800
const LARGE_BAND = 0.05
/** Pairs of an account that take part first. */
const FEW = 8
/** With more bounds than this, the simplex takes minutes. */
const MANY_ROWS = 1600
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
/** A flow with slack ends with a `work-limit`, and its last prices, after so many searches. */
const SEARCHES_PER_TERRITORY = 30
/** The simplex ends with a `work-limit` after so many pivots. */
const FEWEST_PIVOTS = 2000
const PIVOTS_PER_ROW = 40
/** So small a problem takes all pairs at once. */
const ALL_PAIRS = 20_000
/** Too late for an optimum, a problem with more pairs than this gets none; in a smaller one it does not take long. */
const MANY_PAIRS = 1_000_000
/** A pair that is better by less than this is rounding: costs of an account are of order k / n. */
const PRICE_SLACK = 1e-13

/**
 * Solves the divisible problem for given centers, exactly: with one measure as a flow between territories, with more by a dual
 * simplex. With more than 1,600 bounds of two or more measures it stops at good prices, a `work-limit`.
 *
 * @param startPrices k x M: the closer to the optimum, the less work
 * @param slack k: with one measure prices so exact are enough, as of {@link shortestAugmentation}: a guess, and no optimum
 * @yields now and then
 */
export function* allocateAccounts(problem: TransportProblem, centers: Float64Array, startPrices: Float64Array, slack: Float64Array | null = null): Generator<undefined, Allocation> {
  const { n, k, measureCount: M } = problem
  const told: unknown = yield undefined
  if (isTooLate(told) && n * k > MANY_PAIRS) return yield* takeCheapest(problem, centers, startPrices)
  return yield* allocateWithinReach(problem, centers, (one) => {
    if (M === 1) return allocateByFlow(one, centers, startPrices, slack)
    return k * M > MANY_ROWS ? allocateBySmoothing(one, centers, startPrices) : allocateOnPairs(one, centers, startPrices, NO_MOVE_PRICES)
  })
}

/** Everybody where it is cheapest at the prices at hand: what there is time for once it is too late for an optimum. */
function* takeCheapest(problem: TransportProblem, centers: Float64Array, prices: Float64Array): Generator<undefined, Allocation> {
  const { n, k, dimension, power } = problem
  const spacing = centerSpacing(centers, k, dimension, power)
  const cheapest = yield* findCandidates(problem, centers, prices, spacing, 0)
  const owner = Int32Array.from({ length: n }, (_, i) => cheapest.territory[cheapest.start[i]])
  const bound = yield* dualBound(problem, centers, prices)
  return { status: "work-limit", centers, prices, spacing, owner, splitCount: 0, splits: [], bound, relaxedCost: null, ray: null, moves: NO_MOVE_PRICES, isBeyond: false }
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
  const cheapest = yield* findCandidates(problem, centers, prices, spacing, 0)
  const owner = Int32Array.from({ length: n }, (_, i) => cheapest.territory[cheapest.start[i]])
  if (ray !== null) return { status: "infeasible", centers, prices: startPrices, spacing, owner, splitCount: 0, splits: [], bound: best.bound, relaxedCost: null, ray, moves: NO_MOVE_PRICES, isBeyond: false }
  return { status: "work-limit", centers, prices: best.prices, spacing, owner, splitCount: 0, splits: [], bound: best.bound, relaxedCost: null, ray: null, moves: NO_MOVE_PRICES, isBeyond: false }
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
function* allocateByFlow(problem: TransportProblem, centers: Float64Array, startPrices: Float64Array, slack: Float64Array | null): Generator<undefined, Allocation> {
  const { n, k } = problem
  const spacing = centerSpacing(centers, k, problem.dimension, problem.power)
  const band = slack === null && n * k <= ALL_PAIRS ? Infinity : Math.min(WIDEST_FLOW_BAND, FLOW_BAND * Math.sqrt(k / n))
  const candidates = yield* findCandidates(problem, centers, startPrices, spacing, band)
  yield undefined
  const source = createPairSource(problem, centers, PRICE_SLACK)
  const vertex = yield* shortestAugmentation(problem, candidates, startPrices, source, slack === null ? Infinity : SEARCHES_PER_TERRITORY * k, slack)
  const solved = vertex.status === "optimal"
  yield undefined
  // prices of 0 prove that no plan costs less than everybody where it costs nothing: more than rounding may leave of that bound
  const isFree = solved && source.provenBound() < leastCost(problem)
  if (isFree) yield* source.cheaper(new Float64Array(k), vertex.owner)
  return {
    status: vertex.status,
    centers,
    prices: isFree ? new Float64Array(k) : vertex.status === "infeasible" ? startPrices : vertex.prices,
    spacing,
    owner: vertex.owner,
    splitCount: vertex.splits.length,
    splits: vertex.splits,
    bound: vertex.status === "work-limit" && slack === null ? yield* dualBound(problem, centers, vertex.prices) : source.provenBound(),
    relaxedCost: solved ? vertex.cost : null,
    ray: vertex.ray,
    moves: NO_MOVE_PRICES,
    isBeyond: false,
  }
}

/**
 * Dual simplex on the pairs near the borders; those among all n k pairs that turn out cheaper, or that bounds need, join while it
 * runs. O(n k) a round of pricing, pruned by the tree; mostly a few rounds.
 *
 * @yields now and then
 */
export function* allocateBySimplex(problem: TransportProblem, centers: Float64Array, startPrices: Float64Array, startMoves: MovePrices = NO_MOVE_PRICES): Generator<undefined, Allocation> {
  return yield* allocateWithinReach(problem, centers, (one) => allocateOnPairs(one, centers, startPrices, startMoves))
}

function* allocateOnPairs(
  problem: TransportProblem,
  centers: Float64Array,
  startPrices: Float64Array,
  startMoves: MovePrices,
): Generator<undefined, Allocation> {
  const { n, k, measureCount: M } = problem
  const K = k * M
  const rows = createMoveRows(problem)
  const priced = rows === null ? problem : changeProblem(problem, { homes: withMovePrices(problem, startMoves) })
  const spacing = centerSpacing(centers, k, problem.dimension, problem.power)
  const band = n * k <= ALL_PAIRS ? Infinity : FIRST_BAND
  const isLarge = k * M > LARGE
  const near = yield* findCandidates(priced, centers, startPrices, spacing, isLarge ? LARGE_BAND : band)
  yield undefined
  // far from all centers an account is within a band of hundreds: those that count join later
  const candidates = isLarge ? fewestCandidates(problem, startPrices, near, FEW) : near
  if (rows !== null) unprice(problem, priced, candidates)
  yield undefined
  const source = createSimplexSource(problem, centers, PRICE_SLACK)
  const start = new Float64Array(K + (rows?.count ?? 0))
  start.set(startPrices)
  rows?.writePrices(startMoves, start, K)
  const vertex = yield* dualSimplex(problem, centers, candidates, start, FEWEST_PIVOTS + PIVOTS_PER_ROW * k * M, source)
  const solved = vertex.status === "optimal"
  let prices = vertex.status === "infeasible" ? startPrices : vertex.prices.subarray(0, K)
  let moves = rows === null ? NO_MOVE_PRICES : vertex.status === "infeasible" ? startMoves : rows.readPrices(vertex.prices, K)
  let bound = solved ? source.provenBound() : yield* boundOf(problem, centers, prices, moves)
  yield undefined
  // prices of 0 prove that no plan costs less than everybody where it costs nothing: more than rounding may leave of that bound
  if (vertex.status !== "infeasible" && bound < leastCost(problem)) {
    prices = new Float64Array(k * M)
    moves = NO_MOVE_PRICES
    bound = yield* dualBound(problem, centers, prices)
  }
  yield undefined
  const relaxedCost = solved ? costOfVertex(problem, centers, vertex) : null
  yield undefined
  return {
    status: vertex.status,
    centers,
    prices,
    spacing,
    owner: vertex.owner,
    splitCount: vertex.splits.length,
    splits: vertex.splits,
    bound,
    relaxedCost,
    ray: vertex.ray === null ? null : vertex.ray.subarray(0, K),
    moves,
    isBeyond: false,
  }
}

/** Costs of candidates that were found where limits count as costs, without these. Changes them. */
function unprice(problem: TransportProblem, priced: TransportProblem, { start, territory, cost }: Candidates): void {
  const [plain, dear] = [problem.homes, priced.homes]
  if (!plain || !dear) return
  for (let i = 0; i < problem.n; i++) for (let e = start[i]; e < start[i + 1]; e++) cost[e] += worthAt(dear, i, territory[e]) - worthAt(plain, i, territory[e])
}

/** The bound that prices of measures and of limits prove. */
function* boundOf(problem: TransportProblem, centers: Float64Array, prices: Float64Array, moves: MovePrices): Generator<undefined, number> {
  const bound = yield* dualBound(changeProblem(problem, { homes: withMovePrices(problem, moves) }), centers, prices)
  return bound + limitTerms(problem.homes?.limits ?? null, moves)
}

/**
 * What is proven for a problem where an exact allocation takes too long: the best of the prices of a like problem and of Newton's
 * steps from there. Its verdict and its divided accounts stay those of that problem.
 *
 * @yields after every pass over the accounts
 */
export function* provePrices(problem: TransportProblem, centers: Float64Array, like: Allocation): Generator<undefined, Allocation> {
  const own = problem.reach && !like.isBeyond ? changeProblem(yield* limitToReach(problem, centers), { tree: undefined }) : problem
  const { prices, bound, spacing } = yield* allocateBySmoothing(own, centers, like.prices)
  return { ...like, centers, spacing, prices, bound, relaxedCost: null }
}

/** What no plan can cost less than: no distance at all, and everybody at home. */
function leastCost({ homes }: TransportProblem): number {
  if (!homes) return 0
  let least = -homes.rate * homeWeight({ homes })
  // of several homes of an account only one counts, but less than this it never is
  for (let at = 0; homes.leaving !== null && at < homes.territory.length; at++) least -= homes.leaving[homes.territory[at]] * homes.weight[at]
  return least
}

/** Whether exact allocations of so many bounds are too long for more than are needed. */
export function isLong({ k, measureCount: M }: TransportProblem): boolean {
  return M > 1 && k * M > LARGE
}

/** What a divided plan costs. */
function costOfVertex(problem: TransportProblem, centers: Float64Array, { owner, splits }: TransportVertex): number {
  let cost = 0
  let at = 0
  for (let i = 0; i < problem.n; i++) {
    if (at < splits.length && splits[at].account === i) {
      const { territories, shares } = splits[at++]
      territories.forEach((t, part) => (cost += shares[part] * pairCost(problem, centers, i, t)))
    } else cost += pairCost(problem, centers, i, owner[i])
  }
  return cost
}
