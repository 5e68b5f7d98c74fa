import type { LocatedAccount } from "../model/account.js"
import type { AlignmentComparison } from "../performance/performance-result.js"
import { drawMap } from "./draw-map.js"
import type { MapOptions } from "./map-options.js"
import { markup, type Markup } from "./markup.js"
import type { Ownership } from "./ownership.js"
import { NO_MAP, svgElement } from "./render-map.js"
import type { ReportInput } from "./report-input.js"

/** The maps of the page. */
export interface ReportMaps {
  readonly figures: Markup
  /** Color of each territory of the plan. */
  readonly colors: ReadonlyMap<string, string>
}

/** Pixels of the drawing: two side by side, or one across the page. Lettering is then about as large as the page's. */
const WIDTH = { pair: 640, alone: 1100 }

/** With more territories than this, names need the whole width of the page, and maps stand one above the other. */
const MOST_SIDE_BY_SIDE = 30

/** Draws the plan and, left of it, what it replaces: a territory of before has the color of its heir. */
export function drawReportMaps<A extends LocatedAccount>(input: ReportInput<A>, accounts: readonly A[], after: Ownership, before: Ownership | null, title: string): ReportMaps {
  if (after.table.space === "none") return { figures: markup`<p>There is no map: the accounts ${NO_MAP}.</p>`, colors: new Map() }
  const isCrowded = Math.max(after.territoryIds.length, before?.territoryIds.length ?? 0) > MOST_SIDE_BY_SIDE
  const options: MapOptions<A> = {
    ...input.map,
    width: before === null || isCrowded ? WIDTH.alone : WIDTH.pair,
    ...(input.boundary === undefined ? {} : { boundary: input.boundary }),
    ...(input.names === undefined ? {} : { names: input.names }),
  }
  const proposed = drawMap(accounts, after, { ...options, idPrefix: "after" })
  const figure = (title: string, svg: Markup): Markup => markup`<figure><figcaption><b>${title}</b></figcaption>${svg}</figure>`
  const afterFigure = figure(title, svgElement(proposed, mapClass))
  if (before === null) return { figures: afterFigure, colors: proposed.colors }
  const current = drawMap(accounts, before, { ...options, idPrefix: "before", colors: heirColors(before, proposed.colors, input.comparison) })
  return { figures: markup`<div class="${isCrowded ? "stack" : "pair"}">${figure("Before", svgElement(current, mapClass))}${afterFigure}</div>`, colors: proposed.colors }
}

const mapClass: Markup = markup` class="map"`

function heirColors(before: Ownership, colors: ReadonlyMap<string, string>, comparison: AlignmentComparison | undefined): Record<string, string> {
  const heirs = new Map(comparison?.matches.map((match) => [match.before, match.after]))
  const pairs = before.territoryIds.flatMap((id): [string, string][] => {
    const color = colors.get(comparison === undefined ? id : (heirs.get(id) ?? ""))
    return color === undefined ? [] : [[id, color]]
  })
  return Object.fromEntries(pairs)
}
