import { reducedCost, type Candidates } from "./candidates.js"
import { createCrossingHeaps } from "./crossing-heaps.js"
import { createNodeSearch } from "./node-search.js"
import { costOfShares, createPairStore, readOwners, readShares } from "./pair-store.js"
import type { TransportProblem } from "./transport-problem.js"
import type { TransportVertex } from "./transport-vertex.js"

/** A pair that may be missing from the candidates, at its true cost. */
export interface MissingPairs {
  readonly accounts: readonly number[]
  readonly territories: readonly number[]
  readonly costs: readonly number[]
}

/** Where further pairs come from, when the candidates turn out too few. */
export interface PairSource {
  /** Pairs that are cheaper at these prices (k) than what their account has; none: the optimum on the candidates is that of all pairs. */
  cheaper(prices: Float64Array, owner: Int32Array): Generator<undefined, MissingPairs>
  /** For every stuck account (n: 1) its cheapest territory that is not reached (k: 1), if any: the only ways out of the reached. */
  leaving(prices: Float64Array, isStuck: Uint8Array, isReached: Uint8Array): Generator<undefined, MissingPairs>
}

/** An optimum of the divisible problem, and its cost on all accounts. */
export interface AugmentedVertex extends TransportVertex {
  /** Meaningful when `optimal`. */
  readonly cost: number
}

/** Amounts below this are rounding: activities sum to k. */
const ROUNDING = 1e-14
/** Searches between two pauses. */
const TURN = 32

/**
 * Solves the divisible problem with one measure exactly: a flow of activity on a graph of only k + 1 nodes, by shortest
 * augmenting paths. Every account starts where it is cheapest at the given prices; territories that then have more than they
 * may hand the surplus on, along the cheapest path, to where there is room. The length of a -> b is what the cheapest account
 * costs to cross, less what the prices pay for it. The last node, the ground, takes from every territory between its lower
 * and its upper bound, so that both bounds are capacities of arcs.
 *
 * With a source of further pairs the optimum is that of all n k pairs: pairs that were missed join, and the flow goes on.
 * The better the prices, the fewer paths. A path takes O(arcs + k log k) and what moves; ties go to the smaller index.
 *
 * Source: successive shortest paths (Jewell 1958; Edmonds & Karp 1972), on territories alone as in Tokuyama & Nakano (1995).
 *
 * @param startPrices k
 * @param source without one the candidates are all there is
 * @param maxPaths then it ends with a `work-limit`
 * @param slack k: a path is followed as long as the next account on each way out of a territory costs no more than this, per unit
 *   of activity, above the shortest: the optimum is no longer exact, and found in fewer searches
 * @yields now and then
 */
