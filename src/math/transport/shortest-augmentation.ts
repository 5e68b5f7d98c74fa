import { isTooLate } from "../lateness.js"
import { reducedCost, type Candidates } from "./candidates.js"
import { createCrossingHeaps } from "./crossing-heaps.js"
import { createCrossingPath } from "./crossing-path.js"
import type { MissingPairs, PairSource } from "./missing-pairs.js"
import { createNodeSearch } from "./node-search.js"
import { openPrice } from "./open-price.js"
import { costOfShares, createPairStore, readOwners, readShares } from "./pair-store.js"
import type { TransportProblem } from "./transport-problem.js"
import type { TransportVertex } from "./transport-vertex.js"

/** An optimum of the divisible problem, and its cost on all accounts. */
export interface AugmentedVertex extends TransportVertex {
  /** Meaningful when `optimal`. */
  readonly cost: number
}

/** Amounts below this are rounding: activities sum to k. */
const ROUNDING = 1e-14
/** Searches, paths, and accounts placed at first, between two pauses. */
const TURN = 32
const TURN_PATHS = 1 << 12
const PIECE = 1 << 14
/** Paths per account and territory after which the flow ends with a `work-limit`. The most that any problem has needed is 25. */
const MAX_PATHS = 1000

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
 * It ends. Every path empties a pair of account and territory, fills an arc of the ground, or settles a node. Shortest paths never
 * get shorter, and their lengths are finitely many; but no polynomial bounds how many (Zadeh 1973), so paths are counted: after
 * 1,000 (n + k) it ends with a `work-limit`, its prices still a proof. Pairs join at most n k times; heaps hold twice what counts.
 *
 * Source: successive shortest paths (Jewell 1958; Edmonds & Karp 1972), on territories alone as in Tokuyama & Nakano (1995).
 *
 * @param startPrices k
 * @param source without one the candidates are all there is
 * @param maxPaths then it ends with a `work-limit`
 * @param slack k: a path is followed as long as the next account on each way out of a territory costs no more than this, per unit
 *   of activity, above the shortest: the optimum is no longer exact, and mostly found in fewer searches, but that is not certain:
 *   to be used with `maxPaths`
 * @yields now and then
 */
