import { checkKeys, isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import { checkMapOptions, type MapOptions } from "./map-options.js"
import type { Names } from "./territory-names.js"

/** What all charts can be told. */
export interface ChartOptions {
  /** Heading inside the picture; default none. */
  readonly title?: string
  /** Pixels, 240 to 8,000; default 720. The height follows from what there is to show. */
  readonly width?: number
  /** Explain the marks below the chart; default true. */
  readonly legend?: boolean
  /** Beginning of the ids inside the SVG, letters, digits and "-"; give several charts on one page different ones. Default "chart". */
  readonly idPrefix?: string
}

/** How `renderFunnel` draws. */
export interface FunnelOptions extends ChartOptions {
  /** The figure to show: a name of `result.kpis`. */
  readonly kpi: string
  /**
   * What stands on the level axis: the sum of the `denominator` or of the `numerator`, the number of `rows`, or the standard `error` of
   * the figure, smaller to the right, against which the limits of every kind of figure are straight lines. Default "auto": the
   * denominator where the limits follow from it (proportions, counts), else the numerator (amounts per count), else the error.
   */
  readonly size?: "auto" | "denominator" | "numerator" | "rows" | "error"
  /** Which territories are named: those that stand `apart`, as many of `all` as have room, or `none`. Default "apart". */
  readonly labels?: "apart" | "all" | "none"
  /** Names to show instead of ids, by territory id. An id that is not in the result throws. */
  readonly names?: Names
}

/** What holds where `renderFunnel` is told nothing else. */
export const DEFAULT_FUNNEL_OPTIONS: Readonly<Required<Omit<FunnelOptions, "kpi" | "title" | "names">>> = Object.freeze({
  /** Pixels: a column of a report. */
  width: 720,
  legend: true,
  idPrefix: "chart",
  /** How large a territory is, where that tells the limits: what readers know. */
  size: "auto",
  labels: "apart",
})

/** How `renderCaterpillar` draws. */
export interface CaterpillarOptions extends ChartOptions {
  /** The figure to show: a name of `result.kpis`. */
  readonly kpi: string
  /** Height of one territory's row, pixels, 6 to 60; default 22, less with more than 40 territories. In rows lower than 11 only some are named. */
  readonly rowHeight?: number
  /** Names to show instead of ids, by territory id. An id that is not in the result throws. */
  readonly names?: Names
}

/** What holds where `renderCaterpillar` is told nothing else. */
export const DEFAULT_CATERPILLAR_OPTIONS: Readonly<Required<Omit<CaterpillarOptions, "kpi" | "title" | "names" | "rowHeight">>> = Object.freeze({
  /** Pixels: a column of a report. */
  width: 720,
  legend: true,
  idPrefix: "chart",
})

/** How `renderSlope` draws. */
export interface SlopeOptions extends ChartOptions {
  /** What the left side is; default "before". */
  readonly beforeLabel?: string
  /** What the right side is; default "after". */
  readonly afterLabel?: string
  /** Groups of the rows to draw in color, the rest pale; default: every group has its color. */
  readonly highlight?: readonly string[]
  /** Whether more or less is better, for the colors of verdicts. Default "higher". */
  readonly better?: "higher" | "lower"
  /** Names to show instead of ids. An id without a row throws. */
  readonly names?: Names
}

/** What holds where `renderSlope` is told nothing else. */
export const DEFAULT_SLOPE_OPTIONS: Readonly<Required<Omit<SlopeOptions, "title" | "names" | "highlight">>> = Object.freeze({
  /** Pixels: a column of a report. */
  width: 720,
  legend: true,
  idPrefix: "chart",
  beforeLabel: "before",
  afterLabel: "after",
  better: "higher",
})

const COMMON: readonly string[] = ["title", "width", "legend", "idPrefix", "names"]

/**
 * Lists what is wrong with the options of a chart, apart from `kpi` and the ids in `names`, which are checked where they are read.
 *
 * @param choices options of this chart alone with what they can be
 * @param others further options of this chart
 */
export function checkChartOptions(options: ChartOptions & { readonly names?: Names }, choices: Readonly<Record<string, readonly string[]>>, others: readonly string[]): Issue[] {
  const issues: Issue[] = []
  const given = options
  if (!isPlainObject(options)) return [issue("option-type", "options", "must be an object", options)]
  checkKeys(options, [...COMMON, ...Object.keys(choices), ...others], "", issues)
  const { width, title, legend, idPrefix, names } = given
  if (width !== undefined && !(typeof width === "number" && width >= 240 && width <= 8000)) issues.push(issue("option-range", "width", "must be a number from 240 to 8000", width))
  // the width is checked above; the copy has no prototype
  checkMapOptions(ownOptions({ title, legend, idPrefix, names }) as MapOptions<never>, "", issues)
  for (const [key, known] of Object.entries(choices)) {
    const value = (options as Readonly<Record<string, unknown>>)[key]
    const words = `${known.slice(0, -1).map((one) => JSON.stringify(one)).join(", ")} or ${JSON.stringify(known.at(-1))}`
    if (value !== undefined && !(known as readonly unknown[]).includes(value)) issues.push(issue("option-range", key, `must be ${words}`, value))
  }
  return issues
}
