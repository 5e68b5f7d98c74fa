import fc from "fast-check"
import { expect, test } from "vitest"
import { checkCoverage, resolveCoverage, routeAccounts, type Dimensions, type TerritoryRule } from "../../../src/coverage/index.js"
import { caught } from "../../helpers/caught.js"
import { deciding, ruleSets, valuesOf } from "../../helpers/naive-rules.js"

const dimensions = {
  zip: { kind: "prefix", digits: 5 },
  employees: { kind: "number", min: 0, max: 100_000, whole: true },
  industry: { kind: "set", values: ["food", "retail", "metals"] },
} as const
const rules = [
  { id: "texas", territoryId: "TX", when: { zip: { prefixes: ["75", "76", "77"] } } },
  { id: "jersey", territoryId: "NJ", when: { zip: { prefixes: ["07", "08"] } } },
  { id: "key", territoryId: "key", rank: 1, when: { employees: { ranges: [{ min: 500 }] } } },
  { id: "food", territoryId: "food", rank: 2, when: { industry: { values: ["food"] } } },
] as const

test.each<[string, Record<string, unknown>, unknown, string, readonly string[] | null]>([
  ["lost its leading zero", { zip: "7601" }, "07601", 'zip "7601" is not made of 5 digits: were leading zeros lost? "07601" would go to "NJ".', ["NJ"]],
  ["lost two", { zip: "801" }, "00801", 'zip "801" is not made of 5 digits: were leading zeros lost? "00801" would meet no rule.', []],
  ["has a letter O", { zip: "0703O" }, "07030", 'zip "0703O" is not made of 5 digits: was the letter O typed for the digit 0? "07030" would go to "NJ".', ["NJ"]],
  ["is a ZIP+4", { zip: "76001-1234" }, "76001", 'zip "76001-1234" is not made of 5 digits: is it a ZIP+4 code? "76001" would go to "TX".', ["TX"]],
  ["is a ZIP+4 that lost its zero", { zip: "7601-1234" }, "07601", 'zip "7601-1234" is not made of 5 digits: is it a ZIP+4 code, and were leading zeros lost? "07601" would go to "NJ".', ["NJ"]],
  ["was read as a number", { zip: "76010.0" }, "76010", 'zip "76010.0" is not made of 5 digits: was it read as a number with decimals? "76010" would go to "TX".', ["TX"]],
  ["has spaces", { zip: " 07 030" }, "07030", 'zip " 07 030" is not made of 5 digits: were spaces added? "07030" would go to "NJ".', ["NJ"]],
  ["is full-width", { zip: "\uff10\uff17\uff10\uff13\uff10" }, "07030", 'zip "\uff10\uff17\uff10\uff13\uff10" is not made of 5 digits: was it typed in full-width characters? "07030" would go to "NJ".', ["NJ"]],
  ["ends with an invisible character", { zip: "07030\u200b" }, "07030", 'zip "07030\\u200b" is not made of 5 digits: were invisible characters added? "07030" would go to "NJ".', ["NJ"]],
  ["is no code", { zip: "NJ" }, null, 'zip "NJ" is not made of 5 digits: what was meant?', null],
  ["is below the least", { employees: -5 }, 5, 'employees -5 is below min 0: was 5 meant? 5 would meet no rule.', []],
  ["is below the least, a large account", { employees: -900 }, 900, 'employees -900 is below min 0: was 900 meant? 900 would go to "key".', ["key"]],
  ["is above the most", { employees: 1e6 }, null, "employees 1000000 is above max 100000: is it in another unit?", null],
  ["is no whole number", { employees: 1.5 }, null, "employees 1.5 is not a whole number: is it an average?", null],
  ["is in other case", { industry: "Food" }, "food", 'industry "Food" is not among the declared values: did you mean "food"? "food" would go to "food".', ["food"]],
  ["is misspelt", { industry: "retial" }, "retail", 'industry "retial" is not among the declared values: did you mean "retail"? "retail" would meet no rule.', []],
  ["is unknown", { industry: "banking" }, null, 'industry "banking" is not among the declared values: what was meant?', null],
])("a value that %s decides nothing, and is asked about", (_, fields, meant, why, wouldGoTo) => {
  const accounts = [{ id: "a", zip: null, employees: null, industry: null, revenue: 3, ...fields }, { id: "b", zip: "77001", employees: 1, industry: "metals", revenue: 4 }]
  const routed = routeAccounts(accounts, { dimensions, rules, measures: { revenue: "revenue" } })
  const [decision] = routed.decisions
  expect(decision).toMatchObject({ territoryIds: [], reason: "value-excluded", wonBy: [], outranked: [], excludedBy: [], nearestMiss: null, wouldGoTo })
  expect(decision.excludedValues).toMatchObject([{ dimension: Object.keys(fields)[0], value: Object.values(fields)[0], meant }])
  expect(decision.message).toBe(`Account "a" was not decided: ${why}`)
  expect(routed.alignment).toEqual([{ accountId: "b", territoryId: "TX" }])
  expect(routed.gaps).toEqual([decision])
  expect(routed.summary).toMatchObject({ routedCount: 1, gapCount: 1, excludedCount: 1, conflictCount: 0, measures: { revenue: { total: 7, inGaps: 3 } } })

  // the question reaches coverage
  const coverage = checkCoverage(accounts, routed.alignment, { located: routed, measures: { revenue: "revenue" } })
  expect(coverage.findings.map(({ code, message }) => [code, message])).toEqual([["value-excluded", `Account "a" (revenue 3) has no territory: ${why}`]])
  expect(coverage).toMatchObject({ complete: false, exclusive: true, summary: { gapCount: 1, counts: { "value-excluded": 1 } } })
  // nobody guesses
  const resolved = resolveCoverage(accounts.map((one, i) => ({ ...one, x: i, y: 0 })), routed.alignment, { located: routed })
  expect([resolved.proposals, resolved.remaining.map(({ code }) => code)]).toEqual([[], ["value-excluded"]])
})

