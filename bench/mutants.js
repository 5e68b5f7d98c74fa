// Whether the tests would notice: changes one expression of a room's code at a time, in a copy, and runs the tests that run through it, nearest first.
// node bench/mutants.js --out FOLDER [--room coverage/rules] [--count 20] [--seed 0] [--shard 1/4] [--budget SECONDS] [--again] [--tests PATH] [--only TEXT]
// FOLDER keeps a log, from which a run that ended early goes on. --budget is the processor time of tests of other rooms, per change.
// --again runs what survived once more, with the code and the tests of today; --tests names files or folders of tests, instead of all.
import { spawn, spawnSync } from "node:child_process"
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { isSwitchable, writeSchemata } from "./mutants/schemata.js"
import { isNoChange, sitesOfRoom } from "./mutants/sites.js"
import { createRandom } from "./random.js"
import { UsageError } from "./usage-error.js"

const ROOMS = ["math/transport", "math/stats", "coverage/rules", "performance"]
/** Tests that are asked, in this order. Those that start processes of their own, or read the sources as text, would tell nothing. */
const TESTS = ["test/math/stats", "test/math/transport", "test/coverage/rules", "test/performance", "test/coverage", "test/math", "test/criteria", "test/partition"]
/** Quick tests first, in ms: what they kill needs no slow ones. */
const TURNS = [300, 1500, 3_600_000]
/** A change that hangs where nothing looks at the clock is stopped after this many times the test's processor time, and ten seconds. */
const HANGS = 8

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    room: { type: "string", multiple: true, default: ROOMS },
    count: { type: "string", default: "20" },
    seed: { type: "string", default: "0" },
    shard: { type: "string", default: "1/1" },
    budget: { type: "string", default: "10" },
    only: { type: "string", default: "" },
    tests: { type: "string", multiple: true, default: TESTS },
    again: { type: "boolean", default: false },
  },
})
if (values.out === undefined) throw new UsageError("--out FOLDER: where the log is kept")
const root = fileURLToPath(new URL("..", import.meta.url))
mkdirSync(values.out, { recursive: true })
const outcomes = join(values.out, `seed-${values.seed}.jsonl`)
const round = `seed-${values.seed}-${values.shard.replace("/", "-of-")}${values.again ? `-again-${readLines(outcomes).length}` : ""}`
const sample = keptSample()

/** The run that was seen last, and the processor time of its process then. */
let seen = { name: "", seconds: 0 }

// a copy that may be spoiled
const copy = mkdtempSync(join(tmpdir(), "mutants-"))
for (const name of ["src", "test", "bench", "examples", "package.json", "tsconfig.json"]) if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true })
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
try {
  for (const name of readdirSync(join(copy, "src"), { recursive: true, encoding: "utf8" }).filter((one) => one.endsWith(".ts"))) {
    const file = join("src", name)
    const changes = sample.flatMap((site, id) => (site.file === file ? [{ id, site }] : []))
    writeFileSync(join(copy, file), writeSchemata(readFileSync(join(root, file), "utf8"), changes))
  }
  for (const slowest of TURNS) await runTogether(slowest)
  for (const [id, site] of sample.entries()) if (!isSwitchable(readFileSync(join(root, site.file), "utf8"), site)) runAlone(id)
  const rows = readLines(logOf("together"))
  for (const [id, site] of sample.entries()) {
    const mine = rows.filter((row) => row.id === id)
    const death = mine.find((row) => row.isKilled)
    const { room, file, line, kind, was, to, key } = site
    const asked = mine.filter((row) => row.event === "run").length
    const outcome = death !== undefined ? "killed" : "survived"
    appendFileSync(outcomes, `${JSON.stringify({ room, file, line, kind, was, to, key, outcome, by: death?.test, why: death?.why, asked, left: mine.filter((row) => row.event === "left").length })}\n`)
    if (outcome === "survived") console.log(`${file}:${line} ${kind}: ${was} -> ${to}   (${asked} tests)`)
  }
  printTable()
} finally {
  rmSync(copy, { recursive: true, force: true })
}

/** The changes of this round: drawn when it begins, kept for going on. */
function keptSample() {
  const file = logOf("changes")
  if (!existsSync(file)) writeFileSync(file, (values.again ? stillAlive() : drawSample()).map((site) => `${JSON.stringify(site)}\n`).join(""))
  const kept = readLines(file)
  for (const site of kept) {
    if (readFileSync(join(root, site.file), "utf8").slice(site.from, site.until) !== site.was) throw new UsageError(`${site.file} has changed since this round began: use another --out`)
  }
  return kept
}

/** As many from every room, drawn without putting back. */
function drawSample() {
  const random = createRandom(Number(values.seed))
  const rooms = values.room.map((room) => sitesOfRoom(root, room))
  const [shard, shards] = values.shard.split("/").map(Number)
  return Array.from({ length: Number(values.count) }, (_, m) => {
    const all = rooms[m % rooms.length]
    let [site] = all.splice(Math.floor(random() * all.length), 1)
    while (site !== undefined && isNoChange(root, site)) [site] = all.splice(Math.floor(random() * all.length), 1)
    return site
  }).filter((site, m) => site !== undefined && m % shards === shard - 1 && site.key.includes(values.only))
}

