import { reducedCost } from "./candidates.js"
import type { Split } from "./read-splits.js"
import { applyMove, entryFor, totalViolation, violationAt, type WholePlan } from "./whole-plan.js"

/** Accounts looked at in each direction, the cheapest to cross: all pairs of them may swap. */
const NEAREST = 64
/** Moves for one territory, at most. */
const MAX_MOVES = 6

/** Ways from roots that are still outside, at most, and how much more than that is outside has to fit where they end. */
const MAX_PATHS = 200
const ROOMY = 3
/** Territories that trade between two pauses; looking for a way counts as one. */
const TURN = 64
/** Costs of a territory are of order one. */
const ROUNDING = 1e-12

/** An account that may cross: the entry by which, what it costs at the prices, how much activity it is. */
interface Crossing {
  readonly entry: number
  readonly change: number
  readonly activity: number
}

/** A territory and whom it trades with; -1: nobody. */
interface Step {
  readonly at: number
  readonly parent: number
}

/** Moves between a territory and its parent, and where they leave the territory. */
interface Exchange {
  readonly out: Crossing | null
  readonly into: Crossing | null
  readonly violation: number
  readonly cost: number
}

/**
 * Brings the territories of every tree of once divided accounts inside their bounds, and close to those that bind, with shifts
 * and swaps of accounts that cost about the same on both sides. A tree is rooted where there is most room. From the leaves up
 * each territory trades with its parent, whatever that does to the parent, which trades with its own parent next: so what is
 * too much or too little comes to the root, and it is as little as swaps can make it. At an optimum nearly all territories are
 * at a bound and only the root of a tree is free, so that a search of single moves hardly finds this way. A territory that is
 * still outside hands on over as few borders as lead to enough room.
 *
 * Changes `plan`, a tree or a way at a time, and only to less violation, or to less cost with the same. Of one measure. No
 * random numbers. O(entries of the tree's territories + 64^2 for each).
 *
 * @param splits whose graph is a forest: the trees
 * @param prices k, of the divisible optimum
 * @yields now and then
 */
