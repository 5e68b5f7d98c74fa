import { excessOf, SUM_SLACK } from "./broken-bound.js"
import type { Step } from "./move-costs.js"
import { createMoveEstimates } from "./move-estimates.js"
import { listUnits, type MoveUnit } from "./move-units.js"
import type { PlanModel } from "./plan-model.js"

/** A move that breaks nothing, before its cost is known exactly. */
export interface MoveCandidate {
  readonly steps: readonly Step[]
  /** <= 0: accounts in a territory where lock or eligibility do not allow them. */
  readonly misplacedChange: number
  /** <= 0: activity outside the bounds, in shares of targets. */
  readonly violationChange: number
  /** In the caller's unit. */
  readonly penaltyChange: number
  /** About the change of cost and penalty. */
  readonly estimate: number
}

/** Swaps are looked for among so many accounts that would cross each border most cheaply. */
const SWAPPERS = 24
/** And only toward so many territories of each account. */
const NEAR = 8

/**
 * The most promising moves after which no territory is further outside its bounds, on any measure, and which keep eligibility and the
 * limits on moves: what mends most comes first, then by the estimated change of cost. O(n k), with swaps up to 24 times more
 * for every border.
 */
export function findMoveCandidates(model: PlanModel, most: number, swaps: boolean): readonly MoveCandidate[] {
  const { problem, compiled, activity, rules, costUnit } = model
  const { k, measureCount: M } = problem
  const { bounds, totals } = compiled
  const estimate = createMoveEstimates(model)
  const units = listUnits(model)
  const best = createBest(most)
  /** k: whether a bound is broken there. */
  const isBroken = new Uint8Array(k)
  for (let r = 0; r < k * M; r++) if (excess(r, activity[r]) > 0) isBroken[Math.floor(r / M)] = 1

  const borders = new Map<number, { readonly unit: MoveUnit; readonly estimate: number }[]>()
  const changes = new Float64Array(k)
  for (const unit of units) {
    for (let t = 0; t < k; t++) changes[t] = t === unit.from ? Infinity : estimate(unit, t) * costUnit
    for (let t = 0; t < k; t++) if (changes[t] < Infinity) offer([{ unit, to: t }], changes[t])
    if (swaps) remember(unit)
  }
  for (const [border, crossing] of borders) {
    const from = Math.floor(border / k)
    const to = border % k
    if (from > to) continue
    for (const one of crossing) for (const other of borders.get(to * k + from) ?? []) offer([{ unit: one.unit, to }, { unit: other.unit, to: from }], one.estimate + other.estimate)
  }
  return best.rows()

  /** Keeps a unit among those that would cross its cheapest borders most cheaply. */
  function remember(unit: MoveUnit): void {
    const order = Array.from({ length: k }, (_, t) => t).filter((t) => changes[t] < Infinity).sort((a, b) => changes[a] - changes[b] || a - b)
    for (const t of order.slice(0, NEAR)) {
      const key = unit.from * k + t
      const list = borders.get(key)
      if (list === undefined) borders.set(key, [{ unit, estimate: changes[t] }])
      else {
        if (list.length >= SWAPPERS && changes[t] >= list[list.length - 1].estimate) continue
        let at = list.length
        while (at > 0 && list[at - 1].estimate > changes[t]) at--
        list.splice(at, 0, { unit, estimate: changes[t] })
        list.length = Math.min(list.length, SWAPPERS)
      }
    }
  }

  function offer(steps: readonly Step[], costEstimate: number): void {
    const { unit, to } = steps[0]
    const penaltyChange = penaltyOf(steps)
    const total = costEstimate + penaltyChange
    const misplacedChange = -steps.reduce((sum, step) => sum + step.unit.misplaced, 0) + 0
    const mayMend = isBroken[unit.from] === 1 || isBroken[to] === 1
    if (!mayMend && !best.isShort(misplacedChange, 0, total)) return
    const violationChange = mendedBy(steps)
    if (violationChange === null || !best.isShort(misplacedChange, violationChange, total)) return
    if (!steps.every((step) => step.unit.members.every((i) => rules.isAllowed(i, step.to)))) return
    if (!keepsLimits(steps)) return
    best.add({ steps, misplacedChange, violationChange, penaltyChange, estimate: total })
  }

  /** What the activity outside changes by; null where a bound is broken, or broken by more. All steps go between the same two. */
  function mendedBy(steps: readonly Step[]): number | null {
    const { unit, to } = steps[0]
    const back = steps.length > 1 ? steps[1].unit : null
    let change = 0
    for (let m = 0; m < M; m++) {
      const moved = unit.activities[m] - (back === null ? 0 : back.activities[m])
      for (const [r, after] of [[unit.from * M + m, activity[unit.from * M + m] - moved], [to * M + m, activity[to * M + m] + moved]]) {
        const before = excess(r, activity[r])
        const then = excess(r, after)
        if (then > before) return null
        if (then < before) change += (then - before) / (bounds[r].target > 0 ? bounds[r].target : totals[m])
      }
    }
    return change
  }

  function excess(r: number, amount: number): number {
    return excessOf(amount, bounds[r].min, bounds[r].max, SUM_SLACK * totals[r % M])
  }

  function penaltyOf(steps: readonly Step[]): number {
    return rules.disruption === null ? 0 : rules.disruption.penalty * moreMoved(steps)
  }

  function keepsLimits(steps: readonly Step[]): boolean {
    const { disruption } = rules
    return disruption === null || disruption.mayMove(steps.flatMap(({ unit, to }) => unit.members.map((i) => ({ i, from: unit.from, to }))))
  }

  /** Weight that counts as moved, after against before. */
  function moreMoved(steps: readonly Step[]): number {
    const { disruption } = rules
    if (disruption === null) return 0
    return steps.reduce((sum, { unit, to }) => sum + unit.members.reduce((own, i) => own + disruption.movedBy(i, to) - disruption.movedBy(i, unit.from), 0), 0)
  }
}

/** The best so many candidates; at a tie the one that came first. */
function createBest(most: number): { isShort(misplacedChange: number, violationChange: number, estimate: number): boolean; add(candidate: MoveCandidate): void; rows(): readonly MoveCandidate[] } {
  let rows: MoveCandidate[] = []
  /** The last that was kept when too many were thrown out. */
  let last: MoveCandidate | null = null
  const cut = (): void => {
    rows.sort((a, b) => a.misplacedChange - b.misplacedChange || a.violationChange - b.violationChange || a.estimate - b.estimate)
    rows = rows.slice(0, most)
  }
  return {
    isShort: (misplaced, violation, estimate) => last === null || (misplaced - last.misplacedChange || violation - last.violationChange || estimate - last.estimate) < 0,
    add(candidate) {
      rows.push(candidate)
      if (rows.length < 2 * most) return
      cut()
      last = rows[most - 1]
    },
    rows() {
      cut()
      return rows
    },
  }
}
