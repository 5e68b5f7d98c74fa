import { largestOf, smallestOf } from "../../math/stats/extremes.js"
import { homeWeight, isAllowed, movedWeight } from "../../math/transport/pair-rules.js"
import { weightAtHome, type TransportProblem } from "../../math/transport/transport-problem.js"
import { createMovingPlan, type MovingPlan } from "../../math/transport/moving-plan.js"
import { dominates } from "../../math/pareto/non-dominated.js"
import type { CompiledProblem } from "../compile-problem.js"
import { recenter } from "../recenter.js"
import type { Axes } from "./choose-plans.js"
import { createBalanceState, type BalanceState } from "./balance-state.js"
import { roundUp } from "./round-up.js"
import type { ToleranceScale } from "./tolerance-scale.js"
import { mayLeave, measureTrial, type Trial } from "./trial.js"

/** With more pairs of account and territory, single accounts hardly matter. */
const MOST_PAIRS = 20_000
/** With more accounts, no two change places. */
const MOST_FOR_SWAPS = 150
/** Plans looked at, in all and between two pauses. */
const MOST_LOOKS = 1_000_000
const PAUSE = 25_000
/** Of plans in the same box one is kept; an axis has so many boxes between its least and its largest figure. */
const BOXES = 150
/** A figure has to fall by so much of its span to be a new least. */
const ROUNDING = 1e-9

/** A plan of the archive. */
interface Entry {
  readonly owner: Int32Array
  readonly figures: readonly number[]
  /** The trial that it came from. */
  readonly origin: Trial
}

/**
 * Fills a frontier of few accounts: from every plan that no other dominates, all plans that give one account to another territory, or let
 * two change places, are looked at; those that no known plan dominates join, and are gone on from in turn (Pareto local search). Centers
 * follow, and no plan goes beyond the widest tolerance, the largest share and the stated bounds. Of plans
 * with nearly the same figures one is kept, so that the archive stays small. O(looks x archive).
 *
 * Source: Paquete, Chiarandini & Stuetzle, "Pareto local optimum sets in the biobjective traveling salesman problem", 2004; Laumanns,
 * Thiele, Deb & Zitzler, "Combining convergence and diversity in evolutionary multiobjective optimization", Evolutionary
 * Computation 10, 2002 (boxes).
 *
 * @param trials at least one
 * @param limits of imbalance and of moved share
 * @returns the trials and what was found beside them
 * @yields now and then
 */
