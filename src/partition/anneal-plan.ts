import type { Random } from "../math/random.js"
import { annealCenters, type AnnealingSchedule } from "../math/transport/anneal-centers.js"
import { centerSpacing } from "../math/transport/center-spacing.js"
import { createMovingPlan, exchange, type MovingPlan } from "../math/transport/moving-plan.js"
import { relocateTerritory } from "../math/transport/relocate.js"
import { squareBetween } from "../math/transport/transport-problem.js"
import { totalViolation } from "../math/transport/whole-plan.js"
import type { CompiledProblem } from "./compile-problem.js"
import type { WholeAllocation } from "./resolve-splits.js"

/** From where to where the heat falls, as shares of what a typical crossing of a border costs. */
const HEAT = { firstHeat: 1, lastHeat: 0.02 }
/** Territories that an account may go to. */
const NEAR = 6
/** Proposals for every account and near territory. Where the budget leaves fewer the start is less hot, and with few it is not worth it. */
const TRIES = 200
const MIN_TRIES = 20
/** Proposals in all: by default, when there is time, and for one region. */
const MAX_PROPOSALS = 1_200_000
const MAX_PROPOSALS_TIMED = 10_000_000
const MAX_PROPOSALS_OF_REGION = 2_000_000
/** With distances from means or medoids a proposal takes so much longer for every so many accounts of a territory. */
const SIZE_OF_PROPOSAL = 200
/** A region has about so many territories, and at most about so many accounts. */
const REGION = 20
const REGION_ACCOUNTS = 1200
const REGION_TRIES = 300
/** Share of regions in which a territory is moved elsewhere first; what follows is less hot, or it would melt again, and shorter. */
const RELOCATIONS = 0.5
const RELOCATED_HEAT = 0.2
const RELOCATED_WORK = 0.3
/** Regions tried in vain for every region that the map has room for, and at least, before the search goes elsewhere. */
const PATIENCE = 5
const MIN_PATIENCE = 10
/** In territories of more accounts than this, with squared distances, the medoid is as good as at the mean. */
const MEDOID_IS_MEAN = 40
/** Medoids take n^2 / k distances to begin with; beyond this, too, means stand in for them. */
const MAX_MEDOID_DISTANCES = 2e8

/** Whether a plan is small enough to be annealed as a whole by default; annealing knows nothing of homes, of accounts that stand for several, of how far they may go, nor of anchors. */
export function canAnneal(compiled: CompiledProblem): boolean {
  const { n, k } = compiled.searched
  return k > 1 && isPlain(compiled) && compiled.fixed.includes(0) && scheduleFor(compiled, n, k, TRIES, MAX_PROPOSALS) !== null
}

/**
 * Anneals a whole plan, centers moving with the accounts, on a fixed budget of work; a plan too large for that stays as it is.
 *
 * @returns the better plan; null where it found none
 */
export function* annealWhole(compiled: CompiledProblem, owner: Int32Array, centers: Float64Array, random: Random, outOfTime: () => boolean): Generator<undefined, WholeAllocation | null> {
  if (!canAnneal(compiled)) return null
  const plan = openPlan(compiled, owner, centers)
  return (yield* annealAll(compiled, plan, MAX_PROPOSALS, random, outOfTime)) ? read(plan) : null
}

/**
 * Improves a whole plan at length: once more as a whole where its size allows more than `annealWhole` does, then region by
 * region: some neighboring territories at a time are annealed among themselves, until many in a row were in vain, or until the
 * time is over. A plan whose regions are too large for that stays as it is.
 *
 * @returns the better plan; null where it found none
 */
