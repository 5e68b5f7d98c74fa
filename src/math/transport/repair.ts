import { isTooLate } from "../lateness.js"
import type { Random } from "../random.js"
import { reducedCost } from "./candidates.js"
import { createMoveLedger } from "./move-ledger.js"
import { createViolatedRows } from "./violated-rows.js"
import { applyMove, outsideAdded, totalViolation, type WholePlan } from "./whole-plan.js"

/** Share of its first weight by which a violated bound grows heavier whenever no move helps. */
const GROWTH = 0.1
/**
 * Factor by which all bounds grow heavier after a walk that led nowhere, as moves may cost far more than centers
 * suggest; and all of it at most.
 */
const HEAVIER = 8
const HEAVIEST = 1e12
/** Moves aim this far inside the bounds (relative to a territory's scale, at most a share of the window), so that none is missed by a hair. */
const MARGIN = 2e-4
const MARGIN_OF_WINDOW = 0.05
/** Moves without a new record after which the search goes back to the record and forgets what it learned of weights. */
const PATIENCE = 1200
/** Moves, or looks, between two pauses: a territory of a large problem has thousands to look at. */
const TURN = 200
const TURN_LOOKS = 1 << 15
/** Swaps looked at for one violated territory, at most. */
const MAX_SWAPS = 4000

/**
 * Moves accounts until every territory is inside its bounds, within the problem's limits on moves: shifts of one account and swaps of two, always around a
 * territory that is outside, the best first, at the true price of the move (cost less what the prices pay for the activity)
 * plus a penalty on violations. A move is not undone for a while, and bounds that stay violated weigh more and more, so that
 * a surplus travels through several territories to where there is room. A walk that leads nowhere starts again from the best plan.
 *
 * Ends inside all bounds, or where only what has to be is violated, or after `maxMoves` moves or `maxLooks` looks at one (about 0.1 microseconds each) at the least total
 * violation seen. Changes `plan`. A move costs about the number of candidates of one territory, and of its swaps.
 *
 * Source: tabu search (Glover 1989) with breakout weights (Morris 1993).
 *
 * @param prices K, of the divisible optimum
 * @param penalty k: cost of one unit of violation of a territory at the start; about the spacing of its center
 * @yields after every 200 moves or few hundred thousand looks
 * @returns total violation left; 0 when inside
 */
