import { readFileSync } from "node:fs"
import * as equiterra from "equiterra"
import { expect, test } from "vitest"
import { unfitPlace } from "./helpers/hostile-values.js"

type Row = Record<string, unknown>
interface Stored {
  readonly accounts: { id: string; x: number; y: number; hours: number; rep: string }[]
  readonly plan: equiterra.PartitionResult
  readonly hard: equiterra.PartitionResult
  readonly performance: equiterra.PerformanceResult
}

const text = readFileSync(new URL("./fixtures/results-of-8faa0d5.json", import.meta.url), "utf8")
const stored = (): Stored => JSON.parse(text) as Stored

/** Accounts of a plan of the file: the hard one has an account that is heavier than a territory may be. */
const accountsOf = (name: "plan" | "hard"): Stored["accounts"] => stored().accounts.map((account, i) => (name === "hard" && i === 0 ? { ...account, hours: 100 } : account))
const optionsOf = (plan: equiterra.PartitionResult): { territories: { id: string }[]; measures: { hours: { value: string; tolerance: number } } } => ({
  territories: plan.territories.map(({ id }) => ({ id })),
  measures: { hours: { value: "hours", tolerance: plan.territories.length === 2 ? 0.5 : 0.05 } },
})

/** Every function that takes a plan. */
const CALLS: Readonly<Record<string, (plan: equiterra.PartitionResult, accounts: Stored["accounts"], options: ReturnType<typeof optionsOf>) => unknown>> = {
  assignAccounts: (plan, accounts) => equiterra.assignAccounts(plan, [{ ...accounts[0], id: "new" }]),
  checkDrift: (plan, accounts) => equiterra.checkDrift(plan, accounts),
  explainPlan: (plan, accounts, options) => equiterra.explainPlan(accounts, plan, options),
  topMoves: (plan, accounts, options) => equiterra.topMoves(accounts, plan, options),
  createExplainer: (plan, accounts, options) => equiterra.createExplainer(accounts, plan, options).explainAccount("a01"),
  resolveCoverage: (plan, accounts) => equiterra.resolveCoverage(accounts, accounts.slice(1).map(({ id }) => ({ accountId: id, territoryId: "n" })), { plan }),
  renderReport: (plan, accounts) => equiterra.renderReport({ accounts, plan }),
  renderMap: (plan, accounts) => equiterra.renderMap(accounts, plan),
  toTable: (plan) => equiterra.toTable(plan),
  toCsv: (plan) => equiterra.toCsv(plan),
  toGeoJson: (plan, accounts) => equiterra.toGeoJson(accounts.map(({ id, x, y }) => ({ id, longitude: x, latitude: y })), plan),
}

test.each(["plan", "hard"] as const)("%s of an older version is taken by every function, and judged as it is", (name) => {
  const plan = stored()[name]
  const accounts = accountsOf(name)
  const options = optionsOf(plan)
  for (const [call, run] of Object.entries(CALLS)) {
    const result = run(plan, accounts, options)
    expect(unfitPlace(result), call).toBeNull()
  }
  expect(plan).toEqual(stored()[name])
  const judged = equiterra.evaluateAlignment(accounts, plan.alignment, options)
  expect(judged.cost).toBeCloseTo(plan.cost as number, 9)
  expect(judged.violations).toEqual(plan.violations)
  // nothing has drifted since
  const drift = equiterra.checkDrift(plan, accounts)
  expect(drift.territories.map(({ id }) => id)).toEqual(plan.territories.map(({ id }) => id))
  const better = equiterra.partitionAccounts(accounts, { ...options, current: plan.alignment })
  expect(better.alignment).toHaveLength(accounts.length)
})

test("a comparison of an older version is taken by what shows it and what recommends", () => {
  const { performance } = stored()
  for (const result of [equiterra.recommendActions(performance), equiterra.renderReport({ verdict: performance }), equiterra.renderFunnel(performance, { kpi: "rate" }), equiterra.renderCaterpillar(performance, { kpi: "rate" }), equiterra.toTable(performance)]) {
    expect(unfitPlace(result)).toBeNull()
  }
})

/** What an edited, cut or hostile file may hold in place of a plan. */
const POISONS: Readonly<Record<string, (plan: Row) => unknown>> = {
  "a prototype in place of territories": (plan) => JSON.parse(`{ "__proto__": ${JSON.stringify(plan)} }`) as unknown,
  "prices of another count": (plan) => ({ ...plan, territories: [], certificate: null }),
  "no digest": ({ digest: _, ...plan }) => plan,
  "a digest of another measure": (plan) => ({ ...plan, digest: { ...(plan.digest as Row), measures: JSON.parse('{ "__proto__": { "value": "hours", "tolerance": 0 } }') as unknown } }),
  "a center of NaN": (plan) => ({ ...plan, territories: (plan.territories as Row[]).map((one) => ({ ...one, center: { x: NaN, y: 0 } })) }),
  "an activity as text": (plan) => ({ ...plan, territories: (plan.territories as Row[]).map((one) => ({ ...one, measures: { hours: { ...((one.measures as Row).hours as Row), activity: "7" } } })) }),
  "territories of one id": (plan) => ({ ...plan, territories: (plan.territories as Row[]).map((one) => ({ ...one, id: "n" })) }),
  "an alignment that repeats itself": (plan) => ({ ...plan, alignment: Array.from({ length: 100_000 }, () => (plan.alignment as Row[])[0]) }),
  "an alignment with holes": (plan) => ({ ...plan, alignment: Object.assign([], { 4_000_000_000: "x" }) }),
  "an alignment of numbers": (plan) => ({ ...plan, alignment: [1, 2, 3] }),
  "no plan": () => [1, 2, 3],
}

/** Parts that assignAccounts and checkDrift alone read: the explainers are told the options. */
const NEEDS_DIGEST: ReadonlySet<string> = new Set(["no digest", "a digest of another measure"])

test.each(Object.keys(POISONS))("%s is told apart from a plan, by every function that reads that part", (poison) => {
  let refused = 0
  const onlyRead = NEEDS_DIGEST.has(poison) ? 2 : 5
  for (const [call, run] of Object.entries(CALLS)) {
    const plan = POISONS[poison](stored().plan as unknown as Row) as equiterra.PartitionResult
    const where = `${call}: ${poison}`
    try {
      expect(unfitPlace(run(plan, accountsOf("plan"), optionsOf(stored().plan))), where).toBeNull()
    } catch (error) {
      expect(error, where).toMatchObject({ name: "TerritoryError" })
      expect((error as equiterra.TerritoryError).path, where).not.toBe("")
      expect((error as Error).message.length, where).toBeLessThan(1500)
      refused++
    }
  }
  // assignAccounts, checkDrift and the explainers go on with a plan: they read all of it, but for the digest
  expect(refused).toBeGreaterThanOrEqual(onlyRead)
})
