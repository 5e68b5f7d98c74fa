import type { Field } from "../../model/account.js"
import type { Kpi } from "../kpi.js"
import { amountOf, readTest, readDefinition, valueOf, type RecordTest } from "./read-record.js"

/**
 * Market penetration by accounts: customers of the accounts that could be customers. One row an account.
 *
 * @param account `isCustomer`; `isAddressable`: whether it could be one, default all. A customer outside counts in the caution
 *   `exceeds-market`: either list is wrong
 * @returns a {@link Kpi} of kind `proportion`
 * @throws TerritoryError, while comparing, for an answer that is not true or false
 *
 * @example
 * const accounts = [{ t: "n", buys: true }, { t: "n", buys: false }, { t: "n", buys: false }, { t: "n", buys: false }]
 * comparePerformance(accounts, { territory: "t", kpis: { share: marketPenetration({ isCustomer: "buys" }) } }).kpis.share.value // 0.25
 */
export function marketPenetration<R>(account: { readonly isCustomer: RecordTest<R>; readonly isAddressable?: RecordTest<R> }): Kpi<R> {
  const own = readDefinition(account, "marketPenetration", ["isCustomer", "isAddressable"])
  const isCustomer = readTest(own.isCustomer, "isCustomer")
  const numerator = (record: R): number => (isCustomer(record) ? 1 : 0)
  if (own.isAddressable === undefined) return { kind: "proportion", numerator }
  const isAddressable = readTest(own.isAddressable, "isAddressable")
  return { kind: "proportion", numerator, where: isAddressable, cautions: { "exceeds-market": (record) => isCustomer(record) && !isAddressable(record) } }
}

/**
 * Share of potential: revenue over what could be sold. Rows above 1 are counted in the caution `exceeds-potential`: their potential is
 * too low.
 *
 * @param row `revenue`; `potential`, >= 0, in the same unit
 * @returns a {@link Kpi} of kind `ratio`
 * @throws TerritoryError, while comparing, for amounts that are missing
 *
 * @example
 * const stores = [{ t: "n", sold: 30, could: 100 }, { t: "n", sold: 20, could: 10 }]
 * const kpis = { share: potentialShare({ revenue: "sold", potential: "could" }) }
 * const all = comparePerformance(stores, { territory: "t", kpis }).kpis.share
 * all.value // 0.45454545454545453
 * all.cautions // [{ code: "exceeds-potential", rowCount: 1 }]
 */
export function potentialShare<R>(row: { readonly revenue: Field<R>; readonly potential: Field<R> }): Kpi<R> {
  const { revenue, potential } = readDefinition(row, "potentialShare", ["revenue", "potential"])
  return {
    numerator: revenue,
    denominator: potential,
    cautions: { "exceeds-potential": (record) => valueOf(record, revenue, "revenue") > valueOf(record, potential, "potential") },
  }
}

/**
 * Potential index (brand development index): 100 times the share of a territory in sales over its share in potential; 100 is its fair share.
 *
 * @param row `sales`; `potential`, >= 0
 * @returns a {@link Kpi} of kind `ratio`, `indexed`
 * @throws never itself; amounts that are missing are issues while comparing
 *
 * Not suitable for territories of little potential without a look at the interval.
 *
 * @example
 * const stores = [{ t: "n", sold: 30, could: 100 }, { t: "s", sold: 10, could: 100 }]
 * const kpis = { index: potentialIndex({ sales: "sold", potential: "could" }) }
 * comparePerformance(stores, { territory: "t", kpis }).territories.map((t) => t.kpis.index.value) // [150, 50]
 */
export function potentialIndex<R>(row: { readonly sales: Field<R>; readonly potential: Field<R> }): Kpi<R> {
  const { sales, potential } = readDefinition(row, "potentialIndex", ["sales", "potential"])
  return { numerator: sales, denominator: potential, indexed: true }
}

/**
 * Coverage compliance: visits made of those planned. Visits beyond a row's plan do not make up for others missed: they are left out, and
 * counted in the caution `beyond-plan`. Compare by tier with `segment`.
 *
 * @param row `made` and `planned`: visits, >= 0; one row an account and period
 * @returns a {@link Kpi} of kind `proportion`
 * @throws TerritoryError, while comparing, for visits that are missing
 *
 * Visits of an account are mostly made or mostly missed together, in one period and in the next: with several rows an account name it as `cluster`.
 *
 * @example
 * const accounts = [{ t: "n", account: "a1", made: 5, plan: 4 }, { t: "n", account: "a2", made: 1, plan: 4 }]
 * const kpis = { visits: coverageCompliance({ made: "made", planned: "plan" }) }
 * comparePerformance(accounts, { territory: "t", kpis, cluster: "account" }).kpis.visits.value // 0.625
 */
export function coverageCompliance<R>(row: { readonly made: Field<R>; readonly planned: Field<R> }): Kpi<R> {
  const { made, planned } = readDefinition(row, "coverageCompliance", ["made", "planned"])
  return {
    kind: "proportion",
    numerator: (record) => Math.min(amountOf(record, made, "made"), amountOf(record, planned, "planned")),
    denominator: planned,
    cautions: { "beyond-plan": (record) => amountOf(record, made, "made") > amountOf(record, planned, "planned") },
  }
}
