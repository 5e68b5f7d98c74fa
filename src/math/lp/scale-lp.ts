import { powerOfTwo } from "../exact/float-words.js"
import { log2 } from "../exact/log2.js"
import type { StandardLp } from "./standard-lp.js"

/** How a program was scaled: a_rc became row_r a_rc column_c, cost_c column_c cost_c / costUnit, bound_r row_r bound_r / boundUnit. */
export interface LpScale {
  readonly rowScale: Float64Array
  readonly columnScale: Float64Array
  readonly costUnit: number
  readonly boundUnit: number
}

/**
 * Scales a program in place: rows and columns in turn by 1 / sqrt(least x largest entry), then cost and bounds by their largest.
 * Always by powers of two, so that nothing is rounded. O(entries) a round; two do nearly all (Tomlin 1975).
 */
export function scaleLp({ cost, start, column, coefficient, bound }: StandardLp, rounds: number): LpScale {
  const rowScale = new Float64Array(bound.length).fill(1)
  const columnScale = new Float64Array(cost.length).fill(1)
  let costUnit = nearestPower(largest(cost))
  let boundUnit = nearestPower(largest(bound))
  for (let round = 0; round < rounds; round++) {
    // the bounds count as one more column, the cost as one more row: small bounds would pass for 0 otherwise
    const ofRow = createSpans(rowScale.length)
    each((r, c, e) => ofRow.add(r, coefficient[e] * columnScale[c]))
    bound.forEach((x, r) => ofRow.add(r, x / boundUnit))
    ofRow.write(rowScale)
    boundUnit = nearestPower(largest(bound.map((x, r) => x * rowScale[r])))
    const ofColumn = createSpans(columnScale.length)
    each((r, c, e) => ofColumn.add(c, coefficient[e] * rowScale[r]))
    cost.forEach((x, c) => ofColumn.add(c, x / costUnit))
    ofColumn.write(columnScale)
    costUnit = nearestPower(largest(cost.map((x, c) => x * columnScale[c])))
  }
  each((r, c, e) => (coefficient[e] *= rowScale[r] * columnScale[c]))
  cost.forEach((x, c) => (cost[c] = (x * columnScale[c]) / costUnit))
  bound.forEach((x, r) => (bound[r] = (x * rowScale[r]) / boundUnit))
  return { rowScale, columnScale, costUnit, boundUnit }

  function each(visit: (r: number, c: number, e: number) => void): void {
    for (let r = 0; r < bound.length; r++) for (let e = start[r]; e < start[r + 1]; e++) visit(r, column[e], e)
  }
}

/** The least and the largest of several groups of numbers, by absolute value, zeros left out. */
function createSpans(groups: number): { add(group: number, x: number): void; write(scales: Float64Array): void } {
  const least = new Float64Array(groups).fill(Infinity)
  const most = new Float64Array(groups)
  return {
    add(group, x) {
      if (x === 0) return
      least[group] = Math.min(least[group], Math.abs(x))
      most[group] = Math.max(most[group], Math.abs(x))
    },
    write(scales) {
      for (let group = 0; group < groups; group++) if (most[group] > 0) scales[group] = 1 / nearestPower(Math.sqrt(least[group]) * Math.sqrt(most[group]))
    },
  }
}

/** The power of two nearest to x by ratio; 1 for 0. */
function nearestPower(x: number): number {
  return x > 0 ? powerOfTwo(Math.round(log2(x))) : 1
}

function largest(numbers: Float64Array): number {
  let most = 0
  for (const x of numbers) most = Math.max(most, Math.abs(x))
  return most
}