test("what is missing though required, what several values exclude, and where corrected values tie", () => {
  const strict = { ...dimensions, zip: { ...dimensions.zip, required: true } } as const
  const torn = [...rules, { id: "jersey, too", territoryId: "north", when: { zip: { prefixes: ["07"] } } }] as const
  const rows = [{ id: "a", zip: "", employees: 3, industry: "food" }, { id: "b", zip: "7601", employees: 3, industry: "METALS" }, { id: "c", zip: "7601", employees: -3.5, industry: null }]
  expect(routeAccounts(rows, { dimensions: strict, rules: torn }).decisions.map(({ message }) => message)).toEqual([
    'Account "a" was not decided: zip is missing, though it is required: what is it?',
    'Account "b" was not decided: industry "METALS" is not among the declared values: did you mean "metals"? zip "7601" is not made of 5 digits: were leading zeros lost? "metals", "07601" would be torn between "NJ", "north".',
    'Account "c" was not decided: employees -3.5 is below min 0: is it in another unit? zip "7601" is not made of 5 digits: were leading zeros lost?',
  ])
})

test("inclusions decide, whatever the values; dimensions that no rule asks for are passed over", () => {
  const named = [...rules, { id: "chosen", territoryId: "west", include: ["a"] }] as const
  const [included] = routeAccounts([{ id: "a", zip: "7601", employees: 1, industry: "food" }], { dimensions, rules: named }).decisions
  expect(included).toMatchObject({ territoryIds: ["west"], reason: "inclusion", excludedValues: [], wouldGoTo: null })
  const { decisions, summary, warnings } = routeAccounts([{ id: "a", zip: "7601", employees: 900, industry: "food" }], { dimensions, rules: rules.slice(2) })
  expect(decisions[0]).toMatchObject({ territoryIds: ["key"] })
  expect(summary.excludedCount).toBe(0)
  expect(warnings.map(({ code }) => code)).toEqual(["value-undeclared"])
})

test("who has a territory by other means is not found; an account of its rows is found elsewhere as before", () => {
  const accounts = [{ id: "a", zip: "7601" }, { id: "b", zip: "07030" }]
  const routed = routeAccounts(accounts, { dimensions: { zip: dimensions.zip }, rules: rules.slice(0, 2) as readonly TerritoryRule[] })
  const alignment = [{ accountId: "a", territoryId: "NJ" }, { accountId: "b", territoryId: "TX" }]
  expect(checkCoverage(accounts, alignment, { located: routed }).findings.map(({ code, accountId }) => [code, accountId])).toEqual([["account-elsewhere", "b"]])
  expect(checkCoverage(accounts, alignment, { located: JSON.parse(JSON.stringify(routed)) })).toEqual(checkCoverage(accounts, alignment, { located: routed }))
  expect(checkCoverage(accounts, alignment, { located: routed.alignment }).findings).toEqual(checkCoverage(accounts, alignment, { located: routed }).findings)
})

