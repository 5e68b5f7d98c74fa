import { createExplainer, explainPlan, partitionAccounts, topMoves, type PartitionResult, type TerritoryError } from "equiterra"
import { expect, test } from "vitest"
import { caught } from "../../helpers/caught"

const accounts = ["alpha", "beta", "gamma", "delta"].map((id, i) => ({ id, x: i * i, y: 0, hours: 1 + (i % 2) }))
const options = { territories: 2, measures: { hours: { value: "hours", tolerance: 0.5 } } }
const plan = partitionAccounts(accounts, options)

/** Tries what a caller without types may pass to all three. */
function failures(rows: unknown, result: unknown, changed: unknown): TerritoryError[] {
  return [explainPlan, createExplainer, topMoves].map((call) => caught(() => (call as (...values: unknown[]) => unknown)(rows, result, changed)))
}

/** The plan with one part changed. */
function withPart(change: (copy: any) => void): unknown { // eslint-disable-line @typescript-eslint/no-explicit-any
  const copy = JSON.parse(JSON.stringify(plan)) as PartitionResult
  change(copy)
  return copy
}

const badPlans: [name: string, result: unknown, code: string, path: string, says: RegExp][] = [
  ["nothing", undefined, "result-invalid", "plan", /partitionAccounts returns/],
  ["an alignment", plan.alignment, "result-invalid", "plan", /evaluateAlignment/],
  ["its JSON text", JSON.stringify(plan), "result-invalid", "plan", /\(use JSON\.parse\)/],
  ["a promise of it", Promise.resolve(plan), "result-invalid", "plan", /\(await it\)/],
  ["no territories", withPart((p) => delete p.territories), "result-invalid", "plan.territories", /array/],
  ["a territory that is null", withPart((p) => (p.territories[1] = null)), "result-invalid", "plan.territories[1]", /object/],
  ["an id twice", withPart((p) => (p.territories[1].id = p.territories[0].id)), "result-invalid", "plan.territories[1].id", /of its own/],
  ["no price", withPart((p) => (p.territories[0].prices = {})), "result-invalid", "plan.territories[0].prices.hours", /finite/],
  ["a center of the other kind", withPart((p) => (p.territories[0].center = { longitude: 1, latitude: 2 })), "result-invalid", "plan.territories[0].center", /\{ x, y \}/],
  ["no certificate", withPart((p) => delete p.certificate), "result-invalid", "plan.certificate", /object/],
  ["text as moves", withPart((p) => (p.disruption = "none")), "result-invalid", "plan.disruption", /object/],
  ["moves without a price", withPart((p) => (p.disruption = { movedCount: 0, movedWeight: 0, movedShare: 0, cost: 0, maxMovedShare: null })), "result-invalid", "plan.disruption.price", /finite/],
  ["a violation that is none", withPart((p) => (p.violations = [null])), "result-invalid", "plan.violations[0]", /object/],
  ["no alignment", withPart((p) => delete p.alignment), "input-type", "plan.alignment", /array/],
  ["a row less", withPart((p) => p.alignment.pop()), "account-gap", "plan.alignment", /"delta"/],
  ["a row of nobody", withPart((p) => (p.alignment[0].accountId = "alphq")), "id-unknown", "plan.alignment[0].accountId", /did you mean "alpha"/],
  ["a territory of nowhere", withPart((p) => (p.alignment[0].territoryId = "t9")), "id-unknown", "plan.alignment[0].territoryId", /"t9"/],
  ["an account twice", withPart((p) => p.alignment.push({ accountId: "alpha", territoryId: p.alignment[3].territoryId })), "account-overlap", "plan.alignment[4]", /also in/],
  ["another activity", withPart((p) => (p.territories[0].measures.hours.activity += 1)), "plan-mismatch", "plan.territories[0].measures.hours.activity", /its accounts have/],
  ["another maximum", withPart((p) => (p.territories[0].measures.hours.max = null)), "plan-mismatch", "plan.territories[0].measures.hours.max", /open.*evaluateAlignment/],
  ["another cost", withPart((p) => (p.cost *= 2)), "plan-mismatch", "plan.cost", /it is/],
]

test.each(badPlans)("unusable plans: %s", (_, result, code, path, says) => {
  for (const error of failures(accounts, result, options)) {
    expect([error.code, error.path]).toEqual([code, path])
    expect(error.issues[0].message).toMatch(says)
  }
})

