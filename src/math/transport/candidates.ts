import { listNear, type NearLists } from "../index/near-lists.js"
import { isHome, readEligible } from "./pair-rules.js"
import { hasOwnCosts, pairCost, squareBetween, wayCost, weighSquare, worthAt, type TransportProblem } from "./transport-problem.js"

/**
 * For every account the territories it may be near at the given prices, with their exact costs, in compressed rows: account i
 * has entries start[i] to start[i + 1]. The cheapest at the prices comes first.
 */
export interface Candidates {
  readonly start: Int32Array
  readonly territory: Int32Array
  readonly cost: Float64Array
}

/** cost_it - sum_m price_tm activity_im. */
export function reducedCost(cost: number, prices: Float64Array, t: number, activities: Float64Array, i: number, M: number): number {
  let f = cost - prices[t * M] * activities[i * M]
  for (let m = 1; m < M; m++) f -= prices[t * M + m] * activities[i * M + m]
  return f
}

/** Pairs of account and territory looked at between two pauses. */
const PAUSE = 1 << 16
/** What an account costs beside its pairs, in pairs. */
const ROW = 8

/**
 * Lists for every account the territories whose reduced cost is within a band of the least. The band of account i is
 * `band` x its size (weight + activities) x the spacing of its territory, so that it is as wide in dense as in sparse areas;
 * `band` Infinity lists all of those that the account may go to. A locked account has its one territory, and a home is always
 * listed. O(n k).
 *
 * @param owner n: territories that are listed in any case; null: none
 * @yields after every few hundred thousand pairs
 */
export function* findCandidates(
  problem: TransportProblem,
  centers: Float64Array,
  prices: Float64Array,
  spacing: Float64Array,
  band: number,
  owner: Int32Array | null = null,
): Generator<undefined, Candidates> {
  const { n, k, measureCount: M, points, dimension, weights, activities, power, radius, reach, lockedTo, homes } = problem
  const start = new Int32Array(n + 1)
  // most accounts have one territory; memory that is never used would still be counted and collected
  let capacity = Math.min(n * k, n + (n >> 2) + k)
  let territory = new Int32Array(capacity)
  let cost = new Float64Array(capacity)
  const squares = new Float64Array(k)
  /** Costs of the way of an account with costs of its own. */
  const own = new Float64Array(k)
  const floor = new Float64Array(k)
  const found = new Int32Array(k)
  const foundCost = new Float64Array(k)
  const lists = yield* nearOrAll(problem, centers, prices, spacing, band)
  const looked = new Int32Array(k)
  let size = 0
  for (let i = 0; i < n; ) {
    for (let seen = 0; i < n && seen < PAUSE; i++) seen += ROW + findOf(i)
    if (i < n) yield undefined
  }
  return { start, territory: territory.subarray(0, size), cost: cost.subarray(0, size) }

  /** Lists the territories of account i; answers how many were looked at. */
  function findOf(i: number): number {
    let count = 0
    let best = 0
    let lookedCount = 0
    if (lockedTo[i] >= 0) {
      found[count] = lockedTo[i]
      foundCost[count++] = pairCost(problem, centers, i, lockedTo[i])
    } else {
      // the straight line is a lower bound of the arc, so it prunes exactly
      lookedCount = readList(problem, lists, i, owner === null ? -1 : owner[i], looked)
      const hasHome = !!homes && homes.start[i + 1] > homes.start[i]
      const isOwn = hasOwnCosts(problem, i)
      let guess = looked[0]
      for (let l = 0; l < lookedCount; l++) {
        const t = looked[l]
        squares[t] = squareBetween(points, i, centers, t, dimension)
        const straight = isOwn ? wayCost(problem, centers, i, t) : weights[i] * (power === 2 ? squares[t] : Math.sqrt(squares[t]))
        if (isOwn) own[t] = straight
        floor[t] = reducedCost(straight, prices, t, activities, i, M)
        if (floor[t] < floor[guess]) guess = t
      }
      let mass = weights[i]
      for (let m = 0; m < M; m++) mass += activities[i * M + m]
      const width = mass === 0 ? 0 : band * mass * (spacing[guess] + (power === 2 ? squares[guess] : Math.sqrt(squares[guess])))
      // the band is that of an account that is at home nowhere: where it would go if it left
      let least = reducedCost(costAt(i, guess, isOwn), prices, guess, activities, i, M)
      best = guess
      let bestReduced = hasHome ? reducedCost(costAt(i, guess, isOwn) - worthOf(i, guess), prices, guess, activities, i, M) : least
      for (let l = 0; l < lookedCount; l++) {
        const t = looked[l]
        const atHome = hasHome && isHome(homes, i, t)
        const owned = atHome || (owner !== null && owner[i] === t)
        if (floor[t] > least + width && !owned) continue
        const way = costAt(i, t, isOwn)
        const f = reducedCost(way, prices, t, activities, i, M)
        if (f > least + width && !owned) continue
        if (f < least) least = f
        const c = hasHome ? way - worthOf(i, t) : way
        const g = hasHome ? reducedCost(c, prices, t, activities, i, M) : f
        if (g < bestReduced || (g === bestReduced && t < best)) {
          bestReduced = g
          best = t
        }
        found[count] = t
        foundCost[count++] = c
      }
    }
    if (size + count > capacity) {
      capacity = Math.max(capacity + (capacity >> 1), size + count)
      territory = grow(territory, new Int32Array(capacity))
      cost = grow(cost, new Float64Array(capacity))
    }
    for (let e = 0; e < count; e++) {
      if (found[e] === best && e > 0) {
        found[e] = found[0]
        found[0] = best
        const swap = foundCost[e]
        foundCost[e] = foundCost[0]
        foundCost[0] = swap
      }
    }
    for (let e = 0; e < count; e++) {
      territory[size] = found[e]
      cost[size++] = foundCost[e]
    }
    start[i + 1] = size
    return lookedCount
  }

  function worthOf(i: number, t: number): number {
    return homes ? worthAt(homes, i, t) : 0
  }

  /** Of the way to a territory whose distance has been looked at. */
  function costAt(i: number, t: number, isOwn: boolean): number {
    return isOwn ? own[t] : weighSquare(weights[i], squares[t], power, radius, reach)
  }
}

