// Iowa's liquor stores over eleven years, restated on one plan of territories: what 2020 did to each, what 2022 so far can be compared with, and
// how much of the early years has no place. npx tsup --no-dts --silent && node bench/iowa-history.js FOLDER [--out page.html]
// FOLDER has iowa_liquor/store_month.csv.gz and iowa_liquor/accounts_2021.csv: State of Iowa, data.iowa.gov, m3tr-qhgy, aggregated to stores and months.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { gunzipSync } from "node:zlib"
import { parse } from "csv-parse/sync"
import { comparePerformance, evaluateChange, partitionAccounts, planTest, toTable } from "equiterra"
import { messageOf, UsageError } from "./usage-error.js"

const USAGE = "usage: node bench/iowa-history.js FOLDER [--out page.html] [--territories 12]   (FOLDER has iowa_liquor/store_month.csv.gz and accounts_2021.csv)"
const SOURCE = "Source: State of Iowa, data.iowa.gov, m3tr-qhgy: wholesale spirits purchases of licensed stores, aggregated to one row per store and month."
/** From here on nearly all sales can be placed. */
const FIRST_YEAR = "2018"
const PARTIAL = "2022"
const SEEDS = 100

try {
  run(readArguments(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

/** @param {string[]} words */
function readArguments(words) {
  let parsed
  try {
    parsed = parseArgs({ args: words, allowPositionals: true, options: { out: { type: "string" }, territories: { type: "string", default: "12" } } })
  } catch (error) {
    throw new UsageError(`${messageOf(error)}\n${USAGE}`)
  }
  const { positionals: [folder, ...more], values: { out, territories } } = parsed
  const count = Number(territories)
  if (folder === undefined || more.length > 0) throw new UsageError(USAGE)
  if (!Number.isSafeInteger(count) || count < 2) throw new UsageError(`--territories: must be a whole number of 2 or more, got ${territories}`)
  for (const name of ["store_month.csv.gz", "accounts_2021.csv"]) {
    if (!existsSync(join(folder, "iowa_liquor", name))) throw new UsageError(`${join(folder, "iowa_liquor", name)}: there is no such file`)
  }
  return { folder: join(folder, "iowa_liquor"), out, count }
}

/** @param {{ folder: string, out: string | undefined, count: number }} args */
function run({ folder, out, count }) {
  /** @returns {Record<string, string>[]} */
  const read = (/** @type {Buffer} */ bytes) => parse(bytes, { columns: true, bom: true })
  const records = read(gunzipSync(readFileSync(join(folder, "store_month.csv.gz")))).map((row) => ({ storeId: row.store, month: row.month, sales: Number(row.sales_usd) }))
  const listed = read(readFileSync(join(folder, "accounts_2021.csv")))
  const stores = listed.map((row) => ({ id: row.store, ...placeOf(row, listed), sales: Number(row.sales_2021) }))

  // one plan for all years: today's territories
  const plan = partitionAccounts(stores, { territories: count, measures: { sales: { value: "sales" } } })
  const { alignment } = plan
  const fields = { account: "storeId", outcome: "sales", alignment }
  const sections = [allYears(records, fields), ...recentYears(records.filter(({ month }) => month >= FIRST_YEAR), fields, stores)]
  const intro = [`${records.length.toLocaleString("en-US")} rows of store and month; ${stores.length.toLocaleString("en-US")} stores with a place, in ${count} territories with equal sales of 2021, ${plan.violations.length} violations. Every figure is restated on that plan.`]
  console.log(intro.join("\n"))
  for (const { title, rows, notes } of sections) console.log(`\n${title}\n${toTable(rows)}${notes.map((note) => `\n${note}`).join("")}`)
  if (out !== undefined) {
    writeFileSync(out, pageOf("Iowa's territories, 2012 to 2022", [...intro, SOURCE], sections))
    console.log(`\nwritten: ${out}`)
  }
}

/** Where a store is; the one without coordinates goes to the mean of the stores of its ZIP code, or else of its city. */
function placeOf(row, listed) {
  const like = row.lng !== "" ? [row] : ["zip", "city"].map((field) => listed.filter((other) => other.lng !== "" && other[field] === row[field])).find((found) => found.length > 0) ?? []
  const mean = (field) => like.reduce((sum, other) => sum + Number(other[field]), 0) / like.length
  return { longitude: mean("lng"), latitude: mean("lat") }
}

/** Eleven years in all, and what of them has a place. */
function allYears(records, fields) {
  const { totals, warnings } = evaluateChange(records, { ...fields, period: "month", periodLength: "year", partial: [PARTIAL] })
  const rows = totals.map(({ period, outcome, unplacedOutcome, unplacedShare, flag }) => ({
    year: period, sales: Math.round(outcome), "no territory": Math.round(unplacedOutcome), "share, %": percent(unplacedShare), judged: period >= FIRST_YEAR && flag === null ? "yes" : flag === "partial" ? "Jan-Oct only" : "no",
  }))
  const known = new Set(fields.alignment.map(({ accountId }) => accountId))
  const gone = new Set(records.map(({ storeId }) => storeId).filter((id) => !known.has(id))).size
  const notes = [`${gone} stores, closed since, are on no list of stores and have no coordinates. So growth of a territory from 2012 to 2017 would be growth of what has survived: no verdict is drawn there.`]
  return { title: "Sales by year, and what has no place", rows, notes: [...notes, ...warnings.map(({ message }) => message)] }
}

/** From 2018 on: history, 2020 with verdicts, the first ten months of 2022, and what a test would find. */
function recentYears(records, fields, stores) {
  const yearly = evaluateChange(records, { ...fields, period: "month", periodLength: "year", partial: [PARTIAL] })
  const ids = [...new Set(yearly.history.map(({ territoryId }) => territoryId))].sort(byNumber)
  const cell = new Map(yearly.history.map((row) => [`${row.territoryId} ${row.period}`, row]))
  const years = yearly.totals.map(({ period }) => period)
  const history = ids.map((id) => ({ territory: id, ...Object.fromEntries(years.map((year) => [labelOf(year), thousands(cell.get(`${id} ${year}`)?.value)])) }))

  // 2019 to 2020: every store one row, so that the verdict knows how much luck a territory's stores have
  const owner = new Map(fields.alignment.map(({ accountId, territoryId }) => [accountId, territoryId]))
  const byStore = new Map(stores.map(({ id }) => [id, { territoryId: owner.get(id) ?? null, 2018: 0, 2019: 0, 2020: 0, 2021: 0 }]))
  for (const { storeId, month, sales } of records) {
    const store = byStore.get(storeId)
    if (store !== undefined && month < PARTIAL) store[month.slice(0, 4)] += sales
  }
  const pairs = [["2018", "2019"], ["2019", "2020"], ["2020", "2021"]]
  const kpis = Object.fromEntries(pairs.map(([from, to]) => [`${from}-${to}`, { numerator: to, denominator: from, where: (store) => store[from] > 0 || store[to] > 0 }]))
  const verdict = comparePerformance([...byStore.values()], { territory: "territoryId", kpis })
  const growth = [...verdict.territories].sort((a, b) => byNumber(a.id, b.id)).map(({ id, kpis: own }) => ({
    territory: id, ...Object.fromEntries(pairs.flatMap(([from, to]) => {
      const kpi = own[`${from}-${to}`]
      return [[`${to}, %`, kpi.value === null ? null : percent(kpi.value - 1)], ...(to === "2020" ? [["2020 interval", kpi.interval === null ? "-" : `${percent(kpi.interval.low - 1)} to ${percent(kpi.interval.high - 1)}`], ["2020 against the others", kpi.verdict]] : [])]
    })),
  }))
  growth.push({ territory: "all", ...Object.fromEntries(pairs.map(([from, to]) => [`${to}, %`, percent((verdict.kpis[`${from}-${to}`].value ?? 1) - 1)])) })

  // ten months against the same ten months
  const toDate = evaluateChange(records, { ...fields, period: "month", periodLength: "year", partial: [PARTIAL], yearToDate: true })
  const lately = evaluateChange(records.filter(({ month }) => month >= "2021"), { ...fields, period: "month", changedAt: `${PARTIAL}-01` })
  const toDateOf = new Map(toDate.history.map((row) => [`${row.territoryId} ${row.period}`, row.value]))
  const months = lately.slopes.map(({ territoryId, change }) => ({ territory: territoryId, ...Object.fromEntries(years.map((year) => [`Jan-Oct ${year}`, thousands(toDateOf.get(`${territoryId} ${year}`))])), "on 2021, %": percent(change) }))
  months.sort((a, b) => byNumber(a.territory, b.territory))
  const total = (year) => toDate.totals.find(({ period }) => period === year)?.outcome ?? NaN
  const whole = (year) => yearly.totals.find(({ period }) => period === year)?.outcome ?? NaN
  months.push({ territory: "all", ...Object.fromEntries(years.map((year) => [`Jan-Oct ${year}`, thousands(total(year))])), "on 2021, %": percent(total(PARTIAL) / total("2021") - 1) })

  // what a change in some territories could show, from the whole years; also without those that 2020 told apart
  const odd = verdict.territories.filter(({ kpis: own }) => own["2019-2020"].verdict !== "consistent with chance").map(({ id }) => id)
  const tests = [[], ...(odd.length === 0 ? [] : [odd])].flatMap((exclude) => [3, 4, 5].map((count) => {
    const test = planTest(records.filter(({ month }) => month < PARTIAL), { ...fields, period: "month", count, exclude, effect: 0.05, plannedPeriods: 12 })
    const at = (periods) => test.byPeriods.find((one) => one.periods === periods)
    return { treated: count, controls: test.controls.length, without: exclude.join(", "), ...Object.fromEntries([3, 6, 12].map((periods) => [`after ${periods} months, %`, percent(at(periods)?.minimumDetectableEffect ?? null)])), "months for 5 %": test.neededPeriods, "fit error, %": percent(test.fit?.error ?? null) }
  }))
  const tried = [3, 4, 5].map((count) => tryOut(records, fields, count, odd))
  return [
    { title: "Sales by territory and year, thousands of dollars", rows: history, notes: [`${PARTIAL} ends in October. Taken for a whole year it would be ${percent(whole(PARTIAL) / whole("2021") - 1)} % against 2021.`] },
    { title: "Growth on the year before, and 2020 against the other territories", rows: growth, notes: [`All of Iowa grew by ${percent((verdict.kpis["2019-2020"].value ?? 1) - 1)} % in 2020, after ${percent((verdict.kpis["2018-2019"].value ?? 1) - 1)} % in 2019. A verdict says whether a territory differs from the others by more than the luck of its stores; stores without a place are left out.`] },
    { title: "January to October of every year, thousands of dollars", rows: months, notes: [`Compared: ${lately.compared?.before[0]} to ${lately.compared?.before.at(-1)} with ${lately.compared?.after[0]} to ${lately.compared?.after.at(-1)}.`] },
    { title: "A test of a change in some of these territories: the smallest effect that is found in 80 % of cases", rows: tests, notes: ["Placebos on 2018 to 2021, the year 2020 included; treated territories and controls are chosen by planTest."] },
    { title: "Does that hold? Planned on 2018 to 2020, judged on 2021, with nothing changed and with the effect that was foreseen", rows: tried, notes: [`${SEEDS} seeds choose different territories of the same few, so runs are not independent. 2021 was calmer than the three years before, 2020 among them.`] },
  ]
}

/** Plans of many seeds on three years, each judged on the fourth. */
function tryOut(records, fields, count, exclude) {
  // the alignment stays: sums of territories are all that a test sees
  const rows = evaluateChange(records.filter(({ month }) => month < PARTIAL), { ...fields, period: "month" }).history.map(({ territoryId, period, outcome }) => ({ territoryId, month: period, sales: outcome }))
  const alignment = [...new Set(rows.map(({ territoryId }) => territoryId))].map((territoryId) => ({ accountId: territoryId, territoryId }))
  const own = { account: "territoryId", period: "month", outcome: "sales", alignment }
  const past = rows.filter(({ month }) => month < "2021")
  const runs = Array.from({ length: SEEDS }, (_, seed) => {
    const { treated, controls, minimumDetectableEffect } = planTest(past, { ...own, count, exclude, plannedPeriods: 12, seed })
    const judge = (effect) => evaluateChange(rows.map((row) => (row.month >= "2021" && treated.includes(row.territoryId) ? { ...row, sales: row.sales * (1 + effect) } : row)), { ...own, treated, controls, changedAt: "2021-01", seed })
    return { foreseen: minimumDetectableEffect ?? NaN, nothing: judge(0), planted: judge(minimumDetectableEffect ?? 0) }
  })
  const share = (isSo) => percent(runs.filter(isSo).length / runs.length)
  return {
    treated: count,
    without: exclude.join(", "),
    "foreseen, median %": percent(runs.map(({ foreseen }) => foreseen).sort((a, b) => a - b)[SEEDS / 2]),
    "nothing changed: a verdict, %": share(({ nothing }) => nothing.verdict === "higher" || nothing.verdict === "lower"),
    "effect changed: found, %": share(({ planted }) => planted.verdict === "higher"),
  }
}

function byNumber(a, b) {
  return a.length - b.length || (a < b ? -1 : 1)
}

function percent(share) {
  return share === null || share === undefined ? null : Number((100 * share).toFixed(1))
}

function thousands(amount) {
  return amount === null || amount === undefined ? null : Math.round(amount / 1000)
}

/** A column's name that is no number, so that it keeps its place. */
function labelOf(year) {
  return year === PARTIAL ? `Jan-Oct ${year}` : `all ${year}`
}

/** Tables on one page that opens from disk. */
function pageOf(title, intro, sections) {
  const escape = (value) => String(value).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
  const show = (value, decimals) => (value === null || value === undefined ? "" : typeof value === "number" ? value.toLocaleString("en-US", { minimumFractionDigits: decimals }) : escape(value))
  const table = (rows) => {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort((a, b) => order(rows, a) - order(rows, b))
    const decimals = (name) => (rows.some((row) => typeof row[name] === "number" && !Number.isInteger(row[name])) ? 1 : 0)
    const align = (name) => (rows.some((row) => typeof row[name] === "number") ? ' class="n"' : "")
    return `<div class="wide"><table><thead><tr>${names.map((name) => `<th scope="col"${align(name)}>${escape(name)}</th>`).join("")}</tr></thead><tbody>${rows.map((row) => `<tr>${names.map((name) => `<td${align(name)}>${show(row[name], decimals(name))}</td>`).join("")}</tr>`).join("\n")}</tbody></table></div>`
  }
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.2rem } p { max-width: 46rem; color: #444 } .wide { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } th, td { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid #ddd; white-space: nowrap } .n { text-align: right }
</style><h1>${escape(title)}</h1>${intro.map((text) => `<p>${escape(text)}</p>`).join("")}
${sections.map((part) => `<section><h2>${escape(part.title)}</h2>${table(part.rows)}${part.notes.map((note) => `<p>${escape(note)}</p>`).join("")}</section>`).join("\n")}</html>\n`
}

/** The order in which the first row that has all of them names its fields. */
function order(rows, name) {
  return Object.keys(rows[0]).indexOf(name)
}
