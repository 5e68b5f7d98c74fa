import loadHighs from "highs"
import type { LpProblem } from "../../src/math/lp/lp-problem.js"

/** What HiGHS says about a linear program: an independent solver (C++, compiled to wasm). */
export interface OracleAnswer {
  readonly status: "optimal" | "infeasible" | "unbounded" | "infeasible-or-unbounded" | "other"
  readonly objective: number
}

/** Loads HiGHS once; the returned function solves one program. Every model is disposed of. */
export async function createOracle(): Promise<(problem: LpProblem) => OracleAnswer> {
  const highs = await loadHighs()
  const { modelStatus, objectiveSense } = highs.constants
  return (problem) => {
    const n = problem.objective.length
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    for (const row of problem.rows) {
      for (let e = 0; e < row.columns.length; e++) {
        if (row.coefficients[e] === 0) continue
        indices.push(row.columns[e])
        values.push(row.coefficients[e])
      }
      starts.push(indices.length)
    }
    const data = {
      numCols: n,
      numRows: problem.rows.length,
      sense: objectiveSense.minimize,
      colCost: Array.from(problem.objective),
      colLower: Array.from({ length: n }, (_, j) => problem.lower?.[j] ?? 0),
      colUpper: Array.from({ length: n }, (_, j) => problem.upper?.[j] ?? Infinity),
      rowLower: problem.rows.map((row) => row.lower),
      rowUpper: problem.rows.map((row) => row.upper),
      matrix: { format: "csr" as const, numCols: n, numRows: problem.rows.length, starts, indices, values },
    }
    return highs.withModel((model): OracleAnswer => {
      model.options.set("output_flag", false)
      // the tightest that HiGHS takes
      model.options.set("primal_feasibility_tolerance", 1e-9)
      model.options.set("dual_feasibility_tolerance", 1e-9)
      model.options.set("small_matrix_value", 1e-12)
      model.passModel(data)
      let code = model.run().modelStatus
      if (code === modelStatus.unknown) {
        // its presolve leaves some badly scaled programs open
        model.options.set("presolve", "off")
        model.clearSolver()
        code = model.run().modelStatus
      }
      const statuses = new Map<number, OracleAnswer["status"]>([
        [modelStatus.optimal, "optimal"],
        [modelStatus.infeasible, "infeasible"],
        [modelStatus.unbounded, "unbounded"],
        [modelStatus.unboundedOrInfeasible, "infeasible-or-unbounded"],
      ])
      return { status: statuses.get(code) ?? "other", objective: Number(model.info.get("objective_function_value")) }
    })
  }
}