function grow<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** At most so many candidates of every account, those of the least reduced cost at the prices; ties: the first. O(n + listed log listed). */
export function fewestCandidates({ measureCount: M, activities, n }: TransportProblem, prices: Float64Array, { start, territory, cost }: Candidates, most: number): Candidates {
  const kept: number[] = []
  const keptStart = new Int32Array(n + 1)
  for (let i = 0; i < n; i++) {
    if (start[i + 1] - start[i] <= most) for (let e = start[i]; e < start[i + 1]; e++) kept.push(e)
    else {
      const reduced = Float64Array.from({ length: start[i + 1] - start[i] }, (_, at) => reducedCost(cost[start[i] + at], prices, territory[start[i] + at], activities, i, M))
      const ranked = Array.from(reduced.keys()).sort((a, b) => reduced[a] - reduced[b] || a - b)
      for (const at of ranked.slice(0, most)) kept.push(start[i] + at)
    }
    keptStart[i + 1] = kept.length
  }
  return { start: keptStart, territory: Int32Array.from(kept, (e) => territory[e]), cost: Float64Array.from(kept, (e) => cost[e]) }
}

/** The candidates with further pairs; each of `accounts` and `territories` names one, in ascending order of accounts. */
export function addCandidates(problem: TransportProblem, centers: Float64Array, candidates: Candidates, accounts: readonly number[], territories: readonly number[]): Candidates {
  const { n } = problem
  const start = new Int32Array(n + 1)
  const territory = new Int32Array(candidates.territory.length + accounts.length)
  const cost = new Float64Array(territory.length)
  let size = 0
  let more = 0
  for (let i = 0; i < n; i++) {
    for (let e = candidates.start[i]; e < candidates.start[i + 1]; e++) {
      territory[size] = candidates.territory[e]
      cost[size++] = candidates.cost[e]
    }
    for (; more < accounts.length && accounts[more] === i; more++) {
      territory[size] = territories[more]
      cost[size++] = pairCost(problem, centers, i, territories[more])
    }
    start[i + 1] = size
  }
  return { start, territory, cost }
}

/** What one pass over all n k pairs proves. */
export interface PricedOut {
  /** sum_i min_t reduced cost + sum_r min(lower price, upper price): no divisible plan costs less. */
  readonly bound: number
  /** Pairs outside the candidates whose reduced cost is below the account's own by more than the slack. */
  readonly accounts: number[]
  readonly territories: number[]
}

