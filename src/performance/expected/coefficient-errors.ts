import { clusteredErrors } from "../../math/stats/clustered-errors.js"
import type { LeastSquares } from "../../math/stats/least-squares.js"
import { studentT95, tailBothSides } from "../../math/stats/student-t.js"
import { throwIssues } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import type { SalesModelInput } from "./read-sales-model.js"
import type { Coefficient } from "./sales-model-result.js"

/** The intercept first, then a driver each: its error, by territories or by clusters, and Student's t. @param columns drivers, by row of the fit */
export function judgeCoefficients(fit: LeastSquares, columns: readonly Float64Array[], { drivers, order, clusters }: SalesModelInput): Coefficient[] {
  const values = [fit.intercept, ...fit.coefficients]
  if (clusters === null) return values.map((value, j) => coefficientOf(value, j === 0 ? fit.interceptError : fit.errors[j - 1], fit.degrees))
  const byCluster = clusteredErrors(columns, fit.residuals, Int32Array.from(order, (i) => clusters.clusterOf[i]), clusters.count)
  return values.map((value, j) => {
    const { error, degrees } = byCluster[j]
    if (error !== null) return coefficientOf(value, error, degrees)
    const what = j === 0 ? "the level of sales" : `the coefficient of drivers.${drivers[j - 1].name}`
    throwIssues([issue("cluster-alone", "cluster", `must leave ${what} to several clusters, but one alone decides it, so that nothing tells its error`, NOTHING, "leave the driver out, or name smaller clusters")])
    throw new Error("unreachable")
  })
}

function coefficientOf(found: number, standardError: number, degrees: number): Coefficient {
  const value = found + 0 // -0 becomes 0
  const t = standardError > 0 ? value / standardError : null
  const half = standardError > 0 ? studentT95(degrees) * standardError : 0
  return { value, standardError, t, pValue: t === null ? null : tailBothSides(t, degrees), interval: { low: value - half, high: value + half }, degrees }
}
