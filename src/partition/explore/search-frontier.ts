import { largestOf } from "../../math/stats/extremes.js"
import { createRandom } from "../../math/random.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { NOTHING, issue } from "../../model/issue.js"
import { DEFAULT_TOLERANCE } from "../../model/measure.js"
import { tellSteps } from "../../model/tell-steps.js"
import type { CompiledProblem } from "../compile-problem.js"
import { locateCenters } from "../locate.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions } from "../partition-options.js"
import { inTheirUnits } from "../reachable/complete-infeasibility.js"
import { aimAtReachable } from "../reachable/aim-at-reachable.js"
import { startCenters } from "../start-centers.js"
import { DEFAULT_EXPLORE_OPTIONS, type ExploreOptions } from "./explore-options.js"
import { searchAnew, searchAnewBesideToday, searchFreely, searchLimited, type FoundPoint, type Neighbor } from "./search-point.js"
import { readScale, scaleProblem, type ScaledProblem, type ToleranceScale } from "./tolerance-scale.js"
import { measureTrial, type Trial } from "./trial.js"

/** What the search of all points came upon. */
export interface Frontier {
  readonly trials: readonly Trial[]
  readonly scale: ToleranceScale
  readonly isCutShort: boolean
  /** The widest tolerance and the largest share of the grid. */
  readonly limits: { readonly tolerance: number; readonly movedShare: number }
}

/** Which point is under way, and how much of it is done. */
export interface FrontierProgress {
  readonly point: number
  readonly points: number
  readonly share: number
}

/** A share as small as this is none. */
const LEAST_SHARE = 1e-9

/**
 * Searches one plan for every tolerance and every share that may move: the cheapest that keeps both (the epsilon-constraint form,
 * which, unlike sums with weights, also finds plans inside the hull of the frontier). Each begins at the centers, the prices
 * and the rate of its neighbor: the same share at the tolerance before, or the smaller share before it. With owners of today all begin at their
 * centers, and one plan is searched from scratch, for what could be had if today did not count.
 *
 * Source: Haimes, Lasdon & Wismer, IEEE Trans. Systems, Man and Cybernetics 1, 1971 (epsilon-constraint); Salazar-Aguilar, Rios-Mercado &
 * Gonzalez-Velarde, "A bi-objective programming model for designing compact and balanced territories in commercial districting",
 * Transportation Research C 19, 2011.
 *
 * @param outOfTime once true, no further point is begun; the first one is finished
 */
export function* searchFrontier<A>(compiled: CompiledProblem, options: ExploreOptions<A>, search: PartitionOptions<A>, outOfTime: () => boolean): Generator<FrontierProgress, Frontier> {
  const plainScale = readScale(compiled)
  const rows: { readonly row: ScaledProblem; readonly side: number }[] = []
  for (const { row, side } of readRows(compiled, plainScale, options)) {
    rows.push({ row: { ...row, compiled: yield* ahead(aimAtReachable(row.compiled)) }, side })
  }
  const { reach } = rows[0].row.compiled
  const fairest = reach === null ? null : inTheirUnits(compiled, yield* ahead(reach.loads()))
  const scale = { ...plainScale, fairest }
  const moves = compiled.problem.homes ? readShares(compiled, options) : null
  const points = moves === null ? rows.length : rows.length * moves.count + (moves.hasNone ? 1 : 0) + (moves.hasAll ? 1 : 0)
  const limits = { tolerance: largestOf(rows.map(({ row }) => row.tolerance)), movedShare: moves === null || moves.hasAll ? 1 : largestOf([0, ...(moves.shares ?? [])]) }
  const trials: Trial[] = []
  let point = 0
  let isCutShort = false
  const isOver = (): boolean => (isCutShort ||= trials.length > 0 && outOfTime())

  if (moves === null) {
    // outwards from the tolerance that was asked for, which is searched for from scratch
    const last: (Neighbor | null)[] = [null, null]
    for (const { row, side } of rows) {
      if (isOver()) break
      const from = last[side]
      const found = from === null ? yield* told(searchAnew(row.compiled, search, outOfTime)) : yield* told(searchFreely(row.compiled, search, from, outOfTime, 0))
      keep(row, found, null)
      last[side] = found
      if (from === null) last.fill(found)
    }
    return { trials, scale, isCutShort, limits }
  }

  const base = rows[0].row
  const today = yield* told(centersOfToday(base.compiled, outOfTime), false)
  const free = new Map<number, Neighbor>()
  let grid = moves.shares
  /** By column of the grid and side: the plan at the tolerance before. */
  const above = new Map<string, Neighbor>()
  for (const { row, side } of rows) {
    if (moves.hasAll) {
      if (isOver()) break
      const from = free.get(side)
      const found = yield* told(searchFreely(row.compiled, search, from ?? today, outOfTime, from === undefined ? maxIterationsOf(search) : 0))
      const trial = keep(row, found, null)
      free.set(side, found)
      if (row === base) {
        free.set(0, found).set(1, found)
        grid ??= spread(compiled, moves.upTo ?? trial.moved)
      }
    }
    let before: Neighbor = today
    for (const [column, share] of (grid ?? []).entries()) {
      if (isOver()) break
      const found = yield* told(searchLimited(row.compiled, search, above.get(`${column} ${side}`) ?? before, share, outOfTime))
      keep(row, found, share)
      before = found
      for (const s of row === base ? [0, 1] : [side]) above.set(`${column} ${s}`, found)
    }
  }
  const loosest = rows.reduce((most, { row }) => (row.tolerance > most.tolerance ? row : most), base)
  if (moves.hasNone && !isOver()) keep(loosest, yield* told(searchLimited(loosest.compiled, search, today, 0, outOfTime)), 0)
  if (moves.hasAll && !isOver()) keep(base, yield* told(searchAnewBesideToday(base.compiled, search, outOfTime)), null)
  return { trials, scale, isCutShort, limits }

  function keep({ tolerance, compiled: scaled }: ScaledProblem, found: FoundPoint, movedShare: number | null): Trial {
    const trial = measureTrial(scaled, scale, { ...found, tolerance, movedShare })
    trials.push(trial)
    return trial
  }

  /** Hands on how much of a point is done. */
  function* told<T>(steps: Generator<number, T>, counts = true): Generator<FrontierProgress, T> {
    if (counts) point++
    let late: unknown = undefined
    for (;;) {
      const step = steps.next(late)
      if (step.done === true) return step.value
      late = yield { point: Math.max(point, 1), points, share: counts ? step.value : 0 }
    }
  }
}

