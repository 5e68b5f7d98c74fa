import { priceOut, reducedCost, type Candidates } from "./candidates.js"
import { readEligible } from "./pair-rules.js"
import { limitTerms, withMovePrices } from "./move-limits.js"
import { createMoveRows } from "./move-rows.js"
import { changeProblem, pairCost, type TransportProblem } from "./transport-problem.js"

/** Pairs outside the candidates, ascending by account. */
export interface FurtherPairs {
  readonly accounts: readonly number[]
  readonly territories: readonly number[]
}

/** Where the dual simplex finds further pairs when its candidates turn out too few. */
export interface SimplexSource {
  /** Pairs that are cheaper at these prices (K) than all candidates of their account; none: the optimum on the candidates is that of all pairs. */
  cheaper(candidates: Candidates, prices: Float64Array): Generator<undefined, FurtherPairs>
  /**
   * Pairs that overtake the candidates of their account where prices go on along a direction (K) without end, the first ones until
   * their rates sum to more than `slope`; none: no pair can stop the bound from growing.
   */
  overtaking(candidates: Candidates, prices: Float64Array, direction: Float64Array, slope: number): Generator<undefined, FurtherPairs>
}

/** So many times what is needed is offered at once, so that there are few rounds. */
const PLENTY = 3
/** Rates that differ by less, relative to the largest price change, are the same. */
const SAME_RATE = 1e-11

/**
 * All n k pairs of a problem at given centers, as a source for the dual simplex.
 *
 * @param slack a pair that is cheaper by no more than this is none: rounding
 * @returns the source, and the bound that its last call of `cheaper` proved: no divisible plan costs less
 */
export function createSimplexSource(problem: TransportProblem, centers: Float64Array, slack: number): SimplexSource & { provenBound(): number } {
  const { n, k, activities, measureCount: M, lockedTo, eligibility } = problem
  const rows = createMoveRows(problem)
  const K = k * M
  const own = new Int32Array(k)
  const everyone = Int32Array.from({ length: k }, (_, t) => t)
  let bound = -Infinity

  function* cheaper(candidates: Candidates, prices: Float64Array): Generator<undefined, FurtherPairs> {
    if (rows === null) {
      const priced = yield* priceOut(problem, centers, prices, candidates, slack)
      yield undefined
      bound = priced.bound
      return priced
    }
    // limits count as costs
    const moves = rows.readPrices(prices, K)
    const priced = yield* priceOut(changeProblem(problem, { homes: withMovePrices(problem, moves) }), centers, prices, priceCandidates(candidates, prices), slack)
    yield undefined
    bound = priced.bound + limitTerms(problem.homes?.limits ?? null, moves)
    return priced
  }

  function* overtaking(candidates: Candidates, prices: Float64Array, direction: Float64Array, slope: number): Generator<undefined, FurtherPairs> {
    const found: { account: number; territory: number; step: number; rate: number }[] = []
    const least = SAME_RATE * direction.reduce((most, d) => Math.max(most, Math.abs(d)), 0)
    // the most that any territory gains in each measure: who is ahead of that already cannot be overtaken
    const most = new Float64Array(M).fill(-Infinity)
    for (let r = 0; r < k * M; r++) most[r % M] = Math.max(most[r % M], direction[r])
    const moving = everyone.filter((t) => {
      for (let m = 0; m < M; m++) if (Math.abs(direction[t * M + m]) > least) return true
      return false
    })
    const isPulled = most.some((d) => d > least)
    const doesMove = new Uint8Array(k)
    for (const t of moving) doesMove[t] = 1
    for (let i = 0; i < n; i++) {
      if (i % 4096 === 4095) yield undefined
      if (lockedTo[i] >= 0 || !(rows !== null || isPulled || isPushed(i))) continue
      overtakerOf(i)
    }
    found.sort((a, b) => a.step - b.step || a.account - b.account)
    let sum = 0
    let count = 0
    while (count < found.length && sum <= PLENTY * slope) sum += found[count++].rate
    const taken = found.slice(0, count).sort((a, b) => a.account - b.account)
    return { accounts: taken.map(({ account }) => account), territories: taken.map(({ territory }) => territory) }

    /** Whether all candidates of account i move: one that stands still is ahead of all where nothing pulls. */
    function isPushed(i: number): boolean {
      for (let e = candidates.start[i]; e < candidates.start[i + 1]; e++) if (doesMove[candidates.territory[e]] === 0) return false
      return true
    }

    function overtakerOf(i: number): void {
      // the candidate that will be ahead in the end
      let ahead = -Infinity
      let cheapest = Infinity
      for (let e = candidates.start[i]; e < candidates.start[i + 1]; e++) {
        const speed = speedOf(i, candidates.territory[e])
        const f = reducedAt(i, candidates.territory[e], candidates.cost[e])
        if (speed > ahead + least) cheapest = f
        else if (speed > ahead - least) cheapest = Math.min(cheapest, f)
        ahead = Math.max(ahead, speed)
      }
      let limit = 0
      for (let m = 0; m < M; m++) limit += most[m] * activities[i * M + m]
      if (rows === null && limit <= ahead + least) return
      let territory = -1
      let first = Infinity
      let rate = 0
      // where standing still is not ahead, only territories that move are
      const listed = readEligible(eligibility, i, own)
      for (const t of listed > 0 ? own.subarray(0, listed) : ahead >= 0 && rows === null ? moving : everyone) {
        const gained = speedOf(i, t) - ahead
        if (gained <= least) continue
        const step = (reducedAt(i, t, pairCost(problem, centers, i, t)) - cheapest) / gained
        if (step >= first) continue
        first = step
        territory = t
        rate = gained
      }
      if (territory >= 0) found.push({ account: i, territory, step: first, rate })
    }

    function speedOf(i: number, t: number): number {
      let sum = 0
      for (let m = 0; m < M; m++) sum += direction[t * M + m] * activities[i * M + m]
      return rows === null ? sum : sum + rows.dot(direction, K, i, t)
    }

    function reducedAt(i: number, t: number, cost: number): number {
      const f = reducedCost(cost, prices, t, activities, i, M)
      return rows === null ? f : f - rows.dot(prices, K, i, t)
    }
  }

  /** Candidates at their costs less what the rows of limits pay for. */
  function priceCandidates(candidates: Candidates, prices: Float64Array): Candidates {
    const cost = candidates.cost.slice()
    for (let i = 0; i < n; i++) for (let e = candidates.start[i]; e < candidates.start[i + 1]; e++) cost[e] -= rows?.dot(prices, K, i, candidates.territory[e]) ?? 0
    return { ...candidates, cost }
  }

  return { cheaper, overtaking, provenBound: () => bound }
}
