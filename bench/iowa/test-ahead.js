import { evaluateChange, planTest, renderSlope } from "equiterra"
import { listed, millions, percent } from "./figures.js"
import { PARTIAL } from "./periods.js"

const SEEDS = 100
const COUNTS = [3, 4, 5]
/** The test that is shown: so many territories changed. */
const SHOWN = 4

/** What a test of a change in some territories could show, tried on the past. */
export function testAhead(allRecords, fields, odd) {
  const records = allRecords.filter(({ month }) => month < PARTIAL)
  const total = new Set(fields.alignment.map(({ territoryId }) => territoryId)).size - odd.length
  const counts = COUNTS.filter((count) => 2 * count <= total)
  if (!counts.includes(SHOWN)) return { sectionTest: null, saidTest: `A test ahead: ${total} comparable territories are too few to show one.` }
  const rows = [[], ...(odd.length === 0 ? [] : [odd])].flatMap((exclude) => counts.map((count) => {
    const test = planTest(records, { ...fields, period: "month", count, exclude, effect: 0.05, plannedPeriods: 12 })
    const at = (periods) => test.byPeriods.find((one) => one.periods === periods)
    return { treated: count, controls: test.controls.length, without: exclude.join(", "), ...Object.fromEntries([3, 6, 12].map((periods) => [`after ${periods} months, %`, percent(at(periods)?.minimumDetectableEffect ?? null)])), "months for 5 %": test.neededPeriods ?? "none", "fit error, %": percent(test.fit?.error ?? null) }
  }))
  const territories = historyOf(records, fields)
  const tried = counts.map((count) => tryOut(territories, count, odd))
  const shown = rehearse(territories, odd, SHOWN, 0)
  const { effect, verdict, slopes } = shown.nothing
  const range = effect?.relativeInterval
  const best = rows.filter(({ treated }) => treated === SHOWN).at(-1)?.["after 12 months, %"]
  const isUnseen = rows.every((row) => row["months for 5 %"] === "none")
  const small = isUnseen ? "; one of 5 % cannot be told from chance by any such test here" : ""
  const isFalse = verdict === "higher" || verdict === "lower"
  const part = {
    title: "If something were changed in a few territories, would it be seen?",
    lead: `With ${SHOWN} territories changed and the others held against them, an effect of ${best} % is found after a year in 80 % of cases${odd.length === 0 ? "" : ` (${listed(odd)} left aside)`}${small}. The picture is a rehearsal: planned on 2018 to 2020, judged on 2021, in which nothing was changed. The verdict is "${verdict}"${isFalse ? ", a false alarm: such there are" : ", as it should be"}.`,
    charts: [{ caption: "Rehearsal: a mean year of 2018 to 2020, and 2021, millions of dollars", draw: (width, idPrefix) => renderSlope(slopes.filter(({ isAside }) => !isAside).map(({ territoryId, before, after, isTreated }) => ({ id: territoryId, before: millions(before), after: millions(after), group: isTreated ? "treated" : "control" })), { beforeLabel: "2018-2020", afterLabel: "2021", width, idPrefix }) }],
    tables: [
      { caption: "The smallest effect that is found in 80 % of cases, by territories changed and months waited", rows },
      { caption: "Planned on 2018 to 2020, judged on 2021: with nothing changed, and with the effect that was foreseen", rows: tried },
    ],
    notes: [
      `Rehearsal: treated ${listed(shown.treated)}; controls ${listed(shown.controls)}. Difference ${percent(effect?.relative)} %${range ? `, 95 % interval ${percent(range.low)} to ${percent(range.high)} %` : ""}, p ${effect?.pValue.toFixed(2)}.`,
      "Placebos on 2018 to 2021, the year 2020 included; treated territories and controls are chosen by planTest.",
      `${SEEDS} seeds choose different territories of the same few, so runs are not independent. 2021 was calmer than the three years before, 2020 among them.`,
    ],
  }
  return { sectionTest: part, saidTest: `A test ahead: with ${SHOWN} territories changed for a year, ${best} % or more would be seen in 80 % of cases${isUnseen ? "; 5 % would not" : ""}.` }
}

/** Sums of territories are all that a test sees. */
function historyOf(records, fields) {
  const rows = evaluateChange(records, { ...fields, period: "month" }).history.map(({ territoryId, period, outcome }) => ({ territoryId, month: period, sales: outcome }))
  const alignment = [...new Set(rows.map(({ territoryId }) => territoryId))].map((territoryId) => ({ accountId: territoryId, territoryId }))
  return { rows, own: { account: "territoryId", period: "month", outcome: "sales", alignment } }
}

/** A plan on three years, judged on the fourth. */
function rehearse({ rows, own }, exclude, count, seed) {
  const { treated, controls, minimumDetectableEffect } = planTest(rows.filter(({ month }) => month < "2021"), { ...own, count, exclude, plannedPeriods: 12, seed })
  const judge = (effect) => evaluateChange(rows.map((row) => (row.month >= "2021" && treated.includes(row.territoryId) ? { ...row, sales: row.sales * (1 + effect) } : row)), { ...own, treated, controls, changedAt: "2021-01", seed })
  return { treated, controls, foreseen: minimumDetectableEffect ?? NaN, nothing: judge(0), planted: judge(minimumDetectableEffect ?? 0) }
}

/** Plans of many seeds. */
function tryOut(territories, count, exclude) {
  const runs = Array.from({ length: SEEDS }, (_, seed) => rehearse(territories, exclude, count, seed))
  const share = (isSo) => percent(runs.filter(isSo).length / runs.length)
  return {
    treated: count,
    without: exclude.join(", "),
    "foreseen, median %": percent(runs.map(({ foreseen }) => foreseen).sort((a, b) => a - b)[SEEDS / 2]),
    "nothing changed: a verdict, %": share(({ nothing }) => nothing.verdict === "higher" || nothing.verdict === "lower"),
    "effect changed: found, %": share(({ planted }) => planted.verdict === "higher"),
  }
}
