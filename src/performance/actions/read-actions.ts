import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { checkShape, type Shape } from "../../model/check-shape.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { suggestId, suggestName } from "../../model/nearest-name.js"
import { ownOptions } from "../../model/own-options.js"
import type { TerritoryExpectation } from "../expected/sales-model-result.js"
import type { KpiVerdict, PerformanceResult } from "../performance-result.js"
import { RECOMMENDED_ON } from "../performance-shape.js"
import { ACTIONS_OPTION_KEYS, DEFAULT_ACTIONS_OPTIONS, type ActionsOptions, type TerritoryCapacity } from "./actions-options.js"

/** Everything that recommendations rest on, checked. */
export interface ActionsInput {
  readonly kpi: string
  readonly isLowerBetter: boolean
  readonly territories: readonly {
    readonly id: string
    readonly verdict: KpiVerdict
    readonly expectation: TerritoryExpectation | null
    readonly capacity: TerritoryCapacity | null
  }[]
  readonly all: number | null
  readonly hasCapacity: boolean
  readonly tolerance: number
  readonly elasticity: NonNullable<ActionsOptions["elasticity"]>
  readonly capacityPerHead: number | null
}

/** Of one territory of `modelSales` what a recommendation rests on. */
const EXPECTATION_SHAPE: Shape = {
  fields: {
    id: "text",
    actual: "number",
    expected: "number or null",
    interval: { nullOr: { fields: { low: "number", high: "number" } } },
    adjustedPValue: "number or null",
    verdict: "text",
  },
}

/** Work and capacity up to it, and capacity from one over it, have sums and quotients in range. */
const LARGEST = 1e100

/** Checks a comparison and what `recommendActions` is told. O(territories). @throws TerritoryError with all issues */
export function readActions(performance: PerformanceResult, options: ActionsOptions): ActionsInput {
  const issues: Issue[] = []
  if (!isPlainObject(performance) || !Array.isArray(performance.territories) || !isPlainObject(performance.kpis)) throwIssues([issue("input-type", "performance", "must be what comparePerformance returns", performance)])
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { kpi: \"winRate\" }", options)])
  const own = ownOptions(options, ["model"])
  checkKeys(own, ACTIONS_OPTION_KEYS, "", issues)
  const names = Object.keys(performance.kpis)
  const kpi = own.kpi ?? (names.length === 1 ? names[0] : undefined)
  if (kpi === undefined) issues.push(issue("option-missing", "kpi", `must be one of ${names.join(", ")}`, kpi, "actions are about one KPI"))
  else if (!names.includes(kpi)) issues.push(issue("kpi-unknown", "kpi", "is no KPI of the comparison", kpi, suggestName(kpi, names, `known: ${names.join(", ")}`)))
  const { tolerance = DEFAULT_ACTIONS_OPTIONS.tolerance, elasticity = DEFAULT_ACTIONS_OPTIONS.elasticity, capacityPerHead } = own
  if (!(typeof tolerance === "number" && tolerance >= 0 && Number.isFinite(tolerance))) issues.push(issue("option-range", "tolerance", "must be a fraction of 0 or more", tolerance, "10 % is 0.1"))
  if (capacityPerHead !== undefined && !isPositive(capacityPerHead)) issues.push(issue("option-range", "capacityPerHead", `must be a number above 0, from ${1 / LARGEST} to ${LARGEST}`, capacityPerHead))
  if (!isPlainObject(elasticity)) issues.push(issue("option-type", "elasticity", "must be { low, value, high }", elasticity))
  else {
    checkKeys(elasticity, ["low", "value", "high"], "elasticity", issues)
    const { low, value, high } = elasticity
    if (!([low, value, high].every((one) => typeof one === "number") && low >= 0 && low <= value && value <= high && high <= 1)) issues.push(issue("option-range", "elasticity", `must have 0 <= low <= value <= high <= 1, but has ${show(low)}, ${show(value)}, ${show(high)}`, NOTHING))
  }
  performance.territories.forEach((territory: unknown, t) => {
    const isWhole = isPlainObject(territory) && typeof territory.id === "string" && isPlainObject(territory.kpis) && (kpi === undefined || !names.includes(kpi) || isPlainObject(territory.kpis[kpi]))
    if (!isWhole) issues.push(issue("input-type", `performance.territories[${t}]`, `must have an id and the KPI${kpi === undefined ? "s" : ` ${kpi}`} of comparePerformance`, territory, "pass the result as it was returned, or its JSON copy"))
  })
  throwIssues(issues)
  const name = kpi as string
  checkShape(performance.kpis[name], { fields: { value: "number or null", better: "text" } }, `performance.kpis.${name}`, issues)
  performance.territories.forEach(({ kpis }, t) => checkShape(kpis[name], RECOMMENDED_ON, `performance.territories[${t}].kpis.${name}`, issues))
  const known = new Map(performance.territories.map((territory) => [territory.id, territory]))
  const capacityOf = readCapacity(own.capacity, known, issues)
  const expectationOf = readModel(own.model, known, issues)
  throwIssues(issues)

  const capacities = [...capacityOf.values()].map((one) => one.capacity)
  return {
    kpi: name,
    isLowerBetter: performance.kpis[name].better === "lower",
    all: performance.kpis[name].value,
    territories: performance.territories.map(({ id, kpis }) => ({ id, verdict: kpis[name], expectation: expectationOf.get(id) ?? null, capacity: capacityOf.get(id) ?? null })),
    hasCapacity: own.capacity !== undefined,
    tolerance,
    elasticity,
    capacityPerHead: capacityPerHead ?? (capacities.length === 0 ? null : capacities.reduce((sum, one) => sum + one, 0) / capacities.length),
  }
}

