import { createWords } from "../random.js"
import { batchRows, shuffle } from "./batch-rows.js"

/** How much chance is sampled. */
export interface PermutationEffort {
  readonly seed: number
  /** A group is done when so many samples lie beyond it on its nearer side: p is then known to within about 1 / root of it. */
  readonly exceedances: number
  /** No group gets more samples than this; the smallest p-value is 2 / (samples + 1). */
  readonly maxSamples: number
  /** Rows shuffled in all; each group gets at least `MIN_SAMPLES` even where that is more. */
  readonly drawLimit: number
}

/** With fewer samples no p-value of a comparison of some dozens of groups could be small. */
const MIN_SAMPLES = 999

/** Groups, and all others of each, are drawn in about so many batches at least. */
const BATCHES = 100

/**
 * For every group of rows: how probable is it that as many rows drawn from all rows at random have a mean score as far from the
 * mean of the rest, on the side where the group lies? Twice that is the two-sided p-value.
 *
 * The statistic is the difference of the two means divided by its standard error with separate variances, so that the test is
 * exact when rows are exchangeable and right in large groups when they are not (Janssen, Statist. Probab. Lett. 36, 1997). Samples
 * are drawn in sequence until enough lie beyond the group (Besag & Clifford, Biometrika 78, 1991): a group like all others is
 * done after some hundred, and the work goes to the groups that stand out.
 *
 * All rows are shuffled, and their sums kept as they run: a group of m rows then has a sample in every m rows that follow each other, at
 * the cost of two differences, and all groups share the shuffles. Of a group that holds more than half of all rows the others are the sample.
 * Where both are many, rows are drawn in batches (see {@link batchRows}).
 *
 * The same rows in the same order and the same seed give the same values.
 *
 * @param scores finite numbers, all rows of group 0, then of group 1, and so on
 * @param starts where each group begins, and at the end the number of rows
 * @param tested groups to test: each needs 2 rows, and 2 rows outside of it; the others get 1
 */
export function testGroups(scores: Float64Array, starts: Int32Array, tested: readonly boolean[], effort: PermutationEffort): Float64Array {
  const pValues = new Float64Array(tested.length).fill(1)
  const centered = centerAndScale(scores)
  const pools = new Map<number, Pool>()
  tested.forEach((isTested, g) => {
    if (!isTested) return
    const rows = starts[g + 1] - starts[g]
    const size = batchSize(Math.min(rows, scores.length - rows))
    let pool = pools.get(size)
    if (pool === undefined) {
      pool = createPool(size === 1 ? { scores: centered, starts } : batchRows(centered, starts, size, effort.seed))
      pools.set(size, pool)
    }
    pool.runs.push(startRun(g, pool))
  })
  const ordered = [...pools].sort(([a], [b]) => a - b)
  for (const [size, pool] of ordered) {
    // each pool its share of the draws, by its runs
    const share = pool.runs.length / tested.length
    sampleRuns(pool, createWords(effort.seed, size), effort, effort.drawLimit * share)
    for (const run of pool.runs) pValues[run.group] = pValueOf(run, effort.exceedances)
  }
  return pValues
}

/** What is drawn from: rows, or batches of rows, with where those of each group begin. */
interface Pool {
  readonly scores: Float64Array
  readonly starts: Int32Array
  readonly squares: number
  readonly runs: Run[]
}

/** One group's sampling so far. */
interface Run {
  readonly group: number
  /** Rows in a sample: those of the group, or of all others where they are fewer. */
  readonly size: number
  readonly observed: number
  /** Samples that lie at least this high, or this low, are beyond the group. */
  readonly slack: number
  samples: number
  above: number
  below: number
}

/** A power of 2, so that groups of like size share their batches. */
function batchSize(rows: number): number {
  return rows < 2 * BATCHES ? 1 : 2 ** Math.floor(Math.log2(rows / BATCHES))
}

function createPool({ scores, starts }: Pick<Pool, "scores" | "starts">): Pool {
  let squares = 0
  for (let i = 0; i < scores.length; i++) squares += scores[i] * scores[i]
  return { scores, starts, squares, runs: [] }
}

