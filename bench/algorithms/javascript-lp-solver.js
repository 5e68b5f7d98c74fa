import solver from "javascript-lp-solver"
import { alignmentOf } from "./compile.js"
import { roundByLargestShare, writeLinearProgram } from "./linear-program.js"
import { nameProgram } from "./named-program.js"

/**
 * The linear program by javascript-lp-solver (1.0.1: the release after it hangs on a third of such programs), then rounded by
 * largest share. Its tableau is dense: n * k columns times n + k m rows.
 *
 * @type {import("./index.js").Algorithm}
 */
export default function (accounts, options) {
  const program = writeLinearProgram(accounts, options)
  const answer = /** @type {Record<string, any>} */ (solver.Solve({ optimize: "cost", opType: "min", ...nameProgram(program) }))
  if (answer.feasible !== true) throw new Error("javascript-lp-solver says that the program is infeasible")
  return alignmentOf(accounts, program.compiled, roundByLargestShare(program.compiled, (column) => answer[`v${column}`] ?? 0))
}
