import { isLate } from "../lateness.js"
import { reducedCost } from "./candidates.js"
import { createMoveLedger } from "./move-ledger.js"
import { NO_MOVE_PRICES, withMovePrices, type MovePrices } from "./move-limits.js"
import { worthAt } from "./transport-problem.js"
import { applyMove, violationAt, type WholePlan } from "./whole-plan.js"

/** Partners of one account in one territory that are looked at, at most: fewer where there are many accounts, and so many swaps. */
const MAX_LOOKS = 500
const LOOKS = 16_000_000
const MIN_LOOKS = 16
/** Accounts, or crossings to be sorted, between two pauses. */
const TURN = 256
const SORTED = 1 << 14
/** A pass over many accounts that saves less than this share of the cost is the last. */
const MANY = 50_000
const WORTHWHILE = 1e-6

/**
 * Lowers the cost of a whole plan by shifts of one account and swaps of two between neighbors, never leaving a bound that is
 * kept and never worsening one that is not; nor a limit on moves. For every ordered pair of territories the accounts that could cross are kept in
 * the order of what their crossing costs at the prices. The true cost changes by that and by what the prices pay for room
 * that is used up, so that a look at the first few of the order tells whether a swap can save anything. Passes over all
 * accounts in order until a pass finds nothing or `maxPasses`. Changes `plan`. O(candidates log candidates) a pass, and the
 * looks: few where prices are those of the divisible optimum, which leave little to save.
 *
 * @param prices K: any, as `moves`, what the problem's limits on moves cost; they decide how soon a look ends
 * @yields after every few hundred accounts, and every few ten thousand crossings that are sorted
 * @returns how much cost was saved
 */
