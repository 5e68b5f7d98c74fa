import type { Field } from "../../model/account.js"
import { TerritoryError, throwIssues, type Issue } from "../../model/error.js"
import { readDay } from "../../model/day.js"
import { issue, NOTHING } from "../../model/issue.js"
import type { Kpi } from "../kpi.js"
import { readTest, fieldValue, readDefinition, valueOf, type RecordTest } from "./read-record.js"

/** How a deal is told won, lost or open. */
export interface DealOutcome<R> {
  /** Whether the deal is won. */
  readonly won: RecordTest<R>
  /** Whether it is lost. What is neither is open, and left out. */
  readonly lost: RecordTest<R>
}

/**
 * Win rate: won deals of those decided, won / (won + lost). Open deals are left out and counted in the caution `open-deals`.
 *
 * @param deal how a deal is told won or lost, by a field of booleans or a function
 * @returns a {@link Kpi} of kind `proportion` for `comparePerformance`
 * @throws TerritoryError, while comparing, for a deal that is both won and lost
 *
 * Not suitable for young pipelines: where lost deals are closed late, or never, the rate flatters.
 *
 * @example
 * const deals = [
 *   { rep: "ann", account: "a1", stage: "won" }, { rep: "ann", account: "a1", stage: "lost" },
 *   { rep: "ann", account: "a2", stage: "open" }, { rep: "bob", account: "b1", stage: "won" },
 * ]
 * const kpis = { winRate: winRate({ won: (deal) => deal.stage === "won", lost: (deal) => deal.stage === "lost" }) }
 * const all = comparePerformance(deals, { territory: "rep", kpis, cluster: "account" }).kpis.winRate // deals of an account hang together
 * all.value // 0.6666666666666666
 * all.cautions // [{ code: "open-deals", rowCount: 1 }]
 */
export function winRate<R>(deal: DealOutcome<R>): Kpi<R> {
  const { isWon, isDecided } = outcomeOf(readDefinition(deal, "winRate", ["won", "lost"]))
  return { kind: "proportion", numerator: (record) => (isWon(record) ? 1 : 0), where: isDecided, cautions: { "open-deals": (record) => !isDecided(record) } }
}

/**
 * Win rate by value: the value of won deals of that of all decided, sum of won / sum of won and lost. One large deal counts as much as many
 * small ones, so its interval is wide.
 *
 * @param deal as for {@link winRate}, and `value`: what it is worth, won or lost, >= 0
 * @returns a {@link Kpi} of kind `ratio`: deals differ in size, so that Wilson's interval would be too narrow
 * @throws TerritoryError, while comparing, for a deal that is both won and lost, or whose value is missing
 *
 * @example
 * const deals = [{ rep: "ann", account: "a1", won: true, value: 300 }, { rep: "ann", account: "a2", won: false, value: 100 }]
 * const kpis = { byValue: valueWinRate({ won: "won", lost: (deal) => !deal.won, value: "value" }) }
 * comparePerformance(deals, { territory: "rep", kpis, cluster: "account" }).kpis.byValue.value // 0.75
 */
export function valueWinRate<R>(deal: DealOutcome<R> & { readonly value: Field<R> }): Kpi<R> {
  const { value, ...outcome } = readDefinition(deal, "valueWinRate", ["won", "lost", "value"])
  const { isWon, isDecided } = outcomeOf(outcome)
  return { numerator: (record) => (isWon(record) ? valueOf(record, value, "value") : 0), denominator: value, where: isDecided, cautions: { "open-deals": (record) => !isDecided(record) } }
}

/** What a conversion rate is made of. */
export interface ConversionRows<R> {
  /** Whether the lead, or visit, or trial, has converted. */
  readonly converted: RecordTest<R>
  /** The day on which it entered, `YYYY-MM-DD`. Needed with `asOf`. */
  readonly entered?: string | ((record: R) => string)
  /** The day of the data. With `windowDays`: who entered later than so many days before it has not had its time yet, and is left out. */
  readonly asOf?: string
  /** How long a conversion may take, days, a whole number > 0. */
  readonly windowDays?: number
}

