import { dualBoundOf, isDescentRay, isFeasible, LP_TOLERANCE, sumOf } from "./check-lp-answer.js"
import { checkLpProblem, hasCrossedBounds, lowerOf, upperOf, type LpProblem } from "./lp-problem.js"
import { runSimplex, type LpClaim } from "./run-simplex.js"
import { standardize, type Standardized } from "./standard-lp.js"

/** What is known about a program; every proof is recomputed from the program as it was given. */
export type LpResult =
  /**
   * `values` meet all bounds and `duals` prove that nothing costs less: both to 1e-7 of the terms at hand. Duals are one a
   * row, the change of the objective per unit of its bound: > 0 where the lower bound holds, < 0 the upper.
   */
  | { readonly status: "optimal"; readonly objective: number; readonly values: Float64Array; readonly duals: Float64Array }
  /**
   * No values meet all bounds: the sum of the rows with these `multipliers` asks for more than the variables can give. All are
   * 0 where a lower bound is above its own upper one.
   */
  | { readonly status: "infeasible"; readonly multipliers: Float64Array }
  /** `values` meet all bounds, and so does every point from there along `ray`, while the objective falls without end. */
  | { readonly status: "unbounded"; readonly values: Float64Array; readonly ray: Float64Array }
  /** Nothing is known. `too-large`: not tried; `work-limit`: not finished; `unproven`: the answer did not stand the check. */
  | { readonly status: "failed"; readonly reason: "too-large" | "work-limit" | "unproven" }

/** Beyond these the dense tableau is the wrong machine. */
const MAX_ROWS = 250
const MAX_COLUMNS = 4000
/** Entries of the dense tableau, 8 bytes each. */
const MAX_ENTRIES = 4e6
/** Entries that the pivots of one attempt may touch: some seconds. */
const MAX_WORK = 4e9
/** Rounds of scaling of the attempts: one in ten thousand badly scaled programs goes wrong with scaling and right without. */
const ATTEMPTS = [2, 0]

/**
 * Solves a linear program of up to 250 rows and 4,000 variables, if its dense tableau has up to 4 million entries: a row has
 * one line there for each of its bounds, so has a variable for a second bound; a free variable has two columns. O(entries) a
 * pivot, about as many pivots as lines.
 *
 * Nothing is believed that is not proven: an optimum by a feasible point and multipliers with the same value (duality), no
 * solution by multipliers (Farkas), no optimum by a point and a ray. Ill-conditioned programs, and such that are infeasible
 * by a hair, may end as `failed`. Deterministic; where several optima exist, any one.
 *
 * @param machine what claims answers; another one in tests
 * @throws RangeError for what is no program (see checkLpProblem)
 */
export function solveLp(problem: LpProblem, machine: typeof runSimplex = runSimplex): LpResult {
  checkLpProblem(problem)
  if (problem.rows.length > MAX_ROWS || problem.objective.length > MAX_COLUMNS) return { status: "failed", reason: "too-large" }
  if (hasCrossedBounds(problem)) return { status: "infeasible", multipliers: new Float64Array(problem.rows.length) }
  let reason: "work-limit" | "unproven" = "unproven"
  for (const scalingRounds of ATTEMPTS) {
    const standardized = standardize(problem, scalingRounds)
    const entries = (standardized.standard.bound.length + 1) * (standardized.standard.cost.length + 1)
    if (entries > MAX_ENTRIES) return { status: "failed", reason: "too-large" }
    try {
      const answer = machine(standardized.standard, Math.ceil(MAX_WORK / entries))
      const proven = prove(problem, standardized, answer)
      if (proven !== null) return proven
      reason = answer.claim === "stopped" ? "work-limit" : "unproven"
    } catch {
      reason = "unproven"
    }
  }
  return { status: "failed", reason }
}

/** The claim as a result, if it is true of the problem. */
function prove(problem: LpProblem, { valuesOf, dualsOf }: Standardized, answer: LpClaim): LpResult | null {
  switch (answer.claim) {
    case "optimal": {
      const values = clip(problem, valuesOf(answer.p, true))
      const duals = dualsOf(answer.y)
      const { sum: objective, size } = sumOf(null, problem.objective, values)
      const dual = dualBoundOf(problem, problem.objective, duals)
      const isOptimal = Number.isFinite(dual.bound) && Math.abs(objective - dual.bound) <= LP_TOLERANCE * (size + dual.size)
      return isOptimal && isFeasible(problem, values) ? { status: "optimal", objective, values, duals } : null
    }
    case "infeasible": {
      const multipliers = dualsOf(answer.y)
      const { bound, size } = dualBoundOf(problem, new Float64Array(problem.objective.length), multipliers)
      return Number.isFinite(bound) && bound > LP_TOLERANCE * size ? { status: "infeasible", multipliers } : null
    }
    case "unbounded": {
      const values = clip(problem, valuesOf(answer.p, true))
      const ray = valuesOf(answer.direction, false)
      return isFeasible(problem, values) && isDescentRay(problem, ray) ? { status: "unbounded", values, ray } : null
    }
    default:
      return null
  }
}

/** Values that rounding took past a bound of their variable, back onto it. */
function clip(problem: LpProblem, values: Float64Array): Float64Array {
  return values.map((x, j) => Math.min(upperOf(problem, j), Math.max(lowerOf(problem, j), x)))
}