const badCalls: [name: string, rows: unknown, changed: unknown, code: string, path: string, says: RegExp][] = [
  ["accounts of another plan", [...accounts, { id: "omega", x: 1, y: 1, hours: 0 }], options, "account-gap", "plan.alignment", /"omega"/],
  ["an account less", accounts.slice(1), options, "id-unknown", "plan.alignment[0].accountId", /"alpha" \(pass the accounts and options the plan was made with, or judge its alignment anew with evaluateAlignment\)$/],
  ["hours that have changed", accounts.map((row) => ({ ...row, hours: 2 * row.hours })), options, "plan-mismatch", "plan.territories[0].measures.hours.target", /evaluateAlignment/],
  ["accounts that have moved", accounts.map((row) => ({ ...row, x: 2 * row.x })), options, "plan-mismatch", "plan.cost", /evaluateAlignment/],
  ["another tolerance", accounts, { ...options, measures: { hours: { value: "hours", tolerance: 0.4 } } }, "plan-mismatch", "plan.territories[0].measures.hours.min", /by accounts and options/],
  ["another number of territories", accounts, { ...options, territories: 3 }, "plan-mismatch", "plan.territories", /ask for 3/],
  ["other territories", accounts, { ...options, territories: [{ id: "n" }, { id: "s" }] }, "plan-mismatch", "plan.territories[0].id", /"n"/],
  ["another measure", accounts, { ...options, measures: { hourz: { value: "hours" } } }, "result-invalid", "plan.territories[0].measures.hourz", /activity/],
  ["another power", accounts, { ...options, compactness: { power: 1 } }, "plan-mismatch", "plan.cost", /centers/],
  ["no options", accounts, undefined, "option-type", "options", /object/],
  ["an unknown option", accounts, { ...options, count2: 1 }, "option-unknown", "count2", /not an option/],
  ["groups that are none", accounts, { ...options, together: ["alpha"] }, "option-type", "together[0]", /array of account ids/],
  ["a group with a stranger", accounts, { ...options, together: [["alpha", "betta"]] }, "id-unknown", "together[0][1]", /did you mean "beta"/],
  ["accounts that are none", [{ id: 7 }], options, "id-type", "accounts[0].id", /String/],
]

test.each(badCalls)("calls that do not fit the plan: %s", (_, rows, changed, code, path, says) => {
  for (const error of failures(rows, plan, changed)) {
    expect([error.code, error.path]).toEqual([code, path])
    expect(error.issues[0].message).toMatch(says)
  }
})

test("unknown ids are named, with the nearest known one", () => {
  const asked = (accountIds: unknown): TerritoryError => caught(() => explainPlan(accounts, plan, { ...options, accountIds: accountIds as string[] }))
  expect(asked(["alpha", "gama", "x"]).issues.map(({ code, path, message }) => [code, path, message])).toEqual([
    ["id-unknown", "accountIds[1]", 'accountIds[1]: is no account of this call: "gama" (did you mean "gamma"?)'],
    ["id-unknown", "accountIds[2]", 'accountIds[2]: is no account of this call: "x"'],
  ])
  expect(asked([7]).message).toMatch(/String\(id\)/)
  expect(asked("alpha").message).toMatch(/use \[id\]/)
  const explainer = createExplainer(accounts, plan, options)
  expect(caught(() => explainer.explainAccount("bota")).message).toBe('accountId: is no account of this plan: "bota" (did you mean "beta"?)')
  expect(caught(() => explainer.explainTerritory("t3x")).code).toBe("id-unknown")
  expect(caught(() => explainer.explainTerritory(1 as unknown as string)).code).toBe("id-type")
  expect(caught(() => explainPlan(accounts, plan, { ...options, exact: 1 as unknown as boolean })).path).toBe("exact")
  for (const count of [0, 1.5, "3", NaN]) expect(caught(() => topMoves(accounts, plan, { ...options, count: count as number })).path).toBe("count")
  expect(caught(() => topMoves(accounts, plan, { ...options, swaps: "yes" as unknown as boolean })).path).toBe("swaps")
})

test("an option of one function is none of another", () => {
  expect(caught(() => topMoves(accounts, plan, { ...options, accountIds: [] } as typeof options)).code).toBe("option-unknown")
  expect(caught(() => explainPlan(accounts, plan, { ...options, count: 1 } as typeof options)).code).toBe("option-unknown")
})
