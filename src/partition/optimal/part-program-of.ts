import type { WholeProgram } from "../../math/branch/whole-program.js"
import type { MoveRows } from "../../math/transport/move-rows.js"
import type { TransportProblem } from "../../math/transport/transport-problem.js"
import { costOfPair, SUM_SLACK } from "./whole-program-of.js"

/** A whole plan and the sums that it has by row: k x M measures, then the rows of limits on moves. */
export interface PlanSums {
  readonly problem: TransportProblem
  /** Rows of the limits on moves; null: none. */
  readonly moveRows: MoveRows | null
  readonly centers: Float64Array
  readonly owner: Int32Array
  readonly sum: Float64Array
  /** By row: a bound that the plan is outside of is where the plan is. */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** Calls back with every row that account i in territory t has a part in, and what part. */
export function eachPart(
  { problem, moveRows }: Pick<PlanSums, "problem" | "moveRows">,
  i: number,
  t: number,
  see: (r: number, part: number) => void,
): void {
  const { k, measureCount: M, activities } = problem
  for (let m = 0; m < M; m++) if (activities[i * M + m] > 0) see(t * M + m, activities[i * M + m])
  moveRows?.each(i, t, (r, value) => see(k * M + r, value))
}

/**
 * Some accounts and territories of a plan as a program of their own, while all others stay where they are: its rows
 * are the bounds less what the others have. The plan itself keeps all of them. O(accounts x territories x (M + 3)).
 *
 * @param accounts each of a territory that is listed
 * @param prices by row of the plan, a guess; those of a sign that an open side forbids are left out
 */
export function partProgramOf(
  plan: PlanSums,
  accounts: Int32Array,
  territories: Int32Array,
  prices: Float64Array,
): { readonly program: WholeProgram; readonly rowPrices: Float64Array } {
  const { problem, centers, owner, sum } = plan
  const [n, k] = [accounts.length, territories.length]
  const rows: number[] = []
  const placeOf = new Map<number, number>()
  const own: number[] = []
  const cost = new Float64Array(n * k)
  const start = new Int32Array(n * k + 1)
  const row: number[] = []
  const part: number[] = []
  for (let a = 0; a < n; a++) {
    eachPart(plan, accounts[a], owner[accounts[a]], (r, value) => void (own[place(r)] += value))
    for (let b = 0; b < k; b++) {
      cost[a * k + b] = costOfPair(problem, centers, accounts[a], territories[b])
      if (cost[a * k + b] < Infinity) {
        eachPart(plan, accounts[a], territories[b], (r, value) => {
          row.push(place(r))
          part.push(value)
        })
      }
      start[a * k + b + 1] = row.length
    }
  }
  const lower = Float64Array.from(rows, (r, at) => plan.lower[r] - (sum[r] - own[at]))
  const upper = Float64Array.from(rows, (r, at) => plan.upper[r] - (sum[r] - own[at]))
  return {
    program: {
      n,
      k,
      rowCount: rows.length,
      cost,
      start,
      row: Int32Array.from(row),
      part: Float64Array.from(part),
      lower,
      upper,
      slack: new Float64Array(rows.length).fill(SUM_SLACK * problem.k),
    },
    rowPrices: Float64Array.from(rows, (r, at) =>
      (prices[r] > 0 && lower[at] === -Infinity) || (prices[r] < 0 && upper[at] === Infinity) ? 0 : prices[r],
    ),
  }

  function place(r: number): number {
    const known = placeOf.get(r)
    if (known !== undefined) return known
    placeOf.set(r, rows.length)
    own.push(0)
    return rows.push(r) - 1
  }
}
