import { evaluateAlignment, partitionAccounts, partitionAccountsAsync, type PartitionOptions } from "equiterra"
import loadHighs from "highs"
import { describe, expect, test } from "vitest"
import { randomAccounts } from "../helpers/random-accounts"
import type { Row } from "../helpers/recompute-plan"
import { compareWithBest, makeProblem } from "../helpers/small-problems"

const line = [6, 0, 9, 5, 2, 2].map((x, i): Row => ({ id: `a${i}`, x, y: 0, load: [5, 7, 8, 1, 1, 2][i] }))
const atBothEnds = [0, 9].map((x, t) => ({ id: `t${t}`, center: { x, y: 0 }, centerFixed: true }))

test("random small problems with locks, groups, licences, limits on moves, own distances: what HiGHS finds is found, what is proven is the best", async () => {
  const highs = await loadHighs()
  let [feasible, proven, impossible, undecided] = [0, 0, 0, 0]
  for (let seed = 0; seed < 70; seed++) {
    const problem = makeProblem(seed, 40)
    const plan = partitionAccounts(problem.accounts, problem.options)
    const { cost, least, status } = compareWithBest(highs, problem, plan)
    const isInside = plan.violations.length === 0
    expect(cost < Infinity, `seed ${seed}: what breaks something says so`).toBe(isInside)
    if (status === "open" || (status === "optimal" && least === Infinity)) {
      // no answer, or one that holds within the tolerance of HiGHS alone
      undecided++
      continue
    }
    expect(isInside, `seed ${seed}`).toBe(least < Infinity)
    if (!isInside) {
      impossible++
      expect(plan.infeasibility, `seed ${seed}`).not.toBeNull()
      expect(plan.certificate.isOptimal).toBe(false)
      continue
    }
    feasible++
    if (plan.certificate.isOptimal) proven++
    expect(cost, `seed ${seed}`).toBeLessThanOrEqual(least * (plan.certificate.isOptimal ? 1 + 1e-7 : 1.003) + 1e-12)
  }
  expect(feasible).toBeGreaterThan(30)
  expect(impossible).toBeGreaterThan(5)
  expect(proven).toBeGreaterThan(0.95 * feasible)
  expect(undecided).toBeLessThan(4)
})

test("the two territories of a line are not exchanged", () => {
  const plan = partitionAccounts(line, { territories: atBothEnds, measures: { load: { value: "load", tolerance: 0.05 } } })
  expect(plan.violations).toEqual([])
  expect(plan.cost).toBeCloseTo(343, 9)
  // the bound of divided accounts is far below, and stays what the prices show
  expect(plan.certificate).toMatchObject({ scope: "given-centers", isOptimal: true })
  expect(plan.certificate.lowerBound).toBeLessThan(100)
  expect(plan.stoppedBy).toBe("converged")
})

test("a looser tolerance never costs more, where both are proven; nor do more starts", () => {
  for (let seed = 0; seed < 6; seed++) {
    const accounts = randomAccounts(14 + seed, seed, "plane")
    const territories = accounts.slice(0, 3).map(({ x, y }, t) => ({ id: `t${t}`, center: { x: x as number, y: y as number }, centerFixed: true }))
    const solve = (tolerance: number, starts?: number): ReturnType<typeof partitionAccounts> =>
      partitionAccounts(accounts, { territories, measures: { hours: { value: "hours", tolerance }, revenue: { value: "revenue", tolerance: 0.5 } }, ...(starts === undefined ? {} : { starts }) })
    let before = Infinity
    for (const tolerance of [0.05, 0.1, 0.2, 0.4]) {
      const plan = solve(tolerance)
      if (plan.violations.length > 0) continue
      expect(plan.certificate.isOptimal, `seed ${seed}`).toBe(true)
      expect(plan.cost, `seed ${seed}`).toBeLessThanOrEqual(before * (1 + 1e-9))
      before = plan.cost as number
    }
    expect(before).toBeLessThan(Infinity)
    expect(solve(0.1, 16).cost).toBeCloseTo(solve(0.1, 1).cost as number, 9)
  }
})

