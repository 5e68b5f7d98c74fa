import { evaluateAlignment, explorePlans, partitionAccounts, type PartitionOptions, type PartitionResult, type TerritorySpec } from "equiterra"
import { describe, expect, test } from "vitest"
import type { Row } from "../../helpers/recompute-plan"

/** Accounts that have one of the load each, on a grid. */
const grid = (width: number, height: number): Row[] => Array.from({ length: width * height }, (_, i) => ({ id: `a${String(i).padStart(2, "0")}`, x: i % width, y: Math.floor(i / width), load: 1 }))
const load = { load: { value: "load" } }
const loadsOf = ({ territories }: PartitionResult, measure = "load"): number[] => territories.map(({ measures }) => measures[measure].activity).sort((a, b) => a - b)
const reachOf = ({ infeasibility }: PartitionResult, measure = "load"): number[] => (infeasibility?.reachable ?? []).flatMap((row) => (row.measure === measure ? [row.activity] : [])).sort((a, b) => a - b)

interface Case {
  readonly accounts: readonly Row[]
  readonly options: PartitionOptions<Row>
  readonly fair: readonly number[]
  /** Of divided accounts, where that is not the same. */
  readonly reach?: readonly number[]
}

/** What was seen to go wrong, with what is right. */
const CASES: Readonly<Record<string, Case>> = {
  "one account of 35 among ones": { accounts: grid(6, 6).map((row, i) => ({ ...row, load: i === 14 ? 35 : 1 })), options: { territories: 6, measures: load }, fair: [7, 7, 7, 7, 7, 35] },
  "two towns and an account of 30": {
    accounts: [...grid(4, 3), ...grid(4, 3).map((row) => ({ ...row, id: `b${row.id}`, x: 100 + (row.x as number) })), { id: "giant", x: 50, y: 20, load: 30 }],
    options: { territories: 4, measures: load },
    fair: [8, 8, 8, 30],
  },
  "18 of 30 together": { accounts: grid(6, 5), options: { territories: 4, measures: load, together: [grid(6, 5).slice(0, 18).map(({ id }) => id)] }, fair: [4, 4, 4, 18] },
  "minima above the total": { accounts: grid(8, 5), options: { territories: 4, measures: { load: { value: "load", min: 13, tolerance: null } } }, fair: [10, 10, 10, 10] },
  "a licence that one has alone": {
    accounts: grid(5, 5).map((row, i) => ({ ...row, licensed: i < 9 })),
    options: { territories: ["Ana", "Bo", "Cy", "Di", "Ed"].map((id) => ({ id })), measures: load, eligible: (row, { id }) => row.licensed === false || id === "Ana" },
    fair: [4, 4, 4, 4, 9],
  },
  "a capacity that is kept": {
    accounts: grid(8, 5),
    options: { territories: [{ id: "Ana", max: { load: 4 }, min: { load: 0 } }, { id: "Bo" }, { id: "Cy" }, { id: "Di" }], measures: load },
    fair: [4, 12, 12, 12],
  },
  "two heavy accounts locked to one": {
    accounts: grid(5, 4).map((row, i) => ({ ...row, load: i === 7 ? 12 : i === 13 ? 8 : 1 })),
    options: { territories: ["Ana", "Bo", "Cy", "Di", "Ed"].map((id) => ({ id })), measures: load, current: ["a07", "a13"].map((accountId) => ({ accountId, territoryId: "Ana" })), locked: ["a07", "a13"] },
    // two of the 18 others are one too many for somebody, but not for Ana
    fair: [4, 4, 5, 5, 20],
    reach: [4.5, 4.5, 4.5, 4.5, 20],
  },
  "locks that are too much": {
    accounts: grid(8, 5),
    options: { territories: ["Ana", "Bo", "Cy", "Di"].map((id) => ({ id })), measures: load, current: grid(8, 5).slice(0, 16).map(({ id }) => ({ accountId: id, territoryId: "Ana" })), locked: grid(8, 5).slice(0, 16).map(({ id }) => id) },
    fair: [8, 8, 8, 16],
  },
}

