import fc from "fast-check"
import { expect, test } from "vitest"
import { analyzeRules, type AttributeRecord, type RuleFinding, type TerritoryRule } from "../../../src/coverage/index.js"
import { allRecords, deciding, isInPart, meetsAll, ruleSets, type RuleSet } from "../../helpers/naive-rules.js"

const NOBODY = "nobody's"
const territoriesOf = (rules: readonly TerritoryRule[]): string[] => [...new Set(rules.map((rule) => rule.territoryId))].sort()
const pairOf = (ids: readonly string[]): string => [...ids].sort().join()

/** What is true of a rule set, by looking at every record. */
function enumerate(set: RuleSet) {
  const records = allRecords(set.dimensions)
  const meeting = records.map((record) => set.rules.filter((rule) => meetsAll(record, rule, set.rules)))
  const outcomes = ["x", "y", NOBODY].flatMap((id) => records.map((record, i) => deciding(id, record, set, meeting[i])))
  const plain = records.map((record, i) => deciding(NOBODY, record, set, meeting[i]))
  const torn = plain.flatMap((rules) => rules.flatMap((a, i) => rules.slice(i + 1).flatMap((b) => (a.territoryId === b.territoryId ? [] : [pairOf([a.id, b.id])]))))
  const reached = new Set(plain.flatMap((rules) => rules.map(({ id }) => id)))
  const possible = set.rules.filter((rule) => meeting.some((rules) => rules.includes(rule)))
  return {
    records,
    isComplete: outcomes.every((rules) => rules.length > 0),
    isExclusive: outcomes.every((rules) => territoriesOf(rules).length < 2),
    hasGap: plain.some((rules) => rules.length === 0),
    torn: [...new Set(torn)].sort(),
    unreachable: possible.flatMap(({ id }) => (reached.has(id) ? [] : [id])),
    impossible: set.rules.flatMap((rule) => (possible.includes(rule) ? [] : [rule.id])),
  }
}

/** Whether every record that has the named attributes shows the finding. */
function isShown(finding: RuleFinding, names: readonly string[], set: RuleSet, records: readonly AttributeRecord[]): boolean {
  const named = Object.fromEntries(names.map((name) => [name, (finding.witness as AttributeRecord)[name]]))
  const seen = records.map((record) => deciding(finding.accountId ?? NOBODY, { ...record, ...named }, set))
  if (finding.code.endsWith("gap")) return seen.every((rules) => rules.length === 0)
  return seen.every((rules) => finding.ruleIds.every((id) => rules.some((rule) => rule.id === id)))
}

