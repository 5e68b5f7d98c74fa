// Published figures, recomputed: npx tsup --no-dts --silent && node bench/published.js FOLDER [efficiency] [cravens] [crm]
// FOLDER/dea has deaR_*.csv and reference_scores.csv, FOLDER/cravens has cravens_territories.csv, FOLDER/crm has sales_pipeline.csv,
// sales_teams.csv, products.csv and accounts.csv. Prints every figure beside the published one; ends with 1 where one differs, and with 2
// where a file is not there.
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import { comparePerformance, measureEfficiency, modelSales, toTable } from "equiterra"

/** @type {Record<string, { files: string[], check: () => void }>} */
const PARTS = {
  efficiency: { files: ["dea/reference_scores.csv"], check: checkEfficiencies },
  cravens: { files: ["cravens/cravens_territories.csv"], check: checkCravens },
  crm: { files: ["sales_pipeline", "sales_teams", "products", "accounts"].map((name) => `crm/${name}.csv`), check: checkCrm },
}

const [folder = "", ...asked] = process.argv.slice(2)
const parts = asked.length === 0 ? Object.keys(PARTS) : asked
const unknown = parts.filter((part) => !Object.hasOwn(PARTS, part))
const missing = folder === "" ? [] : parts.flatMap((part) => PARTS[part]?.files ?? []).filter((name) => !existsSync(join(folder, name)))
if (folder === "" || unknown.length > 0 || missing.length > 0) {
  const reason = folder === "" ? "" : unknown.length > 0 ? `   (no such part: ${unknown.join(", ")})` : `   (not in ${folder}: ${missing.join(", ")})`
  process.stderr.write(`usage: node bench/published.js FOLDER [${Object.keys(PARTS).join("] [")}]${reason}\n`)
  process.exit(2)
}

