import { largestOf } from "../../math/stats/extremes.js"
import { createRandom } from "../../math/random.js"
import { tellSteps } from "../../model/tell-steps.js"
import { numberListed } from "../../math/transport/pair-rules.js"
import { changeProblem, type Homes } from "../../math/transport/transport-problem.js"
import { changeBoth, type CompiledProblem } from "../compile-problem.js"
import { locateCenters } from "../locate.js"
import { nameTerritories } from "../name-territories.js"
import type { PartitionOptions, PartitionProgress } from "../partition-options.js"
import { recenter } from "../recenter.js"
import { renumber } from "../renumber.js"
import { searchPlan, type FoundPlan, type LikePlan } from "../search-plan.js"
import { findRate } from "../find-rate.js"
import { atRate } from "../home-rate.js"
import { keepBudget } from "../keep-budget.js"
import { warmPrices } from "../warm-prices.js"
import { mayLeave, type Trial } from "./trial.js"

/** A plan of before that a search goes on from. */
export type Neighbor = Pick<Trial, "centers" | "prices" | "rate">

/** A plan as found, in the territories' own order. */
export type FoundPoint = Pick<Trial, "owner" | "centers" | "prices" | "rate" | "stoppedBy" | "iterations">

/** Divided accounts leave so much of the budget, for what it takes to make them whole. */
const ROOM = 0.02

/** What a search tells of itself: how much of it is done. */
type Steps<T> = Generator<number, T>

/** A plan from scratch, nobody being at home anywhere. */
export function* searchAnew<A>(compiled: CompiledProblem, options: PartitionOptions<A>, outOfTime: () => boolean): Steps<FoundPoint> {
  return plain(yield* shares(searchPlan(withoutHomes(compiled), options, outOfTime)))
}

/**
 * The same where there are owners of today: afterwards territories that could be each other's change places so that the most accounts
 * stay with their owner.
 */
export function* searchAnewBesideToday<A>(compiled: CompiledProblem, options: PartitionOptions<A>, outOfTime: () => boolean): Steps<FoundPoint> {
  const free = withoutHomes(compiled)
  const found = yield* shares(searchPlan(free, options, outOfTime))
  const { placeOf, ids } = nameTerritories(free, found.owner, found.centers)
  const { specs, currentIds, problem } = compiled
  if (specs !== null) return plain({ ...found, ...renumber(found, placeOf, problem) })
  // by number: those that keep the name of one of today take its place, the others what is left
  const indexOf = new Map(currentIds.slice(0, problem.k).map((id, t) => [id, t]))
  const wanted = Array.from(placeOf, (place) => indexOf.get(ids[place]) ?? -1)
  const left = Array.from({ length: problem.k }, (_, t) => t).filter((t) => !wanted.includes(t))
  const places = Int32Array.from(wanted, (t) => (t >= 0 ? t : (left.shift() as number)))
  return plain({ ...found, ...renumber(found, places, problem) })
}

/** A plan whose moves are free, from the centers of a like one. */
export function* searchFreely<A>(compiled: CompiledProblem, options: PartitionOptions<A>, from: Neighbor, outOfTime: () => boolean, iterations: number): Steps<FoundPoint> {
  const free = withoutHomes(compiled)
  const { searched, fixed } = free
  const located: LikePlan = iterations === 0 ? { centers: from.centers, prices: yield* tellSteps(warmPrices(searched, from.centers, from.prices), 0) } : yield* tellSteps(locateCenters(searched, from.centers, fixed, iterations, outOfTime, free.anchors), 0)
  return plain(yield* shares(searchPlan(free, { ...options, starts: 1 }, outOfTime, located)))
}

