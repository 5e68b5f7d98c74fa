import { formatCount } from "../model/format-amount.js"
import type { Warning } from "../model/error.js"
import type { CaseSums } from "./compare/test-sums.js"
import type { KpiTable } from "./kpi-table.js"
import type { KpiValue } from "./performance-result.js"
import type { KpiColumns } from "./read-kpis.js"

/** From this many territories of one row each on, rows are a table of sums and no accident. */
const TABLE_ROWS = 3

/**
 * Which groups have few rows and yet cases enough to be judged from their sums: 60 of 120 in one row are 120 cases. Of a `proportion` of whole
 * numbers with `minimumRows` cases; of counts where as many events have come, or would at the rate of all. Where most groups have few rows, all
 * are judged so, for rows of one case and of hundreds cannot be exchanged. Not with clusters, which say that cases go together.
 *
 * @returns the values, without the flag of too few rows where that is no hindrance, and what is judged by sums; null: nothing
 */
export function judgeableSums(table: KpiTable, values: readonly KpiValue[], all: KpiValue, minimumRows: number): { readonly values: readonly KpiValue[]; readonly cases: CaseSums | null } {
  const { kind, effects, isClustered } = table
  if (kind === "ratio" || isClustered || all.value === null) return { values, cases: null }
  const isInverse = kind === "per-count"
  const groups = values.map(({ numerator, denominator }) => (isInverse ? { events: denominator, exposure: numerator } : { events: numerator, exposure: denominator }))
  const total = isInverse ? { events: all.denominator, exposure: all.numerator } : { events: all.numerator, exposure: all.denominator }
  const isWhole = kind !== "proportion" || areWhole(table)
  const isEnough = (events: number, exposure: number): boolean => (kind === "proportion" ? exposure : Math.max(events, (exposure * total.events) / total.exposure)) >= minimumRows
  const has = groups.map(({ events, exposure }, g) => isWhole && values[g].value !== null && exposure > 0 && isEnough(events, exposure) && isEnough(total.events - events, total.exposure - exposure))
  const few = values.filter(({ value, n }) => value !== null && n < minimumRows).length
  const isMost = 2 * few > values.filter(({ value }) => value !== null).length
  const isBySums = has.map((own, g) => own && (isMost || values[g].n < minimumRows))
  // rows of one case each have no more cases than rows
  if (!isBySums.some((own, g) => own && values[g].n < minimumRows)) return { values, cases: null }
  return {
    values: values.map((value, g) => (isBySums[g] && value.flag === "too-few-rows" ? { ...value, flag: null } : value)),
    cases: { law: kind === "proportion" ? "proportion" : "count", isInverse, groups, effects: effects.groups, isBySums },
  }
}

function areWhole({ numerators, denominators }: KpiTable): boolean {
  for (let i = 0; i < numerators.length; i++) if (!Number.isSafeInteger(numerators[i]) || !Number.isSafeInteger(denominators[i])) return false
  return true
}

/** What has to be known of verdicts from sums; and what to do about a table of sums that cannot be judged. */
export function sumWarnings({ name, kind }: KpiColumns, values: readonly KpiValue[], cases: CaseSums | null, minimumRows: number): Warning[] {
  const path = `kpis.${name}`
  if (cases !== null) {
    const count = cases.isBySums.filter(Boolean).length
    const what = kind === "proportion" ? "case" : "event"
    const message = `${path}: ${count} of ${values.length} territories are judged from their sums, as if every ${what} were independent of the others, for there are fewer than ${minimumRows} rows; where those of one customer go together, give a row for each and name the customer as cluster`
    return [{ code: "judged-from-sums", path, message }]
  }
  const known = values.filter(({ n }) => n > 0)
  if (known.length < TABLE_ROWS || !known.every(({ n }) => n === 1)) return []
  const remedy = kind === "ratio"
    ? 'where the numerator is a number of cases out of the denominator, say kind: "proportion"; where it counts events, kind: "count": then the sums are judged; else give a row for each deal or customer'
    : `give a row for each case, or more of them: ${formatCount(minimumRows, "case")} a territory and as many in the others`
  return [{ code: "rows-summed", path, message: `${path}: every territory has one row, which says nothing about chance, so none can be judged; ${remedy}` }]
}
