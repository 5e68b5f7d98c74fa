// By how much `timeLimitMs` is overrun, in processor time of the main thread: at most a tenth or 300 ms is promised.
// npx tsup --no-dts --silent && node bench/overshoot.js [--only NAME] [--where] [--json FILE] [--limit SECONDS]
// The library's clock is the processor's time, so that a busy machine changes nothing. Every case runs in a process of its own, cold.
// --where looks at the stack after the limit, which takes time of its own.
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { partitionAccounts, toTable } from "equiterra"
import { makeAccounts } from "./make-accounts.js"
import { inOwnProcess } from "./pauses/in-own-process.js"
import { createThreadClock, useProcessorClock } from "./pauses/processor-clock.js"
import { clockMs, watchStacks } from "./pauses/watch-stacks.js"

const SIZES = [[2_000, 20], [30_000, 100], [100_000, 100]]
const LIMITS = [500, 2_000]
/** Accounts that share a place, where there are ties. */
const AT_ONE_PLACE = 50
const ONE = { workload: { value: "workload" } }
const TWO = { workload: { value: "workload" }, potential: { value: "potential" } }

const { values } = parseArgs({ options: { only: { type: "string" }, where: { type: "boolean", default: false }, json: { type: "string" }, limit: { type: "string", default: "300" }, alone: { type: "string" } } })

/**
 * By shape of the problem: accounts and options.
 *
 * @type {Record<string, (accounts: any[], k: number) => { accounts: any[], options: any }>}
 */
const SHAPES = {
  "one measure": (accounts, k) => ({ accounts, options: { territories: k, measures: ONE } }),
  "two measures": (accounts, k) => ({ accounts, options: { territories: k, measures: TWO } }),
  "ties of place": (accounts, k) => ({ accounts: accounts.map((one, i) => ({ ...one, x: accounts[i - (i % AT_ONE_PLACE)].x, y: accounts[i - (i % AT_ONE_PLACE)].y })), options: { territories: k, measures: TWO } }),
  "no places": (accounts, k) => ({ accounts: accounts.map(({ id, workload, potential }) => ({ id, workload, potential })), options: { territories: k, measures: TWO } }),
  "a tenth may move": (accounts, k) => ({ accounts, options: { territories: k, measures: ONE, current: today(accounts, k), disruption: { maxMovedShare: 0.1 } } }),
  "a tenth may move, two measures": (accounts, k) => ({ accounts, options: { territories: k, measures: TWO, current: today(accounts, k), disruption: { maxMovedShare: 0.1 } } }),
  "moving costs": (accounts, k) => ({ accounts, options: { territories: k, measures: TWO, current: today(accounts, k), disruption: { penalty: 1 } } }),
  "centers are accounts": (accounts, k) => ({ accounts, options: { territories: k, measures: ONE, centers: "account" } }),
}

const cases = SIZES.flatMap(([n, k]) => Object.keys(SHAPES).flatMap((shape) => LIMITS.map((limit) => ({ name: `${n} x ${k}, ${shape}, ${limit} ms`, n, k, shape, limit }))))

if (values.alone === undefined) {
  const rows = cases.filter(({ name }) => values.only === undefined || new RegExp(values.only).test(name)).map(({ name }) => {
    const facts = inOwnProcess(fileURLToPath(import.meta.url), ["--alone", name, ...(values.where ? ["--where"] : [])], Number(values.limit))
    console.log(`${name}: ${JSON.stringify(facts)}`)
    return { case: name, ...facts }
  })
  console.log(toTable(rows, { maxWidth: 120, maxRows: Infinity }))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`)
} else {
  const one = cases.find(({ name }) => name === values.alone)
  if (one === undefined) throw new Error("no such case")
  process.stdout.write(JSON.stringify(await measure(one)))
}

/** @param {{ n: number, k: number, shape: string, limit: number }} one */
async function measure({ n, k, shape, limit }) {
  const { accounts, options } = SHAPES[shape](makeAccounts(n, 1), k)
  const thread = createThreadClock()
  let over = Infinity
  // the clock of the samples at the first look at the library's clock that finds the limit over
  useProcessorClock(() => {
    const now = thread()
    if (over === Infinity && now >= began + limit) over = clockMs()
    return now
  })
  let began = thread()
  const run = () => {
    began = thread()
    const plan = partitionAccounts(accounts, { ...options, timeLimitMs: limit })
    return { plan, took: thread() - began, end: clockMs() }
  }
  const { value, stacks } = values.where ? await watchStacks(run) : { value: run(), stacks: null }
  const { plan, took, end } = value
  return {
    "overrun ms": Math.round(took - limit),
    "allowed ms": Math.max(300, limit / 10),
    violations: plan.violations.length,
    "stopped by": plan.stoppedBy,
    ...(stacks === null || over === Infinity ? {} : { where: stacks.heaviest(over, end) }),
  }
}

/** Strips of today, from west to east. */
function today(accounts, k) {
  const order = [...accounts].sort((a, b) => a.x - b.x)
  return order.map(({ id }, at) => ({ accountId: id, territoryId: `r${Math.floor((at * k) / order.length)}` }))
}