test.each<[string, unknown, string]>([
  ["decisions that are none", { alignment: [], decisions: [3] }, "located.decisions"],
  ["excluded values that are none", { alignment: [], decisions: [{ accountId: "a", reason: "value-excluded", excludedValues: [{}], wouldGoTo: null }] }, "located.decisions"],
  ["rows that are none", { alignment: "rows", decisions: [] }, "located.alignment"],
  ["an unknown account", { alignment: [{ accountId: "z", territoryId: "t" }] }, "located.alignment[0].accountId"],
])("located with %s cannot be used", (_, located, path) => {
  expect(caught(() => checkCoverage([{ id: "a" }], [], { located: located as never }))).toMatchObject({ path })
})

test("the switch is one of two", () => {
  expect(caught(() => routeAccounts([{ id: "a", zip: "1" }], { dimensions, rules, excludedValues: "guess" as never }))).toMatchObject({ code: "option-value", path: "excludedValues" })
})

/** Whether a dimension may have a value, by definition. */
function mayHave(dimension: Dimensions<unknown>[string], value: string | number | null): boolean {
  if (value === null) return dimension.required !== true
  if (dimension.kind === "number") return (value as number) >= (dimension.min ?? -Infinity) && (value as number) <= (dimension.max ?? Infinity) && (dimension.whole !== true || Number.isInteger(value))
  if (dimension.kind === "prefix" && dimension.digits !== undefined) return new RegExp(`^[0-9]{${dimension.digits}}$`).test(value as string)
  return dimension.values === undefined || dimension.values.includes(value as string)
}

test("on random rules an account is left out exactly where a dimension that is asked for excludes its value; the switch restores the old way", () => {
  let [left, decided, foreseen] = [0, 0, 0]
  fc.assert(
    fc.property(ruleSets, fc.array(fc.nat(999), { minLength: 36, maxLength: 36 }), (set, picks) => {
      let next = 0
      const odd: Record<string, readonly (string | number | null)[]> = { s: ["A", "q", "c ", null], n: [-1, 9, 0.5, null], p: ["1", "O1", "111", "x", null] }
      const rows = Array.from({ length: 12 }, (_, i) => {
        const pick = <T>(list: readonly T[]): T => list[picks[next++ % picks.length] % list.length]
        const fields = Object.entries(set.dimensions).map(([name, dimension]) => [name, pick([...valuesOf(dimension), ...(odd[name[0]] ?? [null])])])
        return { ...Object.fromEntries(fields), id: i === 0 ? "x" : `a${i}` } as { id: string } & Record<string, string | number | null>
      })
      const { decisions, summary } = routeAccounts(rows, set)
      const old = routeAccounts(rows, { ...set, excludedValues: "decide" }).decisions
      rows.forEach((row, i) => {
        const { id, ...record } = row
        const byRule = (of: Record<string, string | number | null>): string[] => [...new Set(deciding(id, of, set).map((rule) => rule.territoryId))].sort()
        expect(old[i].territoryIds.join()).toBe(byRule(record).join())
        const excluded = Object.entries(set.dimensions).filter(([name, dimension]) => set.rules.some(({ when }) => when?.[name] !== undefined) && !mayHave(dimension, row[name] ?? null)).map(([name]) => name).sort()
        const isLeft = excluded.length > 0 && !set.rules.some(({ include }) => include?.includes(id))
        expect(decisions[i].reason === "value-excluded").toBe(isLeft)
        if (!isLeft) {
          decided++
          expect(JSON.stringify(decisions[i])).toBe(JSON.stringify(old[i]))
          return
        }
        left++
        expect(decisions[i].excludedValues.map(({ dimension }) => dimension)).toEqual(excluded)
        expect(decisions[i].territoryIds).toEqual([])
        for (const { dimension, meant } of decisions[i].excludedValues) if (meant !== null) expect(mayHave(set.dimensions[dimension], meant)).toBe(true)
        if (decisions[i].wouldGoTo === null) return
        foreseen++
        expect(decisions[i].wouldGoTo).toEqual(byRule({ ...record, ...Object.fromEntries(decisions[i].excludedValues.map(({ dimension, meant }) => [dimension, meant])) }))
      })
      expect(summary.excludedCount).toBe(decisions.filter(({ reason }) => reason === "value-excluded").length)
      expect(summary.gapCount).toBe(decisions.filter(({ territoryIds }) => territoryIds.length === 0).length)
    }),
    { numRuns: 60, seed: 11 },
  )
  expect(left).toBeGreaterThan(100)
  expect(decided).toBeGreaterThan(100)
  expect(foreseen).toBeGreaterThan(20)
})