describe.each(Object.entries(CASES))("%s", (_, { accounts, options, fair, reach = fair }) => {
  const specs = (ids: readonly string[]): TerritorySpec[] => {
    const { territories } = options
    return typeof territories === "number" ? ids.map((id) => ({ id })) : territories.map((spec) => (typeof spec === "string" ? { id: spec } : spec))
  }
  const ids = typeof options.territories === "number" ? fair.map((_, t) => `rep ${t + 1}`) : specs([]).map(({ id }) => id)

  test("the loads are the fairest that can be reached, and the plan says so", () => {
    const plan = partitionAccounts(accounts, options)
    expect(loadsOf(plan)).toEqual(fair)
    expect(reachOf(plan)).toEqual(reach)
    const rows = plan.infeasibility?.reachable ?? []
    expect(rows.map(({ territoryId }) => territoryId)).toEqual(plan.territories.map(({ id }) => id))
    for (const { deviation, activity } of rows) expect(deviation).toBeCloseTo(activity / (fair.reduce((a, b) => a + b, 0) / fair.length) - 1, 9)
  })

  test("at fixed centers", () => {
    const territories = specs(ids).map((spec, t) => ({ ...spec, center: { x: [0, 6, 1, 5, 3, 2][t], y: [0, 1, 4, 5, 2, 3][t] }, centerFixed: true }))
    expect(loadsOf(partitionAccounts(accounts, { ...options, territories }))).toEqual(fair)
  })

  test("where accounts have owners today", () => {
    const current = options.current ?? accounts.map(({ id }, i) => ({ accountId: id, territoryId: ids[i % ids.length] }))
    // to stay is worth something, but not the fairness
    expect(loadsOf(partitionAccounts(accounts, { ...options, territories: specs(ids), current, disruption: { penalty: 0.01 } }))).toEqual(fair)
  })
})

describe("ways out that people choose", () => {
  const { accounts, options } = CASES["one account of 35 among ones"]
  const { infeasibility, territories } = partitionAccounts(accounts, options)
  const giant = territories.find(({ accountCount }) => accountCount === 1)?.id as string

  test("come before tolerances, and work", () => {
    expect(infeasibility?.relaxations.map(({ changes }) => changes)).toEqual([
      [{ kind: "share", territoryId: giant, measure: "load", from: 1 / 6, to: 0.5 }],
      [{ kind: "set-apart", accountId: "a14", territoryId: giant }],
      [{ kind: "territories", from: 6, to: 2 }],
      [expect.objectContaining({ kind: "tolerance" })],
    ])
    const shared = territories.map(({ id }) => ({ id, ...(id === giant ? { share: 0.5 } : {}) }))
    const withShare = partitionAccounts(accounts, { ...options, territories: shared })
    expect(withShare.violations).toEqual([])
    expect(withShare.territories.find(({ id }) => id === giant)?.accountCount).toBe(1)
    const without = partitionAccounts(accounts.filter(({ id }) => id !== "a14"), { ...options, territories: 5 })
    expect(without.violations).toEqual([])
    expect(loadsOf(without)).toEqual([7, 7, 7, 7, 7])
    expect(partitionAccounts(accounts, { ...options, territories: 2 }).violations).toEqual([])
  })

  test("a licence gets a share; a group is set apart as a whole", () => {
    const licence = partitionAccounts(CASES["a licence that one has alone"].accounts, CASES["a licence that one has alone"].options)
    expect(licence.infeasibility?.relaxations[0].changes).toEqual([{ kind: "share", territoryId: "Ana", measure: "load", from: 0.2, to: 0.36 }])
    const group = partitionAccounts(CASES["18 of 30 together"].accounts, CASES["18 of 30 together"].options)
    const apart = group.infeasibility?.relaxations[1].changes ?? []
    expect(apart.map((change) => (change.kind === "set-apart" ? change.accountId : null)).sort()).toEqual(CASES["18 of 30 together"].options.together?.[0])
  })

  test("a judged alignment carries what could be reached as well", () => {
    const alignment = accounts.map(({ id }, i) => ({ accountId: id, territoryId: `r${i % 6}` }))
    const judged = evaluateAlignment(accounts, alignment, options)
    expect(reachOf(judged)).toEqual([7, 7, 7, 7, 7, 35])
    // the heavy account is taken to stay where it is
    expect(judged.infeasibility?.reachable?.find(({ activity }) => activity === 35)?.territoryId).toBe("r2")
  })
})