export function* repairViolations(plan: WholePlan, prices: Float64Array, penalty: Float64Array, random: Random, maxMoves: number, maxLooks: number = Infinity): Generator<undefined, number> {
  const { problem, candidates, entry, activity, memberStart, members, accountOf } = plan
  const { n, k, measureCount: M, activities, lower, upper } = problem
  const { start, territory, cost } = candidates
  const K = k * M
  const weight = Float64Array.from({ length: K }, (_, r) => penalty[Math.floor(r / M)])
  const low = new Float64Array(K)
  const high = new Float64Array(K)
  for (let r = 0; r < K; r++) {
    const margin = Math.min(MARGIN * plan.scale[r], MARGIN_OF_WINDOW * (upper[r] - lower[r]))
    low[r] = lower[r] > 0 ? lower[r] + margin : lower[r]
    high[r] = upper[r] - margin
  }
  const ledger = createMoveLedger(problem, (i) => territory[entry[i]])
  const freeAt = new Int32Array(n)
  /** While one territory is looked at: the first entry by which an account of every other could come to it; the account's next. */
  const firstOf = new Int32Array(k)
  const nextOf = new Int32Array(n)
  const priced = new Float64Array(territory.length)
  for (let e = 0; e < territory.length; e++) priced[e] = reducedCost(cost[e], prices, territory[e], activities, accountOf[e], M)
  if (territory.length > TURN_LOOKS) yield undefined

  let looks = 0
  let rested = 0
  let first = 1
  let best = totalViolation(plan)
  const bestEntry = entry.slice()
  let bestAt = 0
  // kept up to date by every move: with hundreds of territories a look at all rows takes longer than a move
  const violated = createViolatedRows(plan)
  for (let move = 1; move <= maxMoves && looks < maxLooks && best > plan.unavoidable; move++) {
    const { rows, count } = violated
    const total = violated.total()
    if (total < best) {
      best = total
      bestEntry.set(entry)
      bestAt = move
      if (best <= plan.unavoidable) break
    } else if (move - bestAt > PATIENCE) {
      restore()
      first = Math.min(HEAVIEST, first * HEAVIER)
      for (let r = 0; r < K; r++) weight[r] = first * penalty[Math.floor(r / M)]
      bestAt = move
      continue
    }
    if (move % TURN === 0 || looks - rested >= TURN_LOOKS) {
      rested = looks
      const told: unknown = yield undefined
      if (isTooLate(told)) break
    }
    const t = Math.floor(rows[Math.floor(random() * count())] / M)
    const found = bestMove(t, move)
    if (found === null || found.change > -1e-15) {
      for (let at = 0; at < count(); at++) weight[rows[at]] += GROWTH * first * penalty[Math.floor(rows[at] / M)]
    }
    if (found === null) continue
    apply(found.first)
    freeAt[accountOf[found.first]] = move + 8 + Math.floor(random() * 12)
    if (found.second >= 0) {
      apply(found.second)
      freeAt[accountOf[found.second]] = move + 8 + Math.floor(random() * 12)
    }
  }
  restore()
  return best

  /** The cheapest shift or swap that touches territory t. */
  function bestMove(t: number, now: number): { first: number; second: number; change: number } | null {
    let first = -1
    let second = -1
    let least = Infinity
    const outgoing: number[] = []
    for (let s = memberStart[t]; s < memberStart[t + 1]; s++) {
      const e = members[s]
      const i = accountOf[e]
      if (freeAt[i] > now) continue
      if (entry[i] !== e) {
        // into t
        const change = priced[e] - priced[entry[i]] + penaltyOfShift(i, territory[entry[i]], t)
        if (change < least && (ledger === null || ledger.allows(i, territory[entry[i]], t, -1))) {
          least = change
          first = e
          second = -1
        }
        continue
      }
      for (let other = start[i]; other < start[i + 1]; other++) {
        if (other === e) continue
        outgoing.push(other)
        const change = priced[other] - priced[e] + penaltyOfShift(i, t, territory[other])
        if (change < least && (ledger === null || ledger.allows(i, t, territory[other], -1))) {
          least = change
          first = other
          second = -1
        }
      }
    }
    // swaps: one account out to b, one of b's in; chained backwards, so that the chains run forwards
    firstOf.fill(-1)
    for (let s = memberStart[t + 1] - 1; s >= memberStart[t]; s--) {
      const i = accountOf[members[s]]
      if (entry[i] === members[s] || freeAt[i] > now) continue
      const owner = territory[entry[i]]
      nextOf[i] = firstOf[owner]
      firstOf[owner] = members[s]
    }
    let looked = 0
    const offset = outgoing.length > 0 ? Math.floor(random() * outgoing.length) : 0
    for (let o = 0; o < outgoing.length && looked < MAX_SWAPS; o++) {
      const out = outgoing[(o + offset) % outgoing.length]
      const i = accountOf[out]
      const b = territory[out]
      const changeOut = priced[out] - priced[entry[i]]
      for (let into = firstOf[b], j = 0; into >= 0; into = nextOf[j]) {
        j = accountOf[into]
        looked++
        const change = changeOut + priced[into] - priced[entry[j]] + penaltyOfSwap(i, j, t, b)
        if (change < least && (ledger === null || ledger.allows(i, t, b, j))) {
          least = change
          first = out
          second = into
        }
      }
    }
    looks += memberStart[t + 1] - memberStart[t] + outgoing.length + looked
    return first < 0 ? null : { first, second, change: least }
  }

  function penaltyOfShift(i: number, from: number, to: number): number {
    let sum = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m]
      if (w !== 0) sum += change(from * M + m, -w) + change(to * M + m, w)
    }
    return sum
  }

  function penaltyOfSwap(i: number, j: number, t: number, b: number): number {
    let sum = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m] - activities[j * M + m]
      if (w !== 0) sum += change(t * M + m, -w) + change(b * M + m, w)
    }
    return sum
  }

  function change(r: number, w: number): number {
    return (weight[r] * outsideAdded(activity[r], w, low[r], high[r])) / plan.scale[r]
  }

  function restore(): void {
    for (let i = 0; i < n; i++) if (entry[i] !== bestEntry[i]) apply(bestEntry[i])
  }

  function apply(e: number): void {
    const i = accountOf[e]
    const from = territory[entry[i]]
    ledger?.record(i, from, territory[e])
    applyMove(plan, i, e)
    violated.update(from)
    violated.update(territory[e])
  }
}
