import { throwIssues } from "../model/error.js"
import { guardCall } from "../model/guard-call.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import type { PerformanceResult } from "../performance/performance-result.js"
import { chartElement, SVG_NAMESPACE } from "./chart-frame.js"
import { checkChartOptions, DEFAULT_CATERPILLAR_OPTIONS, type CaterpillarOptions } from "./chart-options.js"
import { drawCaterpillar } from "./draw-caterpillar.js"
import { readKpiFigures } from "./kpi-rows.js"
import { settled } from "./settled.js"

/**
 * Draws a figure of all territories as one SVG file, the best first: each with its 95 % interval as a line, its value as the mark of
 * its verdict, the shrunken estimate as a hollow diamond, and in figures the ranks that it may have with 95 %. An upright line is the
 * whole. Regions are drawn likewise: pass `{ ...result, territories: result.regions }`.
 *
 * The picture grows by a row a territory. An interval far wider than the spread of all values is cut with an arrow, so that one tiny
 * territory cannot flatten the rest. Verdicts are told by shape and color; of a figure whose lower values are `better`, below is the
 * good color and the smallest value the first. Territories without a value are named in a sentence below.
 *
 * Deterministic: the same input gives the same bytes, in whatever order its territories stand. O(k log k) for k territories. Not
 * suitable as a league table: neighbors whose intervals overlap have no order, which is why the ranks stand beside them.
 *
 * Source: Goldstein & Spiegelhalter, J. R. Statist. Soc. A 159, 1996, sections 3 and 4.
 *
 * @param result what `comparePerformance` returned, or its JSON copy
 * @param options `kpi` is needed; see {@link CaterpillarOptions}
 * @returns an SVG document as text, without script or remote reference; all names are escaped
 * @throws TerritoryError for what is no such result, an unknown figure (the message names those there are), unknown or impossible options
 * @example
 * const visits = ["a", "b", "c"].flatMap((territory, t) => Array.from({ length: 20 }, (_, i) => ({ territory, revenue: 50 + 9 * t + (i % 5) })))
 * const result = comparePerformance(visits, { territory: "territory", kpis: { perVisit: { numerator: "revenue" } } })
 * renderCaterpillar(result, { kpi: "perVisit", title: "Revenue per visit" }).startsWith("<svg") // true
 */
export function renderCaterpillar(result: PerformanceResult, options: CaterpillarOptions): string {
  return guardCall({ result, options }, (own) => renderCaterpillarUnguarded(own.result, own.options))
}

function renderCaterpillarUnguarded(result: PerformanceResult, options: CaterpillarOptions): string {
  const own = ownOptions(options)
  const issues = checkChartOptions(own, {}, ["kpi", "rowHeight"])
  throwIssues(issues)
  const rowHeight: unknown = own.rowHeight
  if (rowHeight !== undefined && !(typeof rowHeight === "number" && rowHeight >= 6 && rowHeight <= 60)) issues.push(issue("option-range", "rowHeight", "must be a number from 6 to 60", rowHeight))
  throwIssues(issues)
  const figures = readKpiFigures(result, own.kpi, own.names)
  return chartElement(drawCaterpillar(figures, settled(DEFAULT_CATERPILLAR_OPTIONS, own)), SVG_NAMESPACE).markup
}
