import type { Field } from "../../model/account.js"
import { TerritoryError } from "../../model/error.js"
import { issue } from "../../model/issue.js"
import type { Kpi } from "../kpi.js"
import { amountOf, readDefinition, valueOf } from "./read-record.js"

/** Which share of a period a row's rep, or store, was there: 1 all of it, 0.5 half. Default: 1. */
interface Staffed<R> {
  readonly staffedShare?: Field<R>
}

/**
 * Customer acquisition cost: what sales and marketing spent per new customer. A territory without any new customer has no cost, but a
 * bound: with 95 % it is above a third of what was spent (`atLeast`; with no event seen 3 may have been due).
 *
 * @param row `cost`: what was spent on winning customers, >= 0, one sales cycle before they came; `newCustomers`: how many came, a whole
 *   number; `allocation`: how shared cost is divided among territories: by what each spent itself (`direct`), by leads or by potential. It
 *   changes nothing here, but without it the figure means nothing, so it must be said
 * @returns a {@link Kpi} of kind `per-count`, of which lower is better
 * @throws TerritoryError for another allocation
 *
 * Source: rule of three, Hanley & Lippman-Hand, J. Am. Med. Assoc. 249, 1983.
 *
 * @example
 * const months = [{ rep: "ann", spent: 900, won: 3 }, { rep: "bob", spent: 600, won: 0 }]
 * const kpis = { cac: acquisitionCost({ cost: "spent", newCustomers: "won", allocation: "direct" }) }
 * comparePerformance(months, { territory: "rep", kpis }).territories.map((t) => [t.kpis.cac.value, Math.round(t.kpis.cac.atLeast ?? 0)]) // [[300, 0], [null, 200]]
 */
export function acquisitionCost<R>(row: { readonly cost: Field<R>; readonly newCustomers: Field<R>; readonly allocation: "direct" | "leads" | "potential" }): Kpi<R> {
  const { cost, newCustomers, allocation } = readDefinition(row, "acquisitionCost", ["cost", "newCustomers", "allocation"])
  choose(allocation, ["direct", "leads", "potential"], "allocation")
  return { kind: "per-count", better: "lower", numerator: cost, denominator: newCustomers }
}

/**
 * Growth of revenue: (now - before) / before over all rows that had revenue before; 0.05 is 5 % more. Rows without any before are new, and
 * left out: they are counted in the caution `no-before`.
 *
 * @param row `now` and `before`: revenue of two periods of the same length
 * @returns a {@link Kpi} of kind `ratio`
 * @throws TerritoryError, while comparing, for amounts that are missing
 *
 * @example
 * const stores = [{ rep: "ann", y1: 100, y2: 110 }, { rep: "ann", y1: 0, y2: 50 }, { rep: "ann", y1: 100, y2: 100 }]
 * comparePerformance(stores, { territory: "rep", kpis: { growth: revenueGrowth({ now: "y2", before: "y1" }) } }).kpis.growth.value // 0.05
 */
export function revenueGrowth<R>(row: { readonly now: Field<R>; readonly before: Field<R> }): Kpi<R> {
  const { now, before } = readDefinition(row, "revenueGrowth", ["now", "before"])
  const had = (record: R): boolean => valueOf(record, before, "before") > 0
  return { numerator: (record) => valueOf(record, now, "now") - valueOf(record, before, "before"), denominator: before, where: had, cautions: { "no-before": (record) => !had(record) } }
}

/**
 * Quota attainment: what was sold over the quota, prorated to the time that a rep was there; 1 is the quota. Rows without any quota are left out
 * and counted in the caution `no-quota`, those of less than the whole period in `part-year`.
 *
 * @param row `actual`; `quota`, >= 0, of the whole period; `staffedShare`, 0 to 1: which share of it the rep was there
 * @returns a {@link Kpi} of kind `ratio`
 * @throws TerritoryError, while comparing, for a share outside 0 to 1 or an amount that is missing
 *
 * @example
 * const reps = [{ rep: "ann", sold: 60, quota: 100, there: 0.5 }, { rep: "bob", sold: 90, quota: 100, there: 1 }]
 * const kpis = { attainment: quotaAttainment({ actual: "sold", quota: "quota", staffedShare: "there" }) }
 * comparePerformance(reps, { territory: "rep", kpis }).territories.map((t) => t.kpis.attainment.value) // [1.2, 0.9]
 */
export function quotaAttainment<R>(row: { readonly actual: Field<R>; readonly quota: Field<R> } & Staffed<R>): Kpi<R> {
  const own = readDefinition(row, "quotaAttainment", QUOTA_KEYS)
  return {
    numerator: own.actual,
    denominator: (record) => dueOf(record, own),
    where: (record) => dueOf(record, own) !== 0,
    cautions: { "no-quota": (record) => amountOf(record, own.quota, "quota") === 0, ...partYear(own) },
  }
}

