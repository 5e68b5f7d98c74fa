import { ratioError, ratioInterval } from "../math/stats/ratio-interval.js"
import { shrinkCounts, shrinkMeans, type Shrunken } from "../math/stats/shrink.js"
import { sumOf } from "../math/stats/sum-of.js"
import type { KpiTable } from "./kpi-table.js"
import type { KpiValue, LikeForLike } from "./performance-result.js"
import { dues, testAgainstRest, type Strictness } from "./test-against-rest.js"

/** Of the index; rows that are all alike are not known without any error. */
const LEAST_ERROR = 1e-9

/** Rates that differ by less than this share of themselves are equal but for rounding. */
const ROUNDING = 1e-12

/** One group within one segment. */
interface Cell {
  numerator: number
  denominator: number
}

/**
 * What remains of every group's difference when like is compared with like. Each row is due what its segment brings per denominator over
 * all groups; a group is tested by what it brings beyond its dues, with rows exchanged within segments, and its gap to the whole is divided into mix and rate:
 *
 *   value_t - value = sum_s (w_ts - w_s) (r_ts + r_s) / 2  +  sum_s (r_ts - r_s) (w_ts + w_s) / 2
 *
 * with w the share of segment s in the denominators and r its ratio; a segment that a group does not have counts with the rate of all.
 * O(rows), and the test.
 *
 * Source: indirect standardization, Breslow & Day, Statistical Methods in Cancer Research II, 1987, section 2.3; decomposition, Kitagawa,
 * J. Am. Statist. Assoc. 50, 1955; reversal, Simpson, J. Roy. Statist. Soc. B 13, 1951.
 *
 * @param segmentOf of each record; -1: in none, which is a segment of its own here
 * @param values of the groups, and @param all over all of them
 * @param tested which groups have rows enough
 */
export function compareLikeWithLike(table: KpiTable, segmentOf: Int32Array, segmentCount: number, values: readonly KpiValue[], all: KpiValue, tested: readonly boolean[], strictness: Strictness): LikeForLike[] {
  const { numerators, denominators, starts, records } = table
  const stratumOf = new Int32Array(records.length)
  for (let i = 0; i < records.length; i++) stratumOf[i] = segmentOf[records[i]] === -1 ? segmentCount : segmentOf[records[i]]
  sortTies(table, stratumOf)
  const strata = segmentCount + 1
  const whole = cellsOf(numerators, denominators, stratumOf, 0, records.length, strata)
  const rates = whole.map(rateOf)
  const due = dues(numerators, denominators, stratumOf)
  const judgements = testAgainstRest({ numerators, denominators, starts, stratumOf }, tested, strictness)
  const expected = values.map((_, g) => sumOf(due.subarray(starts[g], starts[g + 1])))
  const indices = values.map(({ value, numerator }, g) => (value === null || !(expected[g] > 0) || !Number.isFinite(numerator / expected[g]) ? null : numerator / expected[g] + 0))
  const errors = values.map((value, g) => (indices[g] === null ? null : errorOf(value, g)))
  const shrunken = shrinkIndices()

  return values.map((value, g) => {
    const cells = cellsOf(numerators, denominators, stratumOf, starts[g], starts[g + 1], strata)
    return {
      expected: expected[g] + 0,
      index: indices[g],
      interval: indices[g] === null ? null : indexInterval(value, g),
      shrunken: shrunken[g],
      ...decompose(cells, whole, value, all),
      ...judgements[g],
    }
  })

  /** Standard error of the index. */
  function errorOf({ numerator, denominator }: KpiValue, g: number): number | null {
    if (table.kind === "ratio") return ratioError(numerators, due, starts[g], starts[g + 1])?.error ?? null
    if (table.kind === "count") return 1 / Math.sqrt(expected[g])
    if (table.kind === "per-count") return (numerator / expected[g]) / Math.sqrt(denominator)
    let variance = 0
    for (let i = starts[g]; i < starts[g + 1]; i++) variance += due[i] * (1 - rates[stratumOf[i]])
    return Math.sqrt(table.designEffect * Math.max(0, variance)) / expected[g]
  }

  function indexInterval({ interval, denominator }: KpiValue, g: number): LikeForLike["interval"] {
    const factor = denominator / expected[g]
    const found = table.kind === "ratio" ? ratioInterval(numerators, due, starts[g], starts[g + 1]) : interval && { low: interval.low * factor, high: interval.high * factor }
    return found === null || !Number.isFinite(found.low) || !Number.isFinite(found.high) ? null : { low: found.low + 0, high: found.high + 0 }
  }

  function shrinkIndices(): (Shrunken | null)[] {
    const known = values.flatMap((_, g) => (errors[g] !== null && Number.isFinite(errors[g]) ? [g] : []))
    const result: (Shrunken | null)[] = values.map(() => null)
    if (known.length < 2) return result
    const { estimates } = table.kind === "count"
      ? shrinkCounts(known.map((g) => values[g].numerator), known.map((g) => expected[g]))
      : shrinkMeans(known.map((g) => indices[g] as number), known.map((g) => Math.max(errors[g] as number, LEAST_ERROR)))
    known.forEach((g, at) => (result[g] = [estimates[at].value, estimates[at].low, estimates[at].high].every(Number.isFinite) ? estimates[at] : null))
    return result
  }
}

