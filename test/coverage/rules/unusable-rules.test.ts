import { expect, test } from "vitest"
import { analyzeRules, routeAccounts } from "../../../src/coverage/index.js"
import { caught } from "../../helpers/caught.js"

const dimensions = { industry: { kind: "set", values: ["retail", "food"] }, employees: { kind: "number" }, zip: { kind: "prefix", digits: 5 } }

/** What is wrong with one rule, from both doors. */
function issuesOf(rule: object, more: object = {}): [string, string][] {
  const options = { dimensions, rules: [{ id: "r", territoryId: "t", when: {}, ...rule }], ...more } as never
  const one = caught(() => analyzeRules(options)).issues
  expect(caught(() => routeAccounts([{ id: "a" }], options)).issues).toEqual(one)
  return one.map(({ code, message }) => [code, message])
}

test("what is wrong with a rule names rule, dimension, value and remedy", () => {
  expect(issuesOf({ when: { industri: { values: ["retail"] } } })).toEqual([["dimension-unknown", 'rules["r"].when.industri: is not among the dimensions (did you mean "industry"?)']])
  expect(issuesOf({ when: { industry: { values: ["retial"] } } })).toEqual([["value-unknown", 'rules["r"].when.industry.values[0]: must be among dimensions.industry.values, got "retial" (did you mean "retail"?)']])
  expect(issuesOf({ when: { zip: { prefixes: [506] } } })).toEqual([["value-type", 'rules["r"].when.zip.prefixes[0]: must be a string, got 506 (keep codes as text: the ZIP code "01234" is not 1234)']])
  expect(issuesOf({ when: { zip: { prefixes: ["5061x"] } } })[0][0]).toBe("value-unknown")
  expect(issuesOf({ when: { zip: { prefixes: [""] } } })[0][0]).toBe("value-empty")
  expect(issuesOf({ when: { employees: { ranges: [{ min: 50, max: 10 }] } } })).toEqual([["range-empty", 'rules["r"].when.employees.ranges[0]: holds no number: min 50 and max 10 (swap them)']])
  expect(issuesOf({ when: { employees: { ranges: [{ min: 5, below: 5 }] } } })).toEqual([["range-empty", 'rules["r"].when.employees.ranges[0]: holds no number: min 5 and below 5 (close both ends by min and max for one number)']])
  expect(issuesOf({ when: { employees: { ranges: [{ min: 1, above: 1 }, {}, { min: NaN }, { min: "1" }] } } }).map(([code]) => code)).toEqual(["option-conflict", "range-open", "value-type", "value-type"])
  expect(issuesOf({ when: { employees: { values: ["1"] } } }).map(([code]) => code)).toEqual(["option-unknown", "condition-empty"])
  expect(issuesOf({ when: { industry: {} } })[0][0]).toBe("condition-empty")
  expect(issuesOf({ when: { industry: ["retail"] } })[0][0]).toBe("option-type")
  expect(issuesOf({ when: undefined })).toEqual([["rule-empty", 'rules["r"]: has neither conditions nor inclusions, so that nothing can match (when: {} stands for every account)']])
  expect(issuesOf({ include: ["a"], exclude: ["a", 7] }).map(([code]) => code)).toEqual(["id-type", "rule-contradiction"])
  expect(issuesOf({ rank: "1" })[0][0]).toBe("option-type")
  expect(issuesOf({ rank: 1 }, { precedence: "list-order" })[0][0]).toBe("option-conflict")
  expect(issuesOf({ territoryId: "nroth" }, { territories: ["north"] })).toEqual([["id-unknown", 'rules["r"].territoryId: is not among the territories, got "nroth" (did you mean "north"?)']])
  expect(issuesOf({ ranking: 1 })[0]).toEqual(["option-unknown", expect.stringMatching(/^rules\[0\]\.ranking: is not an option/)])
  expect(issuesOf({}, { rules: [] })[0][0]).toBe("option-type")
  const twice = [{ id: "r", territoryId: "t", when: {} }, { id: "r", territoryId: "u", when: {} }]
  expect(issuesOf({}, { rules: twice })).toEqual([["id-duplicate", 'rules[1].id: must be unique, but rules[0] has the same, got "r" (remove one or rename it)']])
})

test("what is wrong with a dimension is told", () => {
  const codes = (dimension: object | null) => issuesOf({}, { dimensions: { d: dimension } }).map(([code]) => code)
  expect(codes(null)).toEqual(["option-type"])
  expect(codes({ kind: "list" })).toEqual(["dimension-kind"])
  expect(codes({ kind: "set", min: 1 })).toEqual(["option-unknown"])
  expect(codes({ kind: "set", values: [] })).toEqual(["option-type"])
  expect(codes({ kind: "set", values: [1, ""], required: "yes" })).toEqual(["option-type", "value-type", "value-empty"])
  expect(codes({ kind: "number", min: 2, max: 1, field: 7 })).toEqual(["option-type", "range-empty"])
  expect(codes({ kind: "prefix", digits: 2.5 })).toEqual(["option-range"])
  expect(codes({ kind: "prefix", digits: 5, values: ["1"] })).toEqual(["option-conflict"])
  expect(issuesOf({}, { dimensions: {} }).map(([code]) => code)).toEqual(["option-type"])
})

test("values of accounts are of the kind of their dimension, and misspelt fields are no missing values", () => {
  const rules = [{ id: "r", territoryId: "t", when: {} }]
  const route = (account: object) => caught(() => routeAccounts([{ id: "a", ...account }], { dimensions, rules } as never)).issues.map(({ code, path }) => [code, path])
  expect(route({ industry: 7, employees: "12", zip: 50613 })).toEqual([["value-type", "accounts[0].employees"], ["value-type", "accounts[0].industry"], ["value-type", "accounts[0].zip"]])
  expect(route({ industy: "retail", employees: NaN })).toEqual([["value-type", "accounts[0].employees"], ["field-unknown", "dimensions.industry.field"]])
})

test("the budget and the number of findings are checked", () => {
  const call = (more: object) => caught(() => analyzeRules({ dimensions, rules: [{ id: "r", territoryId: "t", when: {} }], ...more } as never)).code
  expect([call({ budget: -1 }), call({ maxFindings: 0 }), call({ precedence: "first" }), call({ budgets: 1 })]).toEqual(["option-range", "option-range", "option-value", "option-unknown"])
})
