// How long the asynchronous functions keep the event loop waiting: the longest pauses, and in which function they fall.
// npx tsup --no-dts --silent && node bench/pauses.js [--only NAME] [--accounts 300000] [--limit SECONDS] [--json FILE]
// Pauses are processor time of the main thread between two turns of the event loop, so that a busy machine changes nothing. Every case
// runs in a process of its own.
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { explorePlansAsync, partitionAccountsAsync, toTable } from "equiterra"
import { makeAccounts } from "./make-accounts.js"
import { spreadCenters } from "./make-centers.js"
import { inOwnProcess } from "./pauses/in-own-process.js"
import { createThreadClock, useProcessorClock } from "./pauses/processor-clock.js"
import { clockMs, watchStacks } from "./pauses/watch-stacks.js"

/** What is promised. */
const PROMISED_MS = 50
const SHOWN = 6

const { values } = parseArgs({ options: { only: { type: "string" }, accounts: { type: "string", default: "300000" }, limit: { type: "string", default: "1200" }, json: { type: "string" }, alone: { type: "string" } } })
const n = Number(values.accounts)
const ONE = { workload: { value: "workload" } }
const TWO = { workload: { value: "workload" }, potential: { value: "potential" } }

/** By case: what runs, as a function of accounts. */
const CASES = {
  "one measure, k = 100": (accounts) => partitionAccountsAsync(accounts, { territories: 100, measures: ONE }),
  "two measures, k = 100": (accounts) => partitionAccountsAsync(accounts, { territories: 100, measures: TWO }),
  "two measures, k = 100, fixed centers": (accounts) => partitionAccountsAsync(accounts, { territories: spreadCenters(accounts, 100), measures: TWO }),
  "two measures, k = 50, a tenth may move": (accounts) => partitionAccountsAsync(accounts, { territories: 50, measures: TWO, current: today(accounts, 50), disruption: { maxMovedShare: 0.1 } }),
  "two measures, k = 50, moving costs": (accounts) => partitionAccountsAsync(accounts, { territories: 50, measures: TWO, current: today(accounts, 50), disruption: { penalty: 1 } }),
  "two measures, k = 450, a tenth of the accounts": (accounts) => partitionAccountsAsync(accounts.slice(0, n / 10), { territories: spreadCenters(accounts, 450), measures: TWO }),
  "two measures, k = 20, centers are accounts": (accounts) => partitionAccountsAsync(accounts, { territories: 20, measures: TWO, centers: "account" }),
  "no places, k = 20": (accounts) => partitionAccountsAsync(accounts.map(({ id, workload, potential }) => ({ id, workload, potential })), { territories: 20, measures: TWO }),
  "groups of three, k = 50": (accounts) => partitionAccountsAsync(accounts, { territories: 50, measures: TWO, together: Array.from({ length: Math.floor(n / 30) }, (_, g) => [3 * g, 3 * g + 1, 3 * g + 2].map((i) => accounts[i].id)) }),
  "explorePlansAsync, k = 20": (accounts) => explorePlansAsync(accounts, { territories: 20, measures: TWO, current: today(accounts, 20), plans: 2 }),
}

if (values.alone === undefined) {
  const names = Object.keys(CASES).filter((name) => values.only === undefined || name.includes(values.only))
  const rows = names.map((name) => {
    const facts = inOwnProcess(fileURLToPath(import.meta.url), ["--alone", name, "--accounts", values.accounts], Number(values.limit))
    /** @type {Record<string, any>} */
    const row = { case: name, ...facts }
    console.log(`${name}: ${facts.message ?? `${facts["processor s"]} s, longest ${facts.longest.map((one) => `${one.ms} ms (${one.where})`).join(", ")}`}`)
    return row
  })
  console.log(toTable(rows.map(({ longest = [], ...row }) => ({ ...row, "longest pause, ms": longest[0]?.ms ?? null, in: longest[0]?.where ?? null })), { maxWidth: 100, maxRows: Infinity }))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 1)}\n`)
} else {
  const work = CASES[values.alone]
  process.stdout.write(JSON.stringify(await measure(() => work(makeAccounts(n, 1)))))
}

/** @param {() => Promise<unknown>} begin */
async function measure(begin) {
  const thread = createThreadClock()
  useProcessorClock()
  const accountsAndWork = await watchStacks(async () => {
    /** @type {{ ms: number, from: number, to: number }[]} */
    const pauses = []
    const promise = begin()
    let isOver = false
    let last = thread()
    let lastClock = clockMs()
    const before = process.cpuUsage()
    const turn = () => {
      const now = thread()
      const clock = clockMs()
      pauses.push({ ms: now - last, from: lastClock, to: clock })
      last = thread()
      lastClock = clock
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    try {
      await promise
    } finally {
      isOver = true
    }
    turn()
    const { user, system } = process.cpuUsage(before)
    return { pauses, seconds: (user + system) / 1e6 }
  })
  const { value, stacks } = accountsAndWork
  const longest = value.pauses.sort((a, b) => b.ms - a.ms)
  return {
    "processor s": Number(value.seconds.toFixed(1)),
    turns: longest.length,
    [`above ${PROMISED_MS} ms`]: longest.filter(({ ms }) => ms > PROMISED_MS).length,
    longest: longest.slice(0, SHOWN).map(({ ms, from, to }) => ({ ms: Math.round(ms), where: stacks.busiest(from, to) })),
  }
}

/** Strips of today, from west to east. */
function today(accounts, k) {
  const order = [...accounts].sort((a, b) => a.x - b.x)
  return order.map(({ id }, at) => ({ accountId: id, territoryId: `r${Math.floor((at * k) / order.length)}` }))
}
