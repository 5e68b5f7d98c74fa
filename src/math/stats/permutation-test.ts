import { exponentOf, powerOfTwo } from "../exact/float-words.js"
import { createWords, type Random } from "../random.js"
import { batchRows } from "./batch-rows.js"

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
 * With strata rows are exchanged within their stratum only: each sample has as many rows of every stratum as the group, and what the group is
 * above or below in each adds up.
 *
 * All rows are shuffled, and their sums kept as they run: a group of m rows then has a sample in every m rows that follow each other, at
 * the cost of two differences, and all groups share the shuffles. Of a group that holds more than half of all rows the others are the sample.
 * Where both are many, rows are drawn in batches (see {@link batchRows}).
 *
 * The same rows in the same order and the same seed give the same values.
 *
 * @param scores finite numbers, all rows of group 0, then of group 1, and so on; with strata they sum to 0 in each
 * @param starts where each group begins, and at the end the number of rows
 * @param tested groups to test: each needs 2 rows, and 2 rows outside of it; the others get 1
 * @param stratumOf each row's, 0, 1, 2 ... Default: all rows are of one
 */
export function testGroups(scores: Float64Array, starts: Int32Array, tested: readonly boolean[], effort: PermutationEffort, stratumOf?: Int32Array): Float64Array {
  const pValues = new Float64Array(tested.length).fill(1)
  const scaled = scale(scores)
  const strata = stratumOf === undefined ? [{ scores: center(scaled), starts }] : divide(scaled, starts, stratumOf)
  const runs = tested.flatMap((isTested, group): Run[] => (isTested ? [{ group, parts: [], observed: 0, slack: 0, chunks: 0, samples: 0, above: 0, below: 0 }] : []))
  const pools: Pool[] = []
  strata.forEach((stratum, s) => {
    const bySize = new Map<number, Pool>()
    for (const run of runs) {
      const rowCount = stratum.starts[run.group + 1] - stratum.starts[run.group]
      // where all rows are the group's own there is nothing to exchange
      if (rowCount === 0 || rowCount === stratum.scores.length) continue
      const size = batchSize(Math.min(rowCount, stratum.scores.length - rowCount))
      let pool = bySize.get(size)
      if (pool === undefined) {
        pool = createPool(size === 1 ? stratum : batchRows(stratum.scores, stratum.starts, size, effort.seed), createWords(effort.seed, 32 * s + exponentOf(size)))
        bySize.set(size, pool)
        pools.push(pool)
      }
      const own = pool.starts[run.group + 1] - pool.starts[run.group]
      const others = pool.scores.length - own
      run.parts.push({ pool, own, size: Math.min(own, others), isLarger: own > others })
    }
  })
  for (const run of runs) observe(run)
  sampleRuns(runs, pools, effort)
  for (const run of runs) pValues[run.group] = pValueOf(run, effort.exceedances)
  return pValues
}

/** Scores of some rows by group. */
interface Grouped {
  readonly scores: Float64Array
  readonly starts: Int32Array
}

/** What is drawn from: rows, or batches of rows, of one stratum. */
interface Pool extends Grouped {
  readonly squares: number
  readonly random: Random
  /** The scores, shuffled from the front as far as they are needed; with sums and squares as they run. */
  readonly rows: Float64Array
  readonly runningSums: Float64Array
  readonly runningSquares: Float64Array
  needed: number
}

/** The rows, or batches, of a group in one stratum. */
interface Part {
  readonly pool: Pool
  readonly own: number
  /** Rows of a sample: those of the group, or of all others where they are fewer. */
  readonly size: number
  readonly isLarger: boolean
}

/** One group's sampling so far. */
interface Run {
  readonly group: number
  /** Its rows, or batches, in each stratum. */
  readonly parts: Part[]
  observed: number
  /** Samples that lie at least this high, or this low, are beyond the group. */
  slack: number
  /** Samples of the next shuffle. */
  chunks: number
  samples: number
  above: number
  below: number
}

/** Rows of a batch for a group of so many: a power of 2, so that groups of like size share their batches; 1 for few, and for none. */
export function batchSize(rows: number): number {
  return !(rows >= 2 * BATCHES) || rows === Infinity ? 1 : powerOfTwo(exponentOf(rows / BATCHES))
}

function createPool({ scores, starts }: Grouped, random: Random): Pool {
  const n = scores.length
  let squares = 0
  for (let i = 0; i < n; i++) squares += scores[i] * scores[i]
  return { scores, starts, squares, random, rows: Float64Array.from(scores), runningSums: new Float64Array(n + 1), runningSquares: new Float64Array(n + 1), needed: 0 }
}

function observe(run: Run): void {
  const total = { difference: 0, variance: 0, squares: 0 }
  for (const { pool, own } of run.parts) {
    let sum = 0
    let squares = 0
    for (let i = pool.starts[run.group]; i < pool.starts[run.group + 1]; i++) {
      sum += pool.scores[i]
      squares += pool.scores[i] * pool.scores[i]
    }
    addPart(total, pool, own, sum, squares)
  }
  run.observed = studentized(total)
  // sums in another order differ in their last bits: what differs by no more counts as equal
  run.slack = Number.isFinite(run.observed) ? 1e-9 * (1 + Math.abs(run.observed)) : 0
}

const nearer = (run: Run): number => Math.min(run.above, run.below)

