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
/** Beyond it, territories have nothing in common. */
const FARTHEST = 1e4

/** How far `other` is from `one`. @param levelWeight see `TestPlanOptions` */
export function howFarApart(one: Profile, other: Profile, levelWeight: number): Apart {
  let squares = 0
  for (let p = 0; p < one.path.length; p++) squares += (one.path[p] - other.path[p]) ** 2
  const pathDifference = Math.sqrt(squares / one.path.length)
  const levelRatio = other.mean / one.mean
  return { pathDifference, levelRatio, distance: Math.sqrt(squares / one.path.length + (levelWeight * Math.log(levelRatio)) ** 2) }
}

/**
 * Gives every treated territory `each` controls of its own, so that all distances together are as small as possible: an assignment problem, solved
 * exactly. With fewer candidates than that, each gets as many as there are for all, at least one while they last. O((treated x each)^2 x candidates).
 *
 * @param treated and @param candidates indices, ascending, disjoint
 * @returns by treated territory, nearest first, ties by index
 */
export function matchControls(treated: readonly number[], candidates: readonly number[], each: number, distanceOf: (t: number, c: number) => number): number[][] {
  const slots = Math.max(1, Math.min(each, Math.floor(candidates.length / treated.length)))
  const rows = treated.length * slots
  const profits = new Float64Array(rows * candidates.length)
  treated.forEach((t, j) => {
    candidates.forEach((c, place) => {
      const profit = Math.round((2 * FARTHEST - Math.min(FARTHEST, distanceOf(t, c))) / UNIT)
      for (let slot = 0; slot < slots; slot++) profits[(j * slots + slot) * candidates.length + place] = profit
    })
  })
  const found = matchMaximum(rows, candidates.length, profits)
  return treated.map((t, j) => Array.from(found.subarray(j * slots, (j + 1) * slots)).filter((place) => place >= 0).map((place) => candidates[place])
    .sort((a, b) => distanceOf(t, a) - distanceOf(t, b) || a - b))
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