type Known = ReadonlyMap<string, unknown>

function readCapacity(capacity: unknown, known: Known, issues: Issue[]): Map<string, TerritoryCapacity> {
  const rows = new Map<string, TerritoryCapacity>()
  if (capacity === undefined) return rows
  if (!Array.isArray(capacity)) {
    issues.push(issue("option-type", "capacity", "must be an array of { territoryId, workload, capacity }", capacity))
    return rows
  }
  ;(capacity as unknown[]).forEach((row, r) => {
    const path = `capacity[${r}]`
    if (!isPlainObject(row)) {
      issues.push(issue("option-type", path, "must be an object such as { territoryId: \"t1\", workload: 1900, capacity: 1600 }", row))
      return
    }
    checkKeys(row, ["territoryId", "workload", "capacity"], path, issues)
    const { territoryId, workload } = row
    if (typeof territoryId !== "string" || !known.has(territoryId)) issues.push(issue("territory-unknown", `${path}.territoryId`, "is no territory of the comparison", territoryId, suggestId(territoryId, known)))
    else if (rows.has(territoryId)) issues.push(issue("id-duplicate", `${path}.territoryId`, "is listed already", territoryId, "give one row a territory"))
    if (!(typeof workload === "number" && workload >= 0 && workload <= LARGEST)) issues.push(issue("capacity-range", `${path}.workload`, `must be a number from 0 to ${LARGEST}`, workload))
    if (!isPositive(row.capacity)) issues.push(issue("capacity-range", `${path}.capacity`, `must be a number above 0, from ${1 / LARGEST} to ${LARGEST}`, row.capacity, "leave a vacant territory out; checkCoverage finds it"))
    if (typeof territoryId === "string") rows.set(territoryId, row as unknown as TerritoryCapacity)
  })
  return rows
}

function readModel(model: unknown, known: Known, issues: Issue[]): Map<string, TerritoryExpectation> {
  if (model === undefined) return new Map()
  if (!isPlainObject(model) || !Array.isArray(model.territories)) {
    issues.push(issue("option-type", "model", "must be what modelSales returns", model))
    return new Map()
  }
  const before = issues.length
  model.territories.forEach((one: unknown, t) => checkShape(one, EXPECTATION_SHAPE, `model.territories[${t}]`, issues))
  if (issues.length > before) return new Map()
  const rows = new Map((model.territories as TerritoryExpectation[]).map((one) => [one.id, one]))
  const strangers = [...rows.keys()].filter((id) => !known.has(id))
  if (strangers.length > 0) issues.push(issue("territory-unknown", "model", `has ${strangers.length === 1 ? "a territory" : `${strangers.length} territories`} that the comparison does not have, first`, strangers[0], "model the same territories"))
  return rows
}

function isPositive(value: unknown): boolean {
  return typeof value === "number" && value >= 1 / LARGEST && value <= LARGEST
}
