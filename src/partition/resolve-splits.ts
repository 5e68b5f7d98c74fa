import { annealPlan } from "../math/transport/anneal.js"
import type { Random } from "../math/random.js"
import { findCandidates, type Candidates } from "../math/transport/candidates.js"
import { descendCost } from "../math/transport/descend.js"
import { repairViolations } from "../math/transport/repair.js"
import { createWholePlan, totalViolation, type WholePlan } from "../math/transport/whole-plan.js"
import type { TransportProblem } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"

/** A plan in which every account is whole. */
export interface WholeAllocation {
  /** n. */
  readonly owner: Int32Array
  /** Sum of what is outside the bounds, relative; 0 when every territory is inside. */
  readonly violation: number
}

/** Accounts may go to territories within so many spacings of their cheapest; in small problems to all. */
const BAND = 0.25
const ALL_PAIRS = 40_000
const FIRST_MOVES = 3000
const MOVES_PER_TERRITORY = 100
/** Moves looked at, at most: so many where bounds can be met, and fewer where not even divided accounts meet them. */
const MAX_LOOKS = 6_000_000
const MAX_LOOKS_WITHOUT_HOPE = 500_000
const PASSES = 10
/** Annealing pays while every candidate pair can be tried often; a large problem has small accounts and no need of it. */
const TRIES_PER_PAIR = 200
const MAX_TRIES = 750_000
const MIN_TRIES_PER_PAIR = 20

/**
 * Makes divided accounts whole: each goes to the territory with its largest share (Hess & Samuels 1971), then accounts move
 * until every territory is inside its bounds, then the cost falls as far as shifts and swaps within the bounds let it.
 *
 * @yields now and then
 */
export function* resolveSplits(problem: TransportProblem, allocation: Allocation, random: Random): Generator<undefined, WholeAllocation> {
  const plan = createWholePlan(problem, nearbyPairs(problem, allocation.centers, allocation.prices, allocation.spacing, null), allocation.owner)
  yield undefined
  const maxLooks = allocation.status === "infeasible" ? MAX_LOOKS_WITHOUT_HOPE : MAX_LOOKS
  yield* repairViolations(plan, allocation.prices, allocation.spacing, random, FIRST_MOVES + MOVES_PER_TERRITORY * problem.k, maxLooks)
  yield* descendCost(plan, PASSES)
  return readPlan(plan)
}

/**
 * Goes on from a whole plan at other centers: shifts and swaps, and in a small problem, where single accounts matter,
 * annealing.
 *
 * @param owner n: the plan
 * @param thorough whether to anneal
 */
export function* improvePlan(
  problem: TransportProblem,
  owner: Int32Array,
  at: { readonly centers: Float64Array; readonly prices: Float64Array; readonly spacing: Float64Array },
  random: Random,
  thorough: boolean,
): Generator<undefined, WholeAllocation> {
  const plan = createWholePlan(problem, nearbyPairs(problem, at.centers, at.prices, at.spacing, owner), owner)
  yield undefined
  yield* descendCost(plan, PASSES)
  const tries = Math.min(MAX_TRIES, TRIES_PER_PAIR * plan.members.length)
  if (thorough && tries >= MIN_TRIES_PER_PAIR * plan.members.length && (yield* annealPlan(plan, at.spacing, random, tries))) {
    yield* descendCost(plan, PASSES)
  }
  return readPlan(plan)
}

function nearbyPairs(problem: TransportProblem, centers: Float64Array, prices: Float64Array, spacing: Float64Array, owner: Int32Array | null): Candidates {
  return findCandidates(problem, centers, prices, spacing, problem.n * problem.k <= ALL_PAIRS ? Infinity : BAND, owner)
}

function readPlan(plan: WholePlan): WholeAllocation {
  return { owner: plan.entry.map((e) => plan.candidates.territory[e]), violation: totalViolation(plan) }
}
