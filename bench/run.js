// Benchmarks of partitionAccounts and what one would use instead; see bench/README.md, or: npm run bench -- --help
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { toTable } from "equiterra"
import { ALGORITHMS, algorithmsFor, loadAlgorithm } from "./algorithms/index.js"
import { listCases, pickCases } from "./cases/index.js"
import { fillMarks, findMarks } from "./fill-marks.js"
import { growthExponents } from "./growth-exponents.js"
import { describeMachine } from "./machine.js"
import { measureApart, toRow } from "./measure-apart.js"
import { findMissed } from "./reach.js"
import { describeCommand, readArguments, USAGE } from "./read-arguments.js"
import { messageOf, UsageError } from "./usage-error.js"
import { percent, writeTables } from "./write-tables.js"

// so that what runs apart ends with us
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1))
try {
  const args = readArguments(process.argv.slice(2))
  if (args.help) console.log(USAGE)
  else {
    const known = listCases(args.data, args.instances)
    if (args.list) list(known)
    else await run(args, known)
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function show(rows) {
  return toTable(rows, { maxRows: Infinity, maxWidth: 100 })
}

/** @param {import("./cases/index.js").BenchCase[]} known */
function list(known) {
  console.log(show(known.map(({ name, group, what, heavy }) => ({ case: name, group, what: heavy ? `${what} (heavy: with --all, or by name)` : what }))))
  console.log(`\n${show(Object.entries(ALGORITHMS).map(([algorithm, { centers, what }]) => ({ algorithm, centers, what })))}`)
}

/**
 * @param {ReturnType<typeof readArguments>} args
 * @param {import("./cases/index.js").BenchCase[]} known
 */
async function run(args, known) {
  const cases = pickCases(known, args.only, args.all)
  for (const name of args.algorithm) await loadAlgorithm(name)
  // what would fail after hours of measuring fails now
  if (args.json !== undefined && !existsSync(dirname(args.json))) throw new UsageError(`--json ${args.json}: there is no folder ${dirname(args.json)}`)
  if (args.markdown !== undefined) findMarks(args.markdown)
  const rows = args.resume && args.json !== undefined && existsSync(args.json) ? readRows(args.json) : []
  for (const one of cases) {
    for (const algorithm of args.algorithm.length > 0 ? args.algorithm : algorithmsFor(one)) {
      if (rows.some((row) => row.case === one.name && row.algorithm === algorithm)) continue
      const row = await measureOne(args, one, algorithm, rows, cases)
      rows.push(row)
      process.stderr.write(`${row.case}, ${row.algorithm}: ${row.error ?? `${row.seconds} s${row.missed.length > 0 ? ` (missed: ${row.missed.join("; ")})` : ""}`}\n`)
      if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(rows, null, 2)}\n`)
    }
  }
  // kept rows came first
  const place = new Map(known.map((one, position) => [one.name, position]))
  rows.sort((a, b) => (place.get(a.case) ?? 0) - (place.get(b.case) ?? 0))
  console.log(describeMachine().join("\n"))
  console.log(show(rows.map(toLine)))
  const growth = growthExponents(rows, known)
  if (growth.length > 0) console.log(`\nprocessor seconds ~ n^exponent; n log k alone would be n^linearLog\n${show(growth)}`)
  const missed = rows.flatMap((row) => row.missed.map((what) => ({ case: row.case, algorithm: row.algorithm, missed: what }))).filter((row) => row.algorithm === "equiterra")
  if (missed.length > 0) console.log(`\nbelow what Equiterra is to reach\n${show(missed)}`)
  if (args.markdown !== undefined) fillMarks(args.markdown, writeTables(rows, known, [...describeMachine(), `Run by \`${describeCommand(args)}\``]))
}

/**
 * The rows of a run before.
 *
 * @returns {import("./measure-apart.js").BenchRow[]}
 */
function readRows(path) {
  let rows
  try {
    rows = JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    throw new UsageError(`--resume: ${path} cannot be read (${messageOf(error)}); mend it, or run without --resume`)
  }
  if (!Array.isArray(rows) || rows.some((row) => typeof row?.case !== "string")) throw new UsageError(`--resume: ${path} does not hold the rows of a run; name another file, or run without --resume`)
  return rows
}

/** What other rows know of a case. */
function sizeOf(rows, name) {
  const { n, k, m, reference, referenceKind } = rows.find((row) => row.case === name && row.n !== null) ?? {}
  return { n, k, m, reference, referenceKind }
}

/** What fits a terminal: shares in per cent, and no column that follows from others. */
function toLine({ reference, referenceKind, publishedCost, missed, loadedMB, allCentersGap, relaxedGap, imbalance, gap, excess, ...row }) {
  return { ...row, imbalance: percent(imbalance), gap: percent(gap), proof: relaxedGap?.toExponential(0) ?? null, excess: percent(excess), error: row.error }
}

/** @returns {Promise<import("./measure-apart.js").BenchRow>} */
async function measureOne(args, one, algorithm, rows, cases) {
  const request = { case: one.name, algorithm, data: args.data, instances: args.instances, allCenters: args["all-centers"], overrides: args.overrides }
  const gaveUp = (name) => rows.some((row) => row.case === name && row.algorithm === algorithm && row.error?.startsWith("gave up"))
  const smaller = cases.find((other) => other.linear && one.linear && other.size < one.size && gaveUp(other.name))
  const row =
    smaller === undefined
      ? await measureApart(request, { seconds: args.limit ?? one.limitSeconds, megabytes: args.memory })
      : toRow(request, sizeOf(rows, one.name), `not tried: gave up at ${smaller.name}`)
  return { ...row, missed: findMissed(row, one.reach) }
}
