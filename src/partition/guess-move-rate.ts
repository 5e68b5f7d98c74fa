import { findCandidates } from "../math/transport/candidates.js"
import { centerSpacing } from "../math/transport/center-spacing.js"
import { homeWeight, movedWeight } from "../math/transport/pair-rules.js"
import { createSmoothDual } from "../math/transport/smooth-dual.js"
import { smoothAscent } from "../math/transport/smooth-ascent.js"
import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"

/** A rate at which about as much moves as may, and prices to go with it. */
export interface GuessedRate {
  /** To be added to that of the homes. */
  readonly rate: number
  readonly prices: Float64Array
}

/** Softness of the division and of the bounds on the way, how balanced, after how many steps. */
const STEPS = [
  { soft: 0.03, bend: 0.03 },
  { soft: 0.01, bend: 3e-3 },
]
const BALANCED = 0.02
const MOST_STEPS = 8
/** First guess, as a share of what accounts cost for their weight, and how it grows until too little moves. */
const FIRST = 0.1
const GROWTH = 4
const GROWTHS = 14
/** Halvings of what is between, and where that is close enough: from this share of what may move. */
const HALVINGS = 6
const CLOSE = 0.9

/**
 * Guesses what a limit on all moves costs, by the smoothed dual alone: rates grow until no more moves than may, and what is between
 * the last two is halved. O(n) an evaluation, of which there are about a hundred.
 *
 * @param problem with homes; limits are not looked at
 * @param most weight that may move
 * @yields after every few hundred thousand pairs
 */
export function* guessMoveRate(problem: TransportProblem, centers: Float64Array, prices: Float64Array, most: number): Generator<undefined, GuessedRate> {
  const { k, n, dimension, power, homes } = problem
  if (!homes) return { rate: 0, prices }
  const spacing = centerSpacing(centers, k, dimension, power)
  let low = { rate: 0, moved: Infinity }
  let latest: GuessedRate = { rate: 0, prices }
  let rate = 0
  for (let growth = 0; growth < GROWTHS; growth++) {
    const moved = yield* look(rate)
    if (moved <= most) break
    low = { rate, moved }
    rate = growth === 0 ? (FIRST * k) / homeWeight(problem) : GROWTH * rate
  }
  let high = latest
  if (high.rate === 0) return high
  for (let halving = 0; halving < HALVINGS; halving++) {
    const moved = yield* look(low.rate > 0 ? Math.sqrt(low.rate * high.rate) : high.rate / 2)
    if (moved > most) low = { rate: latest.rate, moved }
    else {
      high = latest
      if (moved >= CLOSE * most) break
    }
  }
  return high

  /** What moves at a rate, about. */
  function* look(at: number): Generator<undefined, number> {
    const dear = changeProblem(problem, { homes: { ...(homes as NonNullable<typeof homes>), rate: (homes as NonNullable<typeof homes>).rate + at, limits: null } })
    const dual = createSmoothDual(dear)
    const found = latest.prices.slice()
    for (const { soft, bend } of STEPS) yield* smoothAscent(dual, dear, centers, found, spacing, soft, BALANCED, MOST_STEPS, bend)
    latest = { rate: at, prices: found }
    const { start, territory } = yield* findCandidates(dear, centers, found, spacing, 0)
    return movedWeight(dear, Int32Array.from({ length: n }, (_, i) => territory[start[i]]))
  }
}
