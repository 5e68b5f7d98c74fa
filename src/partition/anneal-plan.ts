import type { Random } from "../math/random.js"
import { annealCenters } from "../math/transport/anneal-centers.js"
import { centerSpacing } from "../math/transport/center-spacing.js"
import { createMovingPlan, planViolation, type MovingPlan } from "../math/transport/moving-plan.js"
import { squareBetween } from "../math/transport/transport-problem.js"
import type { CompiledProblem } from "./compile-problem.js"
import type { WholeAllocation } from "./resolve-splits.js"

/** From where to where the heat falls, as shares of what a typical crossing of a border costs. */
const HEAT = { firstHeat: 1, lastHeat: 0.02 }
/** Proposals for every account and near territory, and in all. With fewer for each the start is less hot; with few it is not worth it. */
const TRIES = 200
const MAX_PROPOSALS = 1_200_000
const MAX_PROPOSALS_TIMED = 10_000_000
const MIN_TRIES = 20
const NEAR = 6
/** A region has about so many territories, and at most about so many accounts. */
const REGION = 20
const REGION_ACCOUNTS = 1200
const REGION_TRIES = 300
/** Regions tried in vain for every region that the map has room for, and at least, before the search goes elsewhere. */
const PATIENCE = 5
const MIN_PATIENCE = 10
/** In territories of more accounts than this, with squared distances, the medoid is as good as at the mean. */
const MEDOID_IS_MEAN = 40

/**
 * Anneals a whole plan, centers moving with the accounts, on a fixed budget of work; a plan too large for that stays as it is.
 *
 * @returns the better plan; null where it found none
 */
export function* annealWhole(compiled: CompiledProblem, owner: Int32Array, centers: Float64Array, random: Random, outOfTime: () => boolean): Generator<undefined, WholeAllocation | null> {
  const plan = openPlan(compiled, owner, centers)
  return (yield* annealAll(plan, MAX_PROPOSALS, random, outOfTime)) ? read(plan) : null
}

/**
 * Improves a whole plan at length: once more as a whole where its size allows more than `annealWhole` does, then region by region:
 * some neighboring territories at a time are annealed among themselves, until many in a row were in vain, or until the time is over.
 *
 * @returns the better plan; null where it found none
 */
export function* annealRegions(compiled: CompiledProblem, owner: Int32Array, centers: Float64Array, random: Random, outOfTime: () => boolean): Generator<undefined, WholeAllocation | null> {
  const { n, k } = compiled.searched
  const plan = openPlan(compiled, owner, centers)
  const usual = Math.min(k, Math.max(3, Math.min(REGION, Math.floor((REGION_ACCOUNTS * k) / n))))
  const patience = Math.max(MIN_PATIENCE, Math.ceil((PATIENCE * k) / usual))
  let isBetter = TRIES * pairsOf(plan) > MAX_PROPOSALS && (yield* annealAll(plan, MAX_PROPOSALS_TIMED, random, outOfTime))
  for (let inVain = 0; inVain < patience && !outOfTime(); inVain++) {
    const region = pickRegion(plan, Math.max(2, Math.round(usual * (0.5 + random()))), random)
    const accounts = region.reduce((sum, t) => sum + plan.members[t].length, 0)
    const proposals = REGION_TRIES * accounts * Math.min(region.length - 1, NEAR)
    if (!(yield* annealCenters(plan, region, spacingOf(plan), random, { proposals, ...HEAT }, outOfTime))) continue
    inVain = -1
    isBetter = true
  }
  return isBetter ? read(plan) : null
}

/** All territories at once, if the budget is enough to be worth it; answers whether the plan became better. */
function* annealAll(plan: MovingPlan, budget: number, random: Random, outOfTime: () => boolean): Generator<undefined, boolean> {
  const pairs = pairsOf(plan)
  const proposals = Math.min(budget, TRIES * pairs)
  if (proposals < MIN_TRIES * pairs) return false
  const schedule = { proposals, firstHeat: (HEAT.firstHeat * proposals) / (TRIES * pairs), lastHeat: HEAT.lastHeat }
  return yield* annealCenters(plan, everyTerritory(plan.problem.k), spacingOf(plan), random, schedule, outOfTime)
}

function pairsOf({ problem }: MovingPlan): number {
  return problem.n * Math.min(problem.k - 1, NEAR)
}

function read(plan: MovingPlan): WholeAllocation {
  return { owner: plan.owner, violation: planViolation(plan) }
}

function openPlan(compiled: CompiledProblem, owner: Int32Array, centers: Float64Array): MovingPlan {
  const { searched: problem, fixed } = compiled
  const isAccount = compiled.centersAre === "account" && !(problem.power === 2 && problem.n > MEDOID_IS_MEAN * problem.k)
  return createMovingPlan(problem, isAccount ? "account" : "mean", fixed, owner, centers)
}

function spacingOf({ problem, costs }: MovingPlan): Float64Array {
  return centerSpacing(costs.centers, problem.k, problem.dimension, problem.power)
}

function everyTerritory(k: number): number[] {
  return Array.from({ length: k }, (_, t) => t)
}

/** The territory of a random account and those around it. */
function pickRegion({ problem, owner, costs }: MovingPlan, size: number, random: Random): number[] {
  const { n, k, dimension } = problem
  const middle = owner[Math.floor(random() * n)]
  const square = Float64Array.from({ length: k }, (_, t) => squareBetween(costs.centers, t, costs.centers, middle, dimension))
  return everyTerritory(k)
    .sort((a, b) => square[a] - square[b] || a - b)
    .slice(0, size)
}