/** Rows of a group with the same two numbers stand in the order of the records; their segments are put into one that does not depend on it. */
function sortTies({ numerators, denominators, starts }: KpiTable, stratumOf: Int32Array): void {
  for (let g = 0; g + 1 < starts.length; g++) {
    for (let first = starts[g], i = first; i < starts[g + 1]; i++) {
      if (i + 1 < starts[g + 1] && numerators[i + 1] === numerators[i] && denominators[i + 1] === denominators[i]) continue
      if (i > first) stratumOf.subarray(first, i + 1).sort()
      first = i + 1
    }
  }
}

function cellsOf(numerators: Float64Array, denominators: Float64Array, stratumOf: Int32Array, first: number, last: number, strata: number): Cell[] {
  const cells = Array.from({ length: strata }, (): Cell => ({ numerator: 0, denominator: 0 }))
  for (let i = first; i < last; i++) {
    const cell = cells[stratumOf[i]]
    cell.numerator += numerators[i]
    cell.denominator += denominators[i]
  }
  return cells
}

function rateOf({ numerator, denominator }: Cell): number {
  const rate = denominator > 0 ? numerator / denominator : 0
  return Number.isFinite(rate) ? rate : 0
}

function decompose(cells: readonly Cell[], whole: readonly Cell[], value: KpiValue, all: KpiValue): Pick<LikeForLike, "mix" | "rate" | "isReversed"> {
  if (value.value === null || all.value === null) return { mix: null, rate: null, isReversed: false }
  let mix = 0
  let better = 0
  let worse = 0
  cells.forEach((cell, s) => {
    const of = rateOf(whole[s])
    const own = cell.denominator > 0 ? rateOf(cell) : of
    const [share, shareOfAll] = [cell.denominator / value.denominator, whole[s].denominator / all.denominator]
    mix += ((share - shareOfAll) * (own + of)) / 2
    if (own - of > ROUNDING * Math.abs(of)) better++
    else if (of - own > ROUNDING * Math.abs(of)) worse++
  })
  const gap = value.value - all.value
  // what is left is rate: the second sum, and numerators without any denominator
  const rate = gap - mix
  const isApart = Math.abs(gap) > ROUNDING * Math.abs(all.value)
  const isReversed = isApart && (gap < 0 ? worse === 0 : better === 0)
  return Number.isFinite(mix) && Number.isFinite(rate) ? { mix: mix + 0, rate: rate + 0, isReversed } : { mix: null, rate: null, isReversed: false }
}
