import type { Verdict, Yardstick } from "../performance/performance-result.js"
import { pixels } from "./draw-dots.js"
import type { LegendEntry } from "./draw-legend.js"
import { listSome } from "./html-table.js"
import { markup, visibleText, type Markup } from "./markup.js"
import { cutText } from "./text-width.js"

/** Colors on white, each with a contrast of 4.5 or more; the same as the page's. */
const GOOD = "#1f7a4d"
const BAD = "#b3382c"
const OPEN = "#4a5563"
const WEAK = "#737b86"

/** Verdicts in the order of the legend. */
const VERDICTS: readonly string[] = ["above", "below", "consistent with chance", "too little data"]

/**
 * The mark of a verdict, told by its shape as well as by its color: a triangle upward above, one downward below, a ring where chance
 * explains the difference, a cross where nothing can be said.
 *
 * @param title what a pointer is told; null: nothing
 */
export function verdictMark(verdict: string, isLowerBetter: boolean, x: number, y: number, title: string | null): Markup {
  const label = title === null ? null : markup`<title>${title}</title>`
  const [at, up] = [pixels(x), pixels(y)]
  if (verdict === "above") return markup`<path class="eq-above" d="M${at},${pixels(y - 5.5)}l5.5,9.5h-11z" fill="${isLowerBetter ? BAD : GOOD}" stroke="#fff" stroke-width="0.8">${label}</path>`
  if (verdict === "below") return markup`<path class="eq-below" d="M${at},${pixels(y + 5.5)}l5.5,-9.5h-11z" fill="${isLowerBetter ? GOOD : BAD}" stroke="#fff" stroke-width="0.8">${label}</path>`
  if (verdict === "consistent with chance") return markup`<circle class="eq-open" cx="${at}" cy="${up}" r="4" fill="#fff" stroke="${OPEN}" stroke-width="1.6">${label}</circle>`
  // without a fill a pointer would fall through between the bars
  return markup`<path class="eq-weak" d="M${pixels(x - 3.5)},${pixels(y - 3.5)}l7,7m0,-7l-7,7" fill="none" stroke="${WEAK}" stroke-width="1.8" pointer-events="bounding-box">${label}</path>`
}

/** Where a drawn diamond says what a figure is once chance is taken out. */
export function shrunkenMark(x: number, y: number): Markup {
  return markup`<path class="eq-shrunken" d="M${pixels(x)},${pixels(y - 3.6)}l3.6,3.6l-3.6,3.6l-3.6,-3.6z" fill="#fff" fill-opacity="0.6" stroke="#1b2430" stroke-width="1.1"/>`
}

/** Legend entries of the verdicts that occur, with how often. */
export function verdictEntries(verdicts: readonly string[], isLowerBetter: boolean): LegendEntry[] {
  const strange = [...new Set(verdicts)].filter((verdict) => !VERDICTS.includes(verdict)).sort()
  return [...VERDICTS, ...strange].flatMap((verdict) => {
    const count = verdicts.filter((one) => one === verdict).length
    const isApart = verdict === "above" || verdict === "below"
    const words = !isApart ? verdict : `${verdict}, ${(verdict === "above") !== isLowerBetter ? "better" : "worse"} than chance explains`
    return count === 0 ? [] : [{ mark: verdictMark(verdict, isLowerBetter, 0, 0, null), text: `${cutText(visibleText(words), 40)}: ${count}` }]
  })
}

/** Whether a figure differs from the others by more than chance explains. */
export function standsApart(verdict: string): boolean {
  return verdict === "above" || verdict === "below"
}

/** How many differ, as a sentence; and how many cannot be judged, which is no sign that they do not differ. */
export function apartWords(verdicts: readonly string[]): string {
  const unjudged = verdicts.filter((verdict) => verdict === UNJUDGED).length
  const judged = verdicts.length - unjudged
  if (judged === 0) return "None can be judged: too little data."
  const apart = verdicts.filter(standsApart).length
  const [who, verb] = apart > 0 ? [String(apart), apart === 1 ? "differs" : "differ"] : [unjudged === 0 ? "None" : `None of the ${judged} that can be judged`, "differs"]
  const rest = unjudged === 0 ? "" : `; ${unjudged} ${unjudged === 1 ? "has" : "have"} too little data`
  return `${who} ${verb} from the others by more than chance explains${rest}.`
}

/** What a verdict was held against, if that is not simply all others; "" if it is. */
export function yardstickWords(comparedWith: Yardstick | null | undefined, nameOf: (id: string) => string, write: (value: number) => string): string {
  if (comparedWith === null || comparedWith === undefined || comparedWith.setAside.length === 0) return ""
  const value = comparedWith.value === null ? "" : `${write(comparedWith.value)}, `
  return `${value}without ${listSome(comparedWith.setAside.map(nameOf), MOST_ASIDE)}`
}

/** Territories set aside that are named; the result has all. */
const MOST_ASIDE = 3
const UNJUDGED: Verdict = "too little data"
