import type { WholeProgram } from "../../math/branch/whole-program.js"
import type { MovePrices } from "../../math/transport/move-limits.js"
import { createMoveRows } from "../../math/transport/move-rows.js"
import { isAllowed } from "../../math/transport/pair-rules.js"
import { wayCost, weightAtHome, type TransportProblem } from "../../math/transport/transport-problem.js"

/** What a sum may be outside its bounds by, as a share of the measure's total: rounding, as in the judge. */
export const SUM_SLACK = 1e-12

/** What account i costs in t at these centers, 0 or more, what moves included; Infinity where it may not go. */
export function costOfPair(problem: TransportProblem, centers: Float64Array, i: number, t: number): number {
  const { homes } = problem
  const way = isAllowed(problem, i, t) ? wayCost(problem, centers, i, t) : Infinity
  return homes && way < Infinity ? way + homes.rate * (homes.total[i] - weightAtHome(homes, i, t)) : way
}

/** A problem at given centers as a program of whole accounts. */
export interface WholeProblem {
  readonly program: WholeProgram
  /**
   * Prices of the measures (k x M) and of what moves as prices of the program's rows, of the signs that closed bounds
   * allow.
   */
  rowPrices(prices: Float64Array, moves: MovePrices): Float64Array
}

/**
 * All pairs at what they cost at these centers, moves included, and as rows the bounds and the limits on moves that
 * some plan could break. O(n k (M + 3)).
 *
 * @param bounded the problem whose bounds count: the same, or moved inwards to what whole accounts can have
 */
export function wholeProgramOf(
  problem: TransportProblem,
  bounded: Pick<TransportProblem, "lower" | "upper">,
  centers: Float64Array,
): WholeProblem {
  const { n, k, measureCount: M, activities } = problem
  const moveRows = createMoveRows(problem)
  const measured = k * M
  const most = new Float64Array(measured)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) most[m] += activities[i * M + m]
  const rowOf = new Int32Array(measured + (moveRows?.count ?? 0)).fill(-1)
  const lower: number[] = []
  const upper: number[] = []
  for (let r = 0; r < measured; r++) {
    const low = bounded.lower[r] > 0 ? bounded.lower[r] : -Infinity
    const high = bounded.upper[r] < most[r % M] ? bounded.upper[r] : Infinity
    if (low > -Infinity || high < Infinity) addRow(r, low, high)
  }
  for (let r = 0; moveRows !== null && r < moveRows.count; r++) addRow(measured + r, moveRows.lower[r], moveRows.upper[r])
  const cost = new Float64Array(n * k).fill(Infinity)
  const start = new Int32Array(n * k + 1)
  const row: number[] = []
  const part: number[] = []
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < k; t++) {
      cost[i * k + t] = costOfPair(problem, centers, i, t)
      if (cost[i * k + t] < Infinity) {
        for (let m = 0; m < M; m++) addPart(t * M + m, activities[i * M + m])
        moveRows?.each(i, t, (r, value) => addPart(measured + r, value))
      }
      start[i * k + t + 1] = row.length
    }
  }
  return {
    program: {
      n,
      k,
      rowCount: lower.length,
      cost,
      start,
      row: Int32Array.from(row),
      part: Float64Array.from(part),
      lower: Float64Array.from(lower),
      upper: Float64Array.from(upper),
      slack: new Float64Array(lower.length).fill(SUM_SLACK * k),
    },
    rowPrices(prices, moves) {
      const all = new Float64Array(rowOf.length)
      all.set(prices)
      moveRows?.writePrices(moves, all, measured)
      const own = new Float64Array(lower.length)
      rowOf.forEach((r, from) => {
        if (r < 0 || (all[from] > 0 && lower[r] === -Infinity) || (all[from] < 0 && upper[r] === Infinity)) return
        own[r] = all[from]
      })
      return own
    },
  }

  function addRow(r: number, low: number, high: number): void {
    rowOf[r] = lower.push(low) - 1
    upper.push(high)
  }

  function addPart(r: number, value: number): void {
    if (rowOf[r] < 0 || !(value > 0)) return
    row.push(rowOf[r])
    part.push(value)
  }
}