/**
 * Quota participation: the share of reps at or above their quota, prorated to the time that they were there. Rows without any quota are left out
 * and counted in the caution `no-quota`.
 *
 * @param row as for {@link quotaAttainment}, one row a rep
 * @returns a {@link Kpi} of kind `proportion`
 * @throws TerritoryError, while comparing, for a share outside 0 to 1 or an amount that is missing
 *
 * @example
 * const reps = [{ region: "west", sold: 110, quota: 100 }, { region: "west", sold: 90, quota: 100 }]
 * comparePerformance(reps, { territory: "region", kpis: { onQuota: quotaParticipation({ actual: "sold", quota: "quota" }) } }).kpis.onQuota.value // 0.5
 */
export function quotaParticipation<R>(row: { readonly actual: Field<R>; readonly quota: Field<R> } & Staffed<R>): Kpi<R> {
  const own = readDefinition(row, "quotaParticipation", QUOTA_KEYS)
  const { where, cautions } = quotaAttainment(own)
  return { kind: "proportion", numerator: (record) => (valueOf(record, own.actual, "actual") >= dueOf(record, own) ? 1 : 0), ...(where && { where }), ...(cautions && { cautions }) }
}

/**
 * Revenue per call, per hour of selling, per full-time equivalent, or whatever it is divided by.
 *
 * @param row `revenue`; `per`: what it is divided by, >= 0; `staffedShare`, 0 to 1: rows below 1 are counted in the caution `part-year`. Give FTE
 *   that are prorated already, since the share only warns here
 * @returns a {@link Kpi} of kind `ratio`
 * @throws TerritoryError, while comparing, for a share outside 0 to 1
 *
 * @example
 * const weeks = [{ rep: "ann", sold: 900, calls: 30 }, { rep: "ann", sold: 100, calls: 20 }]
 * comparePerformance(weeks, { territory: "rep", kpis: { perCall: revenuePer({ revenue: "sold", per: "calls" }) } }).kpis.perCall.value // 20
 */
export function revenuePer<R>(row: { readonly revenue: Field<R>; readonly per: Field<R> } & Staffed<R>): Kpi<R> {
  const own = readDefinition(row, "revenuePer", ["revenue", "per", "staffedShare"])
  return { numerator: own.revenue, denominator: own.per, cautions: partYear(own) }
}

/**
 * Sales efficiency: what was earned over what selling cost. What "earned" is must be named, since 15 % more of an unnamed one means nothing.
 *
 * @param row `variant`: `revenue`, `gross-margin` or `net-new-arr` (recurring revenue won less lost); `amount`: that; `cost`: of sales, >= 0
 * @returns a {@link Kpi} of kind `ratio`
 * @throws TerritoryError for another variant
 *
 * @example
 * const months = [{ rep: "ann", margin: 300, cost: 100 }]
 * const kpis = { efficiency: salesEfficiency({ variant: "gross-margin", amount: "margin", cost: "cost" }) }
 * comparePerformance(months, { territory: "rep", kpis }).kpis.efficiency.value // 3
 */
export function salesEfficiency<R>(row: { readonly variant: "revenue" | "gross-margin" | "net-new-arr"; readonly amount: Field<R>; readonly cost: Field<R> }): Kpi<R> {
  const { variant, amount, cost } = readDefinition(row, "salesEfficiency", ["variant", "amount", "cost"])
  choose(variant, ["revenue", "gross-margin", "net-new-arr"], "variant")
  return { numerator: amount, denominator: cost }
}

const QUOTA_KEYS = ["actual", "quota", "staffedShare"] as const

/** The quota of the time that a rep was there. */
function dueOf<R>(record: R, row: { readonly quota: Field<R> } & Staffed<R>): number {
  return amountOf(record, row.quota, "quota") * staffedShare(record, row)
}

function staffedShare<R>(record: R, { staffedShare: field }: Staffed<R>): number {
  if (field === undefined) return 1
  const share = valueOf(record, field, "staffedShare")
  if (!(share >= 0 && share <= 1)) throw new TerritoryError([issue("share-range", typeof field === "string" ? field : "staffedShare", "must be from 0 to 1", share, "half of the period is 0.5")])
  return share
}

function partYear<R>(row: Staffed<R>): Record<string, (record: R) => boolean> {
  return row.staffedShare === undefined ? {} : { "part-year": (record) => staffedShare(record, row) < 1 }
}

function choose(value: unknown, known: readonly string[], name: string): void {
  if (!known.some((one) => one === value)) throw new TerritoryError([issue("option-type", name, `must be one of ${known.map((one) => `"${one}"`).join(", ")}`, value)])
}
