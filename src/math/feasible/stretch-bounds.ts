import type { Fit } from "./divisible-fit.js"

/** Bounds that may be too close together, and what may give way. */
export interface StretchInput {
  /** K: 0 where open. */
  readonly lower: Float64Array
  /** K: Infinity where open. */
  readonly upper: Float64Array
  /** K, > 0: what an excess beyond a bound of the row counts relative to. */
  readonly unit: Float64Array
  /** K: what can go nowhere else; no upper bound is below it. */
  readonly floor: Float64Array
  /** K: 1 for a bound that may give way. */
  readonly lowerGives: Uint8Array
  readonly upperGives: Uint8Array
  /** K: how far bounds may give way; missing: as far as it takes. */
  readonly lowest?: Float64Array
  readonly highest?: Float64Array
}

/** The bounds that can be met. */
export interface Stretched {
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** K: 1 where that bound gave way, so that in every fairest answer the row is at it. */
  readonly lowerGave: Uint8Array
  readonly upperGave: Uint8Array
  /** Excesses of the levels, never rising. */
  readonly levels: readonly number[]
  /**
   * `fits`: the bounds returned are met. `evened`: they are met too, but there was too much work to tell levels
   * apart, and all that may give way beyond the last one do so as far as that. `stuck`: those that may not give
   * way exclude each other. `unknown`: too much work, or rounding.
   */
  readonly status: "fits" | "evened" | "stuck" | "unknown"
}

/** Answers whether bounds can be met, with a ray of prices where they cannot. */
export type Ask = (lower: Float64Array, upper: Float64Array) => Generator<undefined, Fit>

/** Rays of one level, at most. */
const MAX_RAYS = 60
/**
 * A bound that gave way is this much of a unit further than computed, so that rounding does not decide the next
 * question.
 */
export const STRETCH_SLACK = 1e-9
const FARTHEST = 1e12
const BISECTIONS = 200

/**
 * The fairest bounds that can be met: the largest excess beyond a bound, relative to the row's unit, is made as
 * small as it can be, then the next largest, and so on (lexicographically). At every level all bounds that may still
 * give way do so by the same excess z, which a ray of prices that proves z too small (Farkas) sets to where that
 * proof ends (Newton's method on rays, after Dinkelbach 1967): from below, in finitely many steps. The bounds of the
 * last ray are met with equality in every fairest answer: they have given way by z, and the next level begins
 * without them.
 *
 * Deterministic. At most K levels, most often two or three, of a few questions each. Where the work is over, the
 * level before is known to be enough for all that may still give way.
 *
 * Source: Fujishige (1980) for lexicographically optimal bases; Behringer (1977) for levels of a linear program.
 *
 * @param ask must be exact but for rounding
 * @param isOver asked before every question: whether to leave the rest unanswered
 * @yields at every level
 */
export function* stretchBounds(
  { lower: asked, upper: most, unit, floor, lowerGives, upperGives, lowest, highest }: StretchInput,
  ask: Ask,
  isOver: () => boolean,
): Generator<undefined, Stretched> {
  const K = asked.length
  const lower = asked.slice()
  const upper = most.map((bound, r) => Math.max(bound, floor[r]))
  const from = most.slice()
  const givesLower = lowerGives.slice()
  const givesUpper = upperGives.slice()
  const lowerGave = new Uint8Array(K)
  const upperGave = new Uint8Array(K)
  const levels: number[] = []
  const low = lower.slice()
  const high = upper.slice()
  for (;;) {
    yield undefined
    let z = 0
    let proof: Extract<Fit, { status: "conflict" }> | null = null
    for (let rays = 0; ; rays++) {
      if (isOver()) return evenOut()
      for (let r = 0; r < K; r++) {
        low[r] = lowerAt(r, z)
        high[r] = upperAt(r, z)
      }
      const answer = yield* ask(low, high)
      if (answer.status === "unknown" && proof === null) return evenOut()
      if (answer.status !== "conflict" || rays === MAX_RAYS) break
      const to = rootOf(answer.ray, answer.reach, z)
      if (to === null) return done("stuck")
      proof = answer
      if (!(to > z)) break
      z = to
    }
    if (proof === null) return done("fits")
    levels.push(z)
    if (!freeze(proof.ray, z)) return evenOut()
  }

  function done(status: Stretched["status"]): Stretched {
    return { lower, upper, lowerGave, upperGave, levels, status }
  }

  /** All bounds that may still give way do so by the last level: what was met there. */
  function evenOut(): Stretched {
    if (levels.length === 0) return done("unknown")
    const z = levels[levels.length - 1]
    const slack = (r: number): number => STRETCH_SLACK * unit[r]
    for (let r = 0; r < K; r++) {
      if (givesLower[r] === 1) lower[r] = Math.max(leastOf(r), lowerAt(r, z) - slack(r))
      if (givesUpper[r] === 1) upper[r] = upperAt(r, z) + slack(r)
    }
    return done("evened")
  }

  function lowerAt(r: number, z: number): number {
    return givesLower[r] === 1 ? Math.max(leastOf(r), lower[r] - z * unit[r]) : lower[r]
  }

  function leastOf(r: number): number {
    return lowest === undefined ? 0 : Math.min(lowest[r], asked[r])
  }

  function mostOf(r: number): number {
    return highest === undefined ? Infinity : Math.max(highest[r], upper[r])
  }

  function upperAt(r: number, z: number): number {
    return givesUpper[r] === 1 ? Math.min(mostOf(r), Math.max(floor[r], from[r] + z * unit[r])) : upper[r]
  }

  /** By how much bounds that have given way by z ask for more along the ray than can be reached. */
  function excessAt(ray: Float64Array, reach: number, z: number): number {
    let sum = -reach
    for (let r = 0; r < K; r++) if (ray[r] !== 0) sum += ray[r] * (ray[r] > 0 ? lowerAt(r, z) : upperAt(r, z))
    return sum
  }

  /** Where the proof ends; null where it never does. */
  function rootOf(ray: Float64Array, reach: number, z: number): number | null {
    let step = 1e-3
    let [left, right] = [z, z + step]
    while (excessAt(ray, reach, right) > 0) {
      if (right > FARTHEST) return null
      left = right
      step *= 2
      right = z + step
    }
    for (let b = 0; b < BISECTIONS && right > left; b++) {
      const middle = (left + right) / 2
      if (middle <= left || middle >= right) break
      if (excessAt(ray, reach, middle) > 0) left = middle
      else right = middle
    }
    return right
  }

  /** The bounds of the ray that move with z stay where they are now. Answers whether there are any. */
  function freeze(ray: Float64Array, z: number): boolean {
    let isAny = false
    for (let r = 0; r < K; r++) {
      const slack = STRETCH_SLACK * unit[r]
      if (ray[r] > 0 && givesLower[r] === 1 && lower[r] - z * unit[r] > leastOf(r) - slack) {
        lower[r] = Math.max(leastOf(r), lower[r] - z * unit[r] - slack)
        givesLower[r] = 0
        lowerGave[r] = 1
        isAny = true
      }
      const isBetween = from[r] + z * unit[r] > floor[r] - slack && from[r] + z * unit[r] < mostOf(r) + slack
      if (ray[r] < 0 && givesUpper[r] === 1 && isBetween) {
        upper[r] = upperAt(r, z) + slack
        givesUpper[r] = 0
        upperGave[r] = 1
        isAny = true
      }
    }
    return isAny
  }
}
