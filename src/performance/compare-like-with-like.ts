import { ratioError, ratioInterval } from "../math/stats/ratio-interval.js"
import { shrinkCounts, shrinkMeans, type Shrunken } from "../math/stats/shrink.js"
import { sumOf } from "../math/stats/sum-of.js"
import { dues, type GroupedRows } from "./compare/dues.js"
import type { Grouping, KpiTable, TableRows } from "./kpi-table.js"
import type { KpiValue, LikeForLike } from "./performance-result.js"
import { testAgainstRest, type Strictness } from "./test-against-rest.js"

/** Of the index; rows that are all alike are not known without any error. */
const LEAST_ERROR = 1e-9

/** Rates that differ by less than this share of themselves are equal but for rounding. */
const ROUNDING = 1e-12

/** One group within one segment. */
interface Cell {
  numerator: number
  denominator: number
}

/** The segments, where -1 is a segment of its own here, and the names of the groups. */
interface LikeGroups {
  readonly segments: Grouping
  readonly ids: readonly string[]
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
 * Cases of several rows (clusters) are exchanged whole, within the segment of most of their denominators; each of their rows is due its own.
 *
 * @param values of the groups, and @param all over all of them
 * @param tested which groups have rows enough
 */
export function compareLikeWithLike(table: KpiTable, { segments, ids }: LikeGroups, values: readonly KpiValue[], all: KpiValue, tested: readonly boolean[], strictness: Strictness): LikeForLike[] {
  const { rows, starts, numerators, effects } = table
  const segmentOf = segments.groupOf
  const stratumOf = rows.records.map((record) => (segmentOf[record] === -1 ? segments.count : segmentOf[record]))
  if (rows.unitOf === null) sortTies(rows, stratumOf)
  const strata = segments.count + 1
  const whole = cellsOf(rows, stratumOf, 0, rows.records.length, strata)
  const cellsOfGroups = values.map((_, g) => cellsOf(rows, stratumOf, rows.starts[g], rows.starts[g + 1], strata))
  const rates = whole.map(rateOf)
  const dueOfRows = dues(rows.numerators, rows.denominators, stratumOf)
  const due = rows.unitOf === null ? dueOfRows : sumByUnit(dueOfRows, rows.unitOf, numerators.length)
  const judgements = testAgainstRest(rows.unitOf === null ? { ...rows, stratumOf } : exchangedWhole(), tested, strictness, table.kind !== "ratio")
  const expected = values.map((_, g) => sumOf(due.subarray(starts[g], starts[g + 1])))
  const indices = values.map(({ value, numerator }, g) => (value === null || !(expected[g] > 0) || !Number.isFinite(numerator / expected[g]) ? null : numerator / expected[g] + 0))
  const errors = values.map((value, g) => (indices[g] === null ? null : errorOf(value, g)))
  const shrunken = shrinkIndices()

  return values.map((value, g) => {
    const { setAside, isTooSkewed: _, ...judgement } = judgements[g]
    return {
      expected: expected[g] + 0,
      index: indices[g],
      interval: indices[g] === null ? null : indexInterval(value, g),
      shrunken: shrunken[g],
      ...decompose(cellsOfGroups[g], whole, value, all),
      ...judgement,
      comparedWith: judgement.verdict !== "too little data" ? { value: indices[g] === null ? null : indexOfOthers(g, setAside), setAside: setAside.map((other) => ids[other]) } : null,
    }
  })

  /** What the group would bring at the rates of the others, each in its segment, over what it would at the rates of all. */
  function indexOfOthers(own: number, setAside: readonly number[]): number | null {
    let brought = 0
    for (let s = 0; s < strata; s++) {
      const others: Cell = { numerator: 0, denominator: 0 }
      cellsOfGroups.forEach((cells, g) => {
        if (g === own || setAside.includes(g)) return
        others.numerator += cells[s].numerator
        others.denominator += cells[s].denominator
      })
      // where only the group itself has the segment, it is held to its own rate there
      brought += cellsOfGroups[own][s].denominator * rateOf(others.denominator > 0 ? others : whole[s])
    }
    const index = brought / expected[own]
    return Number.isFinite(index) ? index + 0 : null
  }

  /** Clusters with what they bring beyond their dues, so that rows of several segments are due what each is. */
  function exchangedWhole(): GroupedRows {
    const unitOf = rows.unitOf as Int32Array
    const weights = new Map<number, Float64Array>()
    rows.denominators.forEach((x, i) => {
      const own = weights.get(unitOf[i]) ?? new Float64Array(strata).fill(-1)
      own[stratumOf[i]] = Math.max(0, own[stratumOf[i]]) + x
      weights.set(unitOf[i], own)
    })
    const stratumOfUnit = Int32Array.from(numerators, (_, unit) => (weights.get(unit) as Float64Array).reduce((most, x, s, all) => (x > all[most] ? s : most), 0))
    return { numerators: numerators.map((y, unit) => (Math.abs(y - due[unit]) <= ROUNDING * Math.abs(y) ? 0 : y - due[unit])), denominators: table.denominators, starts, stratumOf: stratumOfUnit }
  }

  /** Standard error of the index. */
  function errorOf({ numerator, denominator }: KpiValue, g: number): number | null {
    const effect = effects.groups[g]
    if (table.kind === "ratio") return ratioError(numerators, due, starts[g], starts[g + 1])?.error ?? null
    if (table.kind === "count") return Math.sqrt(effect / expected[g])
    if (table.kind === "per-count") return (numerator / expected[g]) / Math.sqrt(denominator / effect)
    let variance = 0
    for (let i = rows.starts[g]; i < rows.starts[g + 1]; i++) variance += dueOfRows[i] * (1 - rates[stratumOf[i]])
    return Math.sqrt(effect * Math.max(0, variance)) / expected[g]
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
      ? shrinkCounts(known.map((g) => values[g].numerator / effects.groups[g]), known.map((g) => expected[g] / effects.groups[g]))
      : shrinkMeans(known.map((g) => indices[g] as number), known.map((g) => Math.max(errors[g] as number, LEAST_ERROR)))
    known.forEach((g, at) => (result[g] = [estimates[at].value, estimates[at].low, estimates[at].high].every(Number.isFinite) ? estimates[at] : null))
    return result
  }
}

/** Rows of a group with the same two numbers stand in the order of the records; their segments are put into one that does not depend on it. */
function sortTies({ numerators, denominators, starts }: TableRows, stratumOf: Int32Array): void {
  for (let g = 0; g + 1 < starts.length; g++) {
    for (let first = starts[g], i = first; i < starts[g + 1]; i++) {
      if (i + 1 < starts[g + 1] && numerators[i + 1] === numerators[i] && denominators[i + 1] === denominators[i]) continue
      if (i > first) stratumOf.subarray(first, i + 1).sort()
      first = i + 1
    }
  }
}

function sumByUnit(values: Float64Array, unitOf: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count)
  for (let i = 0; i < values.length; i++) sums[unitOf[i]] += values[i]
  return sums
}

function cellsOf({ numerators, denominators }: TableRows, stratumOf: Int32Array, first: number, last: number, strata: number): Cell[] {
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
