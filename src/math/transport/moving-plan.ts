import { createMovingCosts, type MovingCosts } from "./moving-costs.js"
import type { TransportProblem } from "./transport-problem.js"
import { boundScale } from "./whole-plan.js"

/** What decides where centers are: the accounts' weighted mean, or the account that serves the others at the least cost. */
export type CentersAre = "mean" | "account"

/** A whole plan whose centers move with its accounts: who owns what, where the centers then are, and what that costs. */
export interface MovingPlan {
  readonly problem: TransportProblem
  readonly costs: MovingCosts
  /** n. */
  readonly owner: Int32Array
  /** k: the accounts of every territory, in no order. */
  readonly members: readonly number[][]
  /** n: where account i stands in its territory's list. */
  readonly placeOf: Int32Array
  /** K. */
  readonly activity: Float64Array
  /** K: violations count relative to this: the middle of the bounds, or the one that is closed. */
  readonly scale: Float64Array
}

/** Builds the state from owners, and from centers for territories without accounts or whose center is fixed. O(n + k). */
export function createMovingPlan(problem: TransportProblem, centersAre: CentersAre, fixed: Uint8Array, owner: Int32Array, centers: Float64Array): MovingPlan {
  const { n, k, measureCount: M, activities } = problem
  const members: number[][] = Array.from({ length: k }, () => [])
  const placeOf = new Int32Array(n)
  const activity = new Float64Array(k * M)
  for (let i = 0; i < n; i++) {
    placeOf[i] = members[owner[i]].push(i) - 1
    for (let m = 0; m < M; m++) activity[owner[i] * M + m] += activities[i * M + m]
  }
  return { problem, costs: createMovingCosts(problem, centersAre, fixed, members, centers), owner: owner.slice(), members, placeOf, activity, scale: boundScale(problem) }
}

/** Moves account i from its territory to b, and j (or nobody: -1) from b to where i was. */
export function exchange(plan: MovingPlan, i: number, j: number, b: number): void {
  const a = plan.owner[i]
  transfer(plan, i, a, b)
  if (j >= 0) transfer(plan, j, b, a)
  plan.costs.moved(i, j, a, b)
}

function transfer(plan: MovingPlan, i: number, from: number, to: number): void {
  const { members, placeOf, activity, owner } = plan
  const { activities, measureCount: M } = plan.problem
  const list = members[from]
  const last = list.pop() as number
  if (last !== i) {
    list[placeOf[i]] = last
    placeOf[last] = placeOf[i]
  }
  placeOf[i] = members[to].push(i) - 1
  owner[i] = to
  for (let m = 0; m < M; m++) {
    activity[from * M + m] -= activities[i * M + m]
    activity[to * M + m] += activities[i * M + m]
  }
}
