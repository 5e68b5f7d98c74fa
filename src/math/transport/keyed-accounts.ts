import { addCandidates, type Candidates } from "./candidates.js"
import type { MoveRows } from "./move-rows.js"
import { createPriceClock, resetClock, type PriceClock } from "./price-clock.js"
import { cheapestOf, reducedAt, STILL, type Standings } from "./standings.js"
import type { TransportProblem } from "./transport-problem.js"

/** Accounts looked at between two pauses. */
const PAUSE = 1 << 15

/**
 * What every account does while prices change: its key is the candidate entry that has what its ties leave, its cheapest at the
 * prices; a tied entry is one that the basis holds beside it. Entries are those of the candidates; more may join.
 */
export interface KeyedAccounts {
  readonly standings: Standings
  /** Which accounts may have changed their mind since they were looked at. */
  readonly clock: PriceClock
  readonly candidates: Candidates
  /** n: entry. */
  readonly key: Int32Array
  /** n: how many of its entries are tied. */
  readonly tieCount: Int32Array
  /** K, and what the rows of limits add: of all keys. */
  readonly activity: Float64Array
  /** Accounts that have a choice and any activity. */
  readonly active: Int32Array
  /** Filled by `listMoving`. */
  readonly moving: Int32Array
  /** Lists the active accounts whose choice the clock's direction may change: one of their territories moves. Answers how many. */
  listMoving(): number
  /** Entry of account i with the least reduced cost; ties: the first. */
  cheapest(i: number): number
  /** By how much the reduced cost of entry e is below that of the account's key. */
  gain(i: number, e: number): number
  setKey(i: number, e: number): void
  /** Entry e of account i joins the basis beside its key, or leaves it. */
  tie(i: number, e: number): void
  untie(i: number, e: number): void
  /** An entry that is tied stays so, but is another one. */
  retie(from: number, to: number): void
  /** Other costs by entry from here on. */
  setCosts(cost: Float64Array): void
  /**
   * Further pairs, ascending by account; keys stay what they are. Answers by how many the entries of an account (n) have moved up.
   */
  extend(accounts: readonly number[], territories: readonly number[]): Generator<undefined, Int32Array>
}

/**
 * Every account's key is its cheapest entry at the prices. Prices (K, and behind them those of the rows of limits) are read as
 * they are at every call.
 *
 * @yields after every few ten thousand accounts
 */
