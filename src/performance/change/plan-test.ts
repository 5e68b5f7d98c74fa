import { sampleCorrelation } from "simple-statistics"
import type { SharedEffect } from "../../math/stats/shared-effect.js"
import type { Warning } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { guardCall } from "../../model/guard-call.js"
import { show } from "../../model/issue.js"
import type { ChangeTransform } from "./history-options.js"
import { foreseeClusters, foreseeEffect, type Design, type Foreseen } from "./foresee-effect.js"
import { judgeClusters } from "./judge-clusters.js"
import { findClusterNeeds, findNeeds, inflationOf, setsFor, type Noise } from "./judge-change.js"
import { valueOf } from "./list-history.js"
import { chooseTreated, howFarApart, matchControls, type Profile } from "./match-controls.js"
import { LEAST_TREND, readPaths, testPreTrend } from "./pre-trend.js"
import type { History } from "./read-history.js"
import { readTestPlan, type TestPlan } from "./read-test-plan.js"
import type { SharedClusters } from "./shared-clusters.js"
import type { TestPlanOptions } from "./test-plan-options.js"
import type { TestFit, TestPlanResult } from "./test-plan-result.js"

/**
 * Plans a test of a change before it is made: which territories to hold out as controls, what the test will be able to find, and how long it has to run.
 *
 * Controls are territories whose history, as a share of its own mean, runs alongside that of a treated one, and which are of like size; all matches
 * together are the best there are. With `count` treated territories are chosen too: nearest pairs, and a seeded coin within each, so that nobody picks
 * the ones that are about to grow. What can be found is tried out on the past: at moments when nothing was changed, the test is held as it will
 * be, and the minimum detectable effect is what it would have found at the stated power.
 *
 * With `cluster` what territories have in common counts too: history shows by how much the error is larger than by territories alone.
 *
 * @param records one row an account and period, all from before the change
 * @param options see {@link TestPlanOptions}; `partial` periods are left out
 * @returns `treated` and `controls` to hand to `evaluateChange`, `matches` with their quality, the `fit` of both sides over history, and the minimum
 *   detectable effect by number of periods. `needs` says in a sentence what the design lacks
 * @throws TerritoryError with all issues: as `evaluateChange`; neither or both of `treated` and `count`, more of them than there are territories to
 *   choose from, fewer than 3 whole periods
 *
 * Deterministic for a seed; the order of records and of alignments changes nothing. O(n log n) for records, then O(territories^2) for pairs and
 * some hundred placebos a length: about a second with 20 territories.
 *
 * Not suitable as a promise: the past may have been calmer than what comes. A treated territory without records, or with a sum that is not positive, cannot
 * be matched.
 *
 * Source: matching on the path before, Abadie & Gardeazabal, American Economic Review 93, 2003; matched pairs, Imai, King & Nall, Statistical Science 24,
 * 2009; placebos over time, Abadie, Diamond & Hainmueller, American Journal of Political Science 59, 2015; assignment, see `matchMaximum`.
 *
 * @example
 * const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
 * const records = names.flatMap((storeId, s) => Array.from({ length: 16 }, (_, q) => (
 *   { storeId, quarter: `${2017 + Math.floor(q / 4)}-Q${1 + (q % 4)}`, sales: (100 + s) * (1 + 0.03 * ((q * (1 + (s % 3))) % 5) + 0.01 * ((s * 5 + q * 7) % 4)) })))
 * const alignment = names.map((accountId) => ({ accountId, territoryId: accountId }))
 * const options = { account: "storeId", period: "quarter", outcome: "sales", alignment, treated: ["a", "b", "c"], controlsPerTreated: 2, plannedPeriods: 4 }
 * const { matches, minimumDetectableEffect } = planTest(records, options)
 * matches.map(({ treatedId, controls }) => `${treatedId}: ${controls.map(({ territoryId }) => territoryId).join(", ")}`) // ["a: d, g", "b: e, h", "c: f, i"]
 * minimumDetectableEffect.toFixed(2) // "0.03"
 */
