import loadHighs from "highs"
import { alignmentOf } from "./compile.js"
import { roundByLargestShare, writeLinearProgram } from "./linear-program.js"

/**
 * The linear program by HiGHS, compiled to WASM: exact for divisible accounts, then rounded by largest share. n * k columns.
 *
 * @type {import("./index.js").Algorithm}
 */
export default async function (accounts, options) {
  const { compiled, costs, amounts, low, high } = writeLinearProgram(accounts, options)
  const { n, k, M } = compiled
  const highs = await loadHighs()
  const columns = n * k
  const indices = new Int32Array(columns * (1 + M))
  const values = new Float64Array(columns * (1 + M))
  const starts = new Int32Array(columns + 1)
  for (let column = 0, e = 0; column < columns; column++) {
    const [i, t] = [Math.floor(column / k), column % k]
    indices[e] = i
    values[e++] = 1
    for (let m = 0; m < M; m++) {
      indices[e] = n + t * M + m
      values[e++] = amounts[i * M + m]
    }
    starts[column + 1] = e
  }
  const ones = new Float64Array(n).fill(1)
  const solve = (model) => {
    model.options.set("output_flag", false)
    model.passModel({
      numCols: columns,
      numRows: n + k * M,
      sense: highs.constants.objectiveSense.minimize,
      colCost: costs,
      colLower: new Float64Array(columns),
      colUpper: new Float64Array(columns).fill(Infinity),
      rowLower: Float64Array.from([...ones, ...low]),
      rowUpper: Float64Array.from([...ones, ...high]),
      matrix: { format: "csc", numCols: columns, numRows: n + k * M, starts, indices, values },
    })
    const status = model.run().modelStatus
    if (status !== highs.constants.modelStatus.optimal) throw new Error(`HiGHS ends with model status ${status}`)
    const shares = model.getSolution().colValue
    return roundByLargestShare(compiled, (column) => shares[column])
  }
  try {
    return alignmentOf(accounts, compiled, highs.withModel(solve))
  } catch (error) {
    // WASM has 4 GB of memory at most; beyond, the program says no more than this
    if (/Aborted\(|memory/.test(String(error))) throw new Error(`gave up: HiGHS aborts with ${columns.toLocaleString("en-US")} columns`)
    throw error
  }
}
