// Problems that cannot be solved as asked, and odd data: seconds, the loads that came out, and what is fair.
// npx tsup --no-dts --silent && node bench/hard-cases.js [--data FOLDER] [--instances FOLDER] [--only NAME] [--json FILE] [--limit SECONDS]
// Every case runs in a process of its own, which is ended after LIMIT seconds of the clock (120) or at 2 GB.
import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { partitionAccounts, toTable } from "equiterra"
import { hardCases } from "./hard/cases.js"

const LIMIT_MEGABYTES = 2_000
/** Territories whose loads are printed one by one. */
const FEW = 8

const { values } = parseArgs({ options: { data: { type: "string" }, instances: { type: "string" }, only: { type: "string" }, json: { type: "string" }, limit: { type: "string", default: "120" }, alone: { type: "string" } } })
const limitSeconds = Number(values.limit)
const cases = hardCases(values.data, values.instances)

if (values.alone !== undefined) {
  process.stdout.write(JSON.stringify(run(cases.find(({ name }) => name === values.alone))))
} else {
  const chosen = cases.filter(({ name }) => values.only === undefined || name.includes(values.only))
  if (chosen.length === 0) {
    console.error(`no such case; there are ${cases.map(({ name }) => name).join(", ")}`)
    process.exit(2)
  }
  const rows = chosen.map(runApart)
  console.log(toTable(rows, { columns: ["case", "n", "k", "processor s", "loads", "worst deviation", "least possible", "violations", "cost", "fair"] }))
  for (const row of rows) if (row.message) console.log(`${row.case}: ${row.message}`)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`)
}

/** @param {import("./hard/cases.js").HardCase} one */
function runApart({ name, fair, deviation }) {
  const folders = [values.data === undefined ? [] : ["--data", values.data], values.instances === undefined ? [] : ["--instances", values.instances]].flat()
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${LIMIT_MEGABYTES}`, fileURLToPath(import.meta.url), "--alone", name, ...folders],
    { encoding: "utf8", timeout: 1_000 * limitSeconds, killSignal: "SIGKILL" },
  )
  const facts = status === 0 ? JSON.parse(stdout) : { message: signal === "SIGKILL" ? `did not end in ${limitSeconds} s` : (stderr.match(/^\w*Error.*$/m)?.[0] ?? `ended with ${status ?? signal}`) }
  return { case: name, ...facts, "least possible": deviation === null ? null : share(deviation), fair }
}

/** @param {import("./hard/cases.js").HardCase | undefined} one */
function run(one) {
  if (one === undefined) throw new Error("no such case")
  const { accounts, options } = one.make()
  const before = process.cpuUsage()
  const started = performance.now()
  const plan = partitionAccounts(accounts, options)
  const seconds = (performance.now() - started) / 1_000
  const { user, system } = process.cpuUsage(before)
  const [measure] = Object.keys(options.measures)
  const loads = plan.territories.map((territory) => territory.measures[measure].activity).sort((a, b) => a - b)
  const print = (/** @type {number} */ load) => Number(load.toPrecision(4)).toString()
  return {
    n: accounts.length,
    k: plan.territories.length,
    seconds: Number(seconds.toFixed(2)),
    "processor s": Number(((user + system) / 1e6).toFixed(2)),
    loads: loads.length <= FEW ? loads.map(print).join(" ") : `${print(loads[0])} to ${print(loads[loads.length - 1])}`,
    "worst deviation": share(Math.max(...Object.values(plan.imbalance).map((deviation) => deviation ?? 0))),
    violations: plan.violations.length,
    cost: plan.cost === null ? null : Number(plan.cost.toPrecision(4)),
    message: plan.infeasibility?.message ?? plan.violations[0]?.message ?? null,
  }
}

/** @param {number} fraction */
function share(fraction) {
  return `${(100 * fraction).toFixed(1)} %`
}