export function planTest<R>(records: readonly R[], options: TestPlanOptions<R>): TestPlanResult {
  return guardCall({ records, options }, (own) => planTestUnguarded(own.records, own.options))
}

function planTestUnguarded<R>(records: readonly R[], options: TestPlanOptions<R>): TestPlanResult {
  const plan = readTestPlan(records, options)
  const { history, periods, seed } = plan
  const warnings: Warning[] = history.warnings.filter(({ code }) => code !== "period-gap")
  const profiles = history.territoryIds.map((_, t) => profileOf(history, t, periods))
  const isKnown = (t: number): boolean => profiles[t] !== null
  const lost = [...new Set([...plan.treated, ...plan.candidates])].filter((t) => !isKnown(t)).map((t) => history.territoryIds[t])
  if (lost.length > 0) warnings.push({ code: "territory-empty", path: "alignment", message: `alignment: ${formatCount(lost.length, "territory has", "territories have")} a period without records or no positive sum, and cannot be matched: ${lost.slice(0, 5).map(show).join(", ")}` })
  const apart = (one: number, other: number): ReturnType<typeof howFarApart> => howFarApart(profiles[one] as Profile, profiles[other] as Profile, plan.levelWeight)
  const distanceOf = (one: number, other: number): number => apart(one, other).distance

  const eligible = plan.candidates.filter(isKnown)
  const treated = plan.count === null ? plan.treated.filter(isKnown) : chooseTreated(eligible, plan.count, seed, distanceOf)
  const open = eligible.filter((t) => !treated.includes(t))
  const matched = treated.length === 0 || open.length === 0 ? treated.map(() => []) : matchControls(treated, open, plan.controlsPerTreated, distanceOf)
  const controls = matched.flat().sort((a, b) => a - b)
  const alone = matched.filter((own) => own.length < plan.controlsPerTreated).length
  if (alone > 0) warnings.push({ code: "few-controls", path: "controlsPerTreated", message: `controlsPerTreated: ${formatCount(alone, "treated territory has", "treated territories have")} fewer than ${plan.controlsPerTreated} controls; ${formatCount(open.length, "territory is", "territories are")} left to choose from` })

  const ids = (list: readonly number[]): string[] => list.map((t) => history.territoryIds[t])
  const isTestable = treated.length > 0 && controls.length > 0
  const sets = isTestable ? setsFor(treated.length, controls.length, seed) : { n: 0, size: 0, count: 1, ways: 1 }
  const lack = findNeeds(treated.length, controls.length, sets, plan.falseAlarmRate)
  // shares, as evaluateChange takes them, unless some part of the history of a territory has no positive sum
  const tested = [...treated, ...controls]
  const design = (by: ChangeTransform): Design => ({ history, tested, treatedCount: treated.length, periods, transform: by, seasons: plan.seasons })
  const byLog = lack === null && plan.transform !== "none" ? foresee(plan, design("log"), "none") : []
  const transform = plan.transform ?? (lack === null && byLog.length === 0 ? "none" : "log")
  const bare = lack === null && transform === "none" ? foresee(plan, design("none"), "none") : byLog
  const common = (shared: SharedClusters): SharedEffect | null => foreseeClusters(design(transform), plan.plannedPeriods, shared)
  const canTry = bare.some((one) => one.periods === plan.plannedPeriods)
  const clusters = canTry ? judgeClusters({ records, options, history, tested }, common, warnings) : "none"
  const byPeriods = inflationOf(clusters) > 1 ? foresee(plan, design(transform), clusters) : bare
  const planned = byPeriods.find((one) => one.periods === plan.plannedPeriods)
  const lackOfClusters = findClusterNeeds(clusters)
  const neededPeriods = plan.effect === null || lackOfClusters !== null ? null : firstThatFinds(byPeriods, plan.effect)
  if (lack === null && planned === undefined) warnings.push({ code: "history-short", path: "plannedPeriods", message: `plannedPeriods: ${formatCount(periods.length, "whole period")} of history cannot try out a test of ${plan.plannedPeriods}; give more history, or plan fewer` })
  const isMissed = lack === null && lackOfClusters === null && plan.effect !== null && neededPeriods === null
  return {
    treated: ids(treated),
    controls: ids(controls),
    matches: treated.map((t, j) => ({ treatedId: history.territoryIds[t], controls: matched[j].map((c) => ({ territoryId: history.territoryIds[c], ...apart(t, c) })) })),
    fit: isTestable ? fitOf(plan, treated, controls, transform, inflationOf(clusters)) : null,
    minimumDetectableEffect: lackOfClusters === null ? (planned?.minimumDetectableEffect ?? null) : null,
    plannedPeriods: plan.plannedPeriods,
    byPeriods: lackOfClusters === null ? byPeriods : [],
    neededPeriods,
    designEffect: inflationOf(clusters),
    needs: lack ?? lackOfClusters ?? (isMissed ? `An effect of ${plan.effect} is not found after ${formatCount(byPeriods[byPeriods.length - 1]?.periods ?? 0, "period")}, the most that history can try out; treat more territories, add controls, or expect less.` : null),
    warnings,
    seed,
  }
}

