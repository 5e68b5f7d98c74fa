import fc from "fast-check"
import { expect, test } from "vitest"
import { analyzeRules, routeAccounts, type TerritoryRule } from "../../../src/coverage/index.js"
import { allRecords, ruleSets } from "../../helpers/naive-rules.js"

test("a witness of a prefix with so many digits is a whole code, not the prefix", () => {
  const { findings } = analyzeRules({
    dimensions: { zip: { kind: "prefix", digits: 5, required: true }, industry: { kind: "set", values: ["retail", "food"], required: true } },
    rules: [
      { id: "iowa", territoryId: "a", when: { zip: { prefixes: ["50"] }, industry: { values: ["retail"] } } },
      { id: "rest", territoryId: "b", when: { zip: { other: true } } },
    ],
  })
  expect(findings.map(({ witness }) => witness)).toEqual([{ zip: "50000", industry: "food" }])
})

test("where prefixes take OTHER, its zero and its one, the witness of all that is left begins with none of them", () => {
  for (const [taken, witness] of [[["O"], "0"], [["O", "0"], "1"], [["O", "0", "1", "2X"], "3"]] as const) {
    const { findings } = analyzeRules({ dimensions: { code: { kind: "prefix", required: true } }, rules: [{ id: "r", territoryId: "t", when: { code: { prefixes: taken } } }] })
    expect(findings.map((one) => one.witness)).toEqual([{ code: witness }])
  }
})

test("a gap that one attribute explains is named by that one, wherever it is declared", () => {
  const set = { kind: "set", values: ["in", "out"], required: true } as const
  const inside = { values: ["in"] }
  for (const names of [["a", "b", "c"], ["b", "a", "c"], ["b", "c", "a"]]) {
    const rules: TerritoryRule[] = [
      { id: "ab", territoryId: "t", when: { a: inside, b: inside } },
      { id: "ac", territoryId: "t", when: { a: inside, c: inside } },
      { id: "ad", territoryId: "t", when: { a: inside, b: { values: ["out"] }, c: { values: ["out"] } } },
    ]
    const { findings } = analyzeRules({ dimensions: Object.fromEntries(names.map((name) => [name, set])), rules })
    expect(findings.map(({ witness }) => witness)).toEqual([{ a: "out" }])
  }
})

test("as many gaps are listed as are asked for, and that there are more is said", () => {
  const dimensions = { size: { kind: "number", whole: true, required: true }, kind: { kind: "set" } } as const
  // each size is left out but for one kind of its own
  const rules = Array.from({ length: 9 }, (_, i) => ({ id: `r${i}`, territoryId: "t", when: { size: { ranges: [{ min: i, max: i }] }, kind: { values: [`k${i}`] } } }))
  const { findings, counts, isPartial } = analyzeRules({ dimensions, rules, maxFindings: 100 })
  expect([findings.length, isPartial]).toEqual([counts["rule-gap"], false])
  for (const maxFindings of [1, 3, 7]) {
    const some = analyzeRules({ dimensions, rules, maxFindings })
    expect([some.findings, some.counts["rule-gap"], some.isPartial]).toEqual([findings.slice(0, maxFindings), maxFindings, true])
  }
})

test("work is counted from nothing up to the budget, the more the more there is to do", () => {
  const { work } = analyzeRules({ dimensions: { size: { kind: "set", values: ["s"], required: true } }, rules: [{ id: "r", territoryId: "t", when: {} }] })
  expect(work.spent).toBeGreaterThan(0)
  fc.assert(fc.property(ruleSets, fc.integer({ min: 0, max: 400 }), (set, budget) => {
    const { spent } = analyzeRules({ ...set, budget }).work
    expect(spent >= 0 && spent <= budget).toBe(true)
  }), { numRuns: 30, seed: 11 })
})

test("a rule that never decides excuses accounts that the others exclude, and only then", () => {
  const analyze = (exclude: readonly string[]) =>
    analyzeRules({
      dimensions: { size: { kind: "set", values: ["s", "l"], required: true } },
      rules: [{ id: "all", territoryId: "a", rank: 1, when: {}, exclude }, { id: "small", territoryId: "b", rank: 2, when: { size: { values: ["s"] } } }],
    }).findings.find(({ code }) => code === "rule-unreachable")?.message
  expect(analyze([])).toBe('Rule "small" of "b" never decides: wherever it matches, "all" goes before it.')
  expect(analyze(["acme"])).toBe('Rule "small" of "b" never decides: wherever it matches, "all" goes before it but for accounts that these exclude.')
})

test("a list of rules that is empty is one issue of the list, whatever else is given", () => {
  for (const rules of [[], {}, null, "r", undefined]) {
    expect(() => analyzeRules({ dimensions: { size: { kind: "set" } }, rules: rules as never })).toThrow(expect.objectContaining({ code: "option-type", path: "rules", issueCount: 1 }) as Error)
  }
})

test("of several accounts with values that a dimension is declared not to have one is named and the others counted", () => {
  const dimensions = { size: { kind: "number", min: 0 } } as const
  const warn = (sizes: readonly number[]): string[] => routeAccounts(sizes.map((size, i) => ({ id: `a${i}`, size })), { dimensions, rules: [{ id: "r", territoryId: "t", when: {} }] }).warnings.map(({ message }) => message)
  expect(warn([1, 2])).toEqual([])
  expect(warn([-1, 2])[0]).toMatch(/^dimensions.size: account "a0" has -1, .* for it$/)
  expect(warn([-1, -2])[0]).toMatch(/^dimensions.size: account "a0" has -1, .* \(and 1 more account\)$/)
  expect(warn([5, -1, -2, -3])[0]).toMatch(/^dimensions.size: account "a1" has -1, .* \(and 2 more accounts\)$/)
})

test("rules that lose stand in the order in which they would have decided, those of one rank by id", () => {
  let seen = 0
  fc.assert(fc.property(ruleSets, (set) => {
    const placeOf = (id: string): number => (set.precedence === "list-order" ? set.rules.findIndex((rule) => rule.id === id) : (set.rules.find((rule) => rule.id === id)?.rank ?? Infinity))
    // "x" is a name that rules include
    for (const record of allRecords(set.dimensions).slice(0, 4)) {
      const { outranked } = routeAccounts([{ ...record, id: "x" }], set).decisions[0]
      expect(outranked).toEqual([...outranked].sort((a, b) => (placeOf(a) === placeOf(b) ? (a < b ? -1 : 1) : placeOf(a) - placeOf(b))))
      if (outranked.length > 1) seen++
    }
  }), { numRuns: 60, seed: 12 })
  expect(seen).toBeGreaterThan(20)
})

test("an inclusion that loses stands among the rules that lose, at its rank and id", () => {
  const rules: TerritoryRule[] = [
    { id: "a", territoryId: "t", rank: 1, include: ["x"] },
    { id: "m", territoryId: "u", rank: 2, when: {} },
    { id: "n", territoryId: "u", rank: 3, include: ["x"] },
    { id: "z", territoryId: "v", rank: 2, include: ["x"] },
  ]
  const { wonBy, outranked } = routeAccounts([{ id: "x", size: "s" }], { dimensions: { size: { kind: "set" } }, rules }).decisions[0]
  expect([wonBy, outranked]).toEqual([["a"], ["m", "z", "n"]])
})
