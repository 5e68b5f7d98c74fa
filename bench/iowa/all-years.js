import { evaluateChange, renderMap } from "equiterra"
import { drawYears } from "./draw-years.js"
import { byNumber, millions, percent, thousands } from "./figures.js"
import { FIRST_YEAR, PARTIAL, PARTIAL_MONTHS } from "./periods.js"

/** Eleven years in all, what of them has a place, and what every territory has of them. */
export function allYears(records, fields, stores) {
  const { totals, history, warnings } = evaluateChange(records, { ...fields, period: "month", periodLength: "year", partial: [PARTIAL] })
  const statusOf = (year) => (year < FIRST_YEAR ? "no verdict" : year === PARTIAL ? `${PARTIAL_MONTHS} only` : "judged")
  const rows = totals.map(({ period, outcome, unplacedOutcome, unplacedShare }) => ({
    year: period, verdicts: statusOf(period), "sales, million $": millions(outcome), "without a place, million $": millions(unplacedOutcome), "without a place, %": percent(unplacedShare),
  }))
  const known = new Set(fields.alignment.map(({ accountId }) => accountId))
  const gone = new Set(records.map(({ storeId }) => storeId).filter((id) => !known.has(id))).size
  const [first] = totals
  const lastBefore = totals.filter(({ period }) => period < FIRST_YEAR).at(-1) ?? first

  const ids = [...new Set(history.map(({ territoryId }) => territoryId))].sort(byNumber)
  const cell = new Map(history.map((row) => [`${row.territoryId} ${row.period}`, row]))
  const labelOf = (year) => (year < FIRST_YEAR ? `(${year})` : year === PARTIAL ? `${PARTIAL_MONTHS} ${year}` : `all ${year}`)
  const restated = ids.map((id) => ({ territory: id, ...Object.fromEntries(totals.map(({ period }) => [labelOf(period), thousands(cell.get(`${id} ${period}`)?.value)])) }))
  const last = totals.at(-1)?.outcome ?? NaN
  const before = totals.at(-2)?.outcome ?? NaN

  const unplaced = {
    title: `Sales by year, and what has no place`,
    lead: `${first.period} to ${lastBefore.period} can be shown but not judged: ${percent(first.unplacedShare)} % of the sales of ${first.period}, still ${percent(lastBefore.unplacedShare)} % of ${lastBefore.period}, were made by stores of which nobody knows where they were. From ${FIRST_YEAR} on at least ${percent(1 - Math.max(...totals.filter(({ period }) => period >= FIRST_YEAR).map(({ unplacedShare }) => unplacedShare ?? 0)))} % have a place. ${PARTIAL} ends in October.`,
    charts: [{ caption: "Sales of all stores, millions of dollars; below each year the share that has no place", draw: (width) => drawYears(totals.map(({ period, outcome, unplacedOutcome, unplacedShare }) => ({ year: period, sales: outcome, unplaced: unplacedOutcome, share: unplacedShare ?? 0, isJudged: period >= FIRST_YEAR, isPart: period === PARTIAL })), width) }],
    tables: [{ rows }],
    notes: [`${gone} stores, closed since, are on no list of stores and have no coordinates. Growth of a territory from ${first.period} to ${lastBefore.period} would be growth of the stores that survived: no verdict is drawn there.`, ...warnings.map(({ message }) => message)],
  }
  const map = {
    title: "One plan of territories for all years",
    lead: `Every figure below belongs to these ${ids.length} territories, whoever served a store at the time: growth of a territory is that of its stores, opened ones included, and never a moved border. Columns in brackets lack the stores without a place and are for the record only.`,
    charts: [{ caption: "A dot is a store, its area the sales of 2021", draw: (width, idPrefix) => renderMap(stores, fields.alignment, { width, size: "sales", areas: true, legend: false, idPrefix }) }],
    tables: [{ caption: "Sales restated, thousands of dollars", rows: restated, isPale: (name) => name.startsWith("("), isPart: (name) => name.startsWith(PARTIAL_MONTHS) }],
    notes: [`${PARTIAL} ends in October. Taken for a whole year it would be ${percent(last / before - 1)} % against the year before, which is wrong: see below.`],
  }
  const said = `${first.period} to ${lastBefore.period}: no verdict. ${percent(first.unplacedShare)} % of the sales of ${first.period} and ${percent(lastBefore.unplacedShare)} % of those of ${lastBefore.period} belong to no territory.`
  return { totals, sections: [unplaced, map], said }
}
