import { compareIds } from "../model/compare-ids.js"
import { throwIssues, type Issue } from "../model/error.js"
import { issue, NOTHING, show } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import type { KpiSummary, KpiVerdict, PerformanceResult } from "../performance/performance-result.js"
import { visibleText } from "./markup.js"
import { isPerformance } from "./result-rows.js"
import { findResultIssues } from "./result-shape.js"
import { namer, type Names } from "./territory-names.js"

/** One territory's figure, and what the territory is called. */
export interface KpiRow {
  readonly id: string
  readonly name: string
  readonly verdict: KpiVerdict
}

/** One figure of a comparison of performance, as charts need it. */
export interface KpiFigures {
  readonly kpi: string
  readonly all: KpiSummary
  /** By id. */
  readonly rows: readonly KpiRow[]
  /** Names of territories without this figure: only in results that were put together by hand. */
  readonly missing: readonly string[]
  /** Of costs and complaints less is better. */
  readonly isLowerBetter: boolean
}

/**
 * Reads one figure of a result.
 *
 * @throws TerritoryError for what is no result of `comparePerformance`, an unknown figure, names of unknown territories
 */
export function readKpiFigures(result: PerformanceResult, kpi: unknown, names: Names | undefined): KpiFigures {
  const issues: Issue[] = []
  if (!isPerformance(result)) throwIssues([issue("input-type", "result", "must be what comparePerformance returns", result)])
  throwIssues(findResultIssues(result, "performance", "result"))
  const known = Object.keys(result.kpis)
  if (typeof kpi !== "string" || !Object.hasOwn(result.kpis, kpi)) {
    const remedy = [suggestName(kpi, known), `known: ${known.map((name) => show(name)).join(", ")}`].filter((part) => part !== "")
    throwIssues([issue("kpi-unknown", "kpi", "is no figure of this result", kpi, remedy.join(" "))])
  }
  const ids = result.territories.map((territory) => territory.id)
  const isKnown = new Set(ids)
  for (const id of Object.keys(names ?? {})) {
    if (!isKnown.has(id)) issues.push(issue("id-unknown", `names[${JSON.stringify(id)}]`, `is no territory of the result: ${show(id)}`, NOTHING, suggestName(id, ids, "leave it out")))
  }
  throwIssues(issues)
  return kpiFigures(result, kpi as string, namer(names, []))
}

/** The same of a result that has been checked. */
export function kpiFigures(result: PerformanceResult, kpi: string, nameOf: (id: string) => string): KpiFigures {
  const all = result.kpis[kpi]
  const sorted = [...result.territories].sort((a, b) => compareIds(a.id, b.id))
  return {
    kpi,
    all,
    rows: sorted.flatMap((territory) => (Object.hasOwn(territory.kpis, kpi) ? [{ id: territory.id, name: visibleText(nameOf(territory.id)), verdict: territory.kpis[kpi] }] : [])),
    missing: sorted.flatMap((territory) => (Object.hasOwn(territory.kpis, kpi) ? [] : [visibleText(nameOf(territory.id))])),
    isLowerBetter: all.better === "lower",
  }
}
