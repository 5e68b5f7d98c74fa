import fc from "fast-check"
import { expect, test } from "vitest"
import { analyzeRules, checkCoverage, routeAccounts, type TerritoryRule } from "../../../src/coverage/index.js"
import { keyOfPoint } from "../../../src/coverage/rules/decide-account.js"
import { allRecords, deciding, meetsAll, ruleSets } from "../../helpers/naive-rules.js"

const dimensions = { industry: { kind: "set" }, employees: { kind: "number", field: "staff", whole: true }, zip: { kind: "prefix", digits: 5 } } as const
const rules = [
  { id: "large", territoryId: "key", rank: 1, when: { employees: { ranges: [{ min: 500 }] } }, include: ["chosen"], exclude: ["spared"] },
  { id: "iowa", territoryId: "west", rank: 2, when: { zip: { prefixes: ["50", "51"] } } },
  { id: "ames", territoryId: "ames", rank: 1, when: { zip: { prefixes: ["5001"] }, industry: { values: ["retail"], unspecified: true } } },
  { id: "rest", territoryId: "inside", rank: 3, when: { industry: { other: true } } },
] as const
const accounts = [
  { id: "plain", zip: "50613", staff: 12, industry: "retail", revenue: 1 },
  { id: "big", zip: "50613", staff: 500, industry: "retail", revenue: 2 },
  { id: "torn", zip: "50010", staff: 501, industry: null, revenue: 4 },
  { id: "chosen", zip: "50010", staff: 1, industry: "retail", revenue: 8 },
  { id: "spared", zip: "10001", staff: 900, industry: "", revenue: 16 },
  { id: "gone", zip: "10001", staff: null, industry: "retail", revenue: 32 },
  { id: "other", zip: null, industry: "farming", revenue: 64 },
]

test("every account has its path: who matched, who decided and why, and what nearly matched", () => {
  const { decisions, alignment, gaps, conflicts, rules: routed, summary, warnings } = routeAccounts(accounts, { dimensions, rules, measures: { revenue: "revenue" } })
  expect(decisions.map(({ message }) => message)).toEqual([
    'Account "plain" goes to "west" by rule "iowa".',
    'Account "big" goes to "key" by rule "large", before "iowa".',
    'Account "torn" is torn between "ames", "key": of rules "ames", "large" none goes before the other.',
    'Account "chosen" goes to "key": rule "large" includes it, before "ames" and 1 more.',
    'Account "spared" meets no rule but "large" of "key", which excludes it.',
    'Account "gone" meets no rule; nearest is "ames" of "ames", which fails on zip "10001".',
    'Account "other" goes to "inside" by rule "rest".',
  ])
  expect(decisions.map(({ reason }) => reason)).toEqual(["only-match", "precedence", "tie", "inclusion", "no-match", "no-match", "only-match"])
  expect(decisions[3]).toMatchObject({ territoryIds: ["key"], wonBy: ["large"], outranked: ["ames", "iowa"], excludedBy: [], nearestMiss: null })
  expect(decisions[4]).toMatchObject({ excludedBy: ["large"], nearestMiss: { ruleId: "large", territoryId: "key", failed: [] } })
  expect(decisions[5].nearestMiss).toEqual({ ruleId: "ames", territoryId: "ames", failed: [{ dimension: "zip", value: "10001" }] })
  expect([gaps.map((one) => one.accountId), conflicts.map((one) => one.accountId)]).toEqual([["gone", "spared"], ["torn"]])
  expect(routed).toEqual([
    { id: "ames", territoryId: "ames", matchedCount: 2, wonCount: 1 },
    { id: "iowa", territoryId: "west", matchedCount: 4, wonCount: 1 },
    { id: "large", territoryId: "key", matchedCount: 3, wonCount: 3 },
    { id: "rest", territoryId: "inside", matchedCount: 1, wonCount: 1 },
  ])
  expect(summary).toEqual({ accountCount: 7, routedCount: 4, gapCount: 2, excludedCount: 0, conflictCount: 1, measures: { revenue: { total: 127, inGaps: 48, inConflicts: 4 } } })
  expect(warnings).toEqual([])
  expect(checkCoverage(accounts, alignment).summary).toMatchObject({ gapCount: 2, overlapCount: 1, coveredCount: 5 })
})