export function* refineFrontier(
  compiled: CompiledProblem,
  scale: ToleranceScale,
  trials: readonly Trial[],
  axes: Axes,
  limits: { readonly tolerance: number; readonly movedShare: number },
  outOfTime: () => boolean,
): Generator<undefined, readonly Trial[]> {
  const { problem, fixed, centersAre } = compiled
  const { n, k } = problem
  if (n * k > MOST_PAIRS || k === 1 || problem.groups) return trials
  const outside = smallestOf(trials.map((trial) => trial.outside))
  const kept = trials.filter((trial) => trial.outside <= outside)
  const rows = kept.map(figuresOf)
  const least = rows[0].map((_, f) => smallestOf(rows.map((row) => row[f])))
  const span = least.map((low, f) => largestOf(rows.map((row) => row[f])) - low)
  const archive: Entry[] = []
  kept.forEach((origin, at) => join({ owner: origin.owner, figures: rows[at], origin }))
  const waiting = [...archive]
  const mayMove = axes.hasMoves ? mayLeave(compiled, limits.movedShare) : Infinity
  const isPriced = compiled.disruption !== null && axes.hasMoves
  let looks = 0
  let pause = PAUSE
  for (let next = 0; next < waiting.length && looks < MOST_LOOKS && !outOfTime(); next++) {
    const entry = waiting[next]
    if (!archive.includes(entry)) continue
    const plan = createMovingPlan(problem, centersAre, fixed, entry.owner, entry.origin.centers)
    const balance = createBalanceState(compiled, scale, plan)
    const moved = isPriced ? movedWeight(problem, entry.owner) : 0
    for (let i = 0; i < n; i++) {
      for (let t = 0; t < k; t++) look(entry, plan, balance, moved, i, -1, t)
      if (n <= MOST_FOR_SWAPS) for (let j = i + 1; j < n; j++) look(entry, plan, balance, moved, i, j, plan.owner[j])
      if (looks < pause) continue
      pause = looks + PAUSE
      yield undefined
    }
  }
  const found: Trial[] = [...trials]
  for (const { owner, origin } of archive) {
    if (origin.owner === owner) continue
    const { centers, prices } = yield* recenter(compiled, { owner, violation: 0 }, origin)
    const trial = measureTrial(compiled, scale, { owner, centers, prices, rate: origin.rate, tolerance: 0, movedShare: null, stoppedBy: origin.stoppedBy, iterations: origin.iterations })
    found.push({ ...trial, tolerance: roundUp(trial.imbalance) })
  }
  return found

  /** Looks at the plan in which i goes to b, and j, if any, to where i was; one that nothing dominates joins the archive. */
  function look(entry: Entry, plan: MovingPlan, balance: BalanceState, movedNow: number, i: number, j: number, b: number): void {
    const a = plan.owner[i]
    if (a === b || !isAllowed(problem, i, b) || (j >= 0 && !isAllowed(problem, j, a))) return
    looks++
    let moved = movedNow
    if (isPriced) moved += movedAt(problem, i, b) - movedAt(problem, i, a) + (j >= 0 ? movedAt(problem, j, a) - movedAt(problem, j, b) : 0)
    if (moved > mayMove * (1 + 1e-12)) return
    const { needed, outside: beyond } = balance.after(i, j, a, b)
    if (needed > limits.tolerance || beyond > outside) return
    const change = plan.costs.change(i, j, a, b, Infinity) * compiled.costUnit
    const figures = [entry.figures[0] + change, ...(axes.hasImbalance ? [needed] : []), ...(axes.hasMoves ? [share(moved)] : [])]
    if (archive.some((other) => isCovered(figures, other.figures))) return
    const owner = plan.owner.slice()
    owner[i] = b
    if (j >= 0) owner[j] = a
    const joined = { owner, figures, origin: entry.origin }
    if (join(joined)) waiting.push(joined)
  }

  function join(entry: Entry): boolean {
    if (archive.some(({ figures }) => isCovered(entry.figures, figures))) return false
    for (let at = archive.length - 1; at >= 0; at--) if (dominates(entry.figures, archive[at].figures)) archive.splice(at, 1)
    archive.push(entry)
    entry.figures.forEach((figure, f) => (least[f] = Math.min(least[f], figure)))
    return true
  }

  /** Whether a known plan stands for these figures: it dominates them, or shares their box and they are no new extreme. */
  function isCovered(figures: readonly number[], known: readonly number[]): boolean {
    if (dominates(known, figures)) return true
    if (figures.some((figure, f) => figure < least[f] - ROUNDING * span[f])) return false
    return known.every((figure, f) => boxOf(figure, f) === boxOf(figures[f], f)) && !dominates(figures, known)
  }

  function boxOf(figure: number, f: number): number {
    return span[f] > 0 ? Math.floor((BOXES * figure) / span[f]) : 0
  }

  function figuresOf({ cost, imbalance, moved }: Trial): number[] {
    return [cost, ...(axes.hasImbalance ? [imbalance] : []), ...(axes.hasMoves ? [moved] : [])]
  }

  function share(moved: number): number {
    const { total } = compiled.disruption as NonNullable<CompiledProblem["disruption"]>
    return (total - homeWeight(problem) + moved) / total
  }
}

/** Weight of account i that is moved when it stands in t. */
function movedAt({ homes }: TransportProblem, i: number, t: number): number {
  return homes ? homes.total[i] - weightAtHome(homes, i, t) : 0
}
