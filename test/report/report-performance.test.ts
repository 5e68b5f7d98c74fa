import { expect, test } from "vitest"
import { comparePerformance, type KpiFlag, partitionAccounts, renderReport } from "../../src/index.js"

const said: Readonly<Record<KpiFlag, string>> = {
  "no-denominator": "nothing to divide by",
  "out-of-range": "beyond the range of numbers",
  "rows-alike": "all rows alike",
  "too-few-rows": "too few rows",
  "too-few-clusters": "too few clusters",
  "rows-skewed": "too few rows for their skewness",
}

test.each([
  ["no-denominator", { sales: 5, days: 0 }],
  ["out-of-range", { sales: 1e200, days: 1e-200 }],
  ["too-few-rows", { sales: 5, days: 2 }],
] as const)("a page says in words why a figure is missing or weak: %s", (flag, record) => {
  const accounts = [{ id: "a", x: 0, y: 0, work: 1 }]
  const plan = partitionAccounts(accounts, { territories: 1, measures: { work: { value: "work" } } })
  const verdict = comparePerformance([{ ...record, territory: "t1" }], { territory: "territory", kpis: { perDay: { numerator: "sales", denominator: "days" } } })
  expect(verdict.territories[0].kpis.perDay.flag).toBe(flag)
  expect(renderReport({ accounts, plan, verdict })).toContain(`too little data (${said[flag]})`)
})
