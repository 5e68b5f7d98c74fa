import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/**
 * One line of the result; what is not known is null.
 *
 * @typedef {object} BenchRow
 * @property {string} case
 * @property {string} algorithm
 * @property {number | null} n accounts
 * @property {number | null} k territories
 * @property {number | null} m measures
 * @property {number | null} seconds by the clock on the wall, without loading and judging
 * @property {number | null} cpuSeconds of all threads of the process, garbage collection and compilation too
 * @property {number | null} peakMB resident memory of the process up to the answer, accounts and all
 * @property {number | null} loadedMB of that, what reading or making the accounts took
 * @property {number | null} cost as evaluateAlignment has it
 * @property {number | null} imbalance the largest deviation of any measure
 * @property {number | null} violations how many bounds the plan breaks
 * @property {number | null} gap of the plan: (cost - lowerBound) / lowerBound, at its own centers
 * @property {number | null} allCentersGap of the plan, whatever its centers; with --all-centers, where centers are accounts
 * @property {number | null} relaxedGap of the proof: (relaxedCost - lowerBound) / lowerBound
 * @property {number | null} reference the best cost that others report, in their unit
 * @property {string | null} referenceKind
 * @property {number | null} publishedCost the plan's cost in the unit and by the distances of the reference
 * @property {number | null} excess publishedCost / reference - 1
 * @property {string | null} stoppedBy
 * @property {string | null} error why there is no plan, or none that was judged
 * @property {string[]} missed what the case is to reach and the row does not
 */

const SCRIPT = fileURLToPath(new URL("measure.js", import.meta.url))
/** Reading and making accounts is not on the algorithm's clock, but it must end. */
const LOAD_SECONDS = 120
/** Judging is not on the clock either. */
const JUDGE_SECONDS = 600
/** Seconds on the wall for one of the processor, where a process waits for others. */
const PATIENCE = 3
/** In which the system counts processor time. */
const TICKS_PER_SECOND = 100
const WATCH_MS = 200
/** The last of what a process complained about. */
const COMPLAINTS = 20_000

/**
 * Runs one algorithm on one case in a process of its own, within limits of time and memory. Whatever happens there becomes a row.
 *
 * @param {{ case: string, algorithm: string, data: string | undefined, instances: string | undefined, allCenters: boolean, overrides: object }} request
 * @param {{ seconds: number, megabytes: number }} limits
 * @returns {Promise<BenchRow>}
 */
export function measureApart(request, limits) {
  return new Promise((resolve) => {
    /** @type {Record<string, any>} */
    const facts = { stage: "started" }
    /** @type {string | null} */
    let why = null
    let complaints = ""
    let unread = ""
    const child = spawn(process.execPath, [`--max-old-space-size=${limits.megabytes}`, SCRIPT, JSON.stringify(request)], { stdio: ["ignore", 2, "pipe", "pipe"] })
    const stop = (reason) => {
      why ??= reason
      child.kill("SIGKILL")
    }
    const stopWithUs = () => child.kill("SIGKILL")
    process.once("exit", stopWithUs)
    const clock = (seconds, reason) => setTimeout(() => stop(reason), 1000 * seconds)
    let timer = clock(LOAD_SECONDS, `loading took more than ${LOAD_SECONDS} s`)
    let secondsBefore = 0
    const watch = setInterval(() => {
      if (residentMegabytes(child.pid) > limits.megabytes) stop(`gave up: more than ${limits.megabytes} MB of memory`)
      if (facts.stage === "loaded" && processorSeconds(child.pid) - secondsBefore > limits.seconds) stop(`gave up: more than ${limits.seconds} s`)
    }, WATCH_MS)

    const complaining = /** @type {import("node:stream").Readable} */ (child.stderr)
    complaining.setEncoding("utf8").on("data", (text) => (complaints = (complaints + text).slice(-COMPLAINTS)))
    const told = /** @type {import("node:stream").Readable} */ (child.stdio[3])
    told.setEncoding("utf8").on("data", (text) => {
      const lines = (unread + text).split("\n")
      unread = lines.pop() ?? ""
      for (const line of lines) {
        Object.assign(facts, JSON.parse(line))
        clearTimeout(timer)
        if (facts.stage === "loaded") {
          secondsBefore = processorSeconds(child.pid)
          timer = clock(PATIENCE * limits.seconds, `gave up: more than ${limits.seconds} s`)
        }
        if (facts.stage === "solved") timer = clock(JUDGE_SECONDS, `solved, but judging took more than ${JUDGE_SECONDS} s`)
      }
    })
    child.on("error", (error) => (why ??= error.message))
    child.on("close", (code, signal) => {
      clearTimeout(timer)
      clearInterval(watch)
      process.removeListener("exit", stopWithUs)
      const error = facts.stage === "judged" ? null : (facts.error ?? why ?? explainEnd(complaints, limits, code, signal))
      if (error !== null && complaints !== "" && why === null && !OUT_OF_MEMORY.test(complaints)) process.stderr.write(complaints)
      resolve(toRow(request, facts, error))
    })
  })
}

/** Node's code for a top-level await that cannot go on. */
const UNSETTLED = 13
const OUT_OF_MEMORY = /heap out of memory|Array buffer allocation failed|OOM|memory access out of bounds/i

function explainEnd(complaints, limits, code, signal) {
  if (OUT_OF_MEMORY.test(complaints)) return `gave up: more than ${limits.megabytes} MB of memory`
  if (code === UNSETTLED) return "the algorithm waits for what never comes: its promise can no longer settle"
  return `the process ended by ${signal ?? `code ${code}`}`
}

/** Where the system tells (Linux); elsewhere the wall's clock alone is the limit. */
function processorSeconds(pid) {
  try {
    // the name of the program, in parentheses, may hold spaces
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ")
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  } catch {
    return 0
  }
}

/** Where the system tells; elsewhere only the heap is limited. */
function residentMegabytes(pid) {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))
    return kilobytes === null ? 0 : Number(kilobytes[1]) / 1024
  } catch {
    return 0
  }
}

/**
 * The row of a run, as far as it came.
 *
 * @param {{ case: string, algorithm: string }} request
 * @param {Record<string, any>} facts
 * @param {string | null} error
 * @returns {BenchRow}
 */
export function toRow(request, facts, error) {
  const round = (value, digits) => (typeof value === "number" ? Number(value.toFixed(digits)) : null)
  return {
    case: request.case,
    algorithm: request.algorithm,
    n: facts.n ?? null,
    k: facts.k ?? null,
    m: facts.m ?? null,
    seconds: round(facts.seconds, 3),
    cpuSeconds: round(facts.cpuSeconds, 3),
    peakMB: round(facts.peakMB, 0),
    loadedMB: round(facts.loadedMB, 0),
    cost: facts.cost ?? null,
    imbalance: facts.imbalance ?? null,
    violations: facts.violations ?? null,
    gap: facts.gap ?? null,
    allCentersGap: facts.allCentersGap ?? null,
    relaxedGap: facts.relaxedGap ?? null,
    reference: facts.reference ?? null,
    referenceKind: facts.referenceKind ?? null,
    publishedCost: facts.publishedCost ?? null,
    excess: facts.excess ?? null,
    stoppedBy: facts.stoppedBy ?? null,
    error,
    missed: [],
  }
}