/** Shuffles until every run has enough samples, or until the draws are spent and each has the least. */
function sampleRuns(runs: readonly Run[], pools: readonly Pool[], { exceedances, maxSamples, drawLimit }: PermutationEffort): void {
  const least = Math.min(MIN_SAMPLES, maxSamples)
  let open = runs.filter((run) => run.parts.length > 0)
  for (let drawn = 0; open.length > 0; ) {
    for (const pool of pools) pool.needed = 0
    for (const run of open) {
      run.chunks = run.parts.reduce((chunks, { pool, size }) => Math.min(chunks, Math.floor(pool.rows.length / size)), maxSamples - run.samples)
      for (const { pool, size } of run.parts) pool.needed = Math.max(pool.needed, run.chunks * size)
    }
    for (const pool of pools) {
      reshuffle(pool)
      drawn += pool.needed
    }
    for (const run of open) sampleRun(run, exceedances)
    const isSpent = drawn >= drawLimit
    open = open.filter((run) => run.samples < (isSpent ? least : maxSamples) && nearer(run) < exceedances)
  }
}

/** The first steps of a shuffle (Fisher & Yates 1938) of what the last one left: any order will do. */
function reshuffle({ rows, runningSums, runningSquares, needed, random }: Pool): void {
  const n = rows.length
  for (let i = 0; i < needed; i++) {
    const j = i + Math.floor(random() * ((n - i) / 0x1_0000_0000))
    const row = rows[j]
    rows[j] = rows[i]
    rows[i] = row
    runningSums[i + 1] = runningSums[i] + row
    runningSquares[i + 1] = runningSquares[i] + row * row
  }
}

/** Every m rows that follow each other are a sample of m rows. */
function sampleRun(run: Run, exceedances: number): void {
  const { parts, observed, slack } = run
  const total = { difference: 0, variance: 0, squares: 0 }
  for (let c = 0; c < run.chunks && nearer(run) < exceedances; c++) {
    total.difference = 0
    total.variance = 0
    total.squares = 0
    for (const { pool, own, size, isLarger } of parts) {
      const from = c * size
      const sum = pool.runningSums[from + size] - pool.runningSums[from]
      const squares = pool.runningSquares[from + size] - pool.runningSquares[from]
      // what is not drawn is the group then: all scores sum to 0
      if (isLarger) addPart(total, pool, own, -sum, pool.squares - squares)
      else addPart(total, pool, own, sum, squares)
    }
    const t = studentized(total)
    if (t >= observed - slack) run.above++
    if (t <= observed + slack) run.below++
    run.samples++
  }
}

function pValueOf(run: Run, exceedances: number): number {
  if (run.parts.length === 0) return 1
  const beyond = nearer(run)
  const oneSided = beyond >= exceedances ? beyond / run.samples : (beyond + 1) / (run.samples + 1)
  return Math.min(1, 2 * oneSided)
}

/** Scores by the largest: sums and squares are then of order 1. */
function scale(scores: Float64Array): Float64Array {
  let largest = 0
  for (let i = 0; i < scores.length; i++) largest = Math.max(largest, Math.abs(scores[i]))
  const scaled = new Float64Array(scores.length)
  if (largest > 0) for (let i = 0; i < scores.length; i++) scaled[i] = scores[i] / largest
  return scaled
}

function center(scores: Float64Array): Float64Array {
  let sum = 0
  for (let i = 0; i < scores.length; i++) sum += scores[i]
  const mean = sum / scores.length
  const centered = new Float64Array(scores.length)
  for (let i = 0; i < scores.length; i++) centered[i] = scores[i] - mean
  return centered
}

/** The rows of each stratum, by group, less their mean. */
function divide(scores: Float64Array, starts: Int32Array, stratumOf: Int32Array): Grouped[] {
  const groups = starts.length - 1
  const count = stratumOf.reduce((most, s) => Math.max(most, s + 1), 0)
  const sizes = new Int32Array(count)
  for (const s of stratumOf) sizes[s]++
  const strata = Array.from(sizes, (size) => ({ scores: new Float64Array(size), starts: new Int32Array(groups + 1) }))
  const filled = new Int32Array(count)
  for (let g = 0; g < groups; g++) {
    for (let i = starts[g]; i < starts[g + 1]; i++) strata[stratumOf[i]].scores[filled[stratumOf[i]]++] = scores[i]
    for (let s = 0; s < count; s++) strata[s].starts[g + 1] = filled[s]
  }
  return strata.map((stratum) => ({ ...stratum, scores: center(stratum.scores) }))
}

/** What a group is above the rest, over its strata: a sum, its variance, and the squares that both come from. */
interface Total {
  difference: number
  variance: number
  squares: number
}

/**
 * m of a pool's n rows, whose scores sum to 0: their sum is m (n - m) / n times the difference of both means, and its variance is so much of
 * the difference's, (m (n - m) / n)^2 (within / m + outside / (n - m)), with the variance of the larger side for a side of one row.
 */
function addPart(total: Total, { rows, squares: squaresOfAll }: Pool, m: number, sum: number, squares: number): void {
  const n = rows.length
  const r = n - m
  const within = Math.max(0, squares - (sum * sum) / m)
  const outside = Math.max(0, squaresOfAll - squares - (sum * sum) / r)
  const a = m > 1 ? within / (m - 1) : r > 1 ? outside / (r - 1) : 0
  const b = r > 1 ? outside / (r - 1) : a
  const share = (m * r) / n
  total.difference += sum
  total.variance += share * share * (a / m + b / r)
  total.squares += share * squaresOfAll
}

function studentized({ difference, variance, squares }: Total): number {
  // beside all squares this is rounding
  if (variance <= 1e-15 * squares) return difference * difference <= 1e-24 * squares ? 0 : difference > 0 ? Infinity : -Infinity
  return difference / Math.sqrt(variance)
}
