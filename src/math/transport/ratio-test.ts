import type { BreakpointHeap } from "./breakpoint-heap.js"
import type { KeyedAccounts } from "./keyed-accounts.js"

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
  const moving = accounts.listMoving(direction)
  for (let a = 0; a < moving; a++) {
    const i = accounts.moving[a]
    const e = accounts.overtaker(i, 0, direction)
    if (e >= 0) heap.push(accounts.step(), i)
  }
  while (heap.pop()) {
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
    const e = accounts.overtaker(item, step, direction)
    if (e < 0) continue
    const at = accounts.step()
    const rate = accounts.rate(item, e, direction)
    const isTied = accounts.tieCount[item] > 0
    if (rate >= SMALL_RATE * largest && (isTied || slope - rate <= flat)) return { entering: { step: at, row: -1, account: item, entry: e }, slopeLeft: slope }
    if (isTied) continue
    slope -= rate
    accounts.setKey(item, e)
    if (accounts.overtaker(item, step, direction) >= 0) heap.push(accounts.step(), item)
  }
  return { entering: null, slopeLeft: slope }
}