/** A plan that moves at most a share of the weight, from the centers, the prices and the rate of a like one. */
export function* searchLimited<A>(compiled: CompiledProblem, options: PartitionOptions<A>, from: Neighbor, movedShare: number, outOfTime: () => boolean): Steps<FoundPoint> {
  const most = mayLeave(compiled, movedShare)
  if (most === 0) return yield* searchWithoutMoves(compiled, options, from, outOfTime)
  const { searched } = compiled
  const { rate, allocation, isKept } = yield* tellSteps(findRate(searched, from.centers, (1 - ROOM) * most, from), 0)
  const priced = changeBoth(compiled, (problem) => atRate(problem, rate))
  // where the bounds are out of reach there is nothing to make whole within them
  const found: FoundPlan = isKept
    ? yield* shares(searchPlan(priced, { ...options, starts: 1 }, outOfTime, { centers: from.centers, prices: allocation.prices }))
    : { owner: allocation.owner, centers: from.centers, allocation, stoppedBy: "work-limit", iterations: 0 }
  const kept = yield* tellSteps(keepBudget(priced, found, found.allocation.prices, most, createRandom(0)), 0)
  return { ...plain(found), ...kept, rate }
}

/** Everybody stays at home; who has none is placed. */
export function* searchWithoutMoves<A>(compiled: CompiledProblem, options: PartitionOptions<A>, from: Neighbor, outOfTime: () => boolean): Steps<FoundPoint> {
  const still = stayAtHome(compiled)
  const owner = still.problem.lockedTo
  if (!owner.includes(-1)) {
    const { centers, prices } = yield* tellSteps(recenter(still, { owner, violation: 0 }, from), 0)
    return { owner, centers, prices, rate: 0, stoppedBy: "converged", iterations: 0 }
  }
  return plain(yield* shares(searchPlan(still, { ...options, starts: 1 }, outOfTime, from)))
}

/**
 * The problem in which accounts with a home are locked to it, or may go to each of several, as after a split. What pairs cost by
 * distances of the caller's own they go on to cost.
 *
 * @param holdsAll also those that weigh nothing, which a limit on moves does not hold
 */
export function stayAtHome(compiled: CompiledProblem, holdsAll: boolean = true): CompiledProblem {
  const { lockedTo, homes, eligibility } = compiled.problem
  if (!homes) return compiled
  const isGiven = eligibility ? eligibility.costs !== null : false
  const start = new Int32Array(lockedTo.length + 1)
  const territories: number[] = []
  const costs: number[] = []
  const stays = lockedTo.map((t, i) => {
    const best = t >= 0 ? [t] : holdsAll || homes.total[i] > 0 ? homesOf(homes, i) : []
    // who is locked needs no list, but where costs are given
    const list = best.length > 1 ? best : best.length === 1 && !isGiven ? [] : (eligibility?.territories.subarray(eligibility.start[i], eligibility.start[i + 1]) ?? [])
    for (const t of list) {
      territories.push(t)
      if (eligibility && isGiven) costs.push(numberListed(eligibility, i, t))
    }
    start[i + 1] = territories.length
    return best.length === 1 ? best[0] : -1
  })
  const lists = territories.length === 0 ? null : { start, territories: Int32Array.from(territories), costs: isGiven ? Float64Array.from(costs) : null }
  return changeBoth(compiled, (problem) => changeProblem(problem, { lockedTo: stays, eligibility: lists, homes: null }))
}

/** Where most of an account is at home, ascending: the parts of a split territory are alike. */
function homesOf({ start, territory, weight }: Homes, i: number): number[] {
  const all = Array.from({ length: start[i + 1] - start[i] }, (_, at) => start[i] + at)
  const most = largestOf(all.map((at) => weight[at]))
  return all.filter((at) => weight[at] === most).map((at) => territory[at]).sort((a, b) => a - b)
}

/** Where most of an account is at home, -1: nowhere. */
export function homeOf({ start, territory, weight }: Homes, i: number): number {
  let best = -1
  for (let at = start[i]; at < start[i + 1]; at++) if (best < 0 || weight[at] > weight[best]) best = at
  return best < 0 ? -1 : territory[best]
}

/** The problem in which moves are free. */
function withoutHomes(compiled: CompiledProblem): CompiledProblem {
  return compiled.problem.homes ? changeBoth(compiled, (problem) => changeProblem(problem, { homes: null })) : compiled
}

function plain({ owner, centers, allocation, stoppedBy, iterations }: FoundPlan): FoundPoint {
  return { owner, centers, prices: allocation.prices, rate: 0, stoppedBy, iterations }
}

function* shares<T>(search: Generator<PartitionProgress, T>): Steps<T> {
  let told: unknown = undefined
  for (;;) {
    const step = search.next(told)
    if (step.done === true) return step.value
    told = yield step.value.share
  }
}
