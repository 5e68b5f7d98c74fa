import { throwIssues, type Warning } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import type { ChangeOptions } from "./change-options.js"
import { judgeClusters } from "./judge-clusters.js"
import type { ChangeResult, ChangeSlope, Contamination, HistoryRow, PreTrend } from "./change-result.js"
import { findContamination } from "./find-contamination.js"
import { findNeeds, inflationOf, judgeChange, LEAST_TERRITORIES, setsFor, type JudgedChange } from "./judge-change.js"
import { matchPeriods, type LikePeriods } from "./like-periods.js"
import type { HistoryOptions } from "./history-options.js"
import { listHistory, listTotals } from "./list-history.js"
import { compareNoise, LEAST_TREND, readPaths, testPreTrend } from "./pre-trend.js"
import { readChange, type Change } from "./read-change.js"
import { measureShared } from "./shared-clusters.js"
import { compareTerritories, isPositive, measureChanges, type TerritoryChange } from "./territory-changes.js"

/** Of the outcome before: beyond it, moved accounts blur the difference. */
const CONTAMINATED = 0.05
/** Ratio of standard deviations from which treated and controls are no longer of a kind. */
const UNEVEN = 1.5

/**
 * Says what a change of territories did: history restated on the new alignment, treated territories against controls, after against before.
 *
 * A territory's totals change their meaning when accounts move; so every period is added up anew, account by account, by who owns them under
 * `alignment`. Then each territory is one number, its change from before to after, and the mean of treated ones is held against that of controls
 * (difference in differences). How far apart chance alone puts them is found by exchanging territories, never by a formula for many of them: of
 * 4 and 4 equal territories whose months depend on each other, 3 % are called "higher" or "lower" when nothing happened, and 4 % of 5 and 15
 * (`bench/change.js`).
 *
 * Periods after are compared with like ones: where periods are months or quarters, each with those of the same season before, weighted so that
 * both sums have the same length. A year that has not ended stands in `partial`, and takes no part unless `yearToDate` cuts every year alike.
 *
 * @param records one row an account and period; rows of the same account and period are added up
 * @param options see {@link ChangeOptions}; without `treated` nothing is tested, and history is all
 * @returns `verdict` with its `effect` (share and amount, interval, p-value), the smallest effect that would have been found, whether both sides
 *   moved alike before (`preTrend`), what moved between them (`contamination`), a line for each territory (`slopes`), and the restated `history`
 *   with what could not be placed (`totals`). "too little data": fewer than 3 treated or 3 controls, or too few of both for the level; `needs` says
 *   what is missing
 * @throws TerritoryError with all issues: an outcome that is missing or not finite, a day that is none, an account with two territories, a territory or
 *   period that nobody knows, no period before or after `changedAt`, `transform: "log"` with a sum that is not positive
 *
 * Deterministic for a seed; the order of records and of alignments changes nothing. O(n log n), and up to 20,000 exchanges: half a second with
 * 100,000 records and 20 territories.
 *
 * Not suitable where treated territories were chosen because they did badly or well: they return to the mean by themselves. A pre-trend that is not refuted
 * is no proof that there is none (Roth 2022). Few treated territories that fluctuate much more than controls raise false alarms (5 with twice the spread
 * of 15: 8 %); `noise-uneven` warns of it.
 *
 * Territories that share a chain, a country or a region are not independent. With `cluster` the error counts what they have in common (`designEffect`), and
 * clusters, which are fewer, are counted: of 12 territories in 6 regions whose growth correlates by 0.9 the test by territories calls chance an effect in a
 * fifth of cases or more, with `cluster` in one of twenty. What hangs together inside a territory does no harm. Without `cluster` a warning
 * (`rows-clustered`) names a field of the records whose values move several territories alike.
 *
 * Source: one number a unit, Bertrand, Duflo & Mullainathan, Quarterly Journal of Economics 119, 2004, section IV.C; permutation of few clusters,
 * Hagemann, Journal of Econometrics 213, 2019, and Alvarez, Ferman & Wüthrich, arXiv 2504.19841, 2025; pre-trends, Roth, American Economic
 * Review: Insights 4, 2022; shared clusters, see `sharedEffect`.
 *
 * @example
 * const names = ["a", "b", "c", "d", "e", "f", "g", "h"]
 * const records = names.flatMap((storeId, s) => ["2018", "2019", "2020", "2021"].map((year, y) => (
 *   { storeId, year, sales: (100 + 10 * s + ((s * 3 + y * 5) % 7)) * (s < 4 && year === "2021" ? 1.3 : 1) })))
 * const alignment = names.map((accountId) => ({ accountId, territoryId: `territory ${accountId}` }))
 * const treated = ["territory a", "territory b", "territory c", "territory d"]
 * const { verdict, effect } = evaluateChange(records, { account: "storeId", period: "year", outcome: "sales", alignment, treated, changedAt: "2021" })
 * verdict // "higher"
 * effect.relative.toFixed(2) // "0.28"
 * effect.pValue.toFixed(3) // "0.029"
 */