test("verdicts, pairs and rules are those of looking at every record; witnesses show what they say, and name only what matters", () => {
  const seen = { proved: 0, gaps: 0, overlaps: 0, unreachable: 0, together: 0, impossible: 0, exclusionGaps: 0, exclusionOverlaps: 0 }
  fc.assert(
    fc.property(ruleSets, (set) => {
      const truth = enumerate(set)
      const answer = analyzeRules({ ...set, maxFindings: 50 })
      expect(answer.undecided).toEqual([])
      expect([answer.complete, answer.exclusive]).toEqual([truth.isComplete, truth.isExclusive].map((is) => (is ? "proved" : "refuted")))
      const of = (...codes: string[]) => answer.findings.filter(({ code }) => codes.includes(code))
      expect(of("rule-gap").length > 0).toBe(truth.hasGap)
      expect(of("rule-overlap", "rank-tie").map(({ ruleIds }) => pairOf(ruleIds)).sort()).toEqual(truth.torn)
      expect(of("rule-unreachable").flatMap(({ ruleIds }) => ruleIds)).toEqual(truth.unreachable)
      expect(of("rule-impossible").flatMap(({ ruleIds }) => ruleIds)).toEqual(truth.impossible)

      const shown = of("rule-gap", "rule-overlap", "rank-tie", "exclusion-gap", "exclusion-overlap")
      const firsts = shown.filter(({ code }, f) => f === 0 || shown[f - 1].code !== code)
      for (const finding of firsts) {
        const names = Object.keys(finding.witness as AttributeRecord)
        expect(isShown(finding, names, set, truth.records)).toBe(true)
        for (const name of names) expect(isShown(finding, names.filter((other) => other !== name), set, truth.records), name).toBe(false)
        expect(Object.keys(finding.part as object)).toEqual(names)
        for (const record of truth.records.filter((one) => isInPart(one, finding.part ?? {}, set.rules))) {
          expect(isShown({ ...finding, witness: record }, Object.keys(set.dimensions), set, [record])).toBe(true)
        }
      }
      if (!answer.isPartial) {
        // the boxes are all gaps there are
        const parts = of("rule-gap").map(({ part }) => part ?? {})
        for (const record of truth.records) if (deciding(NOBODY, record, set).length === 0) expect(parts.some((part) => isInPart(record, part, set.rules))).toBe(true)
      }
      for (const { ruleIds, shadowedBy, isMinimal } of of("rule-unreachable")) {
        const own = truth.records.filter((record) => meetsAll(record, set.rules.find(({ id }) => id === ruleIds[0]) as TerritoryRule, set.rules))
        const covers = (ids: readonly string[]): boolean => own.every((record) => set.rules.some((rule) => ids.includes(rule.id) && meetsAll(record, rule, set.rules)))
        expect([covers(shadowedBy), isMinimal]).toEqual([true, true])
        for (const id of shadowedBy) expect(covers(shadowedBy.filter((other) => other !== id))).toBe(false)
        if (shadowedBy.length > 1) seen.together++
      }
      seen.proved += Number(truth.isComplete && truth.isExclusive)
      seen.gaps += of("rule-gap").length
      seen.overlaps += truth.torn.length
      seen.unreachable += truth.unreachable.length
      seen.impossible += truth.impossible.length
      seen.exclusionGaps += of("exclusion-gap").length
      seen.exclusionOverlaps += of("exclusion-overlap").length
    }),
    { numRuns: 1000, seed: 1 },
  )
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(2)
})

test("little work: what is answered is true, and what is left open depends on the box that is named", () => {
  const seen = { gaps: 0, rules: 0, answered: 0 }
  fc.assert(
    fc.property(ruleSets, fc.integer({ min: 0, max: 400 }), (set, budget) => {
      const plain = { ...set, rules: set.rules.map(({ include: _, exclude: __, ...rule }) => rule) }
      const truth = enumerate(plain)
      const answer = analyzeRules({ ...plain, budget })
      expect(answer.work.spent).toBeLessThanOrEqual(answer.work.budget)
      if (answer.complete !== "undecided") expect(answer.complete === "proved").toBe(truth.isComplete)
      if (answer.exclusive !== "undecided") expect(answer.exclusive === "proved").toBe(truth.isExclusive)
      if (answer.reachable !== "undecided") expect(answer.reachable === "proved").toBe(truth.unreachable.length + truth.impossible.length === 0)
      if (!answer.isPartial) seen.answered++
      for (const { question, ruleIds, part } of answer.undecided) {
        const inside = truth.records.filter((record) => isInPart(record, part, plain.rules)).map((record) => deciding(NOBODY, record, plain).map(({ id }) => id))
        expect(inside.length).toBeGreaterThan(0)
        if (question === "complete") {
          seen.gaps++
          expect(inside.every((ids) => ids.length > 0)).toBe(truth.isComplete)
        } else {
          seen.rules++
          const isSo = question === "exclusive" ? truth.torn.includes(pairOf(ruleIds)) : !truth.unreachable.includes(ruleIds[0])
          expect(inside.some((ids) => ruleIds.every((id) => ids.includes(id)))).toBe(isSo)
        }
      }
    }),
    { numRuns: 150, seed: 5 },
  )
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(10)
})

