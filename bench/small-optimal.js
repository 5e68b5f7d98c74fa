import loadHighs from "highs"
import { makeProblem } from "./small/make-problem.js"
import { costOfPlan, solveWhole, writeProgram } from "./small/whole-oracle.js"

/**
 * node bench/small-optimal.js [from] [count] [pairs] [limit]: random small problems, every plan against HiGHS as a solver of whole
 * accounts. It is asked for at most `limit` seconds; what it does not answer by then is compared with nothing.
 */
const { partitionAccounts } = await import(process.env.EQUITERRA ?? "../dist/index.js")
const highs = await loadHighs()
const [from = 0, count = 2000, pairs = 300, limit = 20] = process.argv.slice(2).filter((word) => /^\d+$/.test(word)).map(Number)
const isLoud = process.argv.includes("--each")
const SAME = 1e-7

const sum = { problems: 0, refused: 0, feasible: 0, impossible: 0, open: 0, proven: 0, missed: 0, above: 0, claimed: 0, unproven: 0, excess: 0, worstExcess: 0, hair: 0, better: 0, seconds: 0, slowest: 0, highsSeconds: 0 }
for (let seed = from; seed < from + count; seed++) {
  const problem = makeProblem(seed, pairs)
  sum.problems++
  const begin = process.cpuUsage()
  let plan
  try {
    plan = partitionAccounts(problem.accounts, problem.options)
  } catch (error) {
    if (!isRefusal(error)) throw error
    sum.refused++
    if (isLoud) console.log(`${seed}: ${error.message}`)
    continue
  }
  const seconds = process.cpuUsage(begin).user / 1e6
  sum.seconds += seconds
  sum.slowest = Math.max(sum.slowest, seconds)
  const placeOf = new Map(problem.options.territories.map((territory, t) => [territory.id, t]))
  const byId = new Map(plan.territories.map((territory) => [territory.id, territory.center]))
  const program = writeProgram(problem, problem.options.territories.map(({ id }) => byId.get(id)))
  const owner = program.units.map((unit) => placeOf.get(plan.alignment[unit[0]].territoryId) ?? -1)
  const cost = costOfPlan(program, owner)
  const { isOptimal } = plan.certificate
  const isInside = plan.violations.length === 0
  const start = process.cpuUsage()
  const best = solveWhole(highs, program, limit)
  sum.highsSeconds += process.cpuUsage(start).user / 1e6
  const tell = (what) => console.log(`${seed}: ${what} (${program.units.length} units, ${problem.options.territories.length} territories, ${Object.keys(problem.options.measures).length} measures; ${Object.keys(problem.options).join(" ")}; ${seconds.toFixed(2)} s)`)
  if (isInside !== cost < Infinity) {
    sum.claimed++
    tell(`violations are ${plan.violations.length} by the library, and ${cost} by the program: ${plan.violations[0]?.message}`)
    continue
  }
  if (best.status === "open") {
    sum.open++
    if (isLoud) tell("HiGHS has no answer")
    continue
  }
  const least = best.owner === null ? Infinity : costOfPlan(program, best.owner)
  if (best.owner !== null && least === Infinity) {
    // kept within HiGHS's tolerance alone
    sum.hair++
    continue
  }
  if (least === Infinity) {
    sum.impossible++
    if (isInside) tell("HiGHS has no plan, the library has")
    if (!plan.infeasibility) tell("no reason is given")
    continue
  }
  sum.feasible++
  if (!isInside) {
    sum.missed++
    tell(`MISSED: ${plan.violations[0].message}`)
    continue
  }
  const excess = least > 0 ? cost / least - 1 : cost > 0 ? Infinity : 0
  if (excess < -SAME) sum.better++
  if (isOptimal) {
    sum.proven++
    if (excess > SAME) {
      sum.above++
      tell(`ABOVE: ${excess}`)
    }
  } else {
    sum.unproven++
    sum.excess += excess
    sum.worstExcess = Math.max(sum.worstExcess, excess)
    if (isLoud) tell(`not proven, ${(100 * excess).toFixed(3)} % above`)
  }
  if (isLoud && seconds > 1) tell("slow")
}
console.log({ ...sum, excess: undefined, meanExcess: sum.unproven === 0 ? 0 : sum.excess / sum.unproven })

/** @returns {error is Error} whether the library refused the problem */
function isRefusal(/** @type {unknown} */ error) {
  return error instanceof Error && "code" in error
}
