import { evaluateAlignment, partitionAccounts, type Infeasibility } from "equiterra"
import { expect, test } from "vitest"
import { compileProblem } from "../../../src/partition/compile-problem.js"
import { explainDivisible } from "../../../src/partition/infeasible/explain-divisible.js"
import { finishSteps } from "../../../src/model/in-pieces.js"
import { randomAccounts } from "../../helpers/random-accounts.js"
import { contractFaults, type Row } from "../../helpers/recompute-plan.js"

/** Ten accounts of ten hours on a line. */
const line: Row[] = Array.from({ length: 10 }, (_, i) => ({ id: `A${i}`, x: i, y: 0, hours: 10 }))
const reps = ["Ana", "Bo", "Cy"].map((id) => ({ id }))
const messages = (infeasibility: Infeasibility | null): string[] => infeasibility?.relaxations.map(({ message }) => message) ?? []

test("locked accounts that are too much: the fewest that conflict, and each way out in one sentence", () => {
  const current = line.map(({ id }, i) => ({ accountId: id, territoryId: i < 6 ? "Ana" : "Bo" }))
  const options = { territories: reps, measures: { hours: { value: "hours", tolerance: 0.2 } }, current, locked: line.slice(0, 6).map(({ id }) => id) }
  const plan = partitionAccounts(line, options)
  expect(contractFaults(line, options, plan)).toEqual([])
  expect(plan.infeasibility?.conflict).toEqual([
    { kind: "bound", territoryId: "Ana", measure: "hours", side: "max", limit: expect.closeTo(40, 9) as number },
    ...["A0", "A1", "A2", "A3", "A4"].map((accountId) => ({ kind: "lock", accountId, territoryId: "Ana" })),
  ])
  expect(plan.infeasibility?.isConflictMinimal).toBe(true)
  expect(messages(plan.infeasibility)).toEqual([
    'give "Ana" a share of its own, 0.6 of hours; the others divide the rest',
    "raise the tolerance of hours from 20 % to 80 %, which this plan keeps",
    'unlock "A0" (in "Ana") and "A1" (in "Ana")',
  ])
})

test("a bound of one territory, exactly", () => {
  const current = line.map(({ id }) => ({ accountId: id, territoryId: "Ana" }))
  const options = { territories: [{ id: "Ana", min: { hours: 0 }, max: { hours: 25 } }, { id: "Bo" }], measures: { hours: { value: "hours", tolerance: null } }, current, locked: ["A0", "A1", "A2"] }
  const { infeasibility } = evaluateAlignment(line, current, options)
  expect(messages(infeasibility)).toEqual(['raise the maximum of hours of "Ana" from 25 to 30', 'unlock "A0" (in "Ana")', 'the plan given keeps a maximum of hours of "Ana" of 100 (instead of 25)'])
})

test("two measures that exclude each other: tolerances are raised together where one alone is not enough", () => {
  const accounts: Row[] = [
    { id: "A", x: 0, y: 0, hours: 6, calls: 6 },
    { id: "B", x: 1, y: 0, hours: 2, calls: 2 },
  ]
  const current = [{ accountId: "A", territoryId: "Ana" }, { accountId: "B", territoryId: "Bo" }]
  const options = { territories: [{ id: "Ana" }, { id: "Bo" }], measures: { hours: { value: "hours" }, calls: { value: "calls", tolerance: 0.1 } }, current, locked: ["A", "B"] }
  const { infeasibility } = evaluateAlignment(accounts, current, options)
  expect(infeasibility?.relaxations[0].message).toBe('give "Ana" a share of its own, 0.75 of hours and 0.75 of calls; the others divide the rest')
  expect(infeasibility?.relaxations[1]).toMatchObject({
    message: "raise the tolerance of hours from 5 % to 50 % and calls from 10 % to 55 %",
    changes: [{ kind: "tolerance", measure: "hours", from: 0.05, to: 0.5 }, { kind: "tolerance", measure: "calls", from: 0.1, to: 0.55 }],
    isMinimal: true,
  })
})

test("lists of eligible territories take part by name", () => {
  const options = { territories: reps, measures: { hours: { value: "hours", tolerance: 0.1 } }, eligible: (row: Row, { id }: { id: string }) => id !== "Cy" || row.id === "A9" }
  const plan = partitionAccounts(line, options)
  expect(plan.infeasibility?.conflict).toEqual([
    { kind: "bound", territoryId: "Cy", measure: "hours", side: "min", limit: expect.closeTo(30, 9) as number },
    { kind: "eligibility" },
  ])
  expect(plan.infeasibility?.message).toBe('not even divided accounts could keep this bound: hours of "Cy" at least 30, as accounts are eligible')
  expect(plan.infeasibility?.relaxations.find(({ changes }) => changes[0].kind === "eligible")).toEqual({
    message: 'make "A0" and "A1" eligible for "Cy"',
    changes: ["A0", "A1"].map((accountId) => ({ kind: "eligible", accountId, territoryId: "Cy" })),
    provenBy: "divided",
    isMinimal: true,
  })
})

