import { TURN } from "./region.js"

/** From and to, in grid steps; `to` may lie beyond half a turn, and at most a turn after `from`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * Where to cut the globe open so that nothing is cut: the middle of the widest range of longitude that no span covers; -180
 * degrees where spans cover all of it. Rotating all spans rotates the cut. O(n log n).
 *
 * @returns the western end of the map, grid steps in [-half a turn, half a turn)
 */
export function cutLongitude(spans: readonly Span[]): number {
  const around = spans.map(({ from, to }) => ({ from: wrap(from), to: wrap(from) + (to - from) })).sort((a, b) => a.from - b.from || a.to - b.to)
  if (around.length === 0) return -TURN / 2
  let [reached, widest, cut] = [around[0].to, 0, -TURN / 2]
  const next = [...around.slice(1), ...around.map(({ from, to }) => ({ from: from + TURN, to: to + TURN }))]
  for (const { from, to } of next) {
    if (from - reached > widest) {
      widest = from - reached
      cut = wrap(Math.round(reached + widest / 2))
    }
    reached = Math.max(reached, to)
  }
  return cut
}

/** By how many steps, a multiple of a turn, a place must move east to lie in the turn that starts at the cut. */
export function turnsFrom(cut: number, x: number): number {
  const turns = Math.floor((x - cut) / TURN)
  return turns === 0 ? 0 : -turns * TURN
}

function wrap(x: number): number {
  return x + turnsFrom(-TURN / 2, x)
}