/**
 * Conversion rate: converted of those that entered, of one cohort: a record is one lead with its own outcome. With `asOf` and `windowDays`
 * leads that have not had their time yet are left out (they would count as failures) and counted in the caution `censored-cohort`.
 *
 * @param lead see {@link ConversionRows}
 * @returns a {@link Kpi} of kind `proportion`
 * @throws TerritoryError for options that do not fit together, at once; for a day that is none, while comparing
 *
 * Not suitable for conversions of a month over leads of the same month: the two are not the same leads.
 *
 * @example
 * const leads = [{ rep: "ann", in: "2026-01-05", won: true }, { rep: "ann", in: "2026-02-01", won: false }, { rep: "ann", in: "2026-05-20", won: false }]
 * const kpis = { conversion: conversionRate({ converted: "won", entered: "in", asOf: "2026-06-01", windowDays: 90 }) }
 * const all = comparePerformance(leads, { territory: "rep", kpis }).kpis.conversion
 * all.value // 0.5
 * all.cautions // [{ code: "censored-cohort", rowCount: 1 }]
 */
export function conversionRate<R>(lead: ConversionRows<R>): Kpi<R> {
  const { converted, entered, asOf, windowDays } = readDefinition(lead, "conversionRate", ["converted", "entered", "asOf", "windowDays"])
  const isConverted = readTest(converted, "converted")
  const numerator = (record: R): number => (isConverted(record) ? 1 : 0)
  if (entered === undefined && asOf === undefined && windowDays === undefined) return { kind: "proportion", numerator }
  const issues: Issue[] = []
  if (entered === undefined || asOf === undefined || windowDays === undefined) {
    const missing = Object.entries({ entered, asOf, windowDays }).flatMap(([name, value]) => (value === undefined ? [name] : []))
    issues.push(issue("option-missing", "conversionRate", `needs entered, asOf and windowDays together, but ${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing`, NOTHING, "give all three, or none"))
  }
  if (windowDays !== undefined && !(Number.isSafeInteger(windowDays) && windowDays > 0)) issues.push(issue("option-range", "windowDays", "must be a whole number of days above 0", windowDays))
  throwIssues(issues)
  const until = asOf === undefined ? 0 : readDay(asOf, "asOf", issues) - (windowDays ?? 0)
  throwIssues(issues)
  const isMature = (record: R): boolean => {
    const found: Issue[] = []
    const name = typeof entered === "string" ? entered : "entered"
    const day = readDay(fieldValue(record, entered as NonNullable<typeof entered>), name, found)
    if (found.length > 0) throw new TerritoryError(found)
    return day <= until
  }
  return { kind: "proportion", numerator, where: isMature, cautions: { "censored-cohort": (record) => !isMature(record) } }
}

/**
 * Pipeline coverage: the value of open deals over what is left of the quota. About 1 / win rate is needed: 4 at a win rate of a quarter.
 *
 * @param row `openValue`: of open deals; `remainingQuota`: quota less what is won, not below 0, in the same unit
 * @returns a {@link Kpi} of kind `ratio`; a territory whose quota is met has no value (`no-denominator`), and rows without any quota left are
 *   counted in the caution `no-quota`
 * @throws TerritoryError, while comparing, for amounts that are missing
 *
 * @example
 * const reps = [{ rep: "ann", open: 900, left: 300 }, { rep: "bob", open: 100, left: 0 }]
 * const kpis = { coverage: pipelineCoverage({ openValue: "open", remainingQuota: "left" }) }
 * comparePerformance(reps, { territory: "rep", kpis }).territories.map((t) => t.kpis.coverage.value) // [3, null]
 */
export function pipelineCoverage<R>(row: { readonly openValue: Field<R>; readonly remainingQuota: Field<R> }): Kpi<R> {
  const { openValue, remainingQuota } = readDefinition(row, "pipelineCoverage", ["openValue", "remainingQuota"])
  return { numerator: openValue, denominator: remainingQuota, cautions: { "no-quota": (record) => valueOf(record, remainingQuota, "remainingQuota") === 0 } }
}

function outcomeOf<R>({ won, lost }: DealOutcome<R>): { readonly isWon: (record: R) => boolean; readonly isDecided: (record: R) => boolean } {
  const isWon = readTest(won, "won")
  const isLost = readTest(lost, "lost")
  const isDecided = (record: R): boolean => {
    const [w, l] = [isWon(record), isLost(record)]
    if (w && l) throw new TerritoryError([issue("deal-contradicts", typeof won === "string" ? won : "won", "is won and lost at once", true, "tell the stages apart")])
    return w || l
  }
  return { isWon, isDecided }
}
