// Random problems of all shapes, each under a budget of counted steps: does every one end, and how many steps does it take?
// npx tsup --no-dts --silent && node bench/soak.js [--count 200] [--seed 0] [--slow SECONDS]
// Prints a line for each problem that fails or needs more than its budget, the seed first, and with --slow for each that takes more
// than that of a processor; ends with 1 where one fails. What the library refuses with a TerritoryError is counted apart. A step that
// never ends cannot be counted: run it under a limit of time and memory, and the last line names the seed that it was at.
import { argv } from "node:process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { soakProblem, stepBudget } from "./soak/soak-problem.js"

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { count: { type: "string", default: "200" }, seed: { type: "string", default: "0" }, slow: { type: "string", default: "Infinity" } } })
  const { partitionAccounts, TerritoryError } = await import("equiterra")
  const first = Number(values.seed)
  let [failed, refused, most, mostSeed] = [0, 0, 0, 0]
  const begin = process.cpuUsage()
  for (let seed = first; seed < first + Number(values.count); seed++) {
    if ((seed - first) % 50 === 0) process.stderr.write(`from seed ${seed}\n`)
    const { accounts, options } = soakProblem(seed)
    const budget = stepBudget(accounts.length, options)
    let steps = 0
    const before = process.cpuUsage()
    try {
      partitionAccounts(accounts, {
        ...options,
        onProgress: () => {
          if (++steps > budget) throw new Error(`more than ${budget} steps`)
        },
      })
    } catch (error) {
      if (error instanceof TerritoryError) refused++
      else failed++
      if (!(error instanceof TerritoryError)) process.stdout.write(`${seed}: n ${accounts.length}: ${error instanceof Error ? error.message.slice(0, 200) : error}\n`)
    }
    const seconds = secondsSince(before)
    if (seconds > Number(values.slow)) process.stdout.write(`${seed}: ${seconds.toFixed(1)} s, ${describe(accounts.length, options)}\n`)
    if (steps / budget > most) [most, mostSeed] = [steps / budget, seed]
  }
  process.stdout.write(`${values.count} problems from seed ${first}: ${failed} failed, ${refused} refused, ${secondsSince(begin).toFixed(0)} s; the most steps were ${(100 * most).toFixed(0)} % of the budget (seed ${mostSeed})\n`)
  process.exit(failed === 0 ? 0 : 1)
}

/** @param {NodeJS.CpuUsage} before */
function secondsSince(before) {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** @param {number} n @param {ReturnType<typeof soakProblem>["options"]} options */
function describe(n, { territories, measures, ...others }) {
  return `n ${n}, k ${typeof territories === "number" ? territories : territories.length}, ${Object.keys(measures).length} measures, ${Object.keys(others).join(" ")}`
}