/** @returns {Record<string, string>[]} */
const read = (/** @type {string} */ name) => parse(readFileSync(join(folder, name), "utf8"), { columns: true, bom: true })
const fields = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, name]))
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`)

let differing = 0
/** One line a figure; a difference above the tolerance counts. */
function check(/** @type {string} */ what, /** @type {number} */ found, /** @type {number} */ published, tolerance = 0) {
  const isSame = Math.abs(found - published) <= tolerance
  if (!isSame) differing++
  say(`${isSame ? "  " : "! "}${what.padEnd(52)} ${String(Number(found.toPrecision(10))).padStart(16)}   published ${published}${tolerance > 0 ? ` (within ${tolerance})` : ""}`)
}

for (const part of parts) {
  PARTS[part].check()
  say("")
}
say(differing === 0 ? "all figures agree" : `figures that differ (!): ${differing}`)
process.exit(differing === 0 ? 0 : 1)

/** Scores of published sets, from a linear program of others: dea/reference_scores.csv. */
function checkEfficiencies() {
  say("Efficiencies (Golany & Roll 1989, Coll & Blasco 2006, Charnes, Cooper & Rhodes 1981): largest difference to the reference scores")
  const reference = read("dea/reference_scores.csv")
  const sets = [
    { dataset: "Golany_Roll_1989", id: "DMU", inputs: ["X1", "X2", "X3"], outputs: ["Y1", "Y2"] },
    { dataset: "Coll_Blasco_2006", id: "Authorized_dealer", inputs: ["Employees", "Capital"], outputs: ["Vehicles", "Orders"] },
    { dataset: "PFT1981", id: "Site", inputs: ["Education", "Occupation", "Parental", "Counseling", "Teachers"], outputs: ["Reading", "Math", "Coopersmith"], only: (/** @type {Record<string, string>} */ row) => row.Program === "PFT" },
  ]
  let count = 0
  for (const { dataset, id, inputs, outputs, only = () => true } of sets) {
    const rows = read(`dea/deaR_${dataset}.csv`).filter(only).map((row) => ({ id: row[id], ...Object.fromEntries([...inputs, ...outputs].map((name) => [name, Number(row[name])])) }))
    const known = new Map(reference.filter((row) => row.dataset.startsWith(dataset)).map((row) => [row.dmu, row]))
    for (const [column, returns, orientation] of /** @type {const} */ ([["ccr_in", "constant", "input"], ["bcc_in", "variable", "input"], ["bcc_out", "variable", "output"]])) {
      let worst = 0
      for (const { id: unit, efficiency } of measureEfficiency(rows, { inputs: fields(inputs), outputs: fields(outputs), returns, orientation }).units) {
        const score = Number(known.get(unit)?.[column])
        worst = Math.max(worst, Math.abs((efficiency ?? Infinity) - (orientation === "output" ? 1 / score : score)))
        if (!Number.isFinite(score)) worst = Infinity
        count++
      }
      check(`${dataset} ${column}, ${rows.length} units`, worst, 0, 1e-6)
    }
  }
  check("scores compared", count, 204)
}

/** The regressions of Cravens, Woodruff & Stamper, Journal of Marketing 36(1), 1972, to the digits that they are printed with. */
function checkCravens() {
  say("Sales of 25 territories (Cravens, Woodruff & Stamper 1972)")
  const rows = read("cravens/cravens_territories.csv").map(({ territory, ...figures }) => ({ id: territory, ...Object.fromEntries(Object.entries(figures).map(([name, text]) => [name, Number(text)])) }))
  const four = modelSales(rows, { outcome: "Sales", drivers: fields(["Poten", "AdvExp", "Share", "Accounts"]), form: "linear" })
  check("intercept", four.intercept.value, -1441.93, 0.005)
  for (const [name, published, digit] of /** @type {const} */ ([["Poten", 0.03822, 5e-6], ["AdvExp", 0.17499, 5e-6], ["Share", 190.144, 5e-4], ["Accounts", 9.21392, 5e-6]])) check(name, four.drivers[name].value, published, digit)
  check("R2 of four drivers", four.rSquared ?? NaN, 0.9004, 5e-5)
  const eight = modelSales(rows, { outcome: "Sales", drivers: fields(["Time", "Poten", "AdvExp", "Share", "Change", "Accounts", "Work", "Rating"]), form: "linear" })
  check("R2 of eight drivers", eight.rSquared ?? NaN, 0.922, 5e-5)
  check("residual error of eight drivers", eight.residualError, 449.02, 0.005)
  const odd = four.territories.filter(({ verdict }) => verdict === "above" || verdict === "below")
  say(odd.length === 0 ? "no territory sells more or less than chance explains" : toTable(odd.map(({ id, actual, expected, index, adjustedPValue, verdict }) => ({ id, actual, expected, index, adjustedPValue, verdict }))))
}

/** Maven Analytics, CRM Sales Opportunities (fiction): the totals that are published with it, and who really wins more. */
function checkCrm() {
  say("Opportunities of a sample company (Maven Analytics, fiction)")
  const teams = new Map(read("crm/sales_teams.csv").map((row) => [row.sales_agent, row]))
  const sectors = new Map(read("crm/accounts.csv").map(({ account, sector }) => [account, sector === "technolgy" ? "technology" : sector]))
  const products = new Set(read("crm/products.csv").map(({ product }) => product))
  const rows = read("crm/sales_pipeline.csv").map((row) => ({
    agent: row.sales_agent,
    manager: teams.get(row.sales_agent)?.manager ?? null,
    region: teams.get(row.sales_agent)?.regional_office ?? null,
    product: row.product === "GTXPro" ? "GTX Pro" : row.product,
    sector: sectors.get(row.account) ?? null,
    quarter: quarterOf(row.close_date),
    isClosed: row.deal_stage === "Won" || row.deal_stage === "Lost",
    won: row.deal_stage === "Won" ? 1 : 0,
    amount: Number(row.close_value), // "" is 0: nothing is closed yet
  }))
  const kpis = {
    winRate: { numerator: "won", kind: /** @type {const} */ ("proportion"), where: (/** @type {{ isClosed: boolean }} */ row) => row.isClosed },
    amountWon: { numerator: "amount", where: (/** @type {{ won: number }} */ row) => row.won === 1 },
  }
  const whole = comparePerformance(rows, { territory: "agent", segment: "sector", kpis })
  check("won", whole.kpis.winRate.numerator, 4238)
  check("lost", whole.kpis.winRate.n - whole.kpis.winRate.numerator, 2473)
  check("open", rows.length - whole.kpis.winRate.n, 2089)
  check("amount won, $", whole.kpis.amountWon.numerator, 10005534)
  check("rows without an account", Number(/records: (\d+) of/.exec(whole.warnings[0]?.message ?? "")?.[1]), 1425)
  check("products that nobody lists, once GTXPro is GTX Pro", new Set(rows.filter(({ product }) => !products.has(product)).map(({ product }) => product)).size, 0)
  check("closed without a date, or open with one", rows.filter(({ isClosed, quarter }) => isClosed !== (quarter !== null)).length, 0)
  for (const group of /** @type {const} */ (["agent", "manager", "region", "quarter"])) {
    const { territories } = comparePerformance(group === "quarter" ? rows.filter(({ isClosed }) => isClosed) : rows, { territory: group, kpis })
    const sum = (/** @type {(one: typeof territories[0]) => number} */ pick) => territories.reduce((total, one) => total + pick(one), 0)
    check(`won, by ${group}`, sum(({ kpis }) => kpis.winRate.numerator), 4238)
    check(`closed, by ${group}`, sum(({ kpis }) => kpis.winRate.n), 6711)
    check(`amount won by ${group}, $`, sum(({ kpis }) => kpis.amountWon.numerator), 10005534)
    say(toTable(territories.map(({ id, kpis: { winRate, amountWon } }) => ({
      [group]: id,
      closed: winRate.n,
      "win rate": share(winRate.value),
      "95 %": `${share(winRate.interval?.low)} to ${share(winRate.interval?.high)}`,
      "adjusted p": winRate.adjustedPValue?.toFixed(3) ?? "",
      "win rate is": winRate.verdict,
      "$ a win": amountWon.value?.toFixed(0) ?? "",
      "95 % ": `${amountWon.interval?.low.toFixed(0)} to ${amountWon.interval?.high.toFixed(0)}`,
      "$ a win is": amountWon.verdict,
    })), { maxRows: 40 }))
  }
}

/** Of a date M/D/YYYY; null where there is none. */
function quarterOf(/** @type {string} */ date) {
  const [, month, year] = /^(\d{1,2})\/\d{1,2}\/(\d{4})$/.exec(date) ?? []
  if (month === undefined && date !== "") throw new Error(`no date: ${date}`)
  return month === undefined ? null : `${year} Q${Math.ceil(Number(month) / 3)}`
}

function share(/** @type {number | null | undefined} */ value) {
  return typeof value === "number" ? (100 * value).toFixed(1) : ""
}