export function* settleForest(plan: WholePlan, splits: readonly Split[], prices: Float64Array): Generator<undefined, void> {
  const { problem, candidates, entry, activity, accountOf, memberStart, members } = plan
  const { k, activities, lower, upper } = problem
  const { territory, cost } = candidates
  const neighbors = Array.from({ length: k }, (): number[] => [])
  for (const { territories } of splits) {
    for (const t of territories) for (const other of territories) if (other !== t) neighbors[t].push(other)
  }
  const isSettled = new Uint8Array(k)
  let traded = 0
  for (let t = 0; t < k; t++) {
    if (isSettled[t] === 1 || neighbors[t].length === 0) continue
    const tree = orderFrom(t)
    let root = t
    for (const { at } of tree) {
      isSettled[at] = 1
      if (roomOf(at) > roomOf(root)) root = at
    }
    yield* attempt(orderFrom(root).reverse())
  }
  // roots without enough room
  for (let t = 0, paths = 0; t < k && paths < MAX_PATHS; t++) {
    if (violationAt(plan, t, activity[t]) === 0) continue
    paths++
    const path = pathToRoom(t)
    if (isTired()) yield undefined
    yield* attempt(path.map((at, p) => ({ at, parent: path[p + 1] ?? -1 })))
  }

  /** Whether it is time for a pause: trees and ways may all be short. */
  function isTired(): boolean {
    return ++traded % TURN === 0
  }

  /** The fewest borders from a territory outside to one that has room for all that is outside there. */
  function pathToRoom(from: number): number[] {
    const isOver = activity[from] > upper[from]
    const wanted = ROOMY * (isOver ? activity[from] - upper[from] : lower[from] - activity[from])
    const cameFrom = new Int32Array(k).fill(-1)
    cameFrom[from] = from
    const open = [from]
    for (const at of open) {
      if ((isOver ? upper[at] - activity[at] : activity[at] - lower[at]) > wanted) {
        const path = [at]
        for (let t = at; t !== from; t = cameFrom[t]) path.push(cameFrom[t])
        return path.reverse()
      }
      for (let s = memberStart[at]; s < memberStart[at + 1]; s++) {
        // who owns what could come, and where what is owned could go
        const i = accountOf[members[s]]
        const isOwn = entry[i] === members[s]
        for (let e = candidates.start[i]; e < candidates.start[i + 1]; e++) {
          if (isOwn !== isOver || (!isOwn && entry[i] !== e) || cameFrom[territory[e]] >= 0) continue
          cameFrom[territory[e]] = at
          open.push(territory[e])
        }
      }
    }
    return []
  }

  /** Trades of each territory with its parent, in this order; undone if they lead to nothing better. */
  function* attempt(order: readonly Step[]): Generator<undefined, void> {
    const before = totalViolation(plan)
    /** By account, the entry that it had. */
    const moved = new Map<number, number>()
    for (const { at, parent } of order) {
      if (parent < 0) continue
      if (isTired()) yield undefined
      settle(at, parent, moved)
    }
    let saved = 0
    for (const [account, from] of moved) saved += cost[from] - cost[entry[account]]
    const after = totalViolation(plan)
    if (after < before - ROUNDING || (after <= before + ROUNDING && saved > 0)) return
    for (const [account, from] of moved) applyMove(plan, account, from)
  }

  function roomOf(t: number): number {
    return Math.min(upper[t] - activity[t], activity[t] - lower[t])
  }

  /** The territories of a tree, each with its parent and after it. */
  function orderFrom(root: number): Step[] {
    const order: Step[] = [{ at: root, parent: -1 }]
    const seen = new Set([root])
    for (let v = 0; v < order.length; v++) {
      for (const next of neighbors[order[v].at]) {
        if (seen.has(next)) continue
        seen.add(next)
        order.push({ at: next, parent: order[v].at })
      }
    }
    return order
  }

  function settle(t: number, parent: number, moved: Map<number, number>): void {
    for (let move = 0; move < MAX_MOVES; move++) {
      const { out, into } = bestExchange(t, parent)
      if (out === null && into === null) return
      for (const crossing of [out, into]) {
        if (crossing === null) continue
        const account = accountOf[crossing.entry]
        if (!moved.has(account)) moved.set(account, entry[account])
        applyMove(plan, account, crossing.entry)
      }
    }
  }

  /** What leaves the territory least outside, and of that what costs least, the room that is left over included. */
  function bestExchange(t: number, parent: number): Exchange {
    const outs: Crossing[] = []
    const intos: Crossing[] = []
    for (let s = memberStart[t]; s < memberStart[t + 1]; s++) {
      const e = members[s]
      const i = accountOf[e]
      if (activities[i] === 0) continue
      if (entry[i] !== e) {
        if (territory[entry[i]] === parent) intos.push(crossingBy(e))
        continue
      }
      const other = entryFor(plan, i, parent)
      if (other >= 0) outs.push(crossingBy(other))
    }
    let best: Exchange = { out: null, into: null, violation: violationAt(plan, t, activity[t]), cost: costOfRoom(t, activity[t]) }
    const nearestOut = [null, ...nearest(outs)]
    const nearestInto = [null, ...nearest(intos)]
    for (const out of nearestOut) {
      for (const into of nearestInto) {
        const then = activity[t] - (out?.activity ?? 0) + (into?.activity ?? 0)
        const violation = violationAt(plan, t, then)
        if (violation > best.violation) continue
        const sum = (out?.change ?? 0) + (into?.change ?? 0) + costOfRoom(t, then)
        if (violation < best.violation || sum < best.cost - ROUNDING) best = { out, into, violation, cost: sum }
      }
    }
    return best
  }

  /** What it costs that the activity leaves some room at the bound that the price pays for. */
  function costOfRoom(t: number, then: number): number {
    return Math.abs(prices[t]) * Math.max(0, prices[t] > 0 ? then - lower[t] : upper[t] - then)
  }

  function crossingBy(e: number): Crossing {
    const i = accountOf[e]
    const own = entry[i]
    const change = reducedCost(cost[e], prices, territory[e], activities, i, 1) - reducedCost(cost[own], prices, territory[own], activities, i, 1)
    return { entry: e, change, activity: activities[i] }
  }
}

function nearest(crossings: Crossing[]): Crossing[] {
  return crossings.sort((a, b) => a.change - b.change || a.entry - b.entry).slice(0, NEAREST)
}
