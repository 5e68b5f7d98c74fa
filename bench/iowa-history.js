// Iowa's liquor stores over eleven years, restated on one plan of territories: what 2020 did to each, what 2022 so far can be compared with, and
// how much of the early years has no place. npx tsup --no-dts --silent && node bench/iowa-history.js FOLDER [--out page.html]
// FOLDER has iowa_liquor/store_month.csv.gz and iowa_liquor/accounts_2021.csv: State of Iowa, data.iowa.gov, m3tr-qhgy, aggregated to stores and months.
import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { partitionAccounts, toTable } from "equiterra"
import { allYears } from "./iowa/all-years.js"
import { judgedYears } from "./iowa/judged-years.js"
import { FIRST_YEAR } from "./iowa/periods.js"
import { FILES, readIowa } from "./iowa/read-iowa.js"
import { testAhead } from "./iowa/test-ahead.js"
import { writePage } from "./iowa/write-page.js"
import { messageOf, UsageError } from "./usage-error.js"

const USAGE = "usage: node bench/iowa-history.js FOLDER [--out page.html] [--territories 12]   (FOLDER has iowa_liquor/store_month.csv.gz and accounts_2021.csv)"
const SOURCE = "Source: State of Iowa, data.iowa.gov, m3tr-qhgy: wholesale spirits purchases of licensed stores, aggregated to one row per store and month."

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
  for (const name of FILES) {
    if (!existsSync(join(folder, "iowa_liquor", name))) throw new UsageError(`${join(folder, "iowa_liquor", name)}: there is no such file`)
  }
  return { folder: join(folder, "iowa_liquor"), out, count }
}

/** @param {{ folder: string, out: string | undefined, count: number }} args */
function run({ folder, out, count }) {
  const { records, stores } = readIowa(folder)
  // one plan for all years: territories of 2021. A store that sold nothing then weighs a dollar, so that it goes to the nearest center and
  // not all of them to one territory, which would seem to lose what they lost
  const { alignment, violations, warnings } = partitionAccounts(stores, { territories: count, measures: { sales: { value: "sales" } }, compactness: { weight: ({ sales }) => Math.max(sales, 1) } })
  const fields = { account: "storeId", outcome: "sales", alignment }
  const years = allYears(records, fields, stores)
  const recent = records.filter(({ month }) => month >= FIRST_YEAR)
  const judged = judgedYears(recent, fields, stores, years.totals)
  const test = testAhead(recent, fields, judged.odd)

  const intro = [`${records.length.toLocaleString("en-US")} rows of store and month; ${stores.length.toLocaleString("en-US")} stores with a place, in ${count} territories whose sales of 2021 are equal within 5 %, ${violations.length} violations. Every figure is restated on that plan.`, ...warnings.map(({ message }) => message)]
  const conclusions = [years.said, judged.said2020, judged.said2022, test.saidTest]
  const sections = [...years.sections, judged.section2020, judged.section2022, ...(test.sectionTest === null ? [] : [test.sectionTest])]
  console.log([...intro, ...conclusions].join("\n"))
  for (const { title, lead, tables, notes } of sections) {
    console.log(`\n${title}\n${lead}`)
    for (const { caption = "", rows } of tables) console.log(`\n${caption}\n${toTable(rows)}`)
    for (const note of notes) console.log(note)
  }
  if (out !== undefined) {
    writeFileSync(out, writePage("Iowa's territories, 2012 to 2022", intro, conclusions, sections, SOURCE))
    console.log(`\nwritten: ${out}`)
  }
}
