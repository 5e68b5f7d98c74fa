import solver from "javascript-lp-solver"
import type { StandardLp } from "./standard-lp.js"

/**
 * What the simplex machine claims about a program in standard form, not yet believed:
 * `optimal`: p and the multipliers y of its rows; `infeasible`: y >= 0 with y A <= 0 and y bound > 0; `unbounded`: a
 * feasible p and a direction along which the cost falls for ever; `stopped`: too many pivots.
 */
export type LpClaim =
  | { readonly claim: "optimal"; readonly p: Float64Array; readonly y: Float64Array }
  | { readonly claim: "infeasible"; readonly y: Float64Array }
  | { readonly claim: "unbounded"; readonly p: Float64Array; readonly direction: Float64Array }
  | { readonly claim: "stopped" }

/** What the machine takes for 0, in scaled units: ten times below the solver's own 1e-8, far above rounding. */
const PRECISION = 1e-9
/** What is left of a 0 after many pivots. */
const DUST = 1e-11

/**
 * Runs the two phases of javascript-lp-solver 1.0.1 on a program in standard form. The only file that knows that package.
 *
 * Its front door `Solve` is not used: answers there come under the variables' names (a variable called `feasible` overwrites
 * the status), rounded to 1e-8, without duals, and the last model is kept in the module. Its classes `Model` and `Tableau`
 * take no names, keep nothing, and the final tableau holds the duals, or the proof that there is no answer. Free variables are
 * never handed over (basic ones below 0 count as infeasible there), nor is its presolve used. Its detection of cycles misses
 * all longer than one pivot; the pivots are counted instead.
 *
 * Importing the package makes one solver object, a few ms; its browser build also sets `globalThis.window.solver` (in a
 * worker `self.solver`; with an AMD loader it calls `define`). Nothing is loaded from outside, nothing is logged.
 *
 * Deterministic. O(rows x columns) a pivot, dense, one copy of the tableau.
 *
 * @param maxPivots `stopped` after so many
 */
export function runSimplex(lp: StandardLp, maxPivots: number): LpClaim {
  const model = new solver.Model(PRECISION)
  model.checkForCycles = false
  const variables = Array.from(lp.cost, (cost) => model.addVariable(cost))
  const slacks = Array.from(lp.bound, (bound, r) => {
    const constraint = model.greaterThan(bound)
    for (let e = lp.start[r]; e < lp.start[r + 1]; e++) constraint.addTerm(lp.coefficient[e], variables[lp.column[e]])
    return constraint.slack.index
  })
  const indices = variables.map((variable) => variable.index)
  const tableau = model.tableau.setModel(model)
  const { matrix, width, height, rowByVarIndex, colByVarIndex } = tableau

  const pivot = tableau.pivot.bind(tableau)
  const stop = new Error("too many pivots")
  let pivots = 0
  tableau.pivot = (row, column) => {
    if (++pivots > maxPivots) throw stop
    pivot(row, column)
  }
  try {
    tableau.phase1()
    if (tableau.feasible) tableau.phase2()
    else return { claim: "infeasible", y: rowProof() }
  } catch (error) {
    if (error === stop) return { claim: "stopped" }
    throw error
  }
  const p = basicValues((row) => matrix[row * width])
  // the cost row holds minus the reduced costs; that of a row's surplus is its multiplier
  if (tableau.bounded) return { claim: "optimal", p, y: ofSlacks((column) => -matrix[column], 0) }
  const entering = colByVarIndex[tableau.unboundedVarIndex ?? -1]
  const direction = basicValues((row) => -matrix[row * width + entering])
  indices.forEach((v, j) => (direction[j] += colByVarIndex[v] === entering ? 1 : 0))
  return { claim: "unbounded", p, direction }

  /** Row r reads: basic + sum_c matrix[r][c] nonbasic_c = matrix[r][0]. Where only the right side is negative, nothing fits. */
  function rowProof(): Float64Array {
    let row = 1
    for (let r = 2; r < height; r++) if (matrix[r * width] < matrix[row * width]) row = r
    return ofSlacks((column) => matrix[row * width + column], row)
  }

  /** A number for each variable that is basic, by its row; the others are 0. */
  function basicValues(byRow: (row: number) => number): Float64Array {
    return Float64Array.from(indices, (v) => (rowByVarIndex[v] > 0 ? snap(byRow(rowByVarIndex[v])) : 0))
  }

  /** A number for each surplus: by its column where it is nonbasic; basic ones are 0, but 1 in row `own`. */
  function ofSlacks(byColumn: (column: number) => number, own: number): Float64Array {
    return Float64Array.from(slacks, (v) => (rowByVarIndex[v] < 0 ? snap(byColumn(colByVarIndex[v])) : rowByVarIndex[v] === own ? 1 : 0))
  }
}

/** Takes the dust of rounding for the 0 that it is. */
function snap(x: number): number {
  return Math.abs(x) < DUST ? 0 : x
}
