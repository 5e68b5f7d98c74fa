import { centerSpacing } from "../math/transport/center-spacing.js"
import { changeProblem } from "../math/transport/transport-problem.js"
import { homeWeight, movedWeight } from "../math/transport/pair-rules.js"
import type { Random } from "../math/random.js"
import type { CompiledProblem } from "./compile-problem.js"
import { atRate } from "./home-rate.js"
import { recenter } from "./recenter.js"
import { improvePlan } from "./resolve-splits.js"
import { sendHome } from "./send-home.js"

/** The rate rises by this factor, so many times, until shifts and swaps have brought enough home. */
const DEARER = 1.6
const ROUNDS = 6
/** A rate of 0 rises from this share of what accounts cost for their weight. */
const FIRST = 0.05

/** A whole plan and the centers of its accounts. */
interface PlacedPlan {
  readonly owner: Int32Array
  readonly centers: Float64Array
}

/**
 * Brings a plan that moves a little too much inside its budget: staying at home gets dearer step by step, so that shifts and swaps
 * inside the bounds take accounts home; what is then still too much is sent home, bounds or not.
 *
 * @param compiled at the plan's own rate
 * @param most weight of homes that may move
 * @yields now and then
 */
export function* keepBudget(compiled: CompiledProblem, plan: PlacedPlan, prices: Float64Array, most: number, random: Random): Generator<undefined, PlacedPlan> {
  const { searched: problem } = compiled
  const { k, dimension, power } = problem
  let { owner, centers } = plan
  let rate = problem.homes?.rate ?? 0
  for (let round = 0; round < ROUNDS && movedWeight(problem, owner) > most; round++) {
    rate = rate > 0 ? rate * DEARER : (FIRST * k) / homeWeight(problem)
    const spacing = centerSpacing(centers, k, dimension, power)
    owner = (yield* improvePlan(atRate(problem, rate), owner, { centers, prices, spacing }, random, false)).owner
  }
  if (movedWeight(problem, owner) > most) {
    owner = owner.slice()
    const limits = { stays: homeWeight(problem) - most, staysIn: null, comesTo: null }
    sendHome(changeProblem(problem, { homes: problem.homes ? { ...problem.homes, rate, limits } : null }), centers, owner)
  }
  if (owner !== plan.owner) centers = (yield* recenter(compiled, { owner, violation: 0 }, { centers, prices })).centers
  return { owner, centers }
}
