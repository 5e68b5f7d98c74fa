import { violationAt, type WholePlan } from "./whole-plan.js"

/** The rows of a plan that are outside their bounds, while it changes. */
export interface ViolatedRows {
  /** Ascending; those before {@link count}. */
  readonly rows: Int32Array
  count(): number
  /** Sum of what is outside, in the order of the rows: to the digit that of all rows. O(violated). */
  total(): number
  /** To be called after activities of territory t have changed. O(M x violated) at most. */
  update(t: number): void
}

/** The violated rows of a plan as it is now. O(k M). */
export function createViolatedRows(plan: WholePlan): ViolatedRows {
  const { activity } = plan
  const M = plan.problem.measureCount
  const outside = activity.map((own, r) => violationAt(plan, r, own))
  const rows = new Int32Array(activity.length)
  let count = 0
  for (let r = 0; r < rows.length; r++) if (outside[r] > 0) rows[count++] = r
  return {
    rows,
    count: () => count,
    total() {
      let sum = 0
      for (let at = 0; at < count; at++) sum += outside[rows[at]]
      return sum
    },
    update(t) {
      for (let r = t * M; r < t * M + M; r++) {
        const now = violationAt(plan, r, activity[r])
        const [was, is] = [outside[r] > 0, now > 0]
        outside[r] = now
        if (was === is) continue
        const at = placeOf(r)
        if (is) {
          rows.copyWithin(at + 1, at, count++)
          rows[at] = r
        } else rows.copyWithin(at, at + 1, count--)
      }
    },
  }

  /** Where row r is, or belongs. */
  function placeOf(r: number): number {
    let [low, high] = [0, count]
    while (low < high) {
      const middle = (low + high) >> 1
      if (rows[middle] < r) low = middle + 1
      else high = middle
    }
    return low
  }
}
