// One case and one algorithm, in a process of its own (see measure-apart.js). Tells what it finds on file descriptor 3, a line of
// JSON a stage, so that what was found before a crash is not lost: loaded, solved, judged or failed.
import { writeSync } from "node:fs"
import { evaluateAlignment } from "equiterra"
import { loadAlgorithm } from "./algorithms/index.js"
import { listCases } from "./cases/index.js"

/** Accounts up to which evaluateAlignment proves a bound over all centers. */
const ALL_CENTERS_LIMIT = 5000
const request = JSON.parse(process.argv[2])
const tell = (stage, facts) => writeSync(3, `${JSON.stringify({ stage, ...facts })}\n`)
try {
  await measure()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  tell("failed", { error: error instanceof Error ? error.message : String(error) })
}

async function measure() {
  const one = listCases(request.data, request.instances).find(({ name }) => name === request.case)
  if (one === undefined) throw new Error(`${request.case}: no such case`)
  const solve = await loadAlgorithm(request.algorithm)
  const { accounts, options: stated, reference } = one.load()
  /** @type {import("equiterra").PartitionOptions<any>} */
  const options = { ...stated, ...request.overrides }
  const k = typeof options.territories === "number" ? options.territories : options.territories.length
  tell("loaded", { loadedMB: process.resourceUsage().maxRSS / 1024, n: accounts.length, k, m: Object.keys(options.measures).length, reference: reference?.value ?? null, referenceKind: reference?.kind ?? null })

  const before = process.cpuUsage()
  const started = process.hrtime.bigint()
  const answer = await solve(accounts, copyOf(options))
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const cpu = process.cpuUsage(before)
  tell("solved", { seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6, peakMB: process.resourceUsage().maxRSS / 1024, stoppedBy: answer?.stoppedBy ?? null })

  const alignment = Array.isArray(answer) ? answer : answer?.alignment
  if (!Array.isArray(alignment)) throw new Error("the algorithm is to return rows { accountId, territoryId }, or an object with them as `alignment`")
  // an algorithm may have changed its accounts; the judge has its own
  const { accounts: ownAccounts, publishedCost } = one.load()
  const judged = evaluateAlignment(ownAccounts, alignment, options)
  const { lowerBound, relaxedCost, gap } = judged.certificate
  const isProvable = request.allCenters && options.centers === "account" && ownAccounts.length <= ALL_CENTERS_LIMIT
  const whole = isProvable ? evaluateAlignment(ownAccounts, alignment, { ...options, certificate: "all-centers" }).certificate : null
  const published = publishedCost === undefined ? judged.cost : publishedCost(judged)
  tell("judged", {
    cost: judged.cost,
    imbalance: Math.max(...Object.values(judged.imbalance).map((share) => share ?? 0)),
    violations: judged.violations.length,
    gap,
    allCentersGap: whole?.gap ?? null,
    relaxedGap: lowerBound === null || relaxedCost === null || !(lowerBound > 0) ? null : (relaxedCost - lowerBound) / lowerBound,
    publishedCost: reference === undefined ? null : published,
    excess: reference === undefined ? null : published / reference.value - 1,
  })
}

/** Objects and lists anew, functions as they are. */
function copyOf(value) {
  if (Array.isArray(value)) return value.map(copyOf)
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)])) : value
}
