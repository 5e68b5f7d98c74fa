import { createRandom, type Random } from "../random.js"

/** How much chance is sampled. */
export interface PermutationEffort {
  readonly seed: number
  /** A group is done when so many samples lie beyond it on its nearer side: p is then known to within about 1 / root of it. */
  readonly exceedances: number
  /** No group gets more samples than this; the smallest p-value is 2 / (samples + 1). */
  readonly maxSamples: number
  /** Rows drawn in all, over all groups; each group gets at least `MIN_SAMPLES` even where that is more. */
  readonly drawLimit: number
}

/** With fewer samples no p-value of a comparison of some dozens of groups could be small. */
const MIN_SAMPLES = 999

/**
 * For every group of rows: how probable is it that as many rows drawn from all rows at random have a mean score as far from the
 * mean of the rest, on the side where the group lies? Twice that is the two-sided p-value.
 *
 * The statistic is the difference of the two means divided by its standard error with separate variances, so that the test is
 * exact when rows are exchangeable and right in large groups when they are not (Janssen, Statist. Probab. Lett. 36, 1997). Samples
 * are drawn in sequence until enough lie beyond the group (Besag & Clifford, Biometrika 78, 1991): a group like all others is
 * done after some hundred, and the work goes to the groups that stand out.
 *
 * The same rows in the same order and the same seed give the same values, one stream of random numbers a group.
 *
 * @param scores finite numbers, all rows of group 0, then of group 1, and so on
 * @param starts where each group begins, and at the end the number of rows
 * @param tested groups to test: each needs 2 rows, and 2 rows outside of it; the others get 1
 */
export function testGroups(scores: Float64Array, starts: Int32Array, tested: readonly boolean[], effort: PermutationEffort): Float64Array {
  const pValues = new Float64Array(tested.length).fill(1)
  const centered = centerAndScale(scores)
  const runs = tested.flatMap((isTested, g) => (isTested ? [startRun(g, centered, starts, effort.seed)] : []))

  // every unfinished group in turn, twice as far each time, until the draws are spent
  const rows = Int32Array.from(centered.keys())
  let drawn = 0
  for (let goal = Math.min(MIN_SAMPLES, effort.maxSamples), open = runs; open.length > 0; goal = Math.min(2 * goal + 1, effort.maxSamples)) {
    for (const run of open) drawn += sampleUntil(run, rows, centered, goal, effort.exceedances)
    const spent = drawn >= effort.drawLimit
    open = open.filter((run) => !spent && run.samples < effort.maxSamples && nearer(run) < effort.exceedances)
  }
  for (const run of runs) pValues[run.group] = pValueOf(run, effort.exceedances)
  return pValues
}

/** One group's sampling so far. */
interface Run {
  readonly group: number
  readonly size: number
  readonly observed: number
  /** Samples that lie at least this high, or this low, are beyond the group. */
  readonly slack: number
  readonly random: Random
  samples: number
  above: number
  below: number
}

function startRun(group: number, scores: Float64Array, starts: Int32Array, seed: number): Run {
  let sum = 0
  let squares = 0
  for (let i = starts[group]; i < starts[group + 1]; i++) {
    sum += scores[i]
    squares += scores[i] * scores[i]
  }
  const size = starts[group + 1] - starts[group]
  const observed = studentized(size, sum, squares, scores.length, totalSquares(scores))
  // sums in another order differ in their last bits: what differs by no more counts as equal
  const slack = Number.isFinite(observed) ? 1e-9 * (1 + Math.abs(observed)) : 0
  return { group, size, observed, slack, random: createRandom(seed, group), samples: 0, above: 0, below: 0 }
}

const nearer = (run: Run): number => Math.min(run.above, run.below)

/** Draws samples until there are `goal`, or enough lie beyond. Returns how many rows were drawn. */
function sampleUntil(run: Run, rows: Int32Array, scores: Float64Array, goal: number, exceedances: number): number {
  const { size, random, observed, slack } = run
  const n = rows.length
  const squaresOfAll = totalSquares(scores)
  const first = run.samples
  // drawing the smaller part settles the other: the scores sum to 0
  const rest = size > n - size
  const drawCount = rest ? n - size : size
  while (run.samples < goal && nearer(run) < exceedances) {
    let sum = 0
    let squares = 0
    // the first steps of a shuffle (Fisher & Yates) of what the last sample left: any order will do
    for (let i = 0; i < drawCount; i++) {
      const j = i + Math.floor(random() * (n - i))
      const row = rows[j]
      rows[j] = rows[i]
      rows[i] = row
      sum += scores[row]
      squares += scores[row] * scores[row]
    }
    const t = rest ? studentized(size, -sum, squaresOfAll - squares, n, squaresOfAll) : studentized(size, sum, squares, n, squaresOfAll)
    if (t >= observed - slack) run.above++
    if (t <= observed + slack) run.below++
    run.samples++
  }
  return (run.samples - first) * drawCount
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

function totalSquares(scores: Float64Array): number {
  let squares = 0
  for (let i = 0; i < scores.length; i++) squares += scores[i] * scores[i]
  return squares
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
