import { textWidth } from "./text-width.js"

/** A label to place beside a point, pixels. */
export interface LabelWish {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** Of a label at most this share may lie on others; beyond that it is left out, since two that cover each other tell nothing. */
const MAX_COVERED = 0.3

/** Where a label stands: the middle of its baseline. */
export interface PlacedLabel {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** Map labels are semibold, about so much wider than plain text. */
const BOLD = 1.15

/** Letters longer than this are cut on a map; tables show names whole. */
const MAX_LETTERS = 24

/**
 * Finds each label a place near its point where it covers no other label or point: below, above, right, left, and the same
 * farther out; where all are taken, the one that covers least. A label that would still lie on others by a third is left
 * out. Labels stay inside the box. Greedy, in the given order, which a better placement (Christensen, Marks & Shieber 1995)
 * would beat only on crowded maps. O(k^2).
 *
 * @param size font size, pixels
 * @param others points without a label of their own that labels keep off as well
 * @param maxCovered the share of a label that may lie on others
 */
export function placeLabels(wishes: readonly LabelWish[], size: number, width: number, height: number, others: readonly Omit<LabelWish, "text">[] = [], maxCovered: number = MAX_COVERED): PlacedLabel[] {
  const points = [...wishes, ...others].map((wish) => ({ x0: wish.x - 4, y0: wish.y - 4, x1: wish.x + 4, y1: wish.y + 4 }))
  const taken: Box[] = []
  return wishes.flatMap((wish, own) => {
    const letters = [...wish.text]
    const text = letters.length > MAX_LETTERS ? `${letters.slice(0, MAX_LETTERS - 1).join("")}\u2026` : wish.text
    const half = (BOLD * textWidth(text) * size) / 2
    let best = { x: wish.x, y: wish.y }
    let bestBox: Box = points[own]
    let least = Infinity
    for (const [dx, dy] of offsets(half, size)) {
      const x = clamp(wish.x + dx, half + 2, width - half - 2)
      const y = clamp(wish.y + dy, size + 2, height - 4)
      const box = { x0: x - half - 2, y0: y - size * 0.85, x1: x + half + 2, y1: y + size * 0.3 }
      let covered = 0
      for (const other of taken) covered += overlapArea(box, other)
      for (let p = 0; p < points.length; p++) if (p !== own) covered += overlapArea(box, points[p]) / 4
      if (covered < least) {
        least = covered
        best = { x, y }
        bestBox = box
      }
      if (least === 0) break
    }
    if (least > maxCovered * (bestBox.x1 - bestBox.x0) * (bestBox.y1 - bestBox.y0)) return []
    taken.push(bestBox)
    return [{ text, ...best }]
  })
}

function offsets(half: number, size: number): (readonly [number, number])[] {
  const near = [[0, size + 4], [0, -8], [half + 8, size * 0.35], [-half - 8, size * 0.35]] as const
  const far = [[0, 2 * size + 6], [0, -size - 10], [half + 8, size + 6], [-half - 8, size + 6], [half + 8, -8], [-half - 8, -8]] as const
  return [...near, ...far]
}

interface Box {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

function overlapArea(a: Box, b: Box): number {
  const dx = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0)
  const dy = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0)
  return dx > 0 && dy > 0 ? dx * dy : 0
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))
