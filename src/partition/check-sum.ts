import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"

/** Above this, sums and squares of the measure may be more than a number can hold. */
const LARGEST_SUM = 1e306
/** Below this, quotients of sums lose their digits. */
const SMALLEST_SUM = 1e-250

/** A sum that overflows, or that is too small to be divided by k, cannot be scaled to order one. */
export function checkSum(noun: "measure" | "weight", path: string, sum: number, issues: Issue[]): void {
  if (!(sum <= LARGEST_SUM)) {
    issues.push(issue(`${noun}-overflow`, path, "sums to more than a number can hold", NOTHING, "use a larger unit"))
  } else if (sum > 0 && sum < SMALLEST_SUM) {
    issues.push(issue(`${noun}-underflow`, path, "sums to too little to calculate with", sum, "use a smaller unit"))
  }
}
