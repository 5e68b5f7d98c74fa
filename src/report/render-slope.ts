import type { ChangeResult } from "../performance/change/change-result.js"
import { throwIssues } from "../model/error.js"
import { guardCall } from "../model/guard-call.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { chartElement, SVG_NAMESPACE } from "./chart-frame.js"
import { checkChartOptions, DEFAULT_SLOPE_OPTIONS, type SlopeOptions } from "./chart-options.js"
import { drawSlope } from "./draw-slope.js"
import { readSlopes, slopesOfChange, type SlopeRow } from "./read-slopes.js"
import { settled } from "./settled.js"

/**
 * Draws figures before and after as one SVG file: a line for each territory from its value at the left to its value at the right,
 * with its name and value at both ends, moved apart so that none covers another.
 *
 * Groups have a color and a dash of their own, the first six of them by name; `highlight` colors some groups and leaves the rest pale.
 * A territory that has a value on one side only is a ring there. A verdict is told by a mark at the right end. The picture grows with
 * the labels up to 4,000 pixels; beyond, those of the highlighted groups, then of the largest changes are written, and the legend
 * counts the rest. Rows without either value are named in a sentence below.
 *
 * Deterministic: the same rows give the same bytes, in whatever order. O(k log k) for k rows. Not suitable as evidence that a change had
 * an effect: figures fall back toward their mean by themselves.
 *
 * Source: Tufte, The Visual Display of Quantitative Information, 1983, chapter 7 (tables of two columns as lines).
 *
 * @param rows `{ id, before, after, group?, verdict? }`, one for each territory; null where there is no figure. Or what `evaluateChange`
 *   returned: its slopes, in the groups treated, control and aside
 * @param options all optional; see {@link SlopeOptions}
 * @returns an SVG document as text, without script or remote reference; all names are escaped
 * @throws TerritoryError for rows that are none, ids that stand twice, unknown or impossible options, groups and ids that no row has
 * @example
 * const rows = [
 *   { id: "north", before: 12.5, after: 14.1, group: "treated" },
 *   { id: "south", before: 11.8, after: 11.9, group: "control" },
 *   { id: "west", before: null, after: 9.5, group: "control" },
 * ]
 * renderSlope(rows, { beforeLabel: "2020", afterLabel: "2021", highlight: ["treated"] }).startsWith("<svg") // true
 */
export function renderSlope(rows: readonly SlopeRow[] | ChangeResult, options: SlopeOptions = {}): string {
  return guardCall({ rows, options }, (own) => renderSlopeUnguarded(own.rows, own.options))
}

function renderSlopeUnguarded(rows: readonly SlopeRow[] | ChangeResult, options: SlopeOptions): string {
  const own = ownOptions(options)
  const issues = checkChartOptions(own, { better: ["higher", "lower"] }, ["beforeLabel", "afterLabel", "highlight"])
  throwIssues(issues)
  const { beforeLabel, afterLabel, highlight } = own
  for (const [key, value] of [["beforeLabel", beforeLabel], ["afterLabel", afterLabel]] as const) {
    if (value !== undefined && typeof value !== "string") issues.push(issue("option-type", key, "must be a string", value))
  }
  if (highlight !== undefined && !(Array.isArray(highlight) && highlight.every((group) => typeof group === "string"))) issues.push(issue("option-type", "highlight", "must be an array of groups", highlight))
  throwIssues(issues)
  return chartElement(drawSlope(readSlopes(slopesOfChange(rows), highlight, own.names), settled(DEFAULT_SLOPE_OPTIONS, own)), SVG_NAMESPACE).markup
}
