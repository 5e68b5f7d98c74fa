import type { AxisTick } from "./axis-ticks.js"
import { pixels } from "./draw-dots.js"
import { joinMarkup, markup, type Markup } from "./markup.js"
import { cutText, textWidth } from "./text-width.js"

/** Where a chart's plot lies in its picture, pixels. */
export interface PlotBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const AXIS_SIZE = 11
const TITLE_SIZE = 12
/** More than a screen, pixels: whoever reads the first rows does not see the last. */
const HIGH = 640
const GRID = "#e4e8ed"
const INK = "#454f5b"

/** Room that the numbers of an upright axis take at its left. */
export function tickRoom(ticks: readonly AxisTick[]): number {
  return ticks.reduce((most, tick) => Math.max(most, textWidth(tick.label) * AXIS_SIZE), 0) + 10
}

/** Numbers at the left, a pale line across the plot at each. */
export function uprightAxis(ticks: readonly AxisTick[], at: (value: number) => number, box: PlotBox): Markup {
  const lines = ticks.map(({ value, label }) => {
    const y = at(value)
    return markup`<path d="M${pixels(box.left)},${pixels(y)}H${pixels(box.right)}" stroke="${GRID}"/><text x="${pixels(box.left - 6)}" y="${pixels(y + 4)}" text-anchor="end">${label}</text>`
  })
  return markup`<g font-size="${AXIS_SIZE}" fill="${INK}">${lines}</g>`
}

/**
 * Numbers below the plot, of a high one above it as well, a pale line at each; those that would touch the one before are left out.
 *
 * @param title what is shown, cut to its room
 * @param fullWidth of the picture, beyond which nothing may reach
 */
export function levelAxis(ticks: readonly AxisTick[], at: (value: number) => number, box: PlotBox, title: string, fullWidth: number): Markup {
  const isHigh = box.bottom - box.top > HIGH
  let end = -Infinity
  const lines = [...ticks].sort((a, b) => at(a.value) - at(b.value)).map(({ value, label }) => {
    const x = at(value)
    const half = (textWidth(label) * AXIS_SIZE) / 2
    const line = markup`<path d="M${pixels(x)},${pixels(box.top)}V${pixels(box.bottom)}" stroke="${GRID}"/>`
    if (x - half < end + 6 || x + half > fullWidth) return line
    end = x + half
    const above = isHigh ? markup`<text x="${pixels(x)}" y="${pixels(box.top - 8)}" text-anchor="middle">${label}</text>` : markup``
    return joinMarkup([line, above, markup`<text x="${pixels(x)}" y="${pixels(box.bottom + 16)}" text-anchor="middle">${label}</text>`])
  })
  const middle = (box.left + box.right) / 2
  const fitting = cutText(title, (2 * Math.min(middle - 12, fullWidth - 12 - middle)) / TITLE_SIZE)
  const name = markup`<text x="${pixels(middle)}" y="${pixels(box.bottom + 34)}" text-anchor="middle" font-size="${TITLE_SIZE}">${fitting}</text>`
  return markup`<g font-size="${AXIS_SIZE}" fill="${INK}">${lines}${name}</g>`
}