/** What survived and is still there; what is not is noted as gone. */
function stillAlive() {
  const sites = new Map(values.room.flatMap((room) => sitesOfRoom(root, room)).map((site) => [site.key, site]))
  const alive = lastOutcomes().filter(({ outcome, key }) => outcome === "survived" && key.includes(values.only))
  for (const row of alive) if (!sites.has(row.key)) appendFileSync(outcomes, `${JSON.stringify({ ...row, outcome: "gone" })}\n`)
  return alive.flatMap(({ key }) => sites.get(key) ?? [])
}

/** All changes that can be switched on, in one process; begun anew where one of them ends that process, or hangs. */
async function runTogether(slowest) {
  const log = logOf("together")
  for (;;) {
    const child = spawn("bash", ["-c", `exec ${commandOf(writePlan({ log, alone: null, slowest }))}`], { cwd: copy, env: environment(), stdio: ["ignore", "pipe", "pipe"] })
    let words = ""
    child.stdout.on("data", (data) => (words += data))
    child.stderr.on("data", (data) => (words += data))
    const watch = setInterval(() => stopWhatHangs(log), 5000)
    const status = await new Promise((resolve) => child.on("close", resolve))
    clearInterval(watch)
    const last = readLines(log).at(-1)
    if (last?.event !== "begin") {
      if (status !== 0) console.log(`some tests fail as they are, they were not asked:\n${(words.match(/^.*(FAIL|Error:).*$/gm) ?? []).slice(0, 20).join("\n")}`)
      return
    }
    // the process died in this run
    appendFileSync(log, `${JSON.stringify({ event: "run", id: last.id, test: last.test, ms: last.ms, isKilled: true, why: "ends the process, or hangs" })}\n`)
  }
}

/** A run that takes far longer than its test, without a look at the clock. */
function stopWhatHangs(log) {
  const last = readLines(log).at(-1)
  if (last?.event !== "begin") return
  const seconds = Number(spawnSync("ps", ["-o", "cputimes=", "-p", String(last.pid)], { encoding: "utf8" }).stdout.trim())
  const name = `${last.pid} ${last.id} ${last.test}`
  if (seen.name !== name) seen = { name, seconds }
  else if (seconds - seen.seconds > 10 + (HANGS * last.ms) / 1000) process.kill(last.pid, "SIGKILL")
}

/** A change of what is computed while a module is read: in a process of its own, with the tests of its room. */
function runAlone(id) {
  const log = logOf("together")
  if (readLines(log).some((row) => row.event === "run" && row.id === id)) return
  const { room } = sample[id]
  const files = testFiles().filter((file) => file.startsWith(`test/${room}/`))
  if (files.length === 0) return
  const plan = writePlan({ log, alone: id, files })
  const run = spawnSync("bash", ["-c", `ulimit -t 300; exec ${commandOf(plan)} --bail 1`], { cwd: copy, env: environment(), encoding: "utf8", maxBuffer: 2 ** 28 })
  const by = run.stdout.match(/FAIL\s+(\S+\.test\.ts[^\n]*)/)?.[1]
  appendFileSync(log, `${JSON.stringify({ event: "run", id, test: by ?? `test/${room}/`, ms: 0, isKilled: run.status !== 0, why: run.status === 0 ? null : by === undefined ? `ended with ${run.status}` : "fails" })}\n`)
}

function writePlan(parts) {
  const file = join(copy, "plan.json")
  writeFileSync(file, JSON.stringify({ files: testFiles(), count: sample.length, budget: 1000 * Number(values.budget), rooms: sample.map(({ room }) => `test/${room}`), ...parts }))
  return file
}

function commandOf(plan) {
  return `env MUTANT_PLAN=${plan} node node_modules/vitest/vitest.mjs run --config bench/mutants/vitest.config.js --reporter default`
}

function environment() {
  return { ...process.env, NODE_OPTIONS: "--max-old-space-size=2500", NO_COLOR: "1" }
}

function testFiles() {
  const all = values.tests.flatMap((path) => {
    if (!statSync(join(root, path)).isDirectory()) return [path]
    return readdirSync(join(root, path), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.ts")).sort().map((name) => join(path, name))
  })
  return [...new Set(all)]
}

function logOf(part) {
  return join(String(values.out), `${round}-${part}.jsonl`)
}

function readLines(file) {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line)) : []
}

/** The last word on every change. */
function lastOutcomes() {
  return [...new Map(readLines(outcomes).map((row) => [row.key, row])).values()]
}

function printTable() {
  const last = lastOutcomes()
  console.log("\n| room | changes | killed | survived | gone |\n|---|---|---|---|---|")
  for (const room of [...values.room, "all"]) {
    const rows = last.filter((row) => room === "all" || row.room === room)
    const of = (outcome) => rows.filter((row) => row.outcome === outcome).length
    console.log(`| ${room} | ${rows.length} | ${of("killed")} | ${of("survived")} | ${of("gone")} |`)
  }
}
