import { isLate } from "../lateness.js"
import { log } from "../exact/log.js"
import { pow } from "../exact/pow.js"
import type { Random } from "../random.js"
import { applyMove, entryFor, outsideAdded, totalViolation, violationAt, type WholePlan } from "./whole-plan.js"

/** Heat at the start and at the end, as shares of what a typical crossing of a border costs. */
const FIRST_HEAT = 0.3
const LAST_HEAT = 0.002
/** The penalties are reviewed so many times on the way. */
const REVIEWS = 400

/**
 * Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983) over whole plans: shifts of one account and swaps of two, at the
 * true cost plus penalties on violations. A bound that was violated at a review grows dearer, one that was kept cheaper, so
 * that the walk stays near the edge of what is allowed, where the cheap plans are. The best plan inside all bounds is kept.
 *
 * Changes `plan` to that best plan, or leaves it as it was when none was found or none is cheaper. O(M) a proposal.
 *
 * @param penalty k: cost of one unit of violation at the start; about the spacing of a center
 * @returns whether the plan became cheaper
 */
export function* annealPlan(plan: WholePlan, penalty: Float64Array, random: Random, proposals: number): Generator<undefined, boolean> {
  const { problem, candidates, entry, activity, memberStart, members, accountOf } = plan
  const { n, k, measureCount: M, activities, lower, upper } = problem
  const { start, territory, cost } = candidates
  const movable: number[] = []
  let typical = 0
  let crossings = 0
  for (let i = 0; i < n; i++) {
    if (start[i + 1] - start[i] < 2) continue
    movable.push(i)
    let nearest = Infinity
    for (let e = start[i]; e < start[i + 1]; e++) if (e !== entry[i]) nearest = Math.min(nearest, Math.abs(cost[e] - cost[entry[i]]))
    typical += nearest
    crossings++
  }
  if (crossings === 0 || typical === 0) return false
  typical /= crossings

  const first = entry.slice()
  let costNow = 0
  for (let i = 0; i < n; i++) costNow += cost[entry[i]]
  let bestCost = totalViolation(plan) === 0 ? costNow : Infinity
  let bestEntry: Int32Array | null = null
  const weight = Float64Array.from({ length: k * M }, (_, r) => penalty[Math.floor(r / M)])
  const isOut = new Uint8Array(k * M)
  let outCount = 0
  for (let r = 0; r < k * M; r++) if (violationAt(plan, r, activity[r]) > 0) outCount += isOut[r] = 1

  const period = Math.max(1, Math.floor(proposals / REVIEWS))
  let heat = FIRST_HEAT * typical
  const cooling = pow(LAST_HEAT / FIRST_HEAT, 1 / REVIEWS)
  for (let p = 1; p <= proposals; p++) {
    if (p % period === 0) {
      heat *= cooling
      for (let r = 0; r < k * M; r++) weight[r] *= isOut[r] === 1 ? 1.1 : 0.99
      if (p % (8 * period) === 0) {
        const told: unknown = yield undefined
        if (isLate(told)) break
      }
    }
    const i = movable[Math.floor(random() * movable.length)]
    const own = entry[i]
    let e = start[i] + Math.floor(random() * (start[i + 1] - start[i] - 1))
    if (e >= own) e++
    const from = territory[own]
    const to = territory[e]
    let back = -1
    let change = cost[e] - cost[own]
    if (random() < 0.5) {
      // a partner from the other side
      const size = memberStart[to + 1] - memberStart[to]
      const other = members[memberStart[to] + Math.floor(random() * size)]
      const j = accountOf[other]
      if (entry[j] !== other || j === i) continue
      back = entryFor(plan, j, from)
      if (back < 0) continue
      change += cost[back] - cost[other]
    }
    if (change + penaltyChange(i, back < 0 ? -1 : accountOf[back], from, to) > -heat * log(1 - random())) continue
    applyMove(plan, i, e)
    if (back >= 0) applyMove(plan, accountOf[back], back)
    costNow += change
    for (let m = 0; m < M; m++) {
      review(from * M + m)
      review(to * M + m)
    }
    if (outCount === 0 && costNow < bestCost * (1 - 1e-9)) {
      bestCost = costNow
      if (bestEntry === null) bestEntry = entry.slice()
      else bestEntry.set(entry)
    }
  }
  const last = bestEntry ?? first
  for (let i = 0; i < n; i++) if (entry[i] !== last[i]) applyMove(plan, i, last[i])
  return bestEntry !== null

  function review(r: number): void {
    const out = violationAt(plan, r, activity[r]) > 0 ? 1 : 0
    outCount += out - isOut[r]
    isOut[r] = out
  }

  function penaltyChange(i: number, j: number, from: number, to: number): number {
    let sum = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m] - (j < 0 ? 0 : activities[j * M + m])
      if (w !== 0) sum += outside(from * M + m, -w) + outside(to * M + m, w)
    }
    return sum
  }

  function outside(r: number, w: number): number {
    return (weight[r] * outsideAdded(activity[r], w, lower[r], upper[r])) / plan.scale[r]
  }
}
