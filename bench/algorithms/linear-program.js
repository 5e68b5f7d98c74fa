import { compile, costIn } from "./compile.js"

/**
 * The linear program of a call with fixed centers: the share of every account in every territory, column i * k + t. Costs are in
 * units of their mean and activities of the mean target, which general solvers need.
 *
 * @param {readonly any[]} accounts
 * @param {import("equiterra").PartitionOptions<any>} options
 */
export function writeLinearProgram(accounts, options) {
  const compiled = compile(accounts, options)
  const { n, k, M, centers, activities, totals, min, max } = compiled
  if (centers === null) throw new Error("needs a center for every territory")
  const costs = new Float64Array(n * k)
  let total = 0
  for (let i = 0; i < n; i++) for (let t = 0; t < k; t++) total += costs[i * k + t] = costIn(compiled, centers, i, t)
  const unit = total / (n * k) || 1
  for (let c = 0; c < n * k; c++) costs[c] /= unit
  const targets = totals.map((amount) => amount / k || 1)
  return {
    compiled,
    costs,
    /** n x M */
    amounts: activities.map((amount, r) => amount / targets[r % M]),
    /** k x M */
    low: min.map((amount, r) => amount / targets[r % M]),
    high: max.map((amount, r) => amount / targets[r % M]),
  }
}

/**
 * Every account whole, to the territory that has most of it: what is usually done with the answer, and what breaks the bounds.
 *
 * @param {import("./compile.js").Compiled} compiled
 * @param {(column: number) => number} shareOf
 */
export function roundByLargestShare({ n, k }, shareOf) {
  const owner = new Int32Array(n)
  for (let i = 0; i < n; i++) for (let t = 1; t < k; t++) if (shareOf(i * k + t) > shareOf(i * k + owner[i])) owner[i] = t
  return owner
}
