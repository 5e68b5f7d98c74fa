import { log } from "../../math/exact/log.js"
import { createRandom } from "../../math/random.js"
import { matchMaximum } from "../../math/graph/match-maximum.js"

/** How far apart two territories are. */
export interface Apart {
  readonly pathDifference: number
  readonly levelRatio: number
  readonly distance: number
}

/** A territory's history as a share of its own mean, and that mean. */
export interface Profile {
  readonly mean: number
  readonly path: Float64Array
}

/** Distances are compared in whole units of this. */
const UNIT = 1e-9
/** Beyond it, territories have nothing in common. Sums of profits stay exact for hundreds of matches. */
const FARTHEST = 1e3

/** How far `other` is from `one`. @param levelWeight see `TestPlanOptions` */
export function howFarApart(one: Profile, other: Profile, levelWeight: number): Apart {
  let squares = 0
  for (let p = 0; p < one.path.length; p++) squares += (one.path[p] - other.path[p]) ** 2
  const pathDifference = Math.sqrt(squares / one.path.length)
  const levels = log(other.mean) - log(one.mean)
  return { pathDifference, levelRatio: Math.min(Number.MAX_VALUE, other.mean / one.mean), distance: Math.sqrt(squares / one.path.length + (levelWeight * levels) ** 2) }
}

/**
 * Gives every treated territory `each` controls of its own, so that all distances together are as small as possible: an assignment problem, solved
 * exactly. With fewer candidates, each gets as many as there are for all, and then the rest go one by one to whom they suit best, an assignment
 * again. O((treated x each)^2 x candidates).
 *
 * @param treated and @param candidates indices, ascending, disjoint
 * @returns by treated territory, nearest first, ties by index
 */
export function matchControls(treated: readonly number[], candidates: readonly number[], each: number, distanceOf: (t: number, c: number) => number): number[][] {
  const forAll = Math.min(each, Math.floor(candidates.length / treated.length))
  const first = assign(forAll, candidates)
  const taken = new Set(first.flat())
  const rest = forAll < each ? assign(1, candidates.filter((c) => !taken.has(c))) : treated.map(() => [])
  return treated.map((t, j) => [...first[j], ...rest[j]].sort((a, b) => distanceOf(t, a) - distanceOf(t, b) || a - b))

  function assign(slots: number, open: readonly number[]): number[][] {
    const profits = new Float64Array(treated.length * slots * open.length)
    treated.forEach((t, j) => {
      open.forEach((c, place) => {
        const profit = Math.round((2 * FARTHEST - Math.min(FARTHEST, distanceOf(t, c))) / UNIT)
        for (let slot = 0; slot < slots; slot++) profits[(j * slots + slot) * open.length + place] = profit
      })
    })
    const found = matchMaximum(treated.length * slots, open.length, profits)
    return treated.map((_, j) => Array.from(found.subarray(j * slots, (j + 1) * slots)).filter((place) => place >= 0).map((place) => open[place]))
  }
}

/**
 * Chooses territories to treat: the two nearest candidates become a pair, then the two nearest of the rest, and so on; a seeded coin says which of a
 * pair is treated, so that nobody's choice does (matched-pair randomization). O(candidates^2 log candidates).
 *
 * @param count at most half of the candidates
 * @returns ascending
 */
export function chooseTreated(candidates: readonly number[], count: number, seed: number, distanceOf: (t: number, c: number) => number): number[] {
  const pairs = candidates.flatMap((one, i) => candidates.slice(i + 1).map((other) => ({ one, other, distance: distanceOf(one, other) })))
  pairs.sort((a, b) => a.distance - b.distance || a.one - b.one || a.other - b.other)
  const random = createRandom(seed, 23)
  const taken = new Set<number>()
  const chosen: number[] = []
  for (const { one, other } of pairs) {
    if (chosen.length === count) break
    if (taken.has(one) || taken.has(other)) continue
    taken.add(one).add(other)
    chosen.push(random() < 0.5 ? one : other)
  }
  return chosen.sort((a, b) => a - b)
}
