import { addCandidates, reducedCost, type Candidates } from "./candidates.js"
import type { MoveRows } from "./move-rows.js"
import type { TransportProblem } from "./transport-problem.js"

/**
 * What every account does while prices change: its key is the candidate entry that has what its ties leave, its cheapest at the
 * prices; a tied entry is one that the basis holds beside it. Entries are those of the candidates; more may join.
 */
export interface KeyedAccounts {
  readonly candidates: Candidates
  /** By entry, perturbed or true: what the reduced costs are made of. */
  cost: Float64Array
  /** n: entry. */
  readonly key: Int32Array
  /** n: how many of its entries are tied. */
  readonly tieCount: Int32Array
  /** By entry: 1 while tied. */
  readonly isTied: Uint8Array
  /** K, and what the rows of limits add: of all keys. */
  readonly activity: Float64Array
  /** Accounts that have a choice and any activity. */
  readonly active: Int32Array
  /** Filled by `listMoving`. */
  readonly moving: Int32Array
  /** Lists the active accounts whose choice a direction of prices (K) may change: one of their territories moves. Answers how many. */
  listMoving(direction: Float64Array): number
  /** Entry of account i with the least reduced cost; ties: the first. */
  cheapest(i: number): number
  /** By how much the reduced cost of entry e is below that of the account's key. */
  gain(i: number, e: number): number
  setKey(i: number, e: number): void
  /** How fast entry e becomes cheaper against the key of account i along a direction of prices (K). */
  rate(i: number, e: number, direction: Float64Array): number
  /** The next entry, not tied, that overtakes the key of account i along the direction at a step of `from` or more; -1: none. */
  overtaker(i: number, from: number, direction: Float64Array): number
  /** Where the overtaker found last overtakes. */
  step(): number
  /**
   * Further pairs, ascending by account; keys stay what they are. Answers by how many the entries of an account (n) have moved up.
   */
  extend(accounts: readonly number[], territories: readonly number[]): Int32Array
}

/** Rates below this are rounding. */
const STILL = 1e-13

/**
 * Every account's key is its cheapest entry at the prices. Prices (K, and behind them those of the rows of limits) are read as
 * they are at every call.
 */