export function evaluateChange<R>(records: readonly R[], options: ChangeOptions<R>): ChangeResult {
  return guardCall({ records, options }, (own) => evaluateChangeUnguarded(own.records, own.options))
}

function evaluateChangeUnguarded<R>(records: readonly R[], options: ChangeOptions<R>): ChangeResult {
  const change = readChange(records, options)
  const { history, changedAt, treated } = change
  const rows = listHistory(history)
  const warnings: Warning[] = [...history.warnings]
  const sides = changedAt === null ? null : splitPeriods(change, changedAt)
  const like = sides === null || sides.before.length === 0 || sides.after.length === 0 ? null : matchPeriods(history.periods.calendar, sides.before, sides.after, change.seasons)
  if (sides !== null && like === null) warnings.push({ code: "no-whole-period", path: "partial", message: `partial: ${sides.before.length === 0 ? "no whole period is left before" : "no whole period is left at or after"} changedAt; nothing can be compared` })
  if (like?.isUnmatched === true) warnings.push({ code: "season-unmatched", path: "seasons", message: "seasons: a month or quarter after the change has none of its season before; all periods before are pooled, and the season may look like an effect" })
  const changes = like === null ? null : compareTerritories(history, like)
  const contamination = judgeContamination(change, warnings)
  const tested = treated === null ? null : judge(change, like, sides?.before ?? [], changes, rows, { records, options, warnings })
  const names = history.periods.names
  const isTreated = new Set(treated)
  const isControl = new Set(change.controls)
  return {
    verdict: tested?.verdict ?? null,
    needs: tested?.needs ?? null,
    effect: tested?.effect ?? null,
    preTrend: tested?.preTrend ?? null,
    minimumDetectableEffect: tested?.minimumDetectableEffect ?? null,
    contamination,
    slopes: changes === null ? [] : changes.map((one, t) => slopeOf(history.territoryIds[t], one, isTreated.has(t), treated !== null && !isTreated.has(t) && !isControl.has(t))),
    compared: like === null ? null : { before: names.filter((_, p) => like.before[p] > 0), after: names.filter((_, p) => like.after[p] > 0), seasons: like.seasons },
    history: rows,
    totals: listTotals(history),
    warnings,
    seed: change.seed,
  }
}

/** Whole periods before and after the change. */
function splitPeriods({ history: { periods } }: Change, changedAt: number): { before: number[]; after: number[] } {
  const whole = Array.from(periods.names.keys()).filter((p) => !periods.isPartial[p])
  return { before: whole.filter((p) => p < changedAt), after: whole.filter((p) => p >= changedAt) }
}

type Tested = Omit<JudgedChange, "effect"> & { readonly effect: JudgedChange["effect"] | null; readonly preTrend: PreTrend | null }

/** What the caller gave, and what has to be said of it. */
interface Given {
  readonly records: readonly unknown[]
  readonly options: HistoryOptions<never>
  readonly warnings: Warning[]
}

