/**
 * The largest of numbers; -Infinity of none, NaN where one is. For any number of them, where arguments of Math.max
 * would fill the stack. O(n).
 */
export function largestOf(values: Iterable<number>): number {
  let largest = -Infinity
  for (const value of values) largest = Math.max(largest, value)
  return largest
}

/** The smallest of numbers; Infinity of none, NaN where one is. O(n). */
export function smallestOf(values: Iterable<number>): number {
  let smallest = Infinity
  for (const value of values) smallest = Math.min(smallest, value)
  return smallest
}
