import { STRETCH_SLACK, type StretchInput, type Stretched } from "./stretch-bounds.js"

/** What can be reached of bounds, and what is wanted. */
export interface LoadsInput {
  readonly M: number
  /** K. */
  readonly targets: Float64Array
  readonly unit: Float64Array
  readonly floor: Float64Array
  readonly reached: Stretched
}

/**
 * Loads of all rows, K, that divided accounts can have: a row whose bound gave way is at it; the rest are as near to
 * their targets as can be within their bounds, the largest distance first, then the next (see `stretchBounds`). Where
 * there was too much work to tell that apart, the rest of a measure is where its rows, each at the same share of its
 * window, sum to what is there.
 *
 * @param settle the bounds stretched until they can be met
 */
export function* fairestLoads(
  { M, targets, unit, floor, reached }: LoadsInput,
  settle: (input: StretchInput) => Generator<undefined, Stretched>,
): Generator<undefined, Float64Array> {
  const { lower: low, upper: high, lowerGave, upperGave } = reached
  // what gave way down to nothing is nothing
  const above = (bound: number, r: number): number => (bound > 0 ? bound + STRETCH_SLACK * unit[r] : 0)
  const wanted = targets.map((target, r) =>
    lowerGave[r] === 1
      ? above(low[r], r)
      : upperGave[r] === 1
        ? high[r] - STRETCH_SLACK * unit[r]
        : Math.min(Math.max(target, low[r], floor[r]), high[r]),
  )
  const gives = Uint8Array.from(wanted, (_, r) => (lowerGave[r] === 1 || upperGave[r] === 1 ? 0 : 1))
  const settled = yield* settle({
    lower: wanted.map((load, r) => (gives[r] === 1 ? load : low[r])),
    upper: wanted.map((load, r) => (gives[r] === 1 ? load : high[r])),
    unit,
    floor,
    lowerGives: gives,
    upperGives: gives,
    lowest: low,
    highest: high,
  })
  const isOpen = Uint8Array.from(gives, (gives, r) =>
    gives === 1 && settled.lowerGave[r] === 0 && settled.upperGave[r] === 0 ? 1 : 0,
  )
  const loads = wanted.map((load, r) =>
    gives[r] === 0 || isOpen[r] === 1
      ? load
      : settled.lowerGave[r] === 1
        ? above(settled.lower[r], r)
        : settled.upper[r] - STRETCH_SLACK * unit[r],
  )
  if (settled.status !== "fits") for (let m = 0; m < M; m++) fillWindows(m)
  return loads

  /** Open rows of measure m at the same share of their windows; all of it sums to about k. */
  function fillWindows(m: number): void {
    let [least, most, rest] = [0, 0, 0]
    for (let r = m; r < loads.length; r += M) {
      rest += targets[r] - (isOpen[r] === 1 ? 0 : loads[r])
      if (isOpen[r] === 0) continue
      least += Math.max(settled.lower[r], floor[r])
      most += settled.upper[r]
    }
    const share = most > least ? Math.min(1, Math.max(0, (rest - least) / (most - least))) : 0
    for (let r = m; r < loads.length; r += M) {
      if (isOpen[r] === 0) continue
      const from = Math.max(settled.lower[r], floor[r])
      loads[r] = from + share * (settled.upper[r] - from)
    }
  }
}