test("of accounts to make eligible the fewest, and of these the smallest that is enough", () => {
  const accounts: Row[] = line.map((row, i) => ({ ...row, hours: 4 + 2 * i }))
  // Bo is to have at least 8 hours, and nobody is eligible
  const options = { territories: [{ id: "Ana", max: { hours: 200 } }, { id: "Bo", min: { hours: 8 } }], measures: { hours: { value: "hours", tolerance: null } }, eligible: (_: Row, { id }: { id: string }) => id === "Ana" }
  expect(messages(partitionAccounts(accounts, options).infeasibility).slice(0, 2)).toEqual(['lower the minimum of hours of "Bo" from 8 to 0, which this plan keeps', 'make "A2" eligible for "Bo"'])
})

test("where a lock and a tolerance are each not enough, both together; a lock and eligibility", () => {
  const current = line.map(({ id }, i) => ({ accountId: id, territoryId: i < 6 ? "Ana" : "Bo" }))
  const locked = line.slice(0, 6).map(({ id }) => id)
  const territories = [{ id: "Ana", min: { hours: 0 }, max: { hours: 20 } }, { id: "Bo" }, { id: "Cy" }]
  const capped = evaluateAlignment(line, current, { territories, measures: { hours: { value: "hours" } }, current, locked }).infeasibility
  expect(messages(capped).slice(0, 1)).toEqual(['unlock "A0" (in "Ana"), "A1" (in "Ana"), "A2" (in "Ana") and "A3" (in "Ana"), and raise the tolerance of hours from 5 % to 20 %'])
  expect(capped?.relaxations[0].isMinimal).toBe(true)
  const held = { territories: [{ id: "Ana", max: { hours: 50 } }, { id: "Bo", max: { hours: 40 } }, { id: "Cy", max: { hours: 10 } }], measures: { hours: { value: "hours", tolerance: null } }, current, locked, eligible: (_: Row, { id }: { id: string }) => id !== "Cy" }
  expect(messages(evaluateAlignment(line, current, held).infeasibility).slice(0, 2)).toEqual(['raise the maximum of hours of "Ana" from 50 to 60, which this plan keeps', 'unlock "A0" (in "Ana"), and make "A0" eligible for "Cy"'])
})

test("whole accounts that do not fit: what the plan keeps, and what the heaviest account needs", () => {
  const accounts: Row[] = line.map((row, i) => ({ ...row, hours: i === 7 ? 60 : 10 }))
  const plan = partitionAccounts(accounts, { territories: 3, measures: { hours: { value: "hours" } } })
  expect(plan.infeasibility?.kind).toBe("indivisible")
  expect(plan.infeasibility?.conflict).toEqual([])
  expect(messages(plan.infeasibility)).toEqual([
    'give "t2" a share of its own, 0.4 of hours ("A7" has 60 of hours); the others divide the rest',
    'set "A7" apart, and plan the others in 2 territories instead of 3',
    'the plan found keeps a tolerance of hours of 20 % (instead of 5 %); account "A7" alone needs one of 20 %',
  ])
  expect(plan.infeasibility?.reachable?.map(({ activity }) => activity).sort((a, b) => a - b)).toEqual([45, 45, 60])
})

test("a plan inside its bounds has nothing to explain", () => {
  expect(partitionAccounts(randomAccounts(60, 1), { territories: 3, measures: { hours: { value: "hours", tolerance: 0.1 } } }).infeasibility).toBeNull()
})

test("at 10,000 accounts, 60 territories and two measures the work stays within its limit, and the order of rows changes nothing", { timeout: 110_000 }, () => {
  const accounts = randomAccounts(10_000, 3)
  const byPlace = [...accounts].sort((a, b) => (a.longitude as number) - (b.longitude as number))
  const ids = Array.from({ length: 60 }, (_, t) => `rep ${t}`)
  const current = byPlace.map(({ id }, i) => ({ accountId: id, territoryId: ids[Math.floor((70 * i) / byPlace.length) % 60] }))
  const locked = byPlace.filter((_, i) => i % 5 !== 0).map(({ id }) => id)
  const options = { territories: ids.map((id) => ({ id })), measures: { hours: { value: "hours" }, revenue: { value: "revenue" } }, current, locked }
  const explain = (rows: readonly Row[]): Omit<Infeasibility, "kind" | "reachable"> | null => finishSteps(explainDivisible(finishSteps(compileProblem(rows, options)), ids))
  const explained = explain(accounts)
  expect(explained?.isConflictMinimal).toBe(true)
  expect(explained?.relaxations.map(({ changes }) => changes[0].kind)).toContain("unlock")
  expect(explained?.relaxations.every(({ isMinimal }) => isMinimal)).toBe(true)
  expect(explain([...accounts].reverse())).toEqual(explained)
})