test("decisions are those of the definition, rule by rule and record by record", () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(ruleSets, (set) => {
      const records = allRecords(set.dimensions)
      // every record under a name of its own, and a few under names that rules know
      const known = [records[0], records[records.length >> 1]].map((record, k) => ({ ...record, id: k === 0 ? "x" : "y" }))
      const rows = [...records.map((record, i) => ({ ...record, id: `a${i}` })), ...known]
      const { decisions, rules: routed } = routeAccounts(rows, set)
      const matched = new Map<string, number>()
      rows.forEach((row, i) => {
        const { id, ...record } = row as { id: string; [name: string]: string | number | null }
        const winners = deciding(id, record, set)
        const { territoryIds, wonBy, outranked, excludedBy, nearestMiss, reason } = decisions[i]
        seen.add(reason)
        expect([wonBy, territoryIds]).toEqual([winners.map((rule) => rule.id), [...new Set(winners.map((rule) => rule.territoryId))].sort()])
        const meeting = set.rules.filter((rule) => meetsAll(record, rule, set.rules))
        const free = set.rules.filter((rule) => rule.include?.includes(id) === true || (meeting.includes(rule) && rule.exclude?.includes(id) !== true))
        expect([...wonBy, ...outranked].sort()).toEqual(free.map((rule) => rule.id))
        expect(excludedBy).toEqual(meeting.flatMap((rule) => (rule.exclude?.includes(id) === true ? [rule.id] : [])))
        for (const rule of free) matched.set(rule.id, (matched.get(rule.id) ?? 0) + 1)
        expect(nearestMiss !== null).toBe(winners.length === 0)
        if (nearestMiss !== null) {
          // no rule fails on fewer: conditions taken one by one
          const failures = set.rules.map((rule) => Object.entries(rule.when ?? {}).filter(([name, when]) => !meetsAll(record, { ...rule, when: { [name]: when } }, set.rules)).length)
          expect(nearestMiss.failed.length).toBe(Math.min(...failures))
        }
      })
      expect(routed.map(({ id, matchedCount }) => [id, matchedCount])).toEqual(set.rules.map(({ id }) => [id, matched.get(id) ?? 0]))
    }),
    { numRuns: 40, seed: 2 },
  )
  expect(seen.size).toBe(6)
})

test("rules travel as JSON; the order of accounts, rules, dimensions and members changes nothing", () => {
  fc.assert(
    fc.property(ruleSets.filter(({ precedence }) => precedence === "rank"), (set) => {
      const rows = allRecords(set.dimensions).map((record, i) => ({ ...record, id: `a${i}` }))
      const turned = {
        ...set,
        dimensions: Object.fromEntries(Object.entries(set.dimensions).reverse()),
        rules: [...set.rules].reverse().map((rule) => ({ ...rule, when: Object.fromEntries(Object.entries(rule.when ?? {}).reverse()) })),
      }
      const sent = JSON.parse(JSON.stringify(set)) as typeof set
      const [one, other, copy] = [set, turned, sent].map((each) => JSON.stringify([analyzeRules(each), routeAccounts(rows, each)]))
      expect(other).toBe(one)
      expect(copy).toBe(one)
      const byId = new Map(routeAccounts([...rows].reverse(), set).decisions.map((decision) => [decision.accountId, decision]))
      expect(routeAccounts(rows, set).decisions.every((decision) => JSON.stringify(byId.get(decision.accountId)) === JSON.stringify(decision))).toBe(true)
    }),
    { numRuns: 20, seed: 3 },
  )
})

test("odd accounts are told: undeclared values, a field that nobody has, names that nobody bears, territories without a rule", () => {
  const odd = [{ id: "a", staff: 1.5, zip: "5061" }, { id: "b", staff: 3, zip: "50613" }]
  const { warnings, decisions } = routeAccounts(odd, { dimensions, rules, territories: ["key", "west", "ames", "inside", "north"] })
  expect(warnings.map(({ code, message }) => [code, message])).toEqual([
    ["field-absent", 'dimensions.industry: no account has the field "industry"; all count as unspecified'],
    ["value-undeclared", 'dimensions.employees: account "a" has 1.5, which the dimension is declared not to have; what is proved of the rules does not hold for it'],
    ["value-undeclared", 'dimensions.zip: account "a" has "5061", which the dimension is declared not to have; what is proved of the rules does not hold for it'],
    ["id-unknown", 'rules: account "chosen" is included or excluded, but is not among the accounts (and 1 more such id)'],
    ["territory-without-rule", 'territories: no rule leads to "north"'],
  ])
  expect(decisions.map(({ territoryIds }) => territoryIds)).toEqual([[], ["west"]])
  expect(routeAccounts(odd, { dimensions, rules, excludedValues: "decide" }).decisions.map(({ territoryIds }) => territoryIds)).toEqual([["west"], ["west"]])
})

test("5,000 accounts and 500 rules are routed at once (bench/rules.js has 100,000)", () => {
  const many = Array.from({ length: 500 }, (_, r): TerritoryRule => ({
    id: `r${r}`,
    territoryId: `t${r % 50}`,
    rank: r,
    when: { zip: { prefixes: [String(100 + r).slice(0, 2), String(100 + r)] }, employees: { ranges: [{ min: r, below: 4 * r + 100 }] }, industry: { values: [`i${r % 20}`, `i${r % 7}`] } },
  }))
  const rows = Array.from({ length: 5_000 }, (_, i) => ({ id: `a${i}`, zip: String(10_000 + ((i * 7919) % 90_000)), staff: (i * 104_729) % 2_000, industry: `i${i % 23}` }))
  const { summary } = routeAccounts(rows, { dimensions, rules: many })
  expect(summary.routedCount).toBeGreaterThan(500)
  expect(summary.gapCount).toBeGreaterThan(500)
}, 20_000)

test("no two points share a path, however many classes there are", () => {
  const points = [[0, 1], [65536, 1], [0, 65537], [65535, 65535], [6, 5536]]
  expect(new Set(points.map(keyOfPoint)).size).toBe(points.length)
})