function judge(change: Change, like: LikePeriods | null, before: readonly number[], changes: readonly TerritoryChange[] | null, rows: readonly HistoryRow[], { records, options, warnings }: Given): Tested {
  const { history, falseAlarmRate, seed } = change
  const none = (needs: string): Tested => ({ effect: null, verdict: "too little data", needs, minimumDetectableEffect: null, preTrend: null })
  if (change.controls.length === 0) warnings.push({ code: "no-controls", path: "treated", message: "treated: every territory is treated; what would have happened without the change cannot be told" })
  if (like === null || changes === null) return none("A verdict needs a whole period before and one after the change.")
  const isThere = (t: number): boolean => changes[t].before !== null && changes[t].after !== null
  const gone = [...(change.treated ?? []), ...change.controls].filter((t) => !isThere(t)).map((t) => history.territoryIds[t])
  if (gone.length > 0) warnings.push({ code: "territory-empty", path: "alignment", message: `alignment: ${formatCount(gone.length, "territory has", "territories have")} no record before or none after the change, and take no part: ${gone.slice(0, 5).map(show).join(", ")}` })
  const treated = (change.treated ?? []).filter(isThere)
  const controls = change.controls.filter(isThere)
  if (treated.length === 0 || controls.length === 0) return none(findNeeds(treated.length, controls.length, { n: 0, size: 0, count: 1, ways: 1 }, falseAlarmRate) ?? "")

  const order = [...treated, ...controls]
  const low = order.filter((t) => !isPositive(changes[t]))
  if (change.transform === "log" && low.length > 0) throwIssues(low.map((t) => issue("outcome-not-positive", "transform", `needs a positive sum before and after, but ${show(history.territoryIds[t])} has ${changes[t].before} and ${changes[t].after}`, NOTHING, 'use transform: "none", or leave the territory out')))
  const transform = change.transform ?? (low.length === 0 ? "log" : "none")
  if (change.transform === null && low.length > 0) warnings.push({ code: "outcome-not-positive", path: "transform", message: `transform: ${formatCount(low.length, "territory has", "territories have")} no positive sum before or after; differences are taken instead of ratios ("none"), and large territories weigh more` })
  const sets = setsFor(treated.length, controls.length, seed)
  const length = history.exposures === null ? like.afterCount : 1

  const paths = before.length < LEAST_TREND ? null : readPaths(history, order, before, transform)
  if (paths === null) warnings.push({ code: "trend-unknown", path: "changedAt", message: `changedAt: with ${formatCount(before.length, "whole period")} before it, nothing tells whether treated and controls moved alike; ${LEAST_TREND} are needed` })
  const canTell = Math.min(treated.length, controls.length) >= LEAST_TERRITORIES
  const noise = paths === null || !canTell ? null : compareNoise(paths, treated.length)
  const isUneven = noise !== null && noise > 0 && (noise >= UNEVEN || noise <= 1 / UNEVEN)
  const tested = order.map((t) => changes[t])
  const numbers = measureChanges(tested, transform, length)
  const clusters = judgeClusters({ records, options, history, tested: order }, (shared) => measureShared(shared, history, like, numbers, treated.length, transform, length), warnings)
  const judgement = judgeChange(tested, treated.length, transform, length, sets, { spread: isUneven ? noise : 1, clusters }, change)

  const middle = (weights: Float64Array): number => weights.reduce((sum, weight, p) => sum + weight * p, 0) / weights.reduce((sum, weight) => sum + weight, 0)
  const preTrend = paths === null ? null : testPreTrend(paths, sets, falseAlarmRate, middle(like.after) - middle(like.before), inflationOf(clusters))
  if (canTell && preTrend !== null && preTrend.pValue <= falseAlarmRate) warnings.push({ code: "trend-differs", path: "treated", message: `treated: before the change they already went another way than controls (p = ${preTrend.pValue.toFixed(3)}); going on so would by itself make the estimate ${preTrend.carriedForward.toPrecision(3)} of ${judgement.effect.estimate.toPrecision(3)}` })
  if (isUneven) warnings.push({ code: "noise-uneven", path: "treated", message: `treated: they move ${noise.toFixed(1)} times as much from period to period as controls do; ${noise > 1 ? "with few of them chance is called an effect somewhat too often" : "the verdict errs on the side of caution"}` })
  const inTest = new Set(order.map((t) => history.territoryIds[t]))
  const counts = new Set(history.periods.names.filter((_, p) => like.before[p] > 0 || like.after[p] > 0))
  const holes = rows.filter(({ territoryId, period, flag }) => flag !== null && inTest.has(territoryId) && counts.has(period))
  if (holes.length > 0) warnings.push({ code: "history-incomplete", path: "records", message: `records: ${formatCount(holes.length, "figure")} of a territory and period that count ${holes.length === 1 ? "has" : "have"} no records or less than half of the usual number, first ${show(holes[0].territoryId)} in ${holes[0].period}; missing records look like lost sales` })
  return { ...judgement, preTrend }
}

function judgeContamination(change: Change, warnings: Warning[]): Contamination | null {
  const { history, before, treated, controls, changedAt } = change
  if (before === null || treated === null || changedAt === null) return null
  const ids = (list: readonly number[]): ReadonlySet<string> => new Set(list.map((t) => history.territoryIds[t]))
  const found = findContamination(history, before, ids(treated), ids(controls), history.periods.names.map((_, p) => p < changedAt && !history.periods.isPartial[p]))
  const strange = [...new Set(before.values())].filter((id) => !history.indexOf.has(id)).length
  if (strange > 0) warnings.push({ code: "before-unmatched", path: "before", message: `before: ${formatCount(strange, "territory is", "territories are")} not in alignment, and count neither as treated nor as controls; give both the same ids to see what moved between them` })
  if (found.share !== null && found.share > CONTAMINATED) warnings.push({ code: "contaminated", path: "before", message: `before: ${formatCount(found.accountCount, "account")} with ${(100 * found.share).toFixed(1)} % of the outcome moved between treated territories and controls; the effect is blurred by so much` })
  return found
}

function slopeOf(territoryId: string, { before, after }: TerritoryChange, isTreated: boolean, isAside: boolean): ChangeSlope {
  const change = before !== null && after !== null && before > 0 ? after / before - 1 : null
  return { territoryId, before, after, change: change !== null && Number.isFinite(change) ? change : null, isTreated, isAside }
}
