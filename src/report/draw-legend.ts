import { drawGap, drawOverlap, pixels, type MarkStyle } from "./draw-dots.js"
import { formatCount } from "../model/format-amount.js"
import { formatNumber } from "./format-number.js"
import { joinMarkup, markup, visibleText, type Markup } from "./markup.js"
import { textWidth } from "./text-width.js"

const LINE_HEIGHT = 20
const FONT_SIZE = 12
/** More entries than this are a table, not a legend. */
const MAX_TERRITORIES = 40

/** One entry: a mark, 16 pixels wide about (0, 0), and its words. */
export interface LegendEntry {
  readonly mark: Markup | null
  readonly text: string
}

/** What the legend has to say. */
export interface LegendFacts {
  readonly style: MarkStyle
  readonly sizeName: string | null
  /** Name and color of every territory, when they are not written on the map. */
  readonly territories: readonly { readonly name: string; readonly color: string }[]
  readonly hasCenters: boolean
  readonly gapCount: number
  readonly overlapCount: number
  readonly accountCount: number
  readonly drawnCount: number
  readonly outsideCount: number
  /** Territories all of whose accounts are at places of others. */
  readonly besideCount: number
  /** Territories without room for their name. */
  readonly unnamedCount: number
}

/** The entries that this map needs, and no others. */
export function legendEntries(facts: LegendFacts): LegendEntry[] {
  const dot = (color: string): Markup => markup`<circle r="4" fill="${color}"/>`
  const entries: LegendEntry[] = facts.territories.slice(0, MAX_TERRITORIES).map(({ name, color }) => ({ mark: dot(color), text: name }))
  if (facts.territories.length > MAX_TERRITORIES) entries.push({ mark: null, text: `and ${facts.territories.length - MAX_TERRITORIES} more territories` })
  if (facts.territories.length === 0) entries.push({ mark: dot("#808080"), text: facts.sizeName === null ? "account" : `account, area by ${facts.sizeName}` })
  else if (facts.sizeName !== null) entries.push({ mark: null, text: `area by ${facts.sizeName}` })
  if (facts.hasCenters) entries.push({ mark: drawCenter(0, 0), text: "center" })
  if (facts.gapCount > 0) {
    entries.push({ mark: drawGap(0, 0, facts.style, null), text: `gap: ${formatCount(facts.gapCount, "account")} without territory` })
  }
  if (facts.overlapCount > 0) {
    const mark = drawOverlap(0, 0, facts.style, "#777", "#ddd", null)
    entries.push({ mark, text: `overlap: ${formatCount(facts.overlapCount, "account")} in several territories` })
  }
  if (facts.drawnCount + facts.outsideCount < facts.accountCount) {
    entries.push({ mark: null, text: `drawn: ${formatNumber(facts.drawnCount, 0)} of ${formatCount(facts.accountCount, "account")}` })
  }
  if (facts.outsideCount > 0) entries.push({ mark: null, text: `${formatCount(facts.outsideCount, "account")} outside this projection` })
  if (facts.besideCount > 0) {
    const who = formatCount(facts.besideCount, "territory shares its places", "territories share their places")
    entries.push({ mark: null, text: `${who} with others: drawn beside them` })
  }
  if (facts.unnamedCount > 0) entries.push({ mark: null, text: `no room for ${formatCount(facts.unnamedCount, "name")}` })
  return entries
}

/** Sets the entries in lines, left to right. Returns the picture of the legend with its top at y = 0, and its height. */
export function drawLegend(entries: readonly LegendEntry[], width: number): { readonly picture: Markup; readonly height: number } {
  if (entries.length === 0) return { picture: markup``, height: 0 }
  let x = 12
  let line = 0
  const drawn = entries.map((entry) => {
    const lead = entry.mark === null ? 0 : 20
    const text = visibleText(entry.text)
    const advance = lead + textWidth(text) * FONT_SIZE + 18
    if (x > 12 && x + advance > width) {
      x = 12
      line++
    }
    const y = line * LINE_HEIGHT + 14
    const mark = entry.mark === null ? null : markup`<g transform="translate(${pixels(x + 7)},${y})">${entry.mark}</g>`
    const words = markup`<text class="eq-text" x="${pixels(x + lead)}" y="${y + 4}" fill="#333">${text}</text>`
    x += advance
    return joinMarkup([mark ?? markup``, words])
  })
  return { picture: markup`<g font-size="${FONT_SIZE}">${drawn}</g>`, height: (line + 1) * LINE_HEIGHT + 8 }
}

/** The center of a territory: a diamond, unlike every mark of an account. */
export function drawCenter(x: number, y: number): Markup {
  return markup`<path class="eq-center" d="M${pixels(x)},${pixels(y - 5)}l4,5l-4,5l-4,-5z" fill="#111" stroke="#fff" stroke-width="1.2"/>`
}
