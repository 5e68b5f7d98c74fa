import type { Candidates } from "./candidates.js"
import type { TransportProblem } from "./transport-problem.js"
import { unavoidableViolation } from "./unavoidable-violation.js"

/**
 * A whole assignment under change: who owns what, how much every territory has, and by how much it is outside its bounds.
 * Accounts move only between their candidates; a move is named by account and candidate entry.
 */
export interface WholePlan {
  readonly problem: TransportProblem
  readonly candidates: Candidates
  /** n: the candidate entry that owns account i. */
  readonly entry: Int32Array
  /** K. */
  readonly activity: Float64Array
  /** For every territory the entries that name it: members[memberStart[t]] to members[memberStart[t + 1]]. */
  readonly memberStart: Int32Array
  readonly members: Int32Array
  /** Account of every entry. */
  readonly accountOf: Int32Array
  /** K: violations count relative to this: the middle of the bounds, or the one that is closed. */
  readonly scale: Float64Array
  /** Below this sum of violations no plan needs to be looked for: 0, but where accounts are heavier than a territory may be. */
  readonly unavoidable: number
}

/** Builds the state from owners; an account whose owner is not among its candidates goes to its first candidate, the cheapest. */
export function createWholePlan(problem: TransportProblem, candidates: Candidates, owner: Int32Array): WholePlan {
  const { n, k, measureCount: M, activities } = problem
  const { start, territory } = candidates
  const entry = new Int32Array(n)
  const activity = new Float64Array(k * M)
  const accountOf = new Int32Array(territory.length)
  const memberStart = new Int32Array(k + 1)
  for (let i = 0; i < n; i++) {
    entry[i] = start[i]
    for (let e = start[i]; e < start[i + 1]; e++) {
      accountOf[e] = i
      if (territory[e] === owner[i]) entry[i] = e
      // accounts with one candidate cannot move and are not listed
      if (start[i + 1] - start[i] > 1) memberStart[territory[e] + 1]++
    }
    for (let m = 0; m < M; m++) activity[territory[entry[i]] * M + m] += activities[i * M + m]
  }
  for (let t = 0; t < k; t++) memberStart[t + 1] += memberStart[t]
  const members = new Int32Array(memberStart[k])
  const fill = memberStart.slice()
  for (let e = 0; e < territory.length; e++) {
    const i = accountOf[e]
    if (start[i + 1] - start[i] > 1) members[fill[territory[e]]++] = e
  }
  const scale = boundScale(problem)
  return { problem, candidates, entry, activity, memberStart, members, accountOf, scale, unavoidable: unavoidableViolation(problem, scale) }
}

/**
 * K: what violations count relative to: the problem's own scale, or the middle of the bounds, or the one that is
 * closed.
 */
export function boundScale({ k, measureCount: M, lower, upper, scale: own }: TransportProblem): Float64Array {
  if (own) return own
  // an open side (0, or the total, which is k) says nothing of a territory's size
  const scale = new Float64Array(k * M)
  for (let r = 0; r < k * M; r++) {
    const isOpen = upper[r] >= k * (1 - 1e-9)
    const size = lower[r] > 0 ? (isOpen ? lower[r] : (lower[r] + upper[r]) / 2) : isOpen ? 1 : upper[r]
    scale[r] = size > 0 ? size : 1
  }
  return scale
}

/** How far outside its bounds row r would be with this activity, relative to its scale; 0 inside. */
export function violationAt(plan: Pick<WholePlan, "problem" | "scale">, r: number, activity: number): number {
  const { lower, upper } = plan.problem
  const outside = activity < lower[r] ? lower[r] - activity : activity > upper[r] ? activity - upper[r] : 0
  // what rounding alone can cause is none
  return outside > 1e-12 ? outside / plan.scale[r] : 0
}

/** By how much more an activity is outside its bounds when w is added to it, in its own unit. */
export function outsideAdded(now: number, w: number, lower: number, upper: number): number {
  const then = now + w
  const before = now < lower ? lower - now : now > upper ? now - upper : 0
  const after = then < lower ? lower - then : then > upper ? then - upper : 0
  return after - before
}

/** Moves account i to candidate entry e. */
export function applyMove(plan: WholePlan, i: number, e: number): void {
  const { activities, measureCount: M } = plan.problem
  const from = plan.candidates.territory[plan.entry[i]] * M
  const to = plan.candidates.territory[e] * M
  for (let m = 0; m < M; m++) {
    plan.activity[from + m] -= activities[i * M + m]
    plan.activity[to + m] += activities[i * M + m]
  }
  plan.entry[i] = e
}

/** Sum of what a plan of whole accounts is outside its bounds, relative. O(n M). */
export function violationOf(problem: TransportProblem, owner: Int32Array): number {
  const { n, k, measureCount: M, activities } = problem
  const activity = new Float64Array(k * M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) activity[owner[i] * M + m] += activities[i * M + m]
  return totalViolation({ problem, scale: boundScale(problem), activity })
}

/** Sum of all violations. */
export function totalViolation(plan: Pick<WholePlan, "problem" | "scale" | "activity">): number {
  let sum = 0
  for (let r = 0; r < plan.activity.length; r++) sum += violationAt(plan, r, plan.activity[r])
  return sum
}

/** Whether nothing is violated but what has to be. */
export function isAsGoodAsPossible(plan: WholePlan): boolean {
  return totalViolation(plan) <= plan.unavoidable
}

/** The candidate entry of account i for territory t, or -1. */
export function entryFor(plan: WholePlan, i: number, t: number): number {
  const { start, territory } = plan.candidates
  for (let e = start[i]; e < start[i + 1]; e++) if (territory[e] === t) return e
  return -1
}
