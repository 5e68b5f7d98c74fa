/** What accounts and prices are, as arrays only: these are read by every look at an account, of which there are millions. */
export interface Standings {
  readonly M: number
  /** n + 1: entries of account i are those from its start to the next. */
  start: Int32Array
  /** By entry. */
  territory: Int32Array
  /** By entry, perturbed or true: what the reduced costs are made of. */
  cost: Float64Array
  /** By entry: 1 while the basis holds it beside the key. */
  isTied: Uint8Array
  /** By entry, with limits on moves: what of the account stays at home there; else empty. */
  here: Float64Array
  /** n: the entry that has what ties leave, the cheapest at the prices. */
  readonly key: Int32Array
  readonly activities: Float64Array
  /** k x M, and behind them those of limits. */
  readonly prices: Float64Array
  readonly limits: LimitPlaces | null
}

/** Where limits on moves stand among rows of prices; -1: there is none. */
export interface LimitPlaces {
  /** Of the limit on all moves. */
  readonly common: number
  /** k: of what territories hand off, and of what they take over. */
  readonly leaving: Int32Array
  readonly coming: Int32Array
  /** n: weight at all homes. */
  readonly weights: Float64Array
}

/** The next entry that overtakes, -1 for none, and at which step. */
export interface Overtaker {
  entry: number
  step: number
}

/** Rates below this are rounding. */
export const STILL = 1e-13

/** Reduced cost of entry e of account i. O(M). */
export function reducedAt({ M, territory, cost, here, activities, prices, limits }: Standings, i: number, e: number): number {
  const t = territory[e]
  let f = cost[e]
  for (let m = 0; m < M; m++) f -= prices[t * M + m] * activities[i * M + m]
  return limits === null ? f : f - limitsAt(limits, prices, i, t, here[e])
}

/** What rows of limits add for account i in territory t, of which `here` stays at home. */
export function limitsAt({ common, leaving, coming, weights }: LimitPlaces, values: Float64Array, i: number, t: number, here: number): number {
  let sum = common < 0 ? 0 : here * values[common]
  if (leaving[t] >= 0) sum += here * values[leaving[t]]
  if (coming[t] >= 0) sum += (weights[i] - here) * values[coming[t]]
  return sum
}

/** How fast entry e becomes cheaper against the key of account i along a direction of prices. O(M). */
export function speedOf({ M, territory, here, key, activities, limits }: Standings, i: number, e: number, direction: Float64Array): number {
  const own = key[i]
  const a = territory[own] * M
  const b = territory[e] * M
  let sum = 0
  for (let m = 0; m < M; m++) sum += (direction[b + m] - direction[a + m]) * activities[i * M + m]
  return limits === null ? sum : sum + limitsAt(limits, direction, i, territory[e], here[e]) - limitsAt(limits, direction, i, territory[own], here[own])
}

/** Entry of account i with the least reduced cost; ties: the first. */
export function cheapestOf(s: Standings, i: number): number {
  const { start } = s
  let best = start[i]
  let least = Infinity
  for (let e = start[i]; e < start[i + 1]; e++) {
    const f = reducedAt(s, i, e)
    if (f >= least) continue
    least = f
    best = e
  }
  return best
}

/**
 * The next entry of account i, not tied, that overtakes its key along a direction of prices at a step of `least` or more: into
 * `found`. O(entries of the account).
 *
 * @returns how much the best entry that is not tied lacks now; Infinity where all are
 */
export function findOvertaker(s: Standings, i: number, least: number, direction: Float64Array, found: Overtaker): number {
  const { M, start, territory, cost, isTied, here, key, activities, prices, limits } = s
  const own = key[i]
  const last = start[i + 1]
  const a = territory[own] * M
  const at = i * M
  const ownReduced = reducedAt(s, i, own)
  const ownLimited = limits === null ? 0 : limitsAt(limits, direction, i, territory[own], here[own])
  let entry = -1
  let next = Infinity
  let gap = Infinity
  for (let e = start[i]; e < last; e++) {
    if (e === own || isTied[e] === 1) continue
    const b = territory[e] * M
    let f = cost[e]
    let speed = 0
    for (let m = 0; m < M; m++) {
      f -= prices[b + m] * activities[at + m]
      speed += (direction[b + m] - direction[a + m]) * activities[at + m]
    }
    if (limits !== null) {
      f -= limitsAt(limits, prices, i, territory[e], here[e])
      speed += limitsAt(limits, direction, i, territory[e], here[e]) - ownLimited
    }
    const behind = f - ownReduced
    if (behind < gap) gap = behind
    if (speed <= STILL) continue
    const step = Math.max(least, behind / speed)
    if (step >= next) continue
    next = step
    entry = e
  }
  found.entry = entry
  found.step = next
  return gap
}