test("medoids follow the best plan at their places, and what is proven is proven there", async () => {
  const highs = await loadHighs()
  let proven = 0
  for (let seed = 0; seed < 8; seed++) {
    const accounts = randomAccounts(20, 100 + seed, "plane")
    const options: PartitionOptions<Row> = { territories: ["a", "b", "c"].map((id) => ({ id })), measures: { hours: { value: "hours", tolerance: 0.1 } }, centers: "account" }
    const plan = partitionAccounts(accounts, options)
    if (!plan.certificate.isOptimal) continue
    proven++
    const { cost, least } = compareWithBest(highs, { seed, accounts, options: { ...options, compactness: {}, territories: ["a", "b", "c"].map((id) => ({ id })) } }, plan)
    expect(cost).toBeLessThanOrEqual(least * (1 + 1e-7))
    for (const { center } of plan.territories) {
      const [cx, cy] = center !== null && "x" in center ? [center.x, center.y] : [NaN, NaN]
      expect(accounts.some(({ x, y }) => Math.abs((x as number) - cx) + Math.abs((y as number) - cy) < 1e-9)).toBe(true)
    }
  }
  expect(proven).toBeGreaterThan(5)
})

test("accounts that weigh nothing are near their center in a plan that is proven as well", () => {
  const accounts = [
    ...line.map((row) => ({ ...row, worth: row.load })),
    ...[0, 1, 8, 9].map((x, i) => ({ id: `free${i}`, x, y: 0, load: 1, worth: 0 })),
  ]
  const plan = partitionAccounts(accounts, { territories: atBothEnds, measures: { load: { value: "load", tolerance: 0.2 } }, compactness: { weight: "worth" } })
  expect(plan.certificate.isOptimal).toBe(true)
  const at = new Map(plan.alignment.map((row) => [row.accountId, row.territoryId]))
  expect(["free0", "free1", "free2", "free3"].map((id) => at.get(id))).toEqual(["t0", "t0", "t1", "t1"])
})

test("that no plan of whole accounts fits is proven, and said", () => {
  const equal = Array.from({ length: 10 }, (_, i): Row => ({ id: `a${i}`, x: i, y: 0, load: 1 }))
  const territories = [0, 5, 9].map((x, t) => ({ id: `t${t}`, center: { x, y: 0 }, centerFixed: true }))
  const plan = partitionAccounts(equal, { territories, measures: { load: { value: "load", tolerance: 0.05 } } })
  expect(plan.certificate).toMatchObject({ isOptimal: false })
  expect(plan.violations.length).toBeGreaterThan(0)
  expect(plan.infeasibility?.message).toContain("no plan of whole accounts is inside them, which is proven")
})

describe("what is proven without a search", () => {
  const options: PartitionOptions<Row> = { territories: atBothEnds, measures: { load: { value: "load", tolerance: null } } }

  test("an alignment that costs what the bound says is the best, another is not known to be", () => {
    const rows = (at: (x: number) => string): { accountId: string; territoryId: string }[] => line.map(({ id, x }) => ({ accountId: id, territoryId: at(x as number) }))
    expect(evaluateAlignment(line, rows((x) => (x < 4.5 ? "t0" : "t1")), options).certificate).toMatchObject({ gap: 0, isOptimal: true })
    expect(evaluateAlignment(line, rows((x) => (x < 4.5 ? "t1" : "t0")), options).certificate.isOptimal).toBe(false)
  })

  test("a plan that breaks its bounds is never the best", () => {
    const plan = partitionAccounts(line, { ...options, measures: { load: { value: "load", tolerance: 0 } }, locked: ["a0", "a1", "a2"], current: ["a0", "a1", "a2"].map((accountId) => ({ accountId, territoryId: "t0" })) })
    expect(plan.violations.length).toBeGreaterThan(0)
    expect(plan.certificate.isOptimal).toBe(false)
  })
})

test("the asynchronous form proves the same, and can be stopped in the middle of a long proof", async () => {
  const problem = { territories: atBothEnds, measures: { load: { value: "load", tolerance: 0.05 } } }
  expect(await partitionAccountsAsync(line, problem)).toEqual(partitionAccounts(line, problem))
  const accounts = randomAccounts(120, 3, "plane")
  const territories = accounts.slice(0, 8).map(({ x, y }, t) => ({ id: `t${t}`, center: { x: x as number, y: y as number }, centerFixed: true }))
  const control = new AbortController()
  let resolving = 0
  const work = partitionAccountsAsync(accounts, {
    territories,
    measures: { hours: { value: "hours", tolerance: 0.02 }, revenue: { value: "revenue", tolerance: 0.02 } },
    signal: control.signal,
    onProgress: ({ phase }) => {
      if (phase === "resolve" && ++resolving === 2000) control.abort(new Error("enough"))
    },
  })
  await expect(work).rejects.toThrow("enough")
})
