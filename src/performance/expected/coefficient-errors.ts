import { clusteredErrors } from "../../math/stats/clustered-errors.js"
import type { LeastSquares } from "../../math/stats/least-squares.js"
import { studentT95, tailBothSides } from "../../math/stats/student-t.js"
import { throwIssues } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import type { SalesModelInput } from "./read-sales-model.js"
import type { Coefficient } from "./sales-model-result.js"

/**
 * The intercept first, then a driver each: its error, by territories or by clusters, and Student's t. @param columns
 * drivers, by row of the fit
 */
export function judgeCoefficients(
  fit: LeastSquares, columns: readonly Float64Array[], { drivers, order, clusters }: SalesModelInput,
): Coefficient[] {
  const values = [fit.intercept, ...fit.coefficients]
  const errors = [fit.interceptError, ...fit.errors]
  if (clusters === null) return values.map((value, j) => coefficientOf(value, errors[j], fit.degrees))
  const clusterOf = Int32Array.from(order, (i) => clusters.clusterOf[i])
  const byCluster = clusteredErrors(columns, fit.residuals, clusterOf, clusters.count)
  return values.map((value, j) => {
    const { error, degrees } = byCluster[j]
    if (error !== null) return coefficientOf(value, error, degrees)
    const what = j === 0 ? "the level of sales" : `the coefficient of drivers.${drivers[j - 1].name}`
    const must = `must be such that several clusters bear on ${what}; one alone decides it, so its error cannot be known`
    throwIssues([issue("cluster-alone", "cluster", must, NOTHING, "leave the driver out, or name smaller clusters")])
    throw new Error("unreachable")
  })
}

function coefficientOf(found: number, standardError: number, degrees: number): Coefficient {
  const value = found + 0 // -0 becomes 0
  const t = standardError > 0 ? value / standardError : null
  const half = standardError > 0 ? studentT95(degrees) * standardError : 0
  const pValue = t === null ? null : tailBothSides(t, degrees)
  return { value, standardError, t, pValue, interval: { low: value - half, high: value + half }, degrees }
}
