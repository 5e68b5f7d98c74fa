import { throwIssues } from "../model/error.js"
import { guardCall } from "../model/guard-call.js"
import { ownOptions } from "../model/own-options.js"
import type { PerformanceResult } from "../performance/performance-result.js"
import { chartElement, SVG_NAMESPACE } from "./chart-frame.js"
import { checkChartOptions, DEFAULT_FUNNEL_OPTIONS, type FunnelOptions } from "./chart-options.js"
import { drawFunnel } from "./draw-funnel.js"
import { readKpiFigures } from "./kpi-rows.js"
import { settled } from "./settled.js"

/**
 * Draws a figure of all territories against their size as one SVG file, with the limits within which chance alone would leave 95 % and
 * 99.8 % of them: a small territory may lie far from the whole and mean nothing, a large one may not.
 *
 * The limits are those of the result, with the spread that all territories have beyond chance. Where they follow from one sum alone, of
 * proportions and counts the denominator, of amounts per count the numerator, they are curves over it. Where each territory's own rows
 * decide, as of money, no such curve would be true: the level axis is then the standard error, against which they are straight lines.
 * Asked for with `size: "denominator"`, each territory has its own limits as a bar behind its mark. Sizes that differ more than a hundredfold stand on a logarithmic scale. Verdicts are told by shape and color; of a figure whose lower values
 * are `better`, below is the good color. Territories without a place in the funnel are named in a sentence below.
 *
 * Deterministic: the same input gives the same bytes, in whatever order its territories stand. O(k^2) for k territories with names.
 * Not suitable for ranks: see {@link renderCaterpillar}.
 *
 * Source: Spiegelhalter, Statist. Med. 24, 2005, section 2; against the error: Sterne & Egger, J. Clin. Epidemiol. 54, 2001.
 *
 * @param result what `comparePerformance` returned, or its JSON copy
 * @param options `kpi` is needed; see {@link FunnelOptions}
 * @returns an SVG document as text, without script or remote reference; all names are escaped
 * @throws TerritoryError for what is no such result, an unknown figure (the message names those there are), unknown or impossible options
 * @example
 * const deals = ["a", "b", "c"].flatMap((territory, t) => Array.from({ length: 40 + 40 * t }, (_, i) => ({ territory, won: i % (3 + t) === 0 ? 1 : 0 })))
 * const result = comparePerformance(deals, { territory: "territory", kpis: { winRate: { numerator: "won", kind: "proportion" } } })
 * renderFunnel(result, { kpi: "winRate" }).startsWith("<svg") // true
 */
export function renderFunnel(result: PerformanceResult, options: FunnelOptions): string {
  return guardCall({ result, options }, (own) => renderFunnelUnguarded(own.result, own.options))
}

function renderFunnelUnguarded(result: PerformanceResult, options: FunnelOptions): string {
  const own = ownOptions(options)
  throwIssues(checkChartOptions(own, { size: ["auto", "denominator", "numerator", "rows", "error"], labels: ["apart", "all", "none"] }, ["kpi"]))
  const figures = readKpiFigures(result, own.kpi, own.names)
  return chartElement(drawFunnel(figures, settled(DEFAULT_FUNNEL_OPTIONS, own)), SVG_NAMESPACE).markup
}