export function* createKeyedAccounts(
  problem: TransportProblem,
  centers: Float64Array,
  from: Candidates,
  prices: Float64Array,
  rows: MoveRows | null = null,
): Generator<undefined, KeyedAccounts> {
  const { n, k, measureCount: M, activities } = problem
  const K = k * M
  const key = new Int32Array(n)
  const tieCount = new Int32Array(n)
  const activity = new Float64Array(K + (rows?.count ?? 0))
  const standings: Standings = {
    M,
    start: from.start,
    territory: from.territory,
    cost: from.cost,
    isTied: new Uint8Array(from.territory.length),
    here: listHere(from),
    key,
    activities,
    prices,
    limits: rows === null ? null : rows.placesBehind(K),
  }
  const sizes = new Float64Array(n)
  for (let i = 0; i < n; i++) sizes[i] = sizeOf(i)
  if (n > PAUSE) yield undefined
  const clock = createPriceClock(sizes, k, from)
  if (n > PAUSE) yield undefined
  /** k + 1 and, by territory, the active accounts that may go there. */
  const memberStart = new Int32Array(k + 1)
  let members = new Int32Array(0)
  /** n: by which question an account was listed last. */
  const asked = new Int32Array(n).fill(-1)
  let question = 0
  const cheapest = (i: number): number => cheapestOf(standings, i)
  const accounts: { -readonly [name in keyof KeyedAccounts]: KeyedAccounts[name] } = {
    standings,
    clock,
    candidates: from,
    key,
    tieCount,
    activity,
    active: listActive(from),
    moving: new Int32Array(n),
    listMoving,
    cheapest,
    gain: (i, e) => reducedAt(standings, i, key[i]) - reducedAt(standings, i, e),
    setKey,
    tie(i, e) {
      tieCount[i]++
      standings.isTied[e] = 1
    },
    untie(i, e) {
      tieCount[i]--
      standings.isTied[e] = 0
      clock.due[i] = -Infinity
    },
    retie(from, to) {
      standings.isTied[from] = 0
      standings.isTied[to] = 1
    },
    setCosts(cost) {
      standings.cost = cost
      resetClock(clock, accounts.candidates)
    },
    extend,
  }
  for (let i = 0; i < n; i++) {
    if (i % PAUSE === PAUSE - 1) yield undefined
    key[i] = cheapest(i)
    addActivity(i, key[i], 1)
  }
  if (n > PAUSE) yield undefined
  listMembers()
  return accounts

  function addActivity(i: number, e: number, factor: number): void {
    const t = standings.territory[e]
    for (let m = 0; m < M; m++) activity[t * M + m] += factor * activities[i * M + m]
    if (rows !== null) rows.each(i, t, (row, part) => (activity[K + row] += factor * part))
  }

  function setKey(i: number, e: number): void {
    addActivity(i, key[i], -1)
    key[i] = e
    addActivity(i, e, 1)
    clock.due[i] = -Infinity
  }

  function totalOf(i: number): number {
    let total = 0
    for (let m = 0; m < M; m++) total += activities[i * M + m]
    return total
  }

  function sizeOf(i: number): number {
    return rows === null ? totalOf(i) : Math.max(totalOf(i), rows.weight(i))
  }

  function listMoving(): number {
    const { active, moving } = accounts
    const { rates } = clock
    question++
    let count = 0
    let listed = clock.rate > STILL ? active.length : 0
    for (let t = 0; t < k; t++) if (rates[t] > STILL) listed += memberStart[t + 1] - memberStart[t]
    if (listed >= active.length) {
      // as many as there are, some of them more than once: all
      moving.set(active)
      return active.length
    }
    for (let t = 0; t < k; t++) {
      if (rates[t] <= STILL) continue
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
    const { start, territory } = standings
    memberStart.fill(0)
    for (const i of accounts.active) for (let e = start[i]; e < start[i + 1]; e++) memberStart[territory[e] + 1]++
    for (let t = 0; t < k; t++) memberStart[t + 1] += memberStart[t]
    members = new Int32Array(memberStart[k])
    const fill = memberStart.slice()
    for (const i of accounts.active) for (let e = start[i]; e < start[i + 1]; e++) members[fill[territory[e]]++] = i
  }

  function listHere({ start, territory }: Candidates): Float64Array {
    const list = new Float64Array(rows === null ? 0 : territory.length)
    if (rows !== null) for (let i = 0; i < n; i++) for (let e = start[i]; e < start[i + 1]; e++) list[e] = rows.here(i, territory[e])
    return list
  }

  function listActive({ start }: Candidates): Int32Array {
    let count = 0
    const active = new Int32Array(n)
    for (let i = 0; i < n; i++) if (start[i + 1] - start[i] >= 2 && sizeOf(i) > 0) active[count++] = i
    return active.slice(0, count)
  }

  function* extend(more: readonly number[], territories: readonly number[]): Generator<undefined, Int32Array> {
    const { start, cost, isTied } = standings
    const wider = addCandidates(problem, centers, accounts.candidates, more, territories)
    if (n > PAUSE) yield undefined
    const moved = new Int32Array(n)
    const widerCost = wider.cost.slice()
    const widerTied = new Uint8Array(widerCost.length)
    for (let i = 0; i < n; i++) {
      if (i % PAUSE === PAUSE - 1) yield undefined
      moved[i] = wider.start[i] - start[i]
      key[i] += moved[i]
      for (let e = start[i]; e < start[i + 1]; e++) {
        widerCost[e + moved[i]] = cost[e]
        widerTied[e + moved[i]] = isTied[e]
      }
    }
    if (n > PAUSE) yield undefined
    standings.start = wider.start
    standings.territory = wider.territory
    standings.cost = widerCost
    standings.isTied = widerTied
    standings.here = listHere(wider)
    accounts.candidates = wider
    accounts.active = listActive(wider)
    resetClock(clock, wider)
    if (n > PAUSE) yield undefined
    listMembers()
    return moved
  }
}
