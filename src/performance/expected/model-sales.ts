import { medianSorted } from "simple-statistics"
import { exp } from "../../math/exact/exp.js"
import { log } from "../../math/exact/log.js"
import { adjustPValues } from "../../math/stats/adjust-p-values.js"
import { deletionResiduals, type Deletion } from "../../math/stats/deletion.js"
import type { Interval } from "../../math/stats/interval.js"
import { fitLeastSquares, type LeastSquares } from "../../math/stats/least-squares.js"
import { studentT95 } from "../../math/stats/student-t.js"
import { sumOf } from "../../math/stats/sum-of.js"
import { tailChances, type TailPrior } from "../../math/stats/tail-chance.js"
import { throwIssues } from "../../model/error.js"
import { guardCall } from "../../model/guard-call.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { judgeCoefficients } from "./coefficient-errors.js"
import { readSalesModel, type SalesModelInput } from "./read-sales-model.js"
import type { SalesModelOptions } from "./sales-model-options.js"
import type { DriverCoefficient, SalesModelResult, TerritoryExpectation } from "./sales-model-result.js"
import { warnClusters } from "./warn-clusters.js"
import { warnSalesModel } from "./warn-sales-model.js"

/** Degrees of freedom that a territory's verdict needs: with 10 the spread of sales is known to 22 %, 1 / sqrt(2 x 10). */
const LEAST_DEGREES = 10

/** Above it heavy tails make nothing less probable than it is. */
const UNLIKELY = 0.1

/**
 * How likely heavy tails are before the residuals are seen, of both sides together and of one side of skewed luck. Chosen by simulation so that luck
 * with the tails of Student's t with 4 degrees, exponential or log-normal luck accuses somebody in 7 % of cases at most, see `bench/calibration.js`.
 */
const BOTH_SIDES: TailPrior = Object.freeze({ normal: 2, decline: 0.9 })
const ONE_SIDE: TailPrior = Object.freeze({ normal: 5, decline: 0 })
/** Skewness of the other residuals beyond which each side has tails of its own; of 24 normal ones one sample in two is beyond it. */
const SKEWED = 0.25

/**
 * Says what each territory should sell given its potential and workload, and which sell more or less than chance explains.
 *
 * A regression over all territories: sales = a x potential^b x workload^c, or a sum. Each territory is then held against the model of all
 * *others*, so that it has no part in its own expectation; the p-values are adjusted for the number of territories (Benjamini & Hochberg),
 * and only what is left is called "above" or "below".
 *
 * Territories of one region or manager do well or badly together. Verdicts keep their level (each is held against all others), but the error of a driver that
 * is the region's is much larger than by territories: with `cluster` errors, intervals and p-values of the coefficients are those by clusters (CR2, with
 * degrees of freedom by Satterthwaite). Without it a warning (`rows-clustered`) names a field of the rows that residuals have in common.
 *
 * In the log-linear form `expected` is exp(fit), the median of what such territories sell: an index of 1 is then as good as half of its like,
 * one odd territory hardly moves the expectations of all others, and `index` agrees with the verdict. A mean is larger where sales are skewed:
 * to add expectations up, to a region or a plan, multiply them by `smearing`.
 *
 * @param territories one row a territory, with unique ids; at least two more than drivers
 * @param options see {@link SalesModelOptions}
 * @returns the coefficients with errors, intervals and variance inflation; for every territory, in the order of the call, its expectation, the
 *   95 % interval of the sales of its like, index, p-values and verdict. With fewer territories than drivers + 12 everybody has "too little data"
 * @throws TerritoryError with all issues: rows without a unique id, numbers that are missing, not finite or, in the log-linear form, not
 *   above 0, a driver that is the same everywhere or made of the others, too few territories, an unknown option
 *
 * Deterministic; the order of the territories changes only the order of the rows. O(territories x drivers^2), and some hundred
 * times the territories for the tails: 10,000 territories and 4 drivers take about a second.
 *
 * Not suitable to say what more workload or advertising would bring: who is sent where, and what is spent there, follows sales as much as it
 * makes them. Several odd territories widen the spread of all and can hide each other. The linear form takes large and small territories to
 * err alike; where sales are all above 0 the log-linear form is the safer.
 *
 * How strict a verdict is (`bench/calibration.js`, 1,000 cases a figure): of 24 territories that differ by luck alone at least one is accused in none of
 * the cases where luck is normal on the model's scale, in 3.2 % where it has the tails of Student's t with 4 degrees, in 1.7 % where it is exponential and
 * in 5.5 % where it is log-normal (sd 0.8); of 100 territories in 0.1, 6.9, 0.2 and 1.2 %. The t test alone accuses in 5, 30, 42 and 57 % (of 100: 5 to
 * 95 %). The price: few residuals do not refute heavy tails, so that of 24 territories one that is 6 residual errors off is found in 36 % of cases, one
 * that is 9 off in 72 %; of 100 in 71 and 93 %.
 *
 * Source: Cravens, Woodruff & Stamper, Journal of Marketing 36(1), 1972; Ryans & Weinberg, Journal of Marketing Research 16, 1979; smearing:
 * Duan, J. Am. Statist. Assoc. 78, 1983; deletion, see `deletionResiduals`; clusters, see `clusteredErrors`; tails, see `tailChances`.
 *
 * @example
 * const territories = Array.from({ length: 24 }, (_, i) => {
 *   const [potential, workload] = [100 + 50 * (i % 5), 20 + 10 * (i % 7)]
 *   const luck = i === 11 ? 0.5 : 1 + 0.05 * Math.cos(5 * i)
 *   return { id: `t${i}`, potential, workload, sales: 2 * potential ** 0.7 * workload ** 0.3 * luck }
 * })
 * const model = modelSales(territories, { outcome: "sales", drivers: { potential: "potential", workload: "workload" } })
 * Object.entries(model.drivers).map(([name, { value }]) => `${name} ${value.toFixed(1)}`) // ["potential 0.7", "workload 0.3"]
 * model.territories.filter(({ verdict }) => verdict === "below").map(({ id, index }) => `${id} ${index?.toFixed(1)}`) // ["t11 0.5"]
 */