/** Beyond it, a mean is nothing but what returns have left over. */
const WILDEST = 1e100

/** Null where a period is empty, or the mean is not positive. */
function profileOf(history: History, t: number, periods: readonly number[]): Profile | null {
  const values = periods.map((p) => {
    const cell = t * history.periods.names.length + p
    return history.rowCounts[cell] === 0 ? null : valueOf(history.outcomes[cell], history.exposures === null ? null : history.exposures[cell])
  })
  const known = values.filter((value) => value !== null)
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  return known.length === values.length && mean > 0 && known.every((value) => Math.abs(value) < WILDEST * mean) ? { mean, path: Float64Array.from(known, (value) => value / mean) } : null
}

function foresee(plan: TestPlan, design: Design, clusters: Noise["clusters"]): Foreseen[] {
  const longest = Math.max(plan.plannedPeriods, plan.effect === null ? 0 : Math.floor(plan.periods.length / 2))
  const lengths = plan.effect === null ? [plan.plannedPeriods] : Array.from({ length: longest }, (_, l) => l + 1)
  return lengths.flatMap((length) => foreseeEffect(design, length, clusters, plan) ?? [])
}

/** From which number of periods on, all that were tried find the effect. */
function firstThatFinds(byPeriods: readonly Foreseen[], effect: number): number | null {
  let first: number | null = null
  for (const { periods, minimumDetectableEffect } of byPeriods) {
    if (minimumDetectableEffect > effect) first = null
    else first ??= periods
  }
  return first
}

function fitOf({ history, periods, falseAlarmRate, seed }: TestPlan, treated: readonly number[], controls: readonly number[], transform: ChangeTransform, inflation: number): TestFit {
  const width = history.periods.names.length
  const pathOf = (side: readonly number[]): number[] => {
    const values = periods.map((p) => {
      const sum = (cells: Float64Array): number => side.reduce((all, t) => all + cells[t * width + p], 0)
      return history.exposures === null ? sum(history.outcomes) : sum(history.outcomes) / sum(history.exposures)
    })
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.map((value) => value / mean)
  }
  const [one, other] = [pathOf(treated), pathOf(controls)]
  const error = Math.sqrt(one.reduce((sum, value, p) => sum + (other[p] === 0 ? 1 : value / other[p] - 1) ** 2, 0) / one.length)
  const correlation = sampleCorrelation(one, other)
  const paths = periods.length < LEAST_TREND ? null : readPaths(history, [...treated, ...controls], periods, transform)
  const trend = paths === null ? null : testPreTrend(paths, setsFor(treated.length, controls.length, seed), falseAlarmRate, 0, inflation)
  return { error, correlation: Number.isFinite(correlation) ? correlation : null, slopeDifference: trend?.slopeDifference ?? null, pValue: trend?.pValue ?? null }
}