export function* descendCost(plan: WholePlan, prices: Float64Array, maxPasses: number, moves: MovePrices = NO_MOVE_PRICES): Generator<undefined, number> {
  const { problem, candidates, entry, activity, accountOf } = plan
  const { n, k, measureCount: M, activities, lower, upper } = problem
  const { start, territory, cost } = candidates
  let crossings = new Uint32Array(0)
  const pairStart = new Map<number, number>()
  const pairEnd = new Map<number, number>()
  const priced = new Float64Array(territory.length)
  for (let e = 0; e < territory.length; e++) priced[e] = reducedCost(cost[e], prices, territory[e], activities, accountOf[e], M)
  const limited = problem.homes?.limits ? withMovePrices({ ...problem, homes: { ...problem.homes, rate: 0, leaving: null, coming: null } }, moves) : null
  if (limited !== null) for (let e = 0; e < territory.length; e++) priced[e] -= worthAt(limited, accountOf[e], territory[e])
  const ledger = createMoveLedger(problem, (i) => territory[entry[i]])
  const maxLooks = Math.max(MIN_LOOKS, Math.min(MAX_LOOKS, LOOKS / n))
  let saved = 0
  let worthwhile = 0
  if (n > MANY) for (let i = 0; i < n; i++) worthwhile += WORTHWHILE * cost[entry[i]]
  if (n > MANY) yield undefined
  let isOver = false
  for (let pass = 0; pass < maxPasses && !isOver; pass++) {
    yield* sortCrossings()
    let found = 0
    let looked = 0
    for (let i = 0; i < n; i++) {
      if (start[i + 1] - start[i] < 2) continue
      if (looked++ % TURN === 0) isOver = isLate(yield undefined)
      if (isOver) break
      found += improve(i)
    }
    saved += found
    if (!(found > worthwhile)) break
  }
  return saved

  /** What it costs to move the account of entry e there. */
  function crossingCost(e: number): number {
    return cost[e] - cost[entry[accountOf[e]]]
  }

  /** The same at the prices: what it costs less what is paid for the activity that moves. */
  function pricedCrossing(e: number): number {
    return priced[e] - priced[entry[accountOf[e]]]
  }

  /** The most that using up room can save at the prices when account i goes from a to b, whatever comes back: a loses, and b gains, at most what i has. */
  function worthOfRoom(i: number, a: number, b: number): number {
    let worth = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m]
      const ra = a * M + m
      const rb = b * M + m
      const roomA = prices[ra] < 0 ? upper[ra] - activity[ra] : Math.min(w, activity[ra] - lower[ra])
      const roomB = prices[rb] < 0 ? Math.min(w, upper[rb] - activity[rb]) : activity[rb] - lower[rb]
      if (roomA > 0) worth += Math.abs(prices[ra]) * roomA
      if (roomB > 0) worth += Math.abs(prices[rb]) * roomB
    }
    return worth
  }

  /** Orders all possible crossings by (from, to), then by cost at the prices, then by index. */
  function* sortCrossings(): Generator<undefined, void> {
    // by pair first, in a run for each; then every run for itself
    const runOf = new Map<number, number>()
    const counts: number[] = []
    const pairs: number[] = []
    const run = new Int32Array(territory.length).fill(-1)
    for (let e = 0; e < territory.length; e++) {
      if (e % SORTED === SORTED - 1) yield undefined
      const own = entry[accountOf[e]]
      if (e === own) continue
      const pair = territory[own] * k + territory[e]
      let r = runOf.get(pair)
      if (r === undefined) {
        r = counts.length
        runOf.set(pair, r)
        counts.push(0)
        pairs.push(pair)
      }
      run[e] = r
      counts[r]++
    }
    pairStart.clear()
    pairEnd.clear()
    const fill = new Int32Array(counts.length)
    let size = 0
    counts.forEach((count, r) => {
      fill[r] = size
      pairStart.set(pairs[r], size)
      size += count
      pairEnd.set(pairs[r], size)
    })
    const starts = fill.slice()
    crossings = new Uint32Array(size)
    for (let e = 0; e < territory.length; e++) if (run[e] >= 0) crossings[fill[run[e]]++] = e
    if (territory.length > SORTED) yield undefined
    const price = new Float64Array(territory.length)
    for (const e of crossings) price[e] = pricedCrossing(e)
    let sorted = 0
    for (let r = 0; r < starts.length; r++) {
      crossings.subarray(starts[r], fill[r]).sort((a, b) => price[a] - price[b] || a - b)
      sorted += fill[r] - starts[r]
      if (sorted < SORTED) continue
      sorted = 0
      yield undefined
    }
  }

  /** Applies the best shift or swap of account i; answers what it saved. */
  function improve(i: number): number {
    const from = territory[entry[i]]
    let best = -1
    let partner = -1
    let least = -1e-12 * cost[entry[i]]
    for (let e = start[i]; e < start[i + 1]; e++) {
      if (e === entry[i]) continue
      const to = territory[e]
      const change = crossingCost(e)
      const atPrices = pricedCrossing(e)
      const worth = worthOfRoom(i, from, to) + (ledger === null ? 0 : ledger.worthOfRoom(from, to, moves))
      if (change < least && allowed(from, to, i, -1)) {
        least = change
        best = e
        partner = -1
      }
      const end = pairEnd.get(to * k + from) ?? 0
      let looked = 0
      for (let at = pairStart.get(to * k + from) ?? 0; at < end; at++) {
        const back = crossings[at]
        const j = accountOf[back]
        // accounts that moved since the pass began are out of order: they wait for the next
        if (territory[entry[j]] !== to || entry[j] === back) continue
        if (atPrices + pricedCrossing(back) - worth >= least || ++looked > maxLooks) break
        const sum = change + crossingCost(back)
        if (sum >= least || !allowed(from, to, i, j)) continue
        least = sum
        best = e
        partner = back
      }
    }
    if (best < 0) return 0
    ledger?.record(i, from, territory[best])
    if (partner >= 0) ledger?.record(accountOf[partner], territory[best], from)
    applyMove(plan, i, best)
    if (partner >= 0) applyMove(plan, accountOf[partner], partner)
    return -least
  }

  /** Whether i may go from a to b (and j back) without a new or larger violation. */
  function allowed(a: number, b: number, i: number, j: number): boolean {
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m] - (j >= 0 ? activities[j * M + m] : 0)
      if (w === 0) continue
      const ra = a * M + m
      const rb = b * M + m
      if (violationAt(plan, ra, activity[ra] - w) > violationAt(plan, ra, activity[ra])) return false
      if (violationAt(plan, rb, activity[rb] + w) > violationAt(plan, rb, activity[rb])) return false
    }
    return ledger === null || ledger.allows(i, a, b, j)
  }
}
