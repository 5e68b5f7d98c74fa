/**
 * The Gini coefficient of non-negative numbers: half the mean absolute difference of all pairs (a number with itself included),
 * divided by the mean. 0: all equal; (n - 1) / n: one has everything.
 *
 * G = 2 sum_i i x_(i) / (n sum x) - (n + 1) / n with x ascending (Damgaard & Weiner, Ecology 81, 2000, equation 1, without the
 * small-sample factor n / (n - 1)). O(n log n).
 *
 * @returns null for no numbers, or when all are 0
 */
export function gini(values: ArrayLike<number>): number | null {
  const sorted = Float64Array.from(values).sort()
  const n = sorted.length
  const largest = n > 0 ? sorted[n - 1] : 0
  if (!(largest > 0)) return null
  let sum = 0
  let ranked = 0
  for (let i = 0; i < n; i++) {
    const x = sorted[i] / largest // keeps the sums in range
    sum += x
    ranked += (2 * (i + 1) - n - 1) * x
  }
  return Math.max(0, ranked / (n * sum))
}
