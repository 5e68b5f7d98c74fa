import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"

/** Above this, what is calculated with the sum may be more than a number can hold. */
const LARGEST_SUM = 1e306
/** Below this, quotients of sums lose their digits. */
const SMALLEST_SUM = 1e-250

/** A sum that overflows or nearly does, or that is too small to be divided by k, cannot be scaled to order one. */
export function checkSum(noun: "measure" | "weight", path: string, sum: number, issues: Issue[]): void {
  if (!(sum <= LARGEST_SUM)) {
    const rule = Number.isFinite(sum) ? "sums to too much to calculate with" : "sums to more than a number can hold"
    issues.push(issue(`${noun}-overflow`, path, rule, NOTHING, "use a larger unit"))
  } else if (sum > 0 && sum < SMALLEST_SUM) {
    issues.push(issue(`${noun}-underflow`, path, "sums to too little to calculate with", sum, "use a smaller unit"))
  }
}