export function* shortestAugmentation(problem: TransportProblem, candidates: Candidates, startPrices: Float64Array, source: PairSource | null = null, maxPaths: number = Infinity, slack: Float64Array | null = null): Generator<undefined, AugmentedVertex> {
  const { n, k, activities, lower, upper } = problem
  const ground = k
  const pairs = createPairStore(n, candidates)
  // prices of the territories and, last, of the ground; only differences count
  const price = new Float64Array(k + 1)
  for (let t = 0; t < k; t++) price[t] = openPrice(startPrices[t], lower[t], upper[t], k)
  const heaps = createCrossingHeaps(k, (pair, a) => pairs.share[entryAt(pairs.accountOf[pair], a)] > 0)
  const excess = new Float64Array(k + 1)
  let total = 0
  for (let i = 0; i < n; i++) {
    let own = -1
    let least = Infinity
    for (let e = pairs.first[i]; e >= 0; e = pairs.next[e]) {
      const f = reducedCost(pairs.cost[e], price, pairs.territory[e], activities, i, 1)
      if (f < least || (f === least && pairs.territory[e] < pairs.territory[own])) {
        least = f
        own = e
      }
    }
    total += activities[i]
    excess[pairs.territory[own]] += activities[i]
    pairs.share[own] = 1
    offerCrossings(own)
    if (i % 65536 === 65535) yield undefined
  }
  yield undefined
  /** k: what the ground takes. */
  const drained = new Float64Array(k)
  for (let t = 0; t < k; t++) {
    drained[t] = price[t] < 0 ? upper[t] : price[t] > 0 ? lower[t] : Math.min(Math.max(excess[t], lower[t]), upper[t])
    excess[t] -= drained[t]
    excess[ground] += drained[t]
  }
  excess[ground] -= total

  const search = createNodeSearch(k + 1)
  const { distance, cameBy, cameFrom, touched } = search
  let searches = 0
  for (;;) {
    const from = fullNode()
    if (from < 0) {
      if (source === null) break
      yield undefined
      const missed = yield* source.cheaper(pricesNow(), readOwners(pairs))
      yield undefined
      if (!takeIn(missed)) break
      continue
    }
    if (++searches % TURN === 0) yield undefined
    if (searches > maxPaths) return { status: "work-limit", prices: pricesNow(), owner: readOwners(pairs), splits: [], ray: null, pivots: searches, cost: 0 }
    const sink = findSink(from)
    if (sink < 0) {
      if (excess[from] <= 1e-10 * k) {
        // what is left is rounding of sums, of a problem that has no room at all
        excess[from] = 0
        search.forget()
        continue
      }
      const isReached = new Uint8Array(k + 1)
      for (const v of touched) isReached[v] = 1
      search.forget()
      const missed = source === null ? null : yield* source.leaving(pricesNow(), stuckIn(isReached), isReached)
      yield undefined
      if (missed === null || !takeIn(missed)) {
        return { status: "infeasible", prices: pricesNow(), owner: readOwners(pairs), splits: [], ray: rayOf(isReached), pivots: searches, cost: 0 }
      }
      continue
    }
    const far = distance[sink]
    for (const v of touched) if (distance[v] < far) price[v] += distance[v] - far
    // along the same path as long as its next accounts cost no more
    do augment(from, sink)
    while (excess[from] > ROUNDING * k && excess[sink] < -ROUNDING * k && isTight(from, sink))
    search.forget()
  }
  return { status: "optimal", prices: pricesNow(), owner: readOwners(pairs), splits: readShares(pairs), ray: null, pivots: searches, cost: costOfShares(pairs) }

  /** A node with too much, or -1. */
  function fullNode(): number {
    for (let v = 0; v <= k; v++) if (excess[v] > ROUNDING * k) return v
    return -1
  }

  /** The account of pair e may go from there to all its other candidates. */
  function offerCrossings(e: number): void {
    const i = pairs.accountOf[e]
    if (activities[i] === 0) return
    for (let f = pairs.first[i]; f >= 0; f = pairs.next[f]) if (f !== e) offer(e, f)
  }

  function offer(e: number, f: number): void {
    heaps.add(pairs.territory[e], pairs.territory[f], (pairs.cost[f] - pairs.cost[e]) / activities[pairs.accountOf[e]], f)
  }

  /** The account of pair e is no longer there, and can be handed on to nobody from there. */
  function withdraw(e: number): void {
    pairs.share[e] = 0
    for (let f = pairs.first[pairs.accountOf[e]]; f >= 0; f = pairs.next[f]) if (f !== e) heaps.review(pairs.territory[e], pairs.territory[f])
  }

  function entryAt(i: number, t: number): number {
    let e = pairs.first[i]
    while (pairs.territory[e] !== t) e = pairs.next[e]
    return e
  }

  /**
   * New pairs; an account for which one is cheaper at the prices goes there, so that no crossing has a negative length. False:
   * all are known, and differ by rounding.
   */
  function takeIn({ accounts, territories, costs }: MissingPairs): boolean {
    const known = pairs.size()
    for (let p = 0; p < accounts.length; p++) {
      const i = accounts[p]
      const size = pairs.size()
      const f = pairs.add(i, territories[p], costs[p])
      // a pair that was there differs by rounding
      if (pairs.size() === size) continue
      const reducedThere = reducedCost(costs[p], price, territories[p], activities, i, 1)
      for (let e = pairs.first[i]; e >= 0; e = pairs.next[e]) {
        if (e === f || pairs.share[e] === 0) continue
        if (reducedCost(pairs.cost[e], price, pairs.territory[e], activities, i, 1) > reducedThere) {
          const isNew = pairs.share[f] === 0
          excess[pairs.territory[e]] -= activities[i] * pairs.share[e]
          excess[pairs.territory[f]] += activities[i] * pairs.share[e]
          pairs.share[f] += pairs.share[e]
          withdraw(e)
          if (isNew) offerCrossings(f)
        } else if (activities[i] > 0) offer(e, f)
      }
    }
    return pairs.size() > known
  }

  /** Dijkstra (1959) from a node with too much to the nearest with too little; -1 when none can be reached. */
  function findSink(from: number): number {
    search.reach(from, 0, -1, from)
    for (let v = search.settleNext(); v >= 0; v = search.settleNext()) {
      if (excess[v] < -ROUNDING * k) return v
      const d = distance[v]
      if (v === ground) {
        for (let t = 0; t < k; t++) if (drained[t] > lower[t] + ROUNDING) search.reach(t, d + positive(price[ground] - price[t]), FROM_GROUND, ground)
        continue
      }
      if (drained[v] < upper[v] - ROUNDING) search.reach(ground, d + positive(price[v] - price[ground]), TO_GROUND, v)
      for (const arc of heaps.leaving[v]) {
        const b = heaps.head[arc]
        if (search.isSettled[b] === 0) search.reach(b, d + positive(heaps.least[arc] + price[v] - price[b]), arc, v)
      }
    }
    return -1
  }

  /** Sends as much as the path takes. */
  function augment(from: number, sink: number): void {
    let amount = Math.min(excess[from], -excess[sink])
    for (let v = sink; v !== from; v = cameFrom[v]) amount = Math.min(amount, room(v))
    for (let v = sink; v !== from; v = cameFrom[v]) {
      if (cameBy[v] === FROM_GROUND) drained[v] -= amount
      else if (cameBy[v] === TO_GROUND) drained[cameFrom[v]] += amount
      else moveActivity(cameBy[v], amount)
    }
    excess[from] -= amount
    excess[sink] += amount
  }

  function room(v: number): number {
    const by = cameBy[v]
    if (by === FROM_GROUND) return drained[v] - lower[v]
    if (by === TO_GROUND) return upper[cameFrom[v]] - drained[cameFrom[v]]
    const i = pairs.accountOf[heaps.top(by)]
    return activities[i] * pairs.share[entryAt(i, heaps.tail[by])]
  }

  function moveActivity(arc: number, amount: number): void {
    const to = heaps.top(arc)
    const i = pairs.accountOf[to]
    const from = entryAt(i, heaps.tail[arc])
    const part = amount / activities[i]
    const isNew = pairs.share[to] === 0
    if (part >= pairs.share[from] * (1 - 1e-12)) {
      pairs.share[to] += pairs.share[from]
      withdraw(from)
    } else {
      pairs.share[from] -= part
      pairs.share[to] += part
    }
    if (isNew) offerCrossings(to)
  }

  /** Whether the path found last, with the accounts that are next on it, still has length 0, but for the slack. */
  function isTight(from: number, sink: number): boolean {
    for (let v = sink; v !== from; v = cameFrom[v]) {
      const by = cameBy[v]
      const before = cameFrom[v]
      if (by === FROM_GROUND) {
        if (drained[v] <= lower[v] + ROUNDING) return false
      } else if (by === TO_GROUND) {
        if (drained[before] >= upper[before] - ROUNDING) return false
      } else if (heaps.least[by] + price[before] - price[v] > (slack === null ? ROUNDING : slack[before])) return false
    }
    return true
  }

  /** n: accounts that have a part in one of the territories. */
  function stuckIn(isReached: Uint8Array): Uint8Array {
    const isStuck = new Uint8Array(n)
    for (let e = 0; e < pairs.size(); e++) {
      const i = pairs.accountOf[e]
      if (pairs.share[e] > 0 && isReached[pairs.territory[e]] === 1 && activities[i] > 0) isStuck[i] = 1
    }
    return isStuck
  }

  /** Who was reached has too much, and nothing else can take it: their prices fall, or all others' rise, without end. */
  function rayOf(isReached: Uint8Array): Float64Array {
    return Float64Array.from({ length: k }, (_, t) => (isReached[ground] === 1 ? (isReached[t] === 1 ? 0 : 1) : isReached[t] === 1 ? -1 : 0))
  }

  function pricesNow(): Float64Array {
    return Float64Array.from({ length: k }, (_, t) => price[t] - price[ground])
  }
}

const FROM_GROUND = -2
const TO_GROUND = -3

/** Lengths below 0 are rounding. */
function positive(length: number): number {
  return length > 0 ? length : 0
}

/** A price of the sign that the closed sides allow. */
function openPrice(price: number, lower: number, upper: number, total: number): number {
  if (price > 0 && lower === 0) return 0
  return price < 0 && upper >= total * (1 - 1e-12) ? 0 : price
}
