import { setKey, type RelaxedCore } from "./relaxed-core.js"

/** Slopes below this are none. */
const FLAT = 1e-9
/** Parts of a direction below this are none. */
const NOTHING = 1e-12
/** Rows have to be kept by so many times their slack for a proof that they cannot be kept. */
const CERTAIN = 10

/**
 * A way of prices along an edge of the dual, and what it meets: accounts that find another pair cheaper, prices that
 * come to 0.
 */
export interface EdgeWalk {
  /** Sets out along `side` times these prices, which are R numbers from `from` on. */
  aim(rows: Float64Array, from: number, side: 1 | -1): void
  /** Looks for all breakpoints ahead, but for account `left` out (-1: none). */
  collect(left: number): void
  /** The nearest breakpoint, ties: the first collected: an account, or n + row; -1 where none is ahead. */
  nearest(): number
  /** How far it is. */
  distance(slot: number): number
  /** The territory that an account meets there. */
  territory(i: number): number
  /** How much less the bound rises beyond it; Infinity where it cannot be passed. */
  loss(slot: number): number
  /** Passes the nearest breakpoint, changing keys and slacks. */
  pass(): void
  /** Leaves the nearest breakpoint out. */
  skip(): void
  /**
   * Whether the bound rises without end along the direction, beyond what rounding can feign: allowed pairs cannot keep
   * all rows (Farkas).
   */
  isEndless(): boolean
  /** Prices and reduced costs move that far. */
  move(at: number): void
}

/** The walk of a core. Aiming is O(pairs with a choice), every breakpoint O(those ahead). */
export function createEdgeWalk(core: RelaxedCore): EdgeWalk {
  const { program, allowed, prices, key, tieCount, slackState, reducedCost, active } = core
  const { n, k, rowCount: R, start, row, part, lower, upper, slack } = program
  const direction = new Float64Array(R)
  const slope = new Float64Array(n * k)
  // by slot (account, or n + row) how far its breakpoint is, and for an account the territory
  const ahead = new Float64Array(n + R)
  const met = new Int32Array(n)
  const slots = new Int32Array(n + R)
  let slotCount = 0
  let next = -1

  /** Where account i meets its next cheaper pair; false where it meets none. */
  function foresee(i: number): boolean {
    const base = i * k
    const now = reducedCost[base + key[i]]
    const along = slope[base + key[i]]
    let best = Infinity
    for (let t = 0; t < k; t++) {
      if (allowed[base + t] === 0 || !(slope[base + t] - along > FLAT)) continue
      const theta = (reducedCost[base + t] - now) / (slope[base + t] - along)
      if (theta < best) {
        best = theta
        met[i] = t
      }
    }
    ahead[i] = Math.max(0, best)
    return best < Infinity
  }

  function skip(): void {
    slots[next] = slots[--slotCount]
  }

  return {
    aim(rows, from, side) {
      for (let r = 0; r < R; r++) {
        const value = side * rows[from + r]
        direction[r] = Math.abs(value) > NOTHING ? value : 0
      }
      for (let a = 0; a < core.activeCount; a++) {
        const i = active[a]
        for (let p = i * k; p < (i + 1) * k; p++) {
          if (allowed[p] === 0 && p !== i * k + key[i]) continue
          let sum = 0
          for (let e = start[p]; e < start[p + 1]; e++) sum += part[e] * direction[row[e]]
          slope[p] = sum
        }
      }
      core.work += 2 * core.activeCount * k + R
    },
    collect(left) {
      slotCount = 0
      for (let a = 0; a < core.activeCount; a++) if (active[a] !== left && foresee(active[a])) slots[slotCount++] = active[a]
      for (let r = 0; r < R; r++) {
        const step = direction[r]
        if (slackState[r] === 2 || !(slackState[r] === 0 ? step < -FLAT : step > FLAT)) continue
        ahead[n + r] = Math.max(0, -prices[r] / step)
        slots[slotCount++] = n + r
      }
    },
    nearest() {
      next = -1
      for (let s = 0; s < slotCount; s++) if (next < 0 || ahead[slots[s]] < ahead[slots[next]]) next = s
      core.work += slotCount
      return next < 0 ? -1 : slots[next]
    },
    distance: (slot) => ahead[slot],
    territory: (i) => met[i],
    loss(slot) {
      if (slot >= n) return (upper[slot - n] - lower[slot - n]) * Math.abs(direction[slot - n])
      return tieCount[slot] > 0 ? Infinity : slope[slot * k + met[slot]] - slope[slot * k + key[slot]]
    },
    pass() {
      const slot = slots[next]
      if (slot >= n) slackState[slot - n] = 1 - slackState[slot - n]
      else setKey(core, slot, met[slot])
      if (slot >= n || !foresee(slot)) skip()
    },
    skip,
    isEndless() {
      let rate = 0
      let noise = 0
      for (let r = 0; r < R; r++) {
        if (direction[r] === 0) continue
        rate += direction[r] * (direction[r] > 0 ? lower[r] : upper[r])
        noise += Math.abs(direction[r]) * slack[r]
      }
      for (let i = 0; i < n; i++) {
        let most = -Infinity
        for (let p = i * k; p < (i + 1) * k; p++) {
          if (allowed[p] === 0) continue
          let sum = 0
          for (let e = start[p]; e < start[p + 1]; e++) sum += part[e] * direction[row[e]]
          most = Math.max(most, sum)
        }
        rate -= most
      }
      core.work += start[n * k]
      return rate > CERTAIN * noise
    },
    move(at) {
      for (let r = 0; r < R; r++) {
        const value = prices[r] + at * direction[r]
        // no price of a sign that an open side forbids, from rounding
        prices[r] = (value > 0 && lower[r] === -Infinity) || (value < 0 && upper[r] === Infinity) ? 0 : value
      }
      for (let a = 0; a < core.activeCount; a++) {
        for (let p = active[a] * k; p < (active[a] + 1) * k; p++) reducedCost[p] -= at * slope[p]
      }
      core.work += core.activeCount * k
    },
  }
}