export function* annealRegions(compiled: CompiledProblem, owner: Int32Array, centers: Float64Array, random: Random, outOfTime: () => boolean): Generator<undefined, WholeAllocation | null> {
  const { n, k } = compiled.searched
  if (!isPlain(compiled)) return null
  const usual = Math.min(k, Math.max(3, Math.min(REGION, Math.floor((REGION_ACCOUNTS * k) / n))))
  if (scheduleFor(compiled, (n * usual) / k, usual, REGION_TRIES, MAX_PROPOSALS_OF_REGION) === null) return null
  const plan = openPlan(compiled, owner, centers)
  const isLarge = TRIES * n * Math.min(k - 1, NEAR) > MAX_PROPOSALS
  let isBetter = isLarge && (yield* annealAll(compiled, plan, MAX_PROPOSALS_TIMED, random, outOfTime))
  const patience = Math.max(MIN_PATIENCE, Math.ceil((PATIENCE * k) / usual))
  for (let inVain = 0; inVain < patience && !outOfTime(); inVain++) {
    const region = pickRegion(plan, Math.max(2, Math.round(usual * (0.5 + random()))), random)
    const accounts = region.reduce((sum, t) => sum + plan.members[t].length, 0)
    const schedule = scheduleFor(compiled, accounts, region.length, REGION_TRIES, MAX_PROPOSALS_OF_REGION)
    if (schedule === null) continue
    const isRelocation = random() < RELOCATIONS
    if (!(yield* isRelocation ? tryRelocation(compiled, plan, region, schedule, random, outOfTime) : annealCenters(plan, region, spacingOf(plan), random, schedule, outOfTime))) continue
    inVain = -1
    isBetter = true
  }
  return isBetter ? read(plan) : null
}

/** Moves one territory elsewhere and anneals around it; takes it back where that did not pay. Answers whether it did. */
function* tryRelocation(compiled: CompiledProblem, plan: MovingPlan, region: readonly number[], schedule: AnnealingSchedule, random: Random, outOfTime: () => boolean): Generator<undefined, boolean> {
  const { owner, costs } = plan
  const costOf = (): number => region.reduce((sum, t) => sum + costs.cost[t], 0)
  const before = new Map(region.flatMap((t) => plan.members[t].map((i) => [i, t])))
  const violation = totalViolation(plan)
  const cost = costOf()
  if (relocateTerritory(plan, region, compiled.fixed, random).length === 0) return false
  yield* annealCenters(plan, region, spacingOf(plan), random, { ...schedule, proposals: schedule.proposals * RELOCATED_WORK, firstHeat: Math.min(RELOCATED_HEAT, schedule.firstHeat) }, outOfTime)
  const change = totalViolation(plan) - violation
  if (change < -1e-12 || (change <= 1e-12 && costOf() < cost * (1 - 1e-9))) return true
  for (const [i, t] of before) if (owner[i] !== t) exchange(plan, i, -1, t)
  return false
}

/** All territories at once; answers whether the plan became better. */
function* annealAll(compiled: CompiledProblem, plan: MovingPlan, budget: number, random: Random, outOfTime: () => boolean): Generator<undefined, boolean> {
  const { n, k } = plan.problem
  const schedule = scheduleFor(compiled, n, k, TRIES, budget)
  return schedule !== null && (yield* annealCenters(plan, everyTerritory(k), spacingOf(plan), random, schedule, outOfTime))
}

/** How to anneal so many accounts of so many territories; null where the budget is not worth it. */
function scheduleFor(compiled: CompiledProblem, accounts: number, territories: number, tries: number, budget: number): AnnealingSchedule | null {
  const pairs = accounts * Math.min(territories - 1, NEAR)
  const isByMoments = compiled.searched.power === 2 && !hasMedoids(compiled)
  const effort = isByMoments ? 1 : 1 + accounts / territories / SIZE_OF_PROPOSAL
  const proposals = Math.floor(Math.min(budget / effort, tries * pairs))
  if (proposals < MIN_TRIES * pairs) return null
  return { proposals, firstHeat: (HEAT.firstHeat * proposals) / (tries * pairs), lastHeat: HEAT.lastHeat }
}

function hasMedoids({ searched: { n, k, power }, centersAre }: CompiledProblem): boolean {
  return centersAre === "account" && (n * n) / k <= MAX_MEDOID_DISTANCES && !(power === 2 && n > MEDOID_IS_MEAN * k)
}

function openPlan(compiled: CompiledProblem, owner: Int32Array, centers: Float64Array): MovingPlan {
  return createMovingPlan(compiled.searched, hasMedoids(compiled) ? "account" : "mean", compiled.fixed, owner, centers)
}

function read(plan: MovingPlan): WholeAllocation {
  return { owner: plan.owner, violation: totalViolation(plan) }
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

function isPlain({ searched, anchors }: CompiledProblem): boolean {
  return anchors === null && !searched.homes && !searched.groups && !searched.reach && (searched.eligibility?.costs ?? null) === null
}
