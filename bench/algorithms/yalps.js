import { solve } from "yalps"
import { alignmentOf } from "./compile.js"
import { roundByLargestShare, writeLinearProgram } from "./linear-program.js"
import { nameProgram } from "./named-program.js"

/**
 * The linear program by YALPS, then rounded by largest share. Its tableau is dense: n * k columns times n + k m rows.
 *
 * @type {import("./index.js").Algorithm}
 */
export default function (accounts, options) {
  const program = writeLinearProgram(accounts, options)
  const { status, variables } = solve({ direction: "minimize", objective: "cost", ...nameProgram(program) }, { maxPivots: Infinity })
  if (status !== "optimal") throw new Error(`YALPS ends with status ${status}`)
  const shares = new Map(variables)
  return alignmentOf(accounts, program.compiled, roundByLargestShare(program.compiled, (column) => shares.get(`v${column}`) ?? 0))
}