test("the best balanced plan of an exploration is fair, and every plan carries what could be reached", () => {
  const { accounts, options } = CASES["one account of 35 among ones"]
  const { plans } = explorePlans(accounts, { territories: 6, measures: options.measures })
  const balanced = plans.find(({ roles }) => roles.includes("best-balanced"))
  expect(balanced?.label).toContain("as fair as can be")
  expect(balanced && loadsOf(balanced.plan)).toEqual([7, 7, 7, 7, 7, 35])
  expect(balanced?.figures.imbalance).toBeCloseTo(2, 9)
  for (const { plan } of plans) {
    expect(loadsOf(plan)[0]).toBeGreaterThanOrEqual(5)
    expect(reachOf(plan)).toEqual([7, 7, 7, 7, 7, 35])
  }
})

test("minima that leave others with nothing: nothing, not what rounding makes of it", () => {
  const plan = partitionAccounts(grid(8, 5), { territories: [22, 22, 2, 2].map((least, t) => ({ id: `r${t}`, min: { load: least } })), measures: { load: { value: "load", tolerance: null } } })
  expect(reachOf(plan)).toEqual([0, 0, 20, 20])
  expect(loadsOf(plan)).toEqual([0, 0, 20, 20])
})

test("whoever is farthest outside gets no account more than has to be", () => {
  const accounts = grid(10, 10).map((row, i) => ({ ...row, licensed: i < 60 }))
  const plan = partitionAccounts(accounts, { territories: ["Ana", "Bo", "Cy", "Di", "Ed"].map((id) => ({ id })), measures: load, eligible: (row, { id }) => row.licensed === false || id === "Ana" || id === "Bo", starts: 1 })
  expect(loadsOf(plan)).toEqual([13, 13, 14, 30, 30])
})

describe("bounds between which no sum of whole accounts lies", () => {
  const messageOf = (accounts: readonly Row[], options: PartitionOptions<Row>): string => partitionAccounts(accounts, options).infeasibility?.message ?? ""

  test("ten equal accounts, three territories, 5 %", () => {
    const plan = partitionAccounts(grid(5, 2), { territories: 3, measures: load })
    expect(loadsOf(plan)).toEqual([3, 3, 4])
    expect(plan.infeasibility?.message).toContain("every load is a multiple of 1, and none of these lies between 3.16667 and 3.5")
    const counts = plan.infeasibility?.relaxations.flatMap(({ changes }) => (changes[0].kind === "territories" ? [changes[0].to] : []))
    expect(counts).toEqual([2, 5])
    for (const territories of counts ?? []) expect(partitionAccounts(grid(5, 2), { territories, measures: load }).violations).toEqual([])
  })

  test("any unit, sums of it, heavy accounts, too few accounts; and nothing is said where no cheap test decides", () => {
    const weighing = (weights: readonly number[]): Row[] => weights.map((weight, i) => ({ id: `a${i}`, x: i % 4, y: Math.floor(i / 4), load: weight }))
    expect(messageOf(weighing(new Array<number>(10).fill(0.3)), { territories: 3, measures: load })).toContain("every load is a multiple of 0.3")
    // 3 of 4 to 5, as multiples of 2: at most 12 of 14
    expect(messageOf(weighing(new Array<number>(7).fill(2)), { territories: 3, measures: { load: { value: "load", min: 3.9, max: 5 } } })).toContain("the most multiples within the bounds sum to 12, not to the 14")
    expect(messageOf(weighing([6.1, 6.2, 6.3, 6.05, 1.1, 1.3, 1.7, 1.2]), { territories: 3, measures: { load: { value: "load", tolerance: 0.15 } } })).toContain("4 accounts have more than")
    expect(messageOf(weighing([5.03, 5.11, 0.017]), { territories: 3, measures: load })).not.toContain("no whole plan can: every")
  })
})
