import { markup, type Markup } from "./markup.js"
import type { MapFrame } from "./fit-map.js"
import type { Ownership } from "./ownership.js"
import type { DrawnAccounts } from "./thin-accounts.js"

/** Steps of the radius, pixels: dots of one step and territory become one element. */
const RADIUS_STEP = 0.25
const SMALLEST_RADIUS = 1

/** More gaps and overlaps than this are no exceptions any more: their marks need not stand out. */
const MANY_MARKS = 150

/** Marks that gaps and overlaps have, so that the legend can show the same. */
export interface MarkStyle {
  /** Radius of an ordinary dot (of the largest one when sizes are given), pixels. */
  readonly radius: number
  /** Radius of the marks of gaps and overlaps, pixels. */
  readonly markRadius: number
}

/** Radii that suit so many dots on so much room: crowded dots shrink, sparse ones do not become plates. */
export function markStyle(count: number, markCount: number, room: number, sized: boolean): MarkStyle {
  const even = Math.min(4.5, Math.max(1, 0.16 * Math.sqrt(room / Math.max(1, count))))
  return { radius: sized ? Math.min(13, Math.max(4, even * 3)) : even, markRadius: markCount > MANY_MARKS ? Math.max(2.5, even + 1) : Math.min(6.5, even + 3) }
}

/**
 * Accounts as dots, large ones below small ones. All dots of one territory and radius are one path of zero-length strokes
 * with round caps: a tenth of the bytes of circles.
 *
 * @param sizes number >= 0 of each account, shown as area; null: all equal
 */
export function drawDots(ownership: Ownership, frame: MapFrame, drawn: DrawnAccounts, sizes: Float64Array | null, style: MarkStyle, colors: readonly string[]): Markup[] {
  let largest = 0
  if (sizes !== null) for (const i of drawn.owned) largest = Math.max(largest, sizes[i])
  const layers = new Map<number, Map<number, string[]>>()
  for (const i of drawn.owned) {
    const radius = sizes === null || largest === 0 ? style.radius : style.radius * Math.sqrt(sizes[i] / largest)
    const step = Math.max(Math.round(radius / RADIUS_STEP), SMALLEST_RADIUS / RADIUS_STEP)
    const layer = layers.get(step) ?? new Map<number, string[]>()
    layers.set(step, layer)
    const dots = layer.get(ownership.owners[i]) ?? []
    layer.set(ownership.owners[i], dots)
    dots.push(`M${pixels(frame.xs[i])},${pixels(frame.ys[i])}h0`)
  }
  const steps = [...layers.keys()].sort((a, b) => b - a)
  return steps.flatMap((step) => {
    const layer = layers.get(step) as Map<number, string[]>
    return [...layer.keys()].sort((a, b) => a - b).map((t) => {
      return markup`<path d="${(layer.get(t) as string[]).join("")}" stroke="${colors[t]}" stroke-width="${2 * step * RADIUS_STEP}"/>`
    })
  })
}

/** An account without owner: hollow, black. */
export function drawGap(x: number, y: number, style: MarkStyle, title: string | null): Markup {
  const label = title === null ? null : markup`<title>${title}</title>`
  return markup`<circle class="eq-gap" cx="${pixels(x)}" cy="${pixels(y)}" r="${pixels(style.markRadius)}" fill="#fff" stroke="#000" stroke-width="1.6">${label}</circle>`
}

/** An account with several owners: split between the colors of the first two, in a black ring. */
export function drawOverlap(x: number, y: number, style: MarkStyle, left: string, right: string, title: string | null): Markup {
  const r = pixels(style.markRadius)
  const top = `M${pixels(x)},${pixels(y - style.markRadius)}`
  const label = title === null ? null : markup`<title>${title}</title>`
  return markup`<g class="eq-overlap">${label}<path d="${top}a${r},${r} 0 0 0 0,${pixels(2 * style.markRadius)}z" fill="${left}"/><path d="${top}a${r},${r} 0 0 1 0,${pixels(2 * style.markRadius)}z" fill="${right}"/><circle cx="${pixels(x)}" cy="${pixels(y)}" r="${r}" fill="none" stroke="#000" stroke-width="1.6"/><path d="${top}v${pixels(2 * style.markRadius)}" stroke="#000" stroke-width="1"/></g>`
}

/** To tenths of a pixel, without a negative zero. */
export function pixels(value: number): string {
  return String(Math.round(value * 10) / 10 + 0)
}
