import { medianSorted } from "simple-statistics"
import { exp } from "../../math/exact/exp.js"
import type { Interval } from "../../math/stats/interval.js"
import { studentT95 } from "../../math/stats/student-t.js"
import { sumOf } from "../../math/stats/sum-of.js"
import { wilsonInterval } from "../../math/stats/wilson-interval.js"
import type { Field } from "../../model/account.js"
import { addIssue } from "../../model/add-issue.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { compareIds } from "../../model/compare-ids.js"
import { readDay } from "../../model/day.js"
import { isTerritoryError, throwIssues, TerritoryError, type Issue, type Warning } from "../../model/error.js"
import { accessorFailure, fieldPath } from "../../model/field-of.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { readTextField, type TextField } from "../../model/read-text-field.js"
import { checkRows } from "../check-rows.js"
import { fieldValue, readTest, valueOf, type RecordTest } from "./read-record.js"

/** What `pipelineVelocity` needs to know of a deal. */
export interface VelocityOptions<R> {
  /** The territory of a deal; null: in none, and it counts nowhere. */
  readonly territory: TextField<R>
  readonly won: RecordTest<R>
  readonly lost: RecordTest<R>
  /** What a won deal is worth. Finite. Only read of won deals. */
  readonly value: Field<R>
  /** The days on which a won deal was opened and closed, `YYYY-MM-DD`. Only read of won deals. */
  readonly opened: string | ((record: R) => string)
  readonly closed: string | ((record: R) => string)
}

/** The velocity of one pipeline. */
export interface PipelineVelocity {
  /** Deals that are neither won nor lost: what is in the pipeline now. */
  readonly openCount: number
  readonly wonCount: number
  readonly lostCount: number
  /** Won of decided, with Wilson's 95 % interval; null with none decided. */
  readonly winRate: { readonly value: number; readonly interval: Interval } | null
  /** Value of a won deal in the mean; null with none won. */
  readonly averageDeal: number | null
  /** Days from opening to closing, of won deals only: the mean, which the velocity takes, and the median; null with none won. */
  readonly cycleDays: { readonly mean: number; readonly median: number } | null
  /** What the pipeline brings a day: open deals x win rate x average deal / mean cycle; null where one of them is missing or the cycle is 0. */
  readonly velocity: number | null
  /** The same per open deal: what territories of different size can be compared by. */
  readonly perDeal: number | null
  /** 95 % interval of `perDeal`, for as many open deals; null with fewer than two won deals, where their value is not above 0, or where there is no `perDeal`. */
  readonly interval: Interval | null
}

/** Sums of this size are still finite, and so is what is reckoned from them. */
const MAX_SUM = 1e290

/** What `pipelineVelocity` returns. Plain JSON. */
export interface VelocityResult {
  /** Ascending by id. */
  readonly territories: readonly ({ readonly id: string } & PipelineVelocity)[]
  readonly all: PipelineVelocity
  readonly warnings: readonly Warning[]
}

const KEYS: readonly (keyof VelocityOptions<never>)[] = ["territory", "won", "lost", "value", "opened", "closed"]

/**
 * Pipeline velocity by territory: open deals x win rate x average deal / sales cycle, money a day.
 *
 * It is an amount: a territory with more deals has more of it, so there is no verdict on it. `perDeal` can be compared, with its interval.
 *
 * @param deals one row a deal
 * @param options see {@link VelocityOptions}
 * @returns by territory, ascending by id, and over all: the four ingredients and their product, see {@link PipelineVelocity}
 * @throws TerritoryError with all issues: a day that is none, a deal closed before it was opened, or won and lost at once, a missing value,
 *   an unknown option
 *
 * Deterministic. O(n log n). The interval lies on the logarithm, by the influence of every decided deal on the product (delta method).
 *
 * Not suitable where lost deals stay open for ever: the win rate is then too high, and so is what is in the pipeline.
 *
 * Source: linearization, Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4.
 *
 * @example
 * const deals = [
 *   { rep: "ann", stage: "won", worth: 600, from: "2026-01-01", to: "2026-01-31" },
 *   { rep: "ann", stage: "lost" }, { rep: "ann", stage: "open" }, { rep: "ann", stage: "open" },
 * ]
 * const is = (stage) => (deal) => deal.stage === stage
 * const { all } = pipelineVelocity(deals, { territory: "rep", won: is("won"), lost: is("lost"), value: "worth", opened: "from", closed: "to" })
 * all.velocity // 20
 * all.perDeal // 10
 */
export function pipelineVelocity<R>(deals: readonly R[], options: VelocityOptions<R>): VelocityResult {
  return guardCall({ deals, options }, (own) => pipelineVelocityUnguarded(own.deals, own.options))
}

