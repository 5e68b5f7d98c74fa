import type { Space } from "../../model/account.js"
import { isPlainObject } from "../../model/check-keys.js"
import type { Issue } from "../../model/error.js"
import { issue } from "../../model/issue.js"

const REMEDY = "pass the result as it was returned, or its JSON copy"

/**
 * What makes something no plan of `partitionAccounts` or `evaluateAlignment` with these measures, as far as an explanation reads it;
 * the rows of the alignment are checked later. O(k M).
 */
export function findPlanIssues(plan: unknown, measures: readonly string[], space: Space): Issue[] {
  if (!isPlainObject(plan)) return [issue("result-invalid", "plan", "must be what partitionAccounts returns", plan, Array.isArray(plan) ? "judge an alignment with evaluateAlignment first" : "")]
  const issues: Issue[] = []
  const need = (isGood: boolean, path: string, rule: string, got: unknown): boolean => {
    if (!isGood) issues.push(issue("result-invalid", `plan.${path}`, rule, got, REMEDY))
    return isGood
  }
  const { territories, certificate, cost, disruption } = plan
  need(isNumber(cost), "cost", "must be a finite number", cost)
  const isLimit = disruption === undefined || disruption === null || (isPlainObject(disruption) && isNumber(disruption.price))
  need(isLimit, "disruption", "must be null or the moves of the plan", disruption)
  if (need(isPlainObject(certificate), "certificate", "must be an object", certificate)) {
    for (const key of ["lowerBound", "relaxedCost"] as const) {
      const value = (certificate as Record<string, unknown>)[key]
      need(value === null || isNumber(value), `certificate.${key}`, "must be a finite number or null", value)
    }
  }
  if (!need(Array.isArray(territories), "territories", "must be an array", territories)) return issues
  const ids = new Set<unknown>()
  Array.from(territories as unknown[]).forEach((territory, t) => {
    const path = `territories[${t}]`
    if (!need(isPlainObject(territory), path, "must be an object", territory)) return
    const { id, center, measures: rows, prices } = territory as Record<string, unknown>
    need(typeof id === "string" && !ids.has(id), `${path}.id`, "must be a string of its own", id)
    ids.add(id)
    const names = space === "globe" ? ["longitude", "latitude"] : ["x", "y"]
    need(isPlainObject(center) && names.every((name) => isNumber(center[name])), `${path}.center`, `must be { ${names.join(", ")} } like the places of the accounts`, center)
    for (const name of measures) {
      const row = isPlainObject(rows) && Object.hasOwn(rows, name) ? rows[name] : undefined
      const isRow = isPlainObject(row) && isNumber(row.activity) && isNumber(row.target) && (["min", "max", "deviation"] as const).every((key) => row[key] === null || isNumber(row[key]))
      need(isRow, `${path}.measures.${name}`, "must be { activity, target, min, max, deviation }", row)
      const price = isPlainObject(prices) && Object.hasOwn(prices, name) ? prices[name] : undefined
      need(isNumber(price), `${path}.prices.${name}`, "must be a finite number", price)
    }
  })
  return issues
}

const isNumber = (value: unknown): value is number => Number.isFinite(value)
