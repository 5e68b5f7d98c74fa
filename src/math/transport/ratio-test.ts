import type { BreakpointHeap } from "./breakpoint-heap.js"
import type { KeyedAccounts } from "./keyed-accounts.js"
import { aimClock, guessStep, isDue, noteGap } from "./price-clock.js"
import { findOvertaker, speedOf, type Overtaker } from "./standings.js"

/** A breakpoint of the bound along a direction of prices: a row whose slack, or an account whose entry, enters the basis. */
export interface Breakpoint {
  readonly step: number
  /** -1: an account's. */
  readonly row: number
  readonly account: number
  readonly entry: number
}

/** What a ratio test reads, and what it changes on the way: keys of accounts and sides of nonbasic slacks. */
export interface RatioState {
  readonly accounts: KeyedAccounts
  /** K, as the next four. */
  readonly prices: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** 1 when the row's slack is nonbasic at the upper bound, 0 at the lower, 2 when it is in the basis. */
  readonly slackState: Uint8Array
  /** 1 when a placeholder in the basis holds the row's price. */
  readonly held: Uint8Array
  /** Used and left empty or not; only its memory is kept. */
  readonly heap: BreakpointHeap
}

/** A breakpoint whose rate is below this times the largest is no pivot. */
const SMALL_RATE = 1e-9
/** Where the walk goes on longer than was guessed, accounts so many times further off are looked at. */
const FURTHER = 4
/** A slope below this, per unit of the largest price change, is what rounding leaves of none: without a limit the bound rises by more. */
const FLAT = 1e-12

/**
 * Walks the breakpoints along the direction while the bound rises. Accounts that pass are given their new key; the account
 * or the slack at which the bound would fall enters the basis. A split account cannot pass: its ties would break.
 *
 * @returns what enters, null where the bound rises without end, and what the bound still gains per step at the end
 */
export function testRatios(direction: Float64Array, slopeAtStart: number, state: RatioState): { readonly entering: Breakpoint | null; readonly slopeLeft: number } {
  const { accounts, prices, lower, upper, slackState, held, heap } = state
  let slope = slopeAtStart
  let largest = 0
  let flat = 0
  heap.clear()
  for (let r = 0; r < direction.length; r++) {
    const d = direction[r]
    flat = Math.max(flat, FLAT * Math.abs(d))
    if (slackState[r] === 2 || d === 0 || held[r] === 1) continue
    const falling = slackState[r] === 0 ? d < 0 : d > 0
    if (Math.abs(d) > largest) largest = Math.abs(d)
    if (falling && Math.abs(d) > 1e-13) heap.push(Math.max(0, -prices[r] / d), -1 - r)
  }
  // accounts are looked at when the walk may have come as far as they are: a guess, then further and further
  const { clock, standings, tieCount } = accounts
  aimClock(clock, direction, standings.M, standings.limits)
  const next: Overtaker = { entry: -1, step: 0 }
  let seen = guessStep(clock)
  let waiting = listBreakpoints(accounts, accounts.listMoving(), seen, direction, heap, next)
  for (;;) {
    while (waiting > 0 && heap.least() >= seen) {
      seen *= FURTHER
      waiting = listBreakpoints(accounts, waiting, seen, direction, heap, next)
    }
    if (!heap.pop()) return { entering: null, slopeLeft: slope }
    const step = heap.step()
    const item = heap.item()
    if (item < 0) {
      const r = -1 - item
      const drop = Math.abs(direction[r]) * (upper[r] - lower[r])
      if (slope - drop <= flat) return { entering: { step, row: r, account: -1, entry: -1 }, slopeLeft: slope }
      slope -= drop
      slackState[r] = 1 - slackState[r]
      continue
    }
    findOvertaker(standings, item, step, direction, next)
    const { entry, step: at } = next
    if (entry < 0) continue
    const rate = speedOf(standings, item, entry, direction)
    const isTied = tieCount[item] > 0
    if (rate >= SMALL_RATE * largest && (isTied || slope - rate <= flat)) return { entering: { step: at, row: -1, account: item, entry }, slopeLeft: slope }
    if (isTied) continue
    slope -= rate
    accounts.setKey(item, entry)
    findOvertaker(standings, item, step, direction, next)
    if (next.entry >= 0) heap.push(next.step, item)
  }
}

/**
 * Lists the breakpoints of the first so many moving accounts that prices may reach within a step of `seen`; the others stay, closed up.
 * Answers how many stay.
 */
function listBreakpoints({ standings, clock, tieCount, moving }: KeyedAccounts, count: number, seen: number, direction: Float64Array, heap: BreakpointHeap, next: Overtaker): number {
  let left = 0
  for (let a = 0; a < count; a++) {
    const i = moving[a]
    if (tieCount[i] === 0 && !isDue(clock, i, seen)) {
      moving[left++] = i
      continue
    }
    noteGap(clock, i, findOvertaker(standings, i, 0, direction, next))
    if (next.entry >= 0) heap.push(next.step, i)
  }
  return left
}