export function* shortestAugmentation(problem: TransportProblem, candidates: Candidates, startPrices: Float64Array, source: PairSource | null = null, maxPaths: number = Infinity, slack: Float64Array | null = null): Generator<undefined, AugmentedVertex> {
  const { n, k, activities, lower, upper } = problem
  const ground = k
  const pairs = createPairStore(n, candidates)
  // prices of the territories and, last, of the ground; only differences count
  const price = new Float64Array(k + 1)
  for (let t = 0; t < k; t++) price[t] = openPrice(startPrices[t], lower[t], upper[t], k)
  const heaps = createCrossingHeaps(k, (pair, a) => pairs.share[pairs.entryOf(pairs.accountOf[pair], a)] > 0)
  const excess = new Float64Array(k + 1)
  let total = 0
  for (let from = 0; from < n; from += PIECE) {
    total = placeAccounts(from, Math.min(n, from + PIECE), total)
    yield undefined
  }
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
  let augmentations = 0
  const path = createCrossingPath(k + 1)
  for (;;) {
    const state = sendSome()
    if (state === "tired") {
      const told: unknown = yield undefined
      if (searches > maxPaths || augmentations > MAX_PATHS * (n + k) || isTooLate(told)) return { status: "work-limit", prices: pricesNow(), owner: readOwners(pairs), splits: [], ray: null, pivots: searches, cost: 0 }
    } else if (state === "stuck") {
      const isReached = new Uint8Array(k + 1)
      for (const v of touched) isReached[v] = 1
      search.forget()
      const missed = source === null ? null : yield* source.leaving(pricesNow(), stuckIn(isReached), isReached)
      yield undefined
      if (missed === null || !takeIn(missed)) {
        return { status: "infeasible", prices: pricesNow(), owner: readOwners(pairs), splits: [], ray: rayOf(isReached), pivots: searches, cost: 0 }
      }
    } else {
      if (source === null) break
      yield undefined
      const missed = yield* source.cheaper(pricesNow(), readOwners(pairs))
      yield undefined
      if (!takeIn(missed)) break
      yield undefined
    }
  }
  return { status: "optimal", prices: pricesNow(), owner: readOwners(pairs), splits: readShares(pairs), ray: null, pivots: searches, cost: costOfShares(pairs) }

  /** Accounts `first` to `last` go where they are cheapest; answers the sum of activities with theirs. */
  function placeAccounts(first: number, last: number, sum: number): number {
    for (let i = first; i < last; i++) {
      let own = -1
      let least = Infinity
      for (let e = pairs.first[i]; e >= 0; e = pairs.next[e]) {
        const f = reducedCost(pairs.cost[e], price, pairs.territory[e], activities, i, 1)
        if (f < least || (f === least && pairs.territory[e] < pairs.territory[own])) {
          least = f
          own = e
        }
      }
      sum += activities[i]
      excess[pairs.territory[own]] += activities[i]
      pairs.share[own] = 1
      // most have nowhere else to go
      if (pairs.next[pairs.first[i]] >= 0) offerCrossings(own)
    }
    return sum
  }

  /** Sends along paths until no node has too much, one with too much is stuck (its search at hand), or a turn is over. */
  function sendSome(): "done" | "stuck" | "tired" {
    const rest = augmentations + TURN_PATHS
    for (let turn = 0; turn < TURN && augmentations < rest; turn++) {
      const from = fullNode()
      if (from < 0) return "done"
      if (++searches > maxPaths) return "tired"
      const sinks = findSinks(from)
      if (sinks.length > 0) {
        const far = distance[sinks[sinks.length - 1]]
        for (const v of touched) if (distance[v] < far) price[v] += distance[v] - far
        augment(from, sinks[0])
        // along the same paths as long as their next accounts cost no more
        for (const sink of sinks) {
          while (augmentations < rest && excess[from] > ROUNDING * k && excess[sink] < -ROUNDING * k && isTight(from, sink)) augment(from, sink)
        }
      } else if (excess[from] <= 1e-10 * k) excess[from] = 0 // rounding of sums, of a problem that has no room at all
      else return "stuck"
      search.forget()
    }
    return "tired"
  }

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

  /** Dijkstra (1959) from a node with too much to the nearest with too little; lengths below 0, from rounding, are 0. */
  function findSinks(from: number): number[] {
    const sinks: number[] = []
    let left = slack === null ? 0 : excess[from]
    search.reach(from, 0, -1, from)
    for (let v = search.settleNext(); v >= 0; v = search.settleNext()) {
      if (excess[v] < -ROUNDING * k) {
        sinks.push(v)
        left += excess[v]
        if (left <= 0) return sinks
      }
      const d = distance[v]
      if (v === ground) {
        for (let t = 0; t < k; t++) if (drained[t] > lower[t] + ROUNDING) search.reach(t, d + Math.max(0, price[ground] - price[t]), FROM_GROUND, ground)
        continue
      }
      if (drained[v] < upper[v] - ROUNDING) search.reach(ground, d + Math.max(0, price[v] - price[ground]), TO_GROUND, v)
      for (const arc of heaps.leaving[v]) {
        const b = heaps.head[arc]
        const there = d + Math.max(0, heaps.least[arc] + price[v] - price[b])
        // most ways are no shorter than one that is known
        if (there < distance[b]) search.reach(b, there, arc, v)
      }
    }
    return sinks
  }

  /** Sends as much as the path takes. */
  function augment(from: number, sink: number): void {
    augmentations++
    let amount = Math.min(excess[from], -excess[sink])
    path.clear()
    for (let v = sink; v !== from; v = cameFrom[v]) {
      const by = cameBy[v]
      if (by === FROM_GROUND) amount = Math.min(amount, drained[v] - lower[v])
      else if (by === TO_GROUND) amount = Math.min(amount, upper[cameFrom[v]] - drained[cameFrom[v]])
      else path.add(pairs.entryOf(pairs.accountOf[heaps.top(by)], heaps.tail[by]), heaps.top(by))
    }
    for (let c = 0; c < path.count(); c++) {
      const e = path.leaving[c]
      amount = Math.min(amount, activities[pairs.accountOf[e]] * pairs.share[e])
    }
    for (let v = sink; v !== from; v = cameFrom[v]) {
      if (cameBy[v] === FROM_GROUND) drained[v] -= amount
      else if (cameBy[v] === TO_GROUND) drained[cameFrom[v]] += amount
    }
    for (let c = 0; c < path.count(); c++) moveActivity(path.leaving[c], path.coming[c], amount)
    excess[from] -= amount
    excess[sink] += amount
  }

  /** Hands an account on from pair `from` to pair `to`: a part that is all but the whole there is the whole. */
  function moveActivity(from: number, to: number, amount: number): void {
    const part = amount / activities[pairs.accountOf[from]]
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
