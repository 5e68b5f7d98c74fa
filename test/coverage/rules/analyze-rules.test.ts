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
  const outcomes = ["x", "y", NOBODY].flatMap((id) => records.map((record) => deciding(id, record, set)))
  const plain = records.map((record) => deciding(NOBODY, record, set))
  const torn = plain.flatMap((rules) => rules.flatMap((a, i) => rules.slice(i + 1).flatMap((b) => (a.territoryId === b.territoryId ? [] : [pairOf([a.id, b.id])]))))
  const reached = new Set(plain.flatMap((rules) => rules.map(({ id }) => id)))
  const possible = set.rules.filter((rule) => records.some((record) => meetsAll(record, rule, set.rules)))
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

      for (const finding of of("rule-gap", "rule-overlap", "rank-tie", "exclusion-gap", "exclusion-overlap")) {
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
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(5)
})