test("a hard set of rules ends undecided, with a box in which a larger budget finds the answer", () => {
  const members = ["a", "b", "c", "d", "e", "f"]
  const dimensions = Object.fromEntries([0, 1, 2, 3, 4, 5].map((d) => [`d${d}`, { kind: "set", values: members, required: true } as const]))
  let state = 1
  const draw = (below: number): number => (state = (state * 48271) % 2147483647) % below
  // each rule asks for about half of three dimensions: together they just cover all, or just do not
  const rules = Array.from({ length: 60 }, (_, r): TerritoryRule => {
    const first = draw(6)
    return { id: `r${r}`, territoryId: "t", when: Object.fromEntries([0, 1, 3].map((k) => [`d${(first + k) % 6}`, { values: members.filter(() => draw(2) === 0).concat(members[draw(6)]) }])) }
  })
  const short = analyzeRules({ dimensions, rules, budget: 2_000 })
  expect([short.complete, short.undecided.filter(({ question }) => question === "complete")]).toEqual(["undecided", [expect.objectContaining({ ruleIds: [], accountId: null })]])
  const inside = short.undecided[0].part
  const long = analyzeRules({ dimensions, rules })
  expect(long.complete).not.toBe("undecided")
  // rules for all that is outside of the box change nothing
  const outside = Object.entries(inside).map(([name, { values }], k): TerritoryRule => ({ id: `outside ${k}`, territoryId: "t", when: { [name]: { values: members.filter((value) => values?.includes(value) !== true) } } }))
  expect(analyzeRules({ dimensions, rules: [...rules, ...outside] }).complete).toBe(long.complete)
})

test("ten digits, each with a rule, are all there is; without `digits` other codes may come", () => {
  const rules = Array.from("0123456789", (digit) => ({ id: `r${digit}`, territoryId: digit, when: { zip: { prefixes: [digit] } } }))
  expect(analyzeRules({ dimensions: { zip: { kind: "prefix", digits: 5, required: true } }, rules })).toMatchObject({ complete: "proved", exclusive: "proved", reachable: "proved", findings: [] })
  const open = analyzeRules({ dimensions: { zip: { kind: "prefix" } }, rules })
  expect(open.findings.map(({ witness, part }) => [witness, part])).toEqual([[{ zip: "OTHER" }, { zip: { other: true, unspecified: true } }]])
  const split = analyzeRules({ dimensions: { zip: { kind: "prefix", digits: 2, required: true } }, rules: [{ id: "a", territoryId: "a", when: { zip: { prefixes: ["1"] } } }, ...rules.filter(({ id }) => id !== "r1").map((rule) => ({ ...rule, territoryId: "b" }))] })
  expect(split.complete).toBe("proved")
})

test("ends of ranges: what is closed twice overlaps in one number, what is open twice leaves one out, whole numbers leave no gap between 9 and 10", () => {
  const two = (left: object, right: object, whole = false) =>
    analyzeRules({ dimensions: { n: { kind: "number", whole, required: true } }, rules: [{ id: "l", territoryId: "l", when: { n: { ranges: [left] } } }, { id: "r", territoryId: "r", when: { n: { ranges: [right] } } }] })
  expect(two({ below: 10 }, { min: 10 })).toMatchObject({ complete: "proved", exclusive: "proved" })
  expect(two({ max: 10 }, { min: 10 }).findings).toMatchObject([{ code: "rule-overlap", witness: { n: 10 }, part: { n: { ranges: [{ min: 10, max: 10 }] } } }])
  expect(two({ below: 10 }, { above: 10 }).findings).toMatchObject([{ code: "rule-gap", witness: { n: 10 } }])
  expect(two({ max: 9 }, { min: 10 }).findings).toMatchObject([{ code: "rule-gap", witness: { n: 9.5 }, part: { n: { ranges: [{ above: 9, below: 10 }] } } }])
  expect(two({ max: 9 }, { min: 10 }, true)).toMatchObject({ complete: "proved", exclusive: "proved" })
  // no number lies between two that follow one another
  const next = 1 + Number.EPSILON
  expect(two({ max: 1 }, { min: next })).toMatchObject({ complete: "proved", exclusive: "proved" })
})