/** Of a group and all others the smaller is sampled: what is not in a sample is one of the larger, and lies as far off on the other side. */
function startRun(group: number, { scores, starts, squares: squaresOfAll }: Pool): Run {
  const [first, last] = [starts[group], starts[group + 1]]
  const own = last - first
  const isLarger = own > scores.length - own
  let sum = 0
  let squares = 0
  for (const [from, to] of isLarger ? [[0, first], [last, scores.length]] : [[first, last]]) {
    for (let i = from; i < to; i++) {
      sum += scores[i]
      squares += scores[i] * scores[i]
    }
  }
  const size = isLarger ? scores.length - own : own
  const observed = studentized(size, sum, squares, scores.length, squaresOfAll)
  // sums in another order differ in their last bits: what differs by no more counts as equal
  const slack = Number.isFinite(observed) ? 1e-9 * (1 + Math.abs(observed)) : 0
  return { group, size, observed, slack, samples: 0, above: 0, below: 0 }
}

const nearer = (run: Run): number => Math.min(run.above, run.below)

/** Shuffles until every run has enough samples, or until the draws are spent and each has the least. */
function sampleRuns(pool: Pool, random: () => number, { exceedances, maxSamples }: PermutationEffort, drawLimit: number): void {
  const n = pool.scores.length
  const least = Math.min(MIN_SAMPLES, maxSamples)
  const rows = Float64Array.from(pool.scores)
  const sums = new Float64Array(n + 1)
  const squares = new Float64Array(n + 1)
  let open = pool.runs
  for (let drawn = 0; open.length > 0; drawn += n) {
    shuffle(rows, random)
    for (let i = 0; i < n; i++) {
      sums[i + 1] = sums[i] + rows[i]
      squares[i + 1] = squares[i] + rows[i] * rows[i]
    }
    for (const run of open) sampleRun(run, sums, squares, pool.squares, exceedances, maxSamples)
    const isSpent = drawn >= drawLimit
    open = open.filter((run) => run.samples < (isSpent ? least : maxSamples) && nearer(run) < exceedances)
  }
}

/** Every m rows that follow each other are a sample of m rows. */
function sampleRun(run: Run, sums: Float64Array, squares: Float64Array, squaresOfAll: number, exceedances: number, maxSamples: number): void {
  const { size, observed, slack } = run
  const n = sums.length - 1
  for (let from = 0; from + size <= n && run.samples < maxSamples && nearer(run) < exceedances; from += size) {
    const t = studentized(size, sums[from + size] - sums[from], squares[from + size] - squares[from], n, squaresOfAll)
    if (t >= observed - slack) run.above++
    if (t <= observed + slack) run.below++
    run.samples++
  }
}

function pValueOf(run: Run, exceedances: number): number {
  const beyond = nearer(run)
  const oneSided = beyond >= exceedances ? beyond / run.samples : (beyond + 1) / (run.samples + 1)
  return Math.min(1, 2 * oneSided)
}

/** Scores minus their mean, by the largest: sums and squares are then of order 1. */
function centerAndScale(scores: Float64Array): Float64Array {
  let largest = 0
  for (let i = 0; i < scores.length; i++) largest = Math.max(largest, Math.abs(scores[i]))
  if (largest === 0) return new Float64Array(scores.length)
  let sum = 0
  for (let i = 0; i < scores.length; i++) sum += scores[i] / largest
  const mean = sum / scores.length
  return scores.map((s) => s / largest - mean)
}

/** (mean of m rows - mean of the n - m others) / standard error, from sums over the m rows; all n scores sum to 0. */
function studentized(m: number, sum: number, squares: number, n: number, squaresOfAll: number): number {
  const r = n - m
  const difference = sum / m + sum / r
  const within = Math.max(0, squares - (sum * sum) / m) / (m - 1) / m
  const outside = Math.max(0, squaresOfAll - squares - (sum * sum) / r) / (r - 1) / r
  const variance = within + outside
  // beside all squares this is rounding
  if (variance <= 1e-15 * squaresOfAll) return Math.abs(difference) <= 1e-12 ? 0 : difference > 0 ? Infinity : -Infinity
  return difference / Math.sqrt(variance)
}
