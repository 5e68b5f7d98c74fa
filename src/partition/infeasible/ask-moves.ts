import { findCandidates } from "../../math/transport/candidates.js"
import { centerSpacing } from "../../math/transport/center-spacing.js"
import { dualSimplex } from "../../math/transport/dual-simplex.js"
import { NO_MOVE_PRICES, type MoveLimits, type MovePrices } from "../../math/transport/move-limits.js"
import { createMoveRows } from "../../math/transport/move-rows.js"
import { isAllowed } from "../../math/transport/pair-rules.js"
import { createSimplexSource } from "../../math/transport/simplex-source.js"
import { changeProblem, worthAt, type TransportProblem } from "../../math/transport/transport-problem.js"

/** Prices along which bounds and limits ask for more than the accounts can reach (Farkas). */
export interface MoveProof {
  /** k x M. */
  readonly prices: Float64Array
  readonly moves: MovePrices
  /** By how much other limits on moves would ask for more, rounding taken off: above 0 they cannot be kept either. -Infinity where one that has a price is open. */
  excessAt(limits: MoveLimits | null): number
  /** The most that accounts within these limits can have along the prices: bounds that ask for more cannot be kept. */
  reachWithin(limits: MoveLimits | null): number
}

/** Whether divided accounts can keep the bounds within limits on moves; unknown: too much work, or rounding decides. */
export type MoveAnswer = { readonly status: "fits" } | { readonly status: "conflict"; readonly proof: MoveProof } | { readonly status: "unknown" }

/** So small a problem takes all pairs at once; of others those within so many spacings of the cheapest first. */
const ALL_PAIRS = 20_000
const BAND = 0.15
const PRICE_SLACK = 1e-13
const FEWEST_PIVOTS = 2000
const PIVOTS_PER_ROW = 40
/** Entries of a ray below this share of the largest are what rounding leaves of none. */
const DUST = 1e-9
/** An excess below this share of its terms is rounding. */
const ROUNDING = 1e-11

/**
 * Whether divided accounts can keep the bounds of a problem within limits on moves, with a proof where they cannot, which is checked
 * against all accounts. A dual simplex on k M rows and those of the limits, then O(n k M).
 *
 * @param problem with homes; its own limits play no part
 * @param centers where to look first, as `prices`: no answer depends on costs
 * @param maxWork steps, about 5 million a second
 * @returns with the steps that it took
 * @yields now and then
 */
export function* askMoves(problem: TransportProblem, centers: Float64Array, prices: Float64Array, limits: MoveLimits | null, maxWork: number): Generator<undefined, { readonly answer: MoveAnswer; readonly work: number }> {
  const { n, k, measureCount: M, dimension, power, homes } = problem
  if (!homes || n * k > maxWork) return { answer: { status: "unknown" }, work: 0 }
  const limited = changeProblem(problem, { homes: { ...homes, limits } })
  const rows = createMoveRows(limited)
  const K = k * M
  const near = yield* findCandidates(changeProblem(problem, { homes: { ...homes, limits: null } }), centers, prices, centerSpacing(centers, k, dimension, power), n * k <= ALL_PAIRS ? Infinity : BAND)
  const start = new Float64Array(K + (rows?.count ?? 0))
  start.set(prices)
  const perPivot = n + start.length * (20 + start.length / 4)
  const maxPivots = Math.min(FEWEST_PIVOTS + PIVOTS_PER_ROW * start.length, Math.ceil(maxWork / perPivot))
  const vertex = yield* dualSimplex(limited, centers, near, start, maxPivots, createSimplexSource(limited, centers, PRICE_SLACK))
  const work = n * k * (M + 1) + (1 + vertex.pivots) * perPivot
  if (vertex.status === "optimal") return { answer: { status: "fits" }, work }
  if (vertex.ray === null) return { answer: { status: "unknown" }, work }
  const largest = vertex.ray.reduce((most, price) => Math.max(most, Math.abs(price)), 0)
  const ray = vertex.ray.map((price) => (Math.abs(price) <= DUST * largest ? 0 : price / largest))
  const moves = rows === null ? NO_MOVE_PRICES : rows.readPrices(ray, K)
  const proof = yield* createProof(problem, ray.slice(0, K), moves)
  return { answer: proof.excessAt(limits) > 0 ? { status: "conflict", proof } : { status: "unknown" }, work }
}

/** Accounts looked at between two pauses. */
const TURN = 4096

function* createProof(problem: TransportProblem, prices: Float64Array, moves: MovePrices): Generator<undefined, MoveProof> {
  const { n, k, measureCount: M, activities, lower, upper } = problem
  const homes = { ...(problem.homes as NonNullable<TransportProblem["homes"]>), ...moves, limits: null }
  let asked = 0
  let given = 0
  let size = 0
  prices.forEach((price, r) => {
    const term = price > 0 ? price * lower[r] : price * upper[r]
    asked += term
    size += Math.abs(term)
  })
  for (let i = 0; i < n; i++) {
    if (i % TURN === TURN - 1) yield undefined
    let most = -Infinity
    for (let t = 0; t < k; t++) {
      if (!isAllowed(problem, i, t)) continue
      let here = worthAt(homes, i, t)
      for (let m = 0; m < M; m++) here += prices[t * M + m] * activities[i * M + m]
      most = Math.max(most, here)
    }
    given += most
    size += Math.abs(most)
  }
  return {
    prices,
    moves,
    excessAt(limits) {
      const terms = termsOf(limits, moves)
      const own = terms.reduce((sum, term) => sum + term, 0)
      return own === -Infinity ? -Infinity : asked - given + own - ROUNDING * (size + terms.reduce((sum, term) => sum + Math.abs(term), 0))
    },
    reachWithin: (limits) => given - termsOf(limits, moves).reduce((sum, term) => sum + term, 0),
  }
}

/** What limits ask for along prices; -Infinity where one that has a price is open. */
function termsOf(limits: MoveLimits | null, { rate, leaving, coming }: MovePrices): number[] {
  const terms: number[] = []
  if (rate > 0) terms.push(limits?.stays == null ? -Infinity : rate * limits.stays)
  leaving?.forEach((price, t) => {
    if (price > 0) terms.push(limits?.staysIn == null ? -Infinity : price * limits.staysIn[t])
  })
  coming?.forEach((price, t) => {
    if (price > 0) terms.push(limits?.comesTo == null ? -Infinity : -price * limits.comesTo[t])
  })
  return terms
}
