import { partitionAccounts, TerritoryError, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import type { Row } from "../helpers/recompute-plan"

const { soakProblem, stepBudget } = (await import(new URL("../../bench/soak/soak-problem.js", import.meta.url).href)) as {
  readonly soakProblem: (seed: number) => { readonly accounts: Row[]; readonly options: PartitionOptions<Row> }
  readonly stepBudget: (n: number, options: PartitionOptions<Row>) => number
}

/** With more pairs than this a problem is left to bench/soak.js. */
const FEW_PAIRS = 60

test("small problems of all shapes end within their budget of steps, each account with an owner", () => {
  let [solved, refused] = [0, 0]
  for (let seed = 0; seed < 80; seed++) {
    const { accounts, options } = soakProblem(seed)
    const k = typeof options.territories === "number" ? options.territories : options.territories.length
    if (accounts.length * k > FEW_PAIRS) continue
    const budget = stepBudget(accounts.length, options)
    let steps = 0
    try {
      const plan = partitionAccounts(accounts, {
        ...options,
        onProgress: () => {
          if (++steps > budget) throw new Error(`seed ${seed}: more than ${budget} steps`)
        },
      })
      solved++
      expect(plan.alignment.map(({ accountId }) => accountId), `seed ${seed}`).toEqual(accounts.map(({ id }) => id))
      expect(plan.violations.length === 0 || plan.infeasibility !== null, `seed ${seed}`).toBe(true)
    } catch (error) {
      if (!(error instanceof TerritoryError)) throw error
      refused++
    }
  }
  expect(solved).toBeGreaterThan(35)
  expect(refused).toBeLessThan(6)
})