/**
 * Prices all pairs, the candidates and the rest, and so proves a lower bound; lists pairs that a solution on the candidates
 * alone has missed. O(n k), pruned by the straight line.
 *
 * With a tree only territories that may be an account's cheapest are looked at: the bound is the same, and of the missed pairs
 * at least each account's cheapest is listed.
 *
 * @param slack pairs that are better by no more than this are not listed
 * @yields after every few hundred thousand pairs
 */
export function* priceOut(problem: TransportProblem, centers: Float64Array, prices: Float64Array, candidates: Candidates, slack: number): Generator<undefined, PricedOut> {
  const { n, k, measureCount: M, points, dimension, weights, activities, power, radius, reach, lockedTo, lower, upper, homes } = problem
  let bound = 0
  for (let r = 0; r < k * M; r++) bound += Math.min(lower[r] * prices[r], upper[r] * prices[r])
  const accounts: number[] = []
  const territories: number[] = []
  const lists = yield* nearOrAll(problem, centers, prices, new Float64Array(k), 0)
  const looked = new Int32Array(k)
  for (let i = 0; i < n; ) {
    for (let seen = 0; i < n && seen < PAUSE; i++) seen += ROW + priceOf(i)
    if (i < n) yield undefined
  }
  return { bound, accounts, territories }

  /** Prices all pairs of account i; answers how many were looked at. */
  function priceOf(i: number): number {
    let own = Infinity
    for (let e = candidates.start[i]; e < candidates.start[i + 1]; e++) {
      own = Math.min(own, reducedCost(candidates.cost[e], prices, candidates.territory[e], activities, i, M))
    }
    let least = own
    let lookedCount = 0
    // a home is among the candidates: elsewhere nothing is cheaper by a worth
    if (lockedTo[i] < 0) {
      lookedCount = readList(problem, lists, i, -1, looked)
      const isOwn = hasOwnCosts(problem, i)
      for (let l = 0; l < lookedCount; l++) {
        const t = looked[l]
        if (isOwn) {
          note(i, t, reducedCost(pairCost(problem, centers, i, t), prices, t, activities, i, M))
          continue
        }
        const square = squareBetween(points, i, centers, t, dimension)
        const straight = weights[i] * (power === 2 ? square : Math.sqrt(square))
        if (reducedCost(straight, prices, t, activities, i, M) >= own) continue
        note(i, t, reducedCost(weighSquare(weights[i], square, power, radius, reach) - (homes ? worthAt(homes, i, t) : 0), prices, t, activities, i, M))
      }
    }
    bound += least
    return lookedCount

    function note(i: number, t: number, f: number): void {
      if (f < least) least = f
      if (!(f < own - slack) || isListed(candidates, i, t)) return
      accounts.push(i)
      territories.push(t)
    }
  }
}

/** The near territories by the problem's tree; without a tree, or when all are asked for, null. */
export function* nearOrAll(problem: TransportProblem, centers: Float64Array, prices: Float64Array, spacing: Float64Array, reach: number): Generator<undefined, NearLists | null> {
  return problem.tree === undefined || reach === Infinity ? null : yield* listNear(problem, problem.tree, centers, prices, spacing, reach, true, 1)
}

/**
 * Fills `looked` with the territories that account i, which is not locked, may be near to, ascending, then `also` and its homes
 * where these are not among them; an account with a list of its own gets that. Answers how many.
 */
export function readList({ eligibility, homes }: TransportProblem, lists: NearLists | null, i: number, also: number, looked: Int32Array): number {
  const own = readEligible(eligibility, i, looked)
  if (own > 0) return own
  if (lists === null) {
    for (let t = 0; t < looked.length; t++) looked[t] = t
    return looked.length
  }
  let count = 0
  const from = lists.start[lists.listOf[i]]
  const to = lists.start[lists.listOf[i] + 1]
  for (let at = from; at < to; at++) looked[count++] = lists.territories[at]
  if (also >= 0 && !isAmong(also)) looked[count++] = also
  if (homes) for (let at = homes.start[i]; at < homes.start[i + 1]; at++) if (!isAmong(homes.territory[at])) looked[count++] = homes.territory[at]
  return count

  function isAmong(t: number): boolean {
    for (let l = 0; l < count; l++) if (looked[l] === t) return true
    return false
  }
}

function isListed(candidates: Candidates, i: number, t: number): boolean {
  for (let e = candidates.start[i]; e < candidates.start[i + 1]; e++) if (candidates.territory[e] === t) return true
  return false
}
