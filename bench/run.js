// Benchmarks of partitionAccounts: npm run bench -- [--data FOLDER] [--only CASE] [--json FILE]
// Every case runs in a process of its own, so that peak memory is its own. Prefer processor seconds on a shared machine.
import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { evaluateAlignment, partitionAccounts, toTable } from "equiterra"
import { listCases } from "./cases.js"

const { values: args } = parseArgs({
  options: { data: { type: "string" }, only: { type: "string" }, json: { type: "string" }, child: { type: "boolean", default: false } },
})
const cases = listCases(args.data).filter((one) => args.only === undefined || one.name === args.only)
if (cases.length === 0) throw new Error(`--only ${args.only}: no such case; known: ${listCases(args.data).map((one) => one.name).join(", ")}`)

if (args.child) {
  process.stdout.write(JSON.stringify(measure(cases[0])))
} else {
  const rows = cases.map(({ name }) => {
    const data = args.data === undefined ? [] : ["--data", args.data]
    const row = JSON.parse(execFileSync(process.execPath, [fileURLToPath(import.meta.url), "--child", "--only", name, ...data], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }))
    process.stderr.write(`${name}: ${row.seconds} s\n`)
    return row
  })
  console.log(`node ${process.version}, ${cpus().length} x ${cpus()[0].model.trim()}`)
  console.log(toTable(rows))
  if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(rows, null, 2)}\n`)
}

/** Solves one case; the plan is judged by `evaluateAlignment`, outside the clock. */
function measure({ name, load }) {
  const { accounts, options } = load()
  const started = process.hrtime.bigint()
  const before = process.cpuUsage()
  const plan = partitionAccounts(accounts, options)
  const cpu = process.cpuUsage(before)
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const peak = process.resourceUsage().maxRSS / 1024
  const judged = evaluateAlignment(accounts, plan.alignment, options)
  return {
    case: name,
    n: accounts.length,
    k: plan.territories.length,
    m: Object.keys(options.measures).length,
    seconds: round(seconds),
    cpuSeconds: round((cpu.user + cpu.system) / 1e6),
    peakMB: Math.round(peak),
    imbalance: Math.max(...Object.values(judged.imbalance).map((share) => share ?? 0)),
    violations: judged.violations.length,
    cost: judged.cost,
    gap: judged.certificate.gap,
    stoppedBy: plan.stoppedBy,
  }
}

function round(value) {
  return Number(value.toFixed(2))
}
