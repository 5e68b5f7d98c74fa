import { deviationOf, imbalanceOf } from "../../criteria/balance.js"
import type { MovingPlan } from "../../math/transport/moving-plan.js"
import type { CompiledProblem } from "../compile-problem.js"
import { SUM_SLACK } from "../judge.js"
import type { ToleranceScale } from "./tolerance-scale.js"

/**
 * How far a plan, or one territory, is from its targets, or from the fairest activities where the bounds cannot all be
 * kept.
 */
export interface Balance {
  /** The tolerance that it needs around these; 0 where no tolerance bounds anything. */
  readonly needed: number
  /** Activity outside the bounds that no tolerance rules, as shares of the totals; 0 for rounding. */
  readonly outside: number
}

/** A whole plan's, with the largest |deviation| of each measure, null where every target is 0. */
export interface PlanBalance extends Balance {
  readonly imbalances: readonly (number | null)[]
}

/**
 * The least tolerance at which a plan is inside its bounds, and by how much it breaks those that are stated as such. O((n + k) M).
 *
 * @param owner n
 */
export function measureBalance(compiled: CompiledProblem, scale: ToleranceScale, owner: Int32Array): PlanBalance {
  const { problem, bounds, activities, measures } = compiled
  const { n, k, measureCount: M } = problem
  const activity = new Float64Array(k * M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) activity[owner[i] * M + m] += activities[i * M + m]
  const read = createReader(compiled, scale)
  let needed = 0
  let outside = 0
  for (let t = 0; t < k; t++) {
    const own = read(t, (m) => activity[t * M + m])
    needed = Math.max(needed, own.needed)
    outside += own.outside
  }
  const deviations = bounds.map(({ target }, r) => deviationOf(activity[r], target))
  return { needed, outside, imbalances: measures.map((_, m) => imbalanceOf(deviations.filter((_, r) => r % M === m))) }
}

/** The balance of a plan, and what it becomes when accounts change places. */
export interface BalanceState {
  /** When i goes from a to b, and j (or nobody: -1) from b to a. O(M), but for the territories that are worst. */
  after(i: number, j: number, a: number, b: number): Balance
}

/** Opens the state of a plan. O(k M). */
export function createBalanceState(compiled: CompiledProblem, scale: ToleranceScale, { activity }: MovingPlan): BalanceState {
  const { activities, activityUnits, problem } = compiled
  const { k, measureCount: M } = problem
  const read = createReader(compiled, scale)
  const now = Array.from({ length: k }, (_, t) => read(t, (m) => activity[t * M + m] * activityUnits[m]))
  const worst = now.map((_, t) => t).sort((s, t) => now[t].needed - now[s].needed || s - t)
  const outside = now.reduce((sum, own) => sum + own.outside, 0)
  return { after }

  function after(i: number, j: number, a: number, b: number): Balance {
    const change = (m: number): number => activities[i * M + m] - (j >= 0 ? activities[j * M + m] : 0)
    const from = read(a, (m) => activity[a * M + m] * activityUnits[m] - change(m))
    const to = read(b, (m) => activity[b * M + m] * activityUnits[m] + change(m))
    const other = worst.find((t) => t !== a && t !== b)
    const needed = Math.max(from.needed, to.needed, other === undefined ? 0 : now[other].needed)
    return { needed, outside: Math.max(0, outside - now[a].outside - now[b].outside) + from.outside + to.outside }
  }
}

/** Reads the balance of one territory from its activities in the caller's units. O(M). */
function createReader(
  { problem, bounds, totals, measures, measureOptions, specs }: CompiledProblem,
  { widest, parts, fairest }: ToleranceScale,
): (t: number, activityOf: (m: number) => number) => Balance {
  const M = problem.measureCount
  const isRuled = (t: number, m: number, side: "min" | "max"): boolean => {
    const own = specs?.[t][side]
    return widest !== null && parts[m] > 0 && measureOptions[measures[m]][side] === undefined && !(own !== undefined && Object.hasOwn(own, measures[m]))
  }
  const ruled = (["min", "max"] as const).map((side) => bounds.map((_, r) => isRuled(Math.floor(r / M), r % M, side)))
  return (t, activityOf) => {
    let needed = 0
    let outside = 0
    for (let m = 0; m < M; m++) {
      const r = t * M + m
      const { target, min, max } = bounds[r]
      // what cannot be reached is not asked for
      const aim = fairest === null ? target : fairest[r]
      const activity = activityOf(m)
      const slack = SUM_SLACK * totals[m]
      for (let side = 0; side < 2; side++) {
        const off = side === 0 ? aim - activity : activity - aim
        if (ruled[side][r]) {
          if (off > slack) needed = Math.max(needed, target > 0 ? off / target / parts[m] : Infinity)
          continue
        }
        const asked = side === 0 ? min : max
        const reached = side === 0 ? Math.min(asked ?? 0, aim) : Math.max(asked ?? 0, aim)
        const bound = asked === null || fairest === null ? asked : reached
        const beyond = bound === null ? 0 : side === 0 ? bound - activity : activity - bound
        if (beyond > slack) outside += beyond / totals[m]
      }
    }
    return { needed, outside }
  }
}