export function modelSales<T>(territories: readonly T[], options: SalesModelOptions<T>): SalesModelResult {
  return guardCall({ territories, options }, (own) => modelSalesUnguarded(own.territories, own.options))
}

function modelSalesUnguarded<T>(territories: readonly T[], options: SalesModelOptions<T>): SalesModelResult {
  const input = readSalesModel(territories, options)
  const { ids, order, outcome, drivers, isLog, falseDiscoveryRate } = input
  const scale = isLog ? log : (value: number): number => value
  const byId = (values: Float64Array): Float64Array => Float64Array.from(order, (i) => scale(values[i]))
  const columns = drivers.map(({ values }) => byId(values))
  const fit = fitLeastSquares(columns, byId(outcome))
  if ("driver" in fit) return throwDependent(fit.driver, fit.on, input)
  if (![fit.intercept, fit.interceptError, ...fit.coefficients, ...fit.errors].every(Number.isFinite)) throwIssues([issue("number-range", "outcome", "must not be so large beside the drivers that coefficients are beyond the range of numbers", NOTHING, "use other units")])

  const isReliable = fit.degrees - 1 >= LEAST_DEGREES
  const rowOf = new Map(order.map((i, row) => [i, row]))
  const judged = judge(fit, input)
  const inOrder = ids.map((_, i) => judged[rowOf.get(i) as number])
  const [intercept, ...coefficients] = judgeCoefficients(fit, columns, input)
  const { rSquared, degrees } = fit
  const result = {
    form: isLog ? "log-linear" : "linear",
    intercept,
    drivers: Object.fromEntries(drivers.map(({ name }, j): [string, DriverCoefficient] => [name, { ...coefficients[j], vif: fit.inflations[j] }])),
    rSquared,
    adjustedRSquared: rSquared === null ? null : 1 - ((1 - rSquared) * (ids.length - 1)) / degrees,
    residualError: fit.residualError,
    degrees,
    clusterCount: input.clusters?.count ?? null,
    smearing: isLog ? sumOf(fit.residuals.map(exp)) / ids.length : 1,
    territories: inOrder.map((one): TerritoryExpectation => ({ ...one, verdict: verdictOf(one, isReliable, falseDiscoveryRate) })),
    isReliable,
    neededCount: drivers.length + 2 + LEAST_DEGREES,
  } as const
  return { ...result, warnings: [...warnSalesModel(input, result), ...warnClusters(territories, options, input, fit, columns, [intercept, ...coefficients])] }
}

function throwDependent(driver: number, on: readonly number[], { drivers, outcome, isLog }: SalesModelInput): never {
  const { name, values } = drivers[driver]
  const others = on.map((j) => show(drivers[j].name)).join(", ")
  const found = on.length === 0
    ? issue("driver-constant", `drivers.${name}`, `must differ between the ${outcome.length} territories`, values[0], "leave it out: it explains nothing")
    : issue("driver-collinear", `drivers.${name}`, `must not follow from other drivers, but ${others} ${on.length === 1 ? "tells" : "tell"} it${isLog ? " in logarithms" : ""}`, NOTHING, "leave one of them out")
  throwIssues([found])
  throw new Error("unreachable")
}

