import type { Fit } from "./divisible-fit.js"
import { findFreeClass, fitOneClass } from "./one-class-fit.js"

/** Steps of work: pairs and territories looked at. */
export interface FlowWork {
  steps: number
}

/** Amounts that differ by less than this share of all of them are the same. */
const ROUNDING = 1e-12
const NOWHERE = new Int32Array(0)

/** A largest flow from classes of accounts into territories. */
interface Flow {
  readonly amount: number
  /** What can still be reached from a class that has something left: a least cut (Ford & Fulkerson 1956). */
  readonly classes: Uint8Array
  readonly territories: Uint8Array
}

/**
 * Whether divided accounts of one measure can meet bounds, exactly, for any number of accounts: those that may go to
 * the same territories are one class. All of them have to find room below the upper bounds, and all lower bounds
 * have to find accounts. A flow for each is enough: where both are possible, both are possible at once (Mendelsohn &
 * Dulmage 1958).
 *
 * The ray of a conflict is -1 on territories that have too little room for what can go nowhere else, or 1 on
 * territories that ask for more than all that may come. Where one class alone has a choice there is a closed form
 * (see {@link fitOneClass}). Deterministic. At most O(k) phases of O(k + sizes of the sets) steps and the
 * augmentations.
 *
 * Source: Dinic (1970) for the flow.
 *
 * @param sets territories of each class, ascending; at least one each
 * @param amounts by class, >= 0
 * @param lower k; 0 where open
 * @param upper k; Infinity where open
 * @param least a conflict is larger than this
 * @param work what is done is added to it
 */
export function fitClasses(
  k: number,
  sets: readonly Int32Array[],
  amounts: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  least: number,
  work: FlowWork = { steps: 0 },
): Fit {
  const free = findFreeClass(k, sets, amounts)
  work.steps += k + sets.length
  if (free !== null) {
    const { place, floor } = free
    return fitOneClass(place < 0 ? NOWHERE : sets[place], place < 0 ? 0 : amounts[place], floor, lower, upper, least)
  }
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  const placed = largestFlow(k, sets, amounts, upper, total, work)
  if (total - placed.amount > least) {
    const ray = Float64Array.from(placed.territories, (isIn) => (isIn === 1 ? -1 : 0) + 0)
    let forced = 0
    placed.classes.forEach((isIn, c) => (forced += isIn === 1 ? amounts[c] : 0))
    let room = 0
    ray.forEach((price, t) => (room += price < 0 ? upper[t] : 0))
    if (forced - room > least) return { status: "conflict", ray, reach: -forced, excess: forced - room }
  }
  const asked = lower.reduce((sum, bound) => sum + bound, 0)
  const served = largestFlow(k, sets, amounts, lower, asked, work)
  if (!(asked - served.amount > least)) return { status: "fits" }
  // whatever may go to a territory beyond the cut is used up there
  const ray = Float64Array.from(served.territories, (isIn, t) => (isIn === 1 || lower[t] === 0 ? 0 : 1))
  let most = 0
  sets.forEach((set, c) => (most += set.some((t) => ray[t] > 0) ? amounts[c] : 0))
  let wanted = 0
  ray.forEach((price, t) => (wanted += price > 0 ? lower[t] : 0))
  return wanted - most > least ? { status: "conflict", ray, reach: most, excess: wanted - most } : { status: "fits" }
}

/**
 * Dinic's phases on classes (nodes 0 to C - 1) and territories (C to C + k - 1), with room for `room` in each
 * territory.
 */
function largestFlow(
  k: number,
  sets: readonly Int32Array[],
  amounts: Float64Array,
  room: Float64Array,
  goal: number,
  work: FlowWork,
): Flow {
  const C = sets.length
  const slack = ROUNDING * (1 + goal)
  const start = new Int32Array(C + 1)
  for (let c = 0; c < C; c++) start[c + 1] = start[c] + (amounts[c] > 0 ? sets[c].length : 0)
  const flow = new Float64Array(start[C])
  const territory = new Int32Array(start[C])
  const classOf = new Int32Array(start[C])
  const from = new Int32Array(k + 1)
  for (let c = 0; c < C; c++) {
    for (let at = start[c]; at < start[c + 1]; at++) {
      territory[at] = sets[c][at - start[c]]
      classOf[at] = c
      from[territory[at] + 1]++
    }
  }
  for (let t = 0; t < k; t++) from[t + 1] += from[t]
  const into = new Int32Array(start[C])
  const fill = from.slice()
  for (let at = 0; at < start[C]; at++) into[fill[territory[at]]++] = at
  const left = amounts.slice()
  const free = room.slice()
  const level = new Int32Array(C + k)
  const next = new Int32Array(C + k)
  const queue = new Int32Array(C + k)
  let amount = 0
  for (;;) {
    const reachesRoom = label()
    work.steps += start[C] + C + k
    if (!reachesRoom) break
    for (let c = 0; c < C; c++) next[c] = start[c]
    for (let t = 0; t < k; t++) next[C + t] = from[t]
    const before = amount
    for (let c = 0; c < C; c++) while (left[c] > slack && augment(c)) continue
    if (!(amount - before > slack)) break
  }
  label()
  return {
    amount,
    classes: Uint8Array.from(level.subarray(0, C), (l) => (l >= 0 ? 1 : 0)),
    territories: Uint8Array.from(level.subarray(C), (l) => (l >= 0 ? 1 : 0)),
  }

  /** Distances from what is left, over pairs and back over those in use; answers whether there is room at the end. */
  function label(): boolean {
    level.fill(-1)
    let size = 0
    for (let c = 0; c < C; c++) {
      if (!(left[c] > slack)) continue
      level[c] = 0
      queue[size++] = c
    }
    let found = false
    for (let head = 0; head < size; head++) {
      const node = queue[head]
      if (node < C) {
        for (let at = start[node]; at < start[node + 1]; at++) {
          const t = C + territory[at]
          if (level[t] >= 0) continue
          level[t] = level[node] + 1
          queue[size++] = t
          if (free[territory[at]] > slack) found = true
        }
        continue
      }
      for (let e = from[node - C]; e < from[node - C + 1]; e++) {
        const c = classOf[into[e]]
        if (level[c] >= 0 || !(flow[into[e]] > slack)) continue
        level[c] = level[node] + 1
        queue[size++] = c
      }
    }
    return found
  }

  /** Sends what it can along one path of rising levels from class c; every dead end is passed once a phase. */
  function augment(c: number): boolean {
    const path: number[] = []
    let node = c
    for (;;) {
      if (node >= C && free[node - C] > slack) break
      const isClass = node < C
      const end = isClass ? start[node + 1] : from[node - C + 1]
      let step = -1
      for (; next[node] < end; next[node]++) {
        const at = isClass ? next[node] : into[next[node]]
        const to = isClass ? C + territory[at] : classOf[at]
        if (level[to] !== level[node] + 1 || (!isClass && !(flow[at] > slack))) continue
        step = at
        break
      }
      if (step >= 0) {
        path.push(step)
        node = isClass ? C + territory[step] : classOf[step]
        continue
      }
      const last = path.pop()
      if (last === undefined) return false
      // back to where the step came from, which tries its next one
      node = isClass ? C + territory[last] : classOf[last]
      next[node]++
    }
    let sent = Math.min(left[c], free[node - C])
    path.forEach((at, p) => {
      if (p % 2 === 1) sent = Math.min(sent, flow[at])
    })
    path.forEach((at, p) => (flow[at] += p % 2 === 0 ? sent : -sent))
    work.steps += path.length
    left[c] -= sent
    free[node - C] -= sent
    amount += sent
    return true
  }
}