/** Steps before the first point. */
function* ahead<T>(steps: Generator<undefined, T>): Generator<FrontierProgress, T> {
  return yield* tellSteps(steps, { point: 1, points: 1, share: 0 })
}

/** The tolerances, first the one nearest to what was asked for, then ever looser ones (side 1), then ever tighter ones (side 0). */
function readRows<A>(compiled: CompiledProblem, scale: ToleranceScale, options: ExploreOptions<A>): { row: ScaledProblem; side: number }[] {
  const { problem } = compiled
  if (scale.widest === null) return [{ row: scaleProblem(compiled, scale, 0, []), side: 1 }]
  const widest = scale.widest > 0 ? scale.widest : DEFAULT_TOLERANCE
  const isLarge = problem.n * problem.k > DEFAULT_EXPLORE_OPTIONS.largePairs
  const { tolerances, tolerancesOfLarge, tolerancesWithoutCurrent } = DEFAULT_EXPLORE_OPTIONS
  const factors = !problem.homes ? tolerancesWithoutCurrent : isLarge ? tolerancesOfLarge : tolerances
  const issues: Issue[] = []
  const wanted = options.tolerances ?? factors.map((factor) => factor * widest)
  const rows = wanted.flatMap((tolerance, at) => {
    const found: Issue[] = []
    const row = scaleProblem(compiled, scale, tolerance, found)
    if (found.length === 0) return [row]
    // a grid of ours leaves out what contradicts itself; one of the caller's says so
    if (options.tolerances !== undefined) issues.push(issue("bounds", `tolerances[${at}]`, `contradicts a stated bound: ${found[0].message}`, NOTHING))
    return []
  })
  throwIssues(issues)
  const distance = (tolerance: number): number => Math.abs(tolerance - widest)
  const base = rows.reduce((nearest, row) => (distance(row.tolerance) < distance(nearest.tolerance) ? row : nearest))
  const looser = rows.filter((row) => row.tolerance > base.tolerance).sort((a, b) => a.tolerance - b.tolerance)
  const tighter = rows.filter((row) => row.tolerance < base.tolerance).sort((a, b) => b.tolerance - a.tolerance)
  return [{ row: base, side: 1 }, ...looser.map((row) => ({ row, side: 1 })), ...tighter.map((row) => ({ row, side: 0 }))]
}

/** What may move: `shares` between nothing and everything, ascending; null: to be spread up to what free moves move. */
interface MovedShares {
  readonly shares: readonly number[] | null
  readonly upTo: number | null
  readonly hasNone: boolean
  readonly hasAll: boolean
  /** Points of every tolerance. */
  readonly count: number
}

function readShares<A>(compiled: CompiledProblem, { movedShares, disruption }: ExploreOptions<A>): MovedShares {
  if (movedShares !== undefined) {
    const shares = movedShares.filter((share) => share > 0 && share < 1).sort((a, b) => a - b)
    const hasAll = movedShares.includes(1)
    return { shares, upTo: null, hasNone: movedShares.includes(0), hasAll, count: shares.length + (hasAll ? 1 : 0) }
  }
  const cap = disruption?.maxMovedShare ?? 1
  if (cap === 0) return { shares: [], upTo: 0, hasNone: true, hasAll: false, count: 0 }
  if (cap < 1) {
    const shares = [...spread(compiled, cap), cap]
    return { shares, upTo: cap, hasNone: true, hasAll: false, count: shares.length }
  }
  return { shares: null, upTo: null, hasNone: true, hasAll: true, count: factorsOf(compiled).length + 1 }
}

function factorsOf({ problem: { n, k } }: CompiledProblem): readonly number[] {
  return n * k > DEFAULT_EXPLORE_OPTIONS.largePairs ? DEFAULT_EXPLORE_OPTIONS.movedSharesOfLarge : DEFAULT_EXPLORE_OPTIONS.movedShares
}

function spread(compiled: CompiledProblem, upTo: number): number[] {
  return factorsOf(compiled).map((factor) => factor * upTo).filter((share) => share > LEAST_SHARE)
}

const maxIterationsOf = ({ maxIterations = DEFAULT_PARTITION_OPTIONS.maxIterations }: { readonly maxIterations?: number }): number => maxIterations

/** Where territories are today, and good prices there. */
function* centersOfToday(compiled: CompiledProblem, outOfTime: () => boolean): Generator<number, Neighbor> {
  const { searched, fixed } = compiled
  const initial = yield* tellSteps(startCenters(compiled, createRandom(0), 0), 0)
  const { centers, prices } = yield* tellSteps(locateCenters(searched, initial, fixed, 0, outOfTime), 0)
  return { centers, prices, rate: 0 }
}