test("accounts that rules name are told apart", () => {
  const { findings, complete, exclusive } = analyzeRules({
    dimensions: { size: { kind: "set", values: ["s", "l"], required: true } },
    rules: [
      { id: "all", territoryId: "inside", rank: 3, when: {}, exclude: ["acme"] },
      { id: "key", territoryId: "key", rank: 1, include: ["bigco", "globex"] },
      { id: "own", territoryId: "north", rank: 1, include: ["globex"] },
    ],
  })
  expect([complete, exclusive]).toEqual(["refuted", "refuted"])
  expect(findings.map(({ code, accountId, message }) => [code, accountId, message])).toEqual([
    ["inclusion-overlap", "globex", 'Account "globex" is included by rules of several territories, none of which goes before the other: "key", "own".'],
    ["exclusion-gap", "acme", 'Account "acme" is excluded by "all": with any record no other rule matches.'],
  ])
})

test("a rule whose conditions cannot hold still has its inclusions, and is said to", () => {
  const { findings } = analyzeRules({
    dimensions: { size: { kind: "number", min: 0 } },
    rules: [{ id: "below", territoryId: "t", when: { size: { ranges: [{ below: 0 }] } }, include: ["acme"] }],
  })
  expect(findings.find(({ code }) => code === "rule-impossible")?.message).toBe('Rule "below" of "t" matches nothing: no account can have what it asks of size. Only its 1 inclusion will count.')
})

test("any number of findings may be asked for, and room for gaps grows as they are found", () => {
  const dimensions = { size: { kind: "number", whole: true, required: true }, kind: { kind: "set" } } as const
  // each number is left out but for one kind of its own, so that there are as many gaps as rules
  const rules = Array.from({ length: 100 }, (_, i) => ({ id: `r${i}`, territoryId: "t", when: { size: { ranges: [{ min: i, max: i }] }, kind: { values: [`k${i}`] } } }))
  const { findings, counts, isPartial } = analyzeRules({ dimensions, rules, maxFindings: Number.MAX_SAFE_INTEGER })
  expect(isPartial).toBe(false)
  expect(counts["rule-gap"]).toBeGreaterThan(64)
  expect(new Set(findings.map(({ part }) => JSON.stringify(part))).size).toBe(counts["rule-gap"])
})

test("codes of one digit are ten, and of two a hundred: what takes all but one leaves that one", () => {
  const ofDigits = (digits: number, prefixes: readonly string[]) =>
    analyzeRules({ dimensions: { code: { kind: "prefix", digits, required: true } }, rules: [{ id: "r", territoryId: "t", when: { code: { prefixes } } }] })
  const ten = [..."0123456789"]
  for (const digits of [1, 2, 15]) expect(ofDigits(digits, ten)).toMatchObject({ complete: "proved", findings: [] })
  for (const left of ten) {
    const others = ten.filter((one) => one !== left)
    expect(ofDigits(1, others)).toMatchObject({ complete: "refuted", findings: [{ code: "rule-gap", witness: { code: left } }] })
    expect(ofDigits(2, [...others, ...others.map((one) => left + one)]).findings).toMatchObject([{ code: "rule-gap", witness: { code: left + left } }])
  }
  expect(ofDigits(2, ten.flatMap((one) => ten.map((other) => one + other)))).toMatchObject({ complete: "proved" })
  for (const digits of [0, 16, 1.5, -1]) expect(() => ofDigits(digits, ["1"])).toThrow("dimensions.code.digits: must be a whole number from 1 to 15")
  expect(() => ofDigits(1, ["12"])).toThrow("must be of digits, 1 at most")
})

test("a witness of an open stretch is the whole number next to its end", () => {
  const witness = (range: { readonly min?: number; readonly max?: number; readonly below?: number }) =>
    analyzeRules({ dimensions: { n: { kind: "number", required: true } }, rules: [{ id: "r", territoryId: "t", when: { n: { ranges: [range] } } }] }).findings.map((one) => one.witness?.n)
  expect([witness({ min: 5 }), witness({ max: 5 }), witness({ min: 5.5 }), witness({ below: 5.5 })]).toEqual([[4], [6], [5], [5.5]])
})