export function createKeyedAccounts(problem: TransportProblem, centers: Float64Array, from: Candidates, prices: Float64Array, rows: MoveRows | null = null): KeyedAccounts {
  const { n, k, measureCount: M, activities } = problem
  const K = k * M
  let { start, territory } = from
  /** By entry, with limits on moves: what of the account stays at home there. */
  let here = listHere()
  let isTied = new Uint8Array(territory.length)
  const key = new Int32Array(n)
  const tieCount = new Int32Array(n)
  const activity = new Float64Array(K + (rows?.count ?? 0))
  /** k + 1 and, by territory, the active accounts that may go there. */
  const memberStart = new Int32Array(k + 1)
  let members = new Int32Array(0)
  /** n: by which question an account was listed last. */
  const asked = new Int32Array(n).fill(-1)
  let question = 0
  let nextStep = 0
  const accounts: { -readonly [name in keyof KeyedAccounts]: KeyedAccounts[name] } = {
    candidates: from,
    cost: from.cost,
    key,
    tieCount,
    isTied,
    activity,
    active: listActive(),
    moving: new Int32Array(n),
    listMoving,
    cheapest,
    gain: (i, e) => reduced(i, key[i]) - reduced(i, e),
    setKey,
    rate,
    overtaker,
    step: () => nextStep,
    extend,
  }
  for (let i = 0; i < n; i++) {
    key[i] = cheapest(i)
    addActivity(i, key[i], 1)
  }
  listMembers()
  return accounts

  function reduced(i: number, e: number): number {
    const f = reducedCost(accounts.cost[e], prices, territory[e], activities, i, M)
    return rows === null ? f : f - rows.dotHere(prices, K, i, territory[e], here[e])
  }

  function cheapest(i: number): number {
    let best = start[i]
    let least = Infinity
    for (let e = start[i]; e < start[i + 1]; e++) {
      const f = reduced(i, e)
      if (f < least) {
        least = f
        best = e
      }
    }
    return best
  }

  function addActivity(i: number, e: number, factor: number): void {
    const r = territory[e] * M
    for (let m = 0; m < M; m++) activity[r + m] += factor * activities[i * M + m]
    if (rows !== null) rows.each(i, territory[e], (row, part) => (activity[K + row] += factor * part))
  }

  function setKey(i: number, e: number): void {
    addActivity(i, key[i], -1)
    key[i] = e
    addActivity(i, e, 1)
  }

  function rate(i: number, e: number, direction: Float64Array): number {
    const a = territory[key[i]] * M
    const b = territory[e] * M
    let sum = 0
    for (let m = 0; m < M; m++) sum += (direction[b + m] - direction[a + m]) * activities[i * M + m]
    if (rows !== null) sum += rows.dotHere(direction, K, i, territory[e], here[e]) - rows.dotHere(direction, K, i, territory[key[i]], here[key[i]])
    return sum
  }

  function overtaker(i: number, least: number, direction: Float64Array): number {
    const own = key[i]
    const first = start[i]
    const last = start[i + 1]
    let best = -1
    nextStep = Infinity
    let ownReduced = NaN
    const ownLimited = rows === null ? 0 : rows.dotHere(direction, K, i, territory[own], here[own])
    const a = territory[own] * M
    for (let e = first; e < last; e++) {
      if (e === own || isTied[e] === 1) continue
      const b = territory[e] * M
      let speed = 0
      for (let m = 0; m < M; m++) speed += (direction[b + m] - direction[a + m]) * activities[i * M + m]
      if (rows !== null) speed += rows.dotHere(direction, K, i, territory[e], here[e]) - ownLimited
      if (speed <= STILL) continue
      if (Number.isNaN(ownReduced)) ownReduced = reduced(i, own)
      const step = Math.max(least, (reduced(i, e) - ownReduced) / speed)
      if (step < nextStep) {
        nextStep = step
        best = e
      }
    }
    return best
  }

  function listMoving(direction: Float64Array): number {
    const { active, moving } = accounts
    question++
    for (let r = K; r < direction.length; r++) {
      if (Math.abs(direction[r]) <= STILL) continue
      moving.set(active)
      return active.length
    }
    let count = 0
    let listed = 0
    for (let t = 0; t < k; t++) {
      let largest = 0
      for (let m = 0; m < M; m++) largest = Math.max(largest, Math.abs(direction[t * M + m]))
      if (largest <= STILL) continue
      listed += memberStart[t + 1] - memberStart[t]
      if (listed >= active.length) {
        // as many as there are, some of them more than once: all
        moving.set(active)
        return active.length
      }
      for (let at = memberStart[t]; at < memberStart[t + 1]; at++) {
        const i = members[at]
        if (asked[i] === question) continue
        asked[i] = question
        moving[count++] = i
      }
    }
    return count
  }

  /** Lists for every territory the active accounts that have it among their candidates. */
  function listMembers(): void {
    memberStart.fill(0)
    for (const i of accounts.active) for (let e = start[i]; e < start[i + 1]; e++) memberStart[territory[e] + 1]++
    for (let t = 0; t < k; t++) memberStart[t + 1] += memberStart[t]
    members = new Int32Array(memberStart[k])
    const fill = memberStart.slice()
    for (const i of accounts.active) for (let e = start[i]; e < start[i + 1]; e++) members[fill[territory[e]]++] = i
  }

  function listHere(): Float64Array {
    const list = new Float64Array(rows === null ? 0 : territory.length)
    if (rows !== null) for (let i = 0; i < n; i++) for (let e = start[i]; e < start[i + 1]; e++) list[e] = rows.here(i, territory[e])
    return list
  }

  function listActive(): Int32Array {
    let count = 0
    const active = new Int32Array(n)
    for (let i = 0; i < n; i++) {
      if (start[i + 1] - start[i] < 2) continue
      let total = 0
      for (let m = 0; m < M; m++) total += activities[i * M + m]
      if (total > 0 || (rows !== null && problem.homes && problem.homes.total[i] > 0)) active[count++] = i
    }
    return active.slice(0, count)
  }

  function extend(more: readonly number[], territories: readonly number[]): Int32Array {
    const wider = addCandidates(problem, centers, accounts.candidates, more, territories)
    const moved = new Int32Array(n)
    const widerCost = wider.cost.slice()
    const widerTied = new Uint8Array(widerCost.length)
    for (let i = 0; i < n; i++) {
      moved[i] = wider.start[i] - start[i]
      key[i] += moved[i]
      for (let e = start[i]; e < start[i + 1]; e++) {
        widerCost[e + moved[i]] = accounts.cost[e]
        widerTied[e + moved[i]] = isTied[e]
      }
    }
    start = wider.start
    territory = wider.territory
    here = listHere()
    isTied = widerTied
    accounts.candidates = wider
    accounts.cost = widerCost
    accounts.isTied = isTied
    accounts.active = listActive()
    listMembers()
    return moved
  }
}