/** Rows by id: each against the model of all others, on the scale of sales. */
function judge(fit: LeastSquares, { ids, order, outcome, isLog }: SalesModelInput): Omit<TerritoryExpectation, "verdict">[] {
  const deletions = deletionResiduals(fit)
  const pValues = testDeletions(fit, deletions)
  const tested = Array.from(pValues.keys()).filter((row) => pValues[row] !== null)
  const adjusted = adjustPValues(tested.map((row) => pValues[row] ?? 1))
  const adjustedOf = new Map(tested.map((row, j) => [row, adjusted[j]]))
  const half95 = fit.degrees > 1 ? studentT95(fit.degrees - 1) : null
  return order.map((i, row) => {
    const actual = outcome[i]
    const own = { id: ids[i], actual, leverage: fit.leverages[row] }
    const found = deletions[row]
    const back = (difference: number): number => (isLog ? actual * exp(-difference) : actual - difference)
    const expected = found === null ? null : finite(back(found.residual))
    if (found === null || expected === null) return { ...own, expected: null, residual: null, index: null, interval: null, studentized: null, pValue: null, adjustedPValue: null }
    const { residual, error } = found
    return {
      ...own,
      expected,
      residual: actual - expected,
      index: expected > 0 ? finite(actual / expected) : null,
      interval: half95 === null ? null : intervalOf(back(residual + half95 * error), back(residual - half95 * error)),
      studentized: error > 0 && half95 !== null ? residual / error : null,
      pValue: pValues[row],
      adjustedPValue: adjustedOf.get(row) ?? null,
    }
  })
}

/**
 * By row: how probable so large a difference is if luck is normal, if it has tails as heavy as the others' may have, and if its two sides have tails
 * of their own, as skewed luck does: the largest of the three.
 */
function testDeletions({ residuals, leverages, degrees }: LeastSquares, deletions: readonly (Deletion | null)[]): (number | null)[] {
  const asked = Array.from(deletions.keys()).filter((row) => (deletions[row]?.pValue ?? 1) < UNLIKELY)
  const alike = residuals.map((residual, row) => (deletions[row] === null ? 0 : residual / Math.sqrt(1 - leverages[row])))
  const chances = tailChances(alike, degrees, asked, BOTH_SIDES)
  const ofSides = sideChances(alike, degrees, asked)
  const chanceOf = new Map(asked.map((row, place) => [row, Math.max(chances[place], ofSides[place])]))
  return deletions.map((deletion, row) => (deletion === null || deletion.pValue === null ? null : Math.max(deletion.pValue, chanceOf.get(row) ?? 0)))
}

/** The same of residuals against those on their own side of the median alone, by their distance from it; 0 where the others are not skewed. */
function sideChances(residuals: Float64Array, degrees: number, asked: readonly number[]): Float64Array {
  const middle = medianSorted(Array.from(residuals).sort((a, b) => a - b))
  const found = new Float64Array(asked.length)
  for (const side of [-1, 1]) {
    const rows = Array.from(residuals.keys()).filter((row) => side * (residuals[row] - middle) > 0)
    const places = Array.from(asked.keys()).filter((place) => side * (residuals[asked[place]] - middle) > 0)
    if (places.length === 0) continue
    if (!places.some((place) => isSkewed(residuals, asked[place]))) continue
    const distances = Float64Array.from(rows, (row) => Math.abs(residuals[row] - middle))
    const rowOf = new Map(rows.map((row, at) => [row, at]))
    const chances = tailChances(distances, (degrees * rows.length) / residuals.length, places.map((place) => rowOf.get(asked[place]) as number), ONE_SIDE)
    places.forEach((place, at) => (found[place] = isSkewed(residuals, asked[place]) ? chances[at] : 0))
  }
  return found
}

/** Whether residuals without one of them are skewed. */
function isSkewed(residuals: Float64Array, left: number): boolean {
  const largest = residuals.reduce((most, own) => Math.max(most, Math.abs(own)), 0)
  if (!(largest > 0)) return false
  // in units of the largest, so that cubes stay in range
  const others = residuals.filter((_, row) => row !== left).map((own) => own / largest)
  const mean = sumOf(others) / others.length
  const moment = (power: 2 | 3): number => others.reduce((sum, own) => sum + (power === 2 ? 1 : own - mean) * (own - mean) * (own - mean), 0) / others.length
  const variance = moment(2)
  return variance > 0 && Math.abs(moment(3)) > SKEWED * variance * Math.sqrt(variance)
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value + 0 : null)

const intervalOf = (low: number, high: number): Interval | null => (Number.isFinite(low) && Number.isFinite(high) ? { low, high } : null)

function verdictOf({ adjustedPValue, residual }: Omit<TerritoryExpectation, "verdict">, isReliable: boolean, falseDiscoveryRate: number): TerritoryExpectation["verdict"] {
  if (!isReliable || adjustedPValue === null || residual === null) return "too little data"
  return adjustedPValue > falseDiscoveryRate ? "consistent with chance" : residual > 0 ? "above" : "below"
}