function pipelineVelocityUnguarded<R>(deals: readonly R[], options: VelocityOptions<R>): VelocityResult {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { territory, won, lost, value, opened, closed }", options)])
  const own = ownOptions(options)
  checkKeys(own, KEYS, "", issues)
  checkRows(deals, "deal", issues)
  throwIssues(issues)
  const territoryOf = readTextField(deals, own.territory, "deals", "territory", { noun: "id", row: "record", remedy: "use String(id)" }, issues)
  const isWon = readTest(own.won, "won")
  const isLost = readTest(own.lost, "lost")
  for (const name of ["opened", "closed"] as const) if (typeof own[name] !== "string" && typeof own[name] !== "function") issues.push(issue("option-type", name, "must be the name of a field or a function of the record", own[name]))
  throwIssues(issues)

  const groups = new Map<string, Deals>()
  const all = emptyDeals()
  let unplaced = 0
  deals.forEach((deal, i) => {
    const id = territoryOf[i]
    try {
      const [won, lost] = [isWon(deal), isLost(deal)]
      if (won && lost) throw new TerritoryError([issue("deal-contradicts", "won", "is won and lost at once", true, "tell the stages apart")])
      const found: Issue[] = []
      const value = won ? valueOf(deal, own.value, "value") : 0
      const opened = won ? readDay(fieldValue(deal, own.opened), typeof own.opened === "string" ? own.opened : "opened", found) : 0
      const closed = won ? readDay(fieldValue(deal, own.closed), typeof own.closed === "string" ? own.closed : "closed", found) : 0
      if (closed < opened) found.push(issue("day-order", typeof own.closed === "string" ? own.closed : "closed", "must not be before the deal was opened", fieldValue(deal, own.closed)))
      if (found.length > 0) throw new TerritoryError(found)
      if (id === null) {
        unplaced++
        return
      }
      const group = groups.get(id) ?? emptyDeals()
      groups.set(id, group)
      for (const part of [group, all]) {
        if (won) part.won.push({ value, days: closed - opened })
        else if (lost) part.lost++
        else part.open++
      }
    } catch (error) {
      if (!isTerritoryError(error)) addIssue(issues, () => accessorFailure(fieldPath("deals", i, null, "deal"), error))
      else for (const each of error.issues) addIssue(issues, () => ({ code: each.code, path: `deals[${i}].${each.path}`, message: `deals[${i}].${each.message}` }))
    }
  })
  if (!(all.won.reduce((sum, { value }) => sum + Math.abs(value), 0) < MAX_SUM)) issues.push(issue("kpi-overflow", "deals", `must have values that sum to less than ${MAX_SUM}`, NOTHING, "use a larger unit"))
  throwIssues(issues)
  return {
    territories: [...groups].sort(([a], [b]) => compareIds(a, b)).map(([id, group]) => ({ id, ...velocityOf(group) })),
    all: velocityOf(all),
    warnings: unplaced === 0 ? [] : [{ code: "territory-missing", path: "deals", message: `deals: ${unplaced} of ${deals.length} have no territory; they count nowhere` }],
  }
}

interface Deals {
  readonly won: { readonly value: number; readonly days: number }[]
  lost: number
  open: number
}

function emptyDeals(): Deals {
  return { won: [], lost: 0, open: 0 }
}

function velocityOf({ won, lost, open }: Deals): PipelineVelocity {
  const wonCount = won.length
  const decided = wonCount + lost
  const counts = { openCount: open, wonCount, lostCount: lost }
  const winRate = decided === 0 ? null : { value: wonCount / decided, interval: wilsonInterval(wonCount, decided) }
  if (wonCount === 0) return { ...counts, winRate, averageDeal: null, cycleDays: null, velocity: null, perDeal: null, interval: null }
  const sorted = [...won].sort((a, b) => a.value - b.value || a.days - b.days)
  const value = sumOf(sorted.map((deal) => deal.value))
  const days = sumOf(sorted.map((deal) => deal.days))
  const parts = { ...counts, winRate, averageDeal: value / wonCount + 0, cycleDays: { mean: days / wonCount, median: medianSorted(sorted.map((deal) => deal.days).sort((a, b) => a - b)) } }
  const perDeal = (wonCount / decided) * (value / days)
  if (days === 0 || !Number.isFinite(perDeal * Math.max(1, open))) return { ...parts, velocity: null, perDeal: null, interval: null }
  return { ...parts, velocity: open * perDeal + 0, perDeal: perDeal + 0, interval: logInterval(sorted, lost, value, days, perDeal) }
}

/** log of the product = log won + log value - log decided - log days, each a sum over decided deals. */
function logInterval(won: Deals["won"], lost: number, value: number, days: number, perDeal: number): Interval | null {
  const n = won.length + lost
  if (won.length < 2 || !(value > 0)) return null
  let squares = lost / n ** 2
  for (const deal of won) squares += (deal.value / value + 1 / won.length - 1 / n - deal.days / days) ** 2
  const half = studentT95(n - 1) * Math.sqrt((n / (n - 1)) * squares)
  const interval = { low: perDeal * exp(-half), high: perDeal * exp(half) }
  return Number.isFinite(interval.high) ? interval : null
}
