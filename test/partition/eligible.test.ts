import { evaluateAlignment, partitionAccounts, type PartitionOptions, type TerritorySpec } from "equiterra"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { messageOf } from "../helpers/message-of"
import { randomAccounts } from "../helpers/random-accounts"
import { contractFaults, type Row } from "../helpers/recompute-plan"

const SKILLS = ["gas", "water", "power"]

/** Territories with some skills each, every skill somewhere. */
function skilled(count: number, seed: number): TerritorySpec[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, t) => ({ id: `T${t}`, name: SKILLS.filter((_, s) => s === t % 3 || random() < 0.5).join(" ") }))
}

/** Accounts that want a skill, a third of them any. */
function wanting(accounts: Row[], seed: number): Row[] {
  const random = createRandom(seed, 1)
  return accounts.map((row) => ({ ...row, skill: SKILLS[Math.floor(random() * 4.5)] }))
}

const eligible = (account: Row, territory: TerritorySpec): boolean => account.skill === undefined || (territory.name as string).split(" ").includes(account.skill as string)

test.each([1, 2, 3])("nobody is where they may not be, and the certificate counts it: %i measures, plane and globe, both powers, means and medoids", (count) => {
  let [restricted, inside] = [0, 0]
  for (let seed = 0; seed < 12; seed++) {
    const accounts = wanting(randomAccounts(60 + 10 * seed, seed, seed % 2 === 0 ? "plane" : "globe"), seed)
    const names = ["hours", "revenue", "visits"].slice(0, count)
    const options: PartitionOptions<Row> = {
      territories: skilled(3 + (seed % 4), seed),
      measures: Object.fromEntries(names.map((name) => [name, { value: name, tolerance: 0.2 }])),
      compactness: { power: seed % 3 === 0 ? 1 : 2 },
      centers: seed % 5 === 0 ? "account" : "mean",
      eligible,
      starts: 1,
      seed,
    }
    const plan = partitionAccounts(accounts, options)
    expect(contractFaults(accounts, options, plan), `seed ${seed}`).toEqual([])
    restricted += accounts.filter((row) => row.skill !== undefined).length
    if (plan.violations.length === 0) inside++
    const judged = evaluateAlignment(accounts, plan.alignment, options)
    expect(judged.cost).toBeCloseTo((plan.cost as number), 6)
    expect(judged.violations.filter(({ criterion }) => criterion === "eligibility")).toEqual([])
  }
  expect(restricted).toBeGreaterThan(800)
  expect(inside).toBeGreaterThan(8)
})

test("where all are eligible for all, the plan is that without the question", () => {
  const accounts = randomAccounts(200, 3)
  const options = { territories: skilled(5, 3), measures: { hours: { value: "hours" } }, starts: 2 }
  const { digest, ...plan } = partitionAccounts(accounts, { ...options, eligible: () => true })
  const { digest: without, ...same } = partitionAccounts(accounts, options)
  expect(plan).toEqual(same)
  // all but that the question was asked, which a stored plan remembers
  expect(digest).toEqual({ ...without, eligible: true })
})

test("an alignment that breaks eligibility is told so, account by account", () => {
  const accounts = wanting(randomAccounts(30, 4), 4)
  const territories = skilled(3, 5)
  const alignment = accounts.map((row, i) => ({ accountId: row.id, territoryId: `T${i % 3}` }))
  const judged = evaluateAlignment(accounts, alignment, { territories, measures: { hours: { value: "hours" } }, eligible })
  const wrong = judged.violations.filter(({ criterion }) => criterion === "eligibility")
  expect(wrong.map(({ accountId }) => accountId).sort()).toEqual(accounts.filter((row, i) => !eligible(row, territories[i % 3])).map(({ id }) => id).sort())
  expect(wrong.length).toBeGreaterThan(0)
  expect(wrong[0].message).toMatch(/^account ".+" is not eligible for territory "T\d", in which it stands$/)
})

test("bad input: named by account, territory and what is wrong", () => {
  const accounts: Row[] = [{ id: "A", x: 0, y: 0, hours: 1 }, { id: "B", x: 1, y: 0, hours: 1 }]
  const base = { territories: [{ id: "n" }, { id: "s" }], measures: { hours: { value: "hours" } } }
  const refused = (options: object): string => messageOf(() => partitionAccounts(accounts, { ...base, ...options } as PartitionOptions<Row>))
  expect(refused({ eligible: (row: Row) => row.id !== "B" })).toBe('accounts[1]: account "B" is eligible for none of the 2 territories (leave it out, or make it eligible for one)')
  expect(refused({ eligible: (_: Row, { id }: TerritorySpec) => id === "s", current: [{ accountId: "A", territoryId: "n" }], locked: ["A"] })).toBe(
    'accounts[0]: account "A" is locked to territory "n", but not eligible for it (unlock it, or make it eligible)',
  )
  const failing = (): boolean => {
    throw new Error("no connection")
  }
  expect(refused({ eligible: failing })).toContain('eligible: could not be asked for account "A" and territory "n": "no connection" was thrown (return true or false)')
  expect(refused({ eligible: () => "yes" })).toContain('eligible: must return true or false, for account "A" and territory "n" too, got "yes"')
  expect(refused({ eligible: "skill" })).toContain("eligible: must be a function of an account and a territory")
  expect(refused({ territories: 2, eligible: () => true })).toContain("eligible: needs listed territories")
})
