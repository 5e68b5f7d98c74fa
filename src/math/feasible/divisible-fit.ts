import { dualSimplex } from "../transport/dual-simplex.js"
import { fitBySums } from "./fit-by-sums.js"
import { pileAccounts } from "./pile-accounts.js"
import { askedAlong, cleanRay, reachAlong } from "./read-ray.js"

/** Whether divided accounts can meet bounds. */
export type Fit =
  /** They can: found by construction. */
  | { readonly status: "fits" }
  /** They cannot: along `ray` (K) the bounds ask for `excess` > 0 more than the accounts can `reach`. */
  | { readonly status: "conflict"; readonly ray: Float64Array; readonly reach: number; readonly excess: number }
  /** Not known: too much work, or a question that rounding decides. */
  | { readonly status: "unknown" }

/** Answers many questions about the same accounts. */
export interface DivisibleFit {
  readonly k: number
  readonly measureCount: number
  readonly activities: Float64Array
  readonly sets: readonly Int32Array[]
  /**
   * @param lower K; 0 where open
   * @param upper K; Infinity where open
   * @param setOf n: the set of territories that each account may go to
   * @param maxWork steps of work, at most: where more are needed the answer is `unknown`; without it questions have
   * limits of their own
   * @yields now and then
   */
  ask(lower: Float64Array, upper: Float64Array, setOf: Int32Array, maxWork?: number): Generator<undefined, Fit>
  /** Steps of work done so far, about the same number in a second. */
  work(): number
}

/** An excess below this, per territory, is rounding: every measure sums to k. */
const ROUNDING = 1e-11
/** Rounds of refining, and piles, at most. */
const MAX_ROUNDS = 60
const MAX_PILES = 4000
/** With more bounds than this a question takes minutes, unless sums answer it. */
const MAX_ROWS = 800
const FEWEST_PIVOTS = 2000
const PIVOTS_PER_ROW = 40

/**
 * Whether divided accounts can meet bounds depends on no place and no cost, so accounts that may go to the same territories lie
 * on one pile, which is divided as a whole. A pile that fits is an answer. A ray of prices that proves that the piles do not fit
 * is tried on the accounts: if they cannot reach what it asks for either, that is an answer (Farkas); if they can, the accounts
 * of a pile disagree on where to go, the pile is split by that, and the question put again. So only accounts that must be told
 * apart are. With one measure there is nothing to split. Exact: piles stay split for the next question.
 *
 * Most questions are answered by sums (see {@link fitBySums}), those of more than 800 bounds by these or not at all.
 *
 * Deterministic. A question takes O(n M + k M), or else a dual simplex on k M rows and some piles, and O(n M x distinct prices) for each ray.
 *
 * Source: iterative disaggregation (Rogers, Plante, Wong & Evans 1991).
 *
 * @param activities n x M; every measure sums to about k
 * @param sets territories, ascending; at least one each
 */
export function createDivisibleFit(k: number, M: number, activities: Float64Array, sets: readonly Int32Array[]): DivisibleFit {
  const n = activities.length / M
  const cellOf = new Int32Array(n)
  let cellCount = 1
  let work = 0
  return { k, measureCount: M, activities, sets, ask, work: () => work }

  function* ask(
    lower: Float64Array,
    upper: Float64Array,
    setOf: Int32Array,
    maxWork = Infinity,
  ): Generator<undefined, Fit> {
    const before = work
    const bySums = fitBySums(k, M, activities, sets, setOf, lower, upper, ROUNDING * k)
    work += n * M
    if (bySums.status === "fits") return bySums
    if (bySums.status === "conflict") {
      const { most } = yield* reachAlong(bySums.ray, M, activities, sets, setOf)
      work += n * M * 2
      const excess = askedAlong(bySums.ray, lower, upper) - most
      if (excess > ROUNDING * k) return { status: "conflict", ray: bySums.ray, reach: most, excess }
    }
    for (let round = 0; round < MAX_ROUNDS && k * M <= MAX_ROWS; round++) {
      const { problem, candidates, pileOf } = pileAccounts(k, M, activities, sets, setOf, cellOf, lower, upper)
      yield undefined
      if (problem.n > MAX_PILES) break
      const perPivot = problem.n * k + k * M * (20 + (k * M) / 4)
      const maxPivots = Math.min(FEWEST_PIVOTS + PIVOTS_PER_ROW * k * M, Math.floor((before + maxWork - work - n) / perPivot) - 1)
      if (maxPivots < 1) break
      const vertex = yield* dualSimplex(problem, new Float64Array(2 * k), candidates, new Float64Array(k * M), maxPivots)
      work += n + (1 + vertex.pivots) * perPivot
      if (vertex.status === "optimal") return { status: "fits" }
      if (vertex.ray === null) break
      const ray = cleanRay(vertex.ray, lower, upper)
      const { most, best } = yield* reachAlong(ray, M, activities, sets, setOf)
      work += n * M * k
      const excess = askedAlong(ray, lower, upper) - most
      if (excess > ROUNDING * k) return { status: "conflict", ray, reach: most, excess }
      if (!split(pileOf, best)) break
    }
    return { status: "unknown" }
  }

  /** Accounts of a pile that go to different territories get different cells. Answers whether there are any. */
  function split(pileOf: Int32Array, best: Int32Array): boolean {
    const cellAt = new Map<number, number>()
    const firstOf = new Map<number, number>()
    let isSplit = false
    for (let i = 0; i < n; i++) {
      const first = firstOf.get(pileOf[i])
      if (first === undefined) firstOf.set(pileOf[i], best[i])
      if (first === undefined || first === best[i]) continue
      const key = pileOf[i] * k + best[i]
      let cell = cellAt.get(key)
      if (cell === undefined) {
        cell = cellCount++
        cellAt.set(key, cell)
      }
      cellOf[i] = cell
      isSplit = true
    }
    return isSplit
  }
}
