// The limit on distances against HiGHS: verdict and bound of random problems, whatever the accounts weigh.
// npx tsup --no-dts --silent && node bench/differential/max-distance.js [--count 5000] [--seed 0]
// Prints every problem that differs; ends with 1 where one does.
import loadHighs from "highs"
import { argv } from "node:process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { createRandom } from "../random.js"
import { randomDistances } from "./random-distances.js"

/** Bounds that differ by less than this share are the same: HiGHS keeps rows to 1e-9. */
const SAME = 1e-6

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { count: { type: "string", default: "5000" }, seed: { type: "string", default: "0" } } })
  const { partitionAccounts } = await import("equiterra")
  const { differing, ...counts } = await compareMaxDistance(partitionAccounts, Number(values.count), Number(values.seed))
  process.stdout.write(`${JSON.stringify(counts)}\n`)
  for (const one of differing) process.stdout.write(`differs: ${JSON.stringify(one)}\n`)
  process.exit(differing.length === 0 ? 0 : 1)
}

/**
 * Solves random problems by both.
 *
 * @param {typeof import("equiterra").partitionAccounts} partitionAccounts
 * @param {number} count
 * @param {number} seed of the first
 */
export async function compareMaxDistance(partitionAccounts, count, seed) {
  const highs = await loadHighs()
  const differing = []
  const counts = { problems: 0, kept: 0, missed: 0, wholeImpossible: 0, impossible: 0, outOfBounds: 0 }
  for (let at = seed; at < seed + count; at++) {
    const { accounts, options } = randomDistances(createRandom(at))
    const plan = partitionAccounts(accounts, options)
    const near = solve(true, false)
    const tooFar = plan.violations.filter(({ criterion, accountId }) => criterion === "distance" && hasCenter(accountId))
    const saysImpossible = /not even to divided accounts|only where some go farther than maxDistance/.test(plan.infeasibility?.message ?? "")
    counts.problems++
    const faults = []
    if (near !== null) {
      const bound = plan.certificate.lowerBound
      if (bound === null || Math.abs(bound - near) > SAME * (near + 1)) faults.push(`bound ${bound} instead of ${near}`)
      if (saysImpossible) faults.push("says that the bounds leave no other way")
      if (plan.violations.length === 0) counts.kept++
      else if (solve(true, true) === null) counts.wholeImpossible++
      else if (tooFar.length > 0) faults.push(`${tooFar.length} accounts go too far, where whole accounts can keep everything`)
      else counts.missed++
    } else {
      const anyhow = solve(false, false)
      if (plan.certificate.lowerBound !== null) faults.push(`bound ${plan.certificate.lowerBound} of what is impossible`)
      if (anyhow === null) counts.outOfBounds++
      else counts.impossible++
      if (anyhow !== null && tooFar.length > 0 && !saysImpossible) faults.push("does not say that the bounds leave no other way")
    }
    if (faults.length > 0) differing.push({ seed: at, faults })

    /** Whether an account has a center that is near enough. @param {string | undefined} id */
    function hasCenter(id) {
      const i = accounts.findIndex((account) => account.id === id)
      return options.territories.some((_, t) => lengthOf(i, t) <= options.maxDistance)
    }

    /** @param {number} i @param {number} t */
    function lengthOf(i, t) {
      return Math.hypot(accounts[i].x - options.territories[t].center.x, accounts[i].y - options.territories[t].center.y)
    }

    /**
     * The optimum of divided or of whole accounts, with what is too far closed for who has a center near enough; null: there is none.
     *
     * @param {boolean} isLimited
     * @param {boolean} isWhole
     */
    function solve(isLimited, isWhole) {
      const { territories, compactness, maxDistance } = options
      const [n, k, names] = [accounts.length, territories.length, Object.keys(options.measures)]
      const columns = accounts.flatMap((account, i) => {
        const all = territories.map((_, t) => ({ i, t, length: lengthOf(i, t) }))
        const near = all.filter(({ length }) => length <= maxDistance)
        return (isLimited && near.length > 0 ? near : all).map((pair) => ({ ...pair, cost: account.revenue * pair.length ** compactness.power }))
      })
      const rows = names.flatMap((name) => {
        const total = accounts.reduce((sum, account) => sum + account[name], 0)
        const { tolerance } = options.measures[name]
        return territories.map((_, t) => ({ t, name, low: (total / k) * (1 - tolerance), high: (total / k) * (1 + tolerance), scale: total / k }))
      })
      const starts = [0]
      /** @type {number[]} */
      const indices = []
      /** @type {number[]} */
      const values = []
      for (const { i, t } of columns) {
        indices.push(i)
        values.push(1)
        rows.forEach((row, r) => {
          if (row.t !== t || accounts[i][row.name] === 0) return
          indices.push(n + r)
          values.push(accounts[i][row.name] / row.scale)
        })
        starts.push(indices.length)
      }
      const scale = columns.reduce((most, { cost }) => Math.max(most, cost), 0)
      return highs.withModel((model) => {
        model.options.set("output_flag", false)
        model.options.set("primal_feasibility_tolerance", 1e-9)
        model.options.set("dual_feasibility_tolerance", 1e-9)
        model.options.set("small_matrix_value", 1e-12)
        model.passModel({
          numCols: columns.length,
          numRows: n + rows.length,
          sense: highs.constants.objectiveSense.minimize,
          colCost: columns.map(({ cost }) => cost / scale),
          colLower: columns.map(() => 0),
          colUpper: columns.map(() => Infinity),
          rowLower: [...accounts.map(() => 1), ...rows.map(({ low, scale }) => low / scale)],
          rowUpper: [...accounts.map(() => 1), ...rows.map(({ high, scale }) => high / scale)],
          ...(isWhole ? { integrality: columns.map(() => highs.constants.variableType.integer) } : {}),
          matrix: { format: "csc", numCols: columns.length, numRows: n + rows.length, starts, indices, values },
        })
        return model.run().modelStatus === highs.constants.modelStatus.optimal ? scale * Number(model.info.get("objective_function_value")) : null
      })
    }
  }
  return { ...counts, differing }
}
