// Runs every test as it is, sees which changes it runs through, and runs it again with each of them that still lives. All is written to the plan's log.
import { appendFileSync, existsSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { VitestTestRunner } from "vitest/runners"
import { getFn } from "vitest/suite"

/**
 * @typedef {{ files: string[], log: string, count: number, alone: number | null, budget: number, slowest: number, rooms: string[] }} Plan
 * `slowest`: tests that take longer, in ms, wait for the next turn.
 * `alone`: one change that holds from the first line on. `rooms`: by change, the folder of tests that is asked whatever it costs.
 */
/** @type {Plan} */
const plan = JSON.parse(readFileSync(String(process.env.MUTANT_PLAN), "utf8"))
/** A change that makes a test take so many times its processor time, and a second, is noticed: whoever runs it would stop it. */
const SLOWER = 5
const GRACE_MS = 1000
/** Loops and calls between two looks at the clock. */
const TICKS = 20_000

// the same draws in every run, and no search for the smallest counterexample
fc.configureGlobal({ seed: 1, endOnFailure: true })

class TooSlow extends Error {}

const hits = new Uint8Array(plan.count)
let active = plan.alone ?? -1
let deadline = Infinity
let ticks = 0
const spentMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
Object.assign(globalThis, {
  __mutant: (id) => {
    hits[id] = 1
    return id === active
  },
  __tick: () => {
    if (++ticks >= TICKS) {
      ticks = 0
      if (deadline < Infinity && spentMs() > deadline) throw new TooSlow("takes too long")
    }
  },
})

/** @type {any[]} */
const known = existsSync(plan.log) ? readFileSync(plan.log, "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line)) : []
const killed = new Set(known.flatMap((row) => (row.event === "run" && row.isKilled ? [row.id] : [])))
const done = new Set(known.flatMap((row) => (row.event === "run" ? [`${row.id} ${row.test}`] : [])))
const bases = new Map(known.flatMap((row) => (row.event === "base" ? [[row.test, row]] : [])))
const spent = new Float64Array(plan.count)
for (const row of known) if (row.event === "run") spent[row.id] += row.ms
const note = (row) => appendFileSync(plan.log, `${JSON.stringify(row)}\n`)

/** @returns {string} */
const nameOf = (task) => (task.suite === undefined || task.suite === null ? task.name : `${nameOf(task.suite)} > ${task.name}`)

export default class MutantRunner extends VitestTestRunner {
  async runTask(task) {
    const run = getFn(task)
    const file = task.file.filepath.replace(/^.*?\/test\//, "test/")
    const test = `${file} > ${nameOf(task)}`
    if (plan.alone !== null) {
      await run()
      return
    }
    const outside = ids(hits)
    hits.fill(0)
    if (outside.length > 0) note({ event: "outside", test, hits: outside })
    let base = bases.get(test)
    if (base === undefined) {
      const begin = spentMs()
      await run()
      base = { event: "base", test, ms: Math.round(spentMs() - begin), hits: ids(hits) }
      note(base)
    }
    if (base.ms > plan.slowest) {
      hits.fill(0)
      return
    }
    let isTrusted = false
    for (const id of base.hits) {
      if (killed.has(id) || done.has(`${id} ${test}`)) continue
      if (!file.startsWith(`${plan.rooms[id]}/`) && spent[id] + base.ms > plan.budget) {
        note({ event: "left", id, test })
        continue
      }
      note({ event: "begin", id, test, pid: process.pid, ms: base.ms })
      const why = await failureOf(run, id, SLOWER * base.ms + GRACE_MS)
      // a test that fails when it is merely run twice says nothing
      if (why !== null && !isTrusted && (await failureOf(run, -1, Infinity)) !== null) {
        note({ event: "untrusted", test })
        hits.fill(0)
        return
      }
      if (why !== null) {
        isTrusted = !/timeLimit|performance\.now|cpuUsage/.test(String(run))
        killed.add(id)
      }
      spent[id] += base.ms
      note({ event: "run", id, test, ms: base.ms, isKilled: why !== null, why })
    }
    hits.fill(0)
  }
}

/** How a test fails with a change switched on; null where it passes. */
async function failureOf(run, id, limit) {
  active = id
  deadline = spentMs() + limit
  try {
    await run()
    return null
  } catch (error) {
    const words = String(error instanceof Error ? error.message : error).split("\n")[0].slice(0, 160)
    return error instanceof TooSlow ? "too slow" : /timed out in/.test(words) ? null : words
  } finally {
    active = -1
    deadline = Infinity
  }
}

function ids(flags) {
  return Array.from(flags.keys()).filter((id) => flags[id] === 1)
}
