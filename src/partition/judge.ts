import type { Location } from "../model/account.js"
import { deviationOf, findBalanceViolation, imbalanceOf } from "../criteria/balance.js"
import { inPieces } from "../model/in-pieces.js"
import { statedCenter } from "../model/stated-center.js"
import type { Violation } from "../model/violation.js"
import { unembedSphere } from "../math/geo/sphere.js"
import { homeWeight, isAllowed } from "../math/transport/pair-rules.js"
import { dualBound } from "../math/transport/dual-bound.js"
import { limitToReach } from "../math/transport/limit-to-reach.js"
import { limitTerms, withMovePrices } from "../math/transport/move-limits.js"
import { changeProblem } from "../math/transport/transport-problem.js"
import type { Allocation } from "./allocate.js"
import type { MoveConflict } from "./allocate-within-limits.js"
import type { CompiledProblem } from "./compile-problem.js"
import { costsByTerritory } from "./costs-by-territory.js"
import { judgeDistances } from "./judge-distance.js"
import { explainInfeasibility } from "./infeasible/explain-infeasibility.js"
import { explainMoves } from "./infeasible/explain-moves.js"
import { completeInfeasibility, type PlanPlaces } from "./reachable/complete-infeasibility.js"
import { relaxToPlan } from "./infeasible/relax-to-plan.js"
import { isBudgetTooSmall, judgeDisruption } from "./judge-disruption.js"
import type { WholeProof } from "./optimal/whole-proof.js"
import type { Certificate, PartitionResult, PlanTerritory, TerritoryMeasure } from "./partition-result.js"

/** Activities that miss a bound by less than this share of the measure's total are inside: rounding of sums. */
export const SUM_SLACK: number = 1e-12

/** A cost below this share of what is usual (k units) is what rounding makes of none. */
const ROUNDING = 1e-13
/** Costs that differ by less than this share of what all moves would cost are the same. */
const SAME = 1e-9

/**
 * Judges a whole plan in the caller's units: activities, costs, violations, and the certificate from the divisible optimum at
 * the same centers. Knows nothing of how the plan came about. O(n x near territories) for the bound; the rest is O(n + k).
 *
 * @param owner n: territory of every account, by sorted position
 * @param territoryIds k
 * @param searched whether the plan is the best of a search, or just given
 * @param givenConflict where limits on moves and the bounds exclude each other
 * @param units the same with every group that stays together as one account: what the allocation is of
 * @param proof what looking through all plans of whole accounts has shown; null: nobody has
 * @yields between pieces of the work
 */
export function* judgePlan(
  compiled: CompiledProblem,
  owner: Int32Array,
  centers: Float64Array,
  allocation: Allocation,
  territoryIds: readonly string[],
  searched: boolean,
  givenConflict: MoveConflict | null = null,
  units: CompiledProblem = compiled,
  proof: WholeProof | null = null,
): Generator<undefined, Omit<PartitionResult, "stoppedBy" | "iterations" | "seed" | "digest">> {
  const { problem, measures, bounds, totals, ids } = compiled
  const { n, k, measureCount: M } = problem
  const costUnit = compiled.costUnit

  const moveConflict = givenConflict ?? (allocation.status !== "infeasible" && isBudgetTooSmall(compiled) ? { leastMoved: 0 } : null)
  const distances = judgeDistances(compiled, owner, centers, territoryIds, units, allocation)
  const solved = allocation.status !== "infeasible" && moveConflict === null && !allocation.isBeyond
  // bounds that cannot be met have no prices: they rise without end
  const prices = allocation.prices.map((price, r) => (solved ? allowedPrice(price, bounds[r].min, bounds[r].max) : 0))
  const activity = new Float64Array(k * M)
  const heaviest = new Int32Array(k * M).fill(-1)
  yield undefined
  const costs = costsByTerritory(problem, owner, centers).map((cost) => cost * costUnit)
  yield undefined
  const counts = new Int32Array(k)
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) {
      const t = owner[i]
      counts[t]++
      for (let m = 0; m < M; m++) {
        const r = t * M + m
        const own = compiled.activities[i * M + m]
        activity[r] += own
        if (heaviest[r] < 0 || own > compiled.activities[heaviest[r] * M + m]) heaviest[r] = i
      }
    }
  })

  const violations: Violation[] = []
  const deviations: (number | null)[] = []
  const territories: PlanTerritory[] = []
  for (let t = 0; t < k; t++) {
    const rows: [string, TerritoryMeasure][] = []
    const priceOf: [string, number][] = []
    for (let m = 0; m < M; m++) {
      const r = t * M + m
      const { target, min, max, isCapacity } = bounds[r]
      const deviation = deviationOf(activity[r], target)
      deviations[r] = deviation
      rows.push([measures[m], { activity: activity[r], target, min, max, deviation }])
      priceOf.push([measures[m], prices[r] * (costUnit / compiled.activityUnits[m]) + 0])
      const violation = findBalanceViolation({
        territoryId: territoryIds[t],
        measure: measures[m],
        activity: activity[r],
        target,
        min,
        max,
        isCapacity,
        slack: SUM_SLACK * totals[m],
        heaviest: heaviest[r] < 0 ? null : { id: ids[heaviest[r]], activity: compiled.activities[heaviest[r] * M + m] },
      })
      if (violation !== null) violations.push(violation)
    }
    const name = compiled.specs?.[t]?.name
    territories.push({
      id: territoryIds[t],
      ...(name === undefined ? {} : { name }),
      center: describeCenter(compiled, centers, t),
      accountCount: counts[t],
      cost: compiled.countsDistance ? costs[t] : null,
      measures: Object.fromEntries(rows),
      prices: Object.fromEntries(priceOf),
    })
  }

  yield undefined
  for (let i = 0; i < n; i++) {
    const t = problem.lockedTo[i]
    if (t < 0 || owner[i] === t) continue
    const message = `account ${JSON.stringify(ids[i])} is locked to territory ${JSON.stringify(territoryIds[t])}, but stands in ${JSON.stringify(territoryIds[owner[i]])}`
    violations.push({ criterion: "lock", territoryId: territoryIds[owner[i]], accountId: ids[i], amount: 1, limit: 0, message })
  }

  const { eligibility } = problem
  for (let i = 0; eligibility && i < n; i++) {
    if (problem.lockedTo[i] >= 0 || isAllowed(problem, i, owner[i])) continue
    const message = `account ${JSON.stringify(ids[i])} is not eligible for territory ${JSON.stringify(territoryIds[owner[i]])}, in which it stands`
    violations.push({ criterion: "eligibility", territoryId: territoryIds[owner[i]], accountId: ids[i], amount: 1, limit: 0, message })
  }
  for (const group of compiled.groups ?? []) {
    const apart = group.find((i) => owner[i] !== owner[group[0]])
    if (apart === undefined) continue
    const message = `accounts ${JSON.stringify(ids[group[0]])} and ${JSON.stringify(ids[apart])} are to be together, but stand in ${JSON.stringify(territoryIds[owner[group[0]]])} and ${JSON.stringify(territoryIds[owner[apart]])}`
    violations.push({ criterion: "together", territoryId: territoryIds[owner[apart]], accountId: ids[apart], amount: 1, limit: 0, message })
  }
  const moves = judgeDisruption(compiled, owner, territoryIds, solved ? allocation.moves : null, costUnit)
  // a spread of very many violations would overflow the stack
  for (const one of moves?.violations ?? []) violations.push(one)
  for (const one of distances?.violations ?? []) violations.push(one)

  const distanceCost = costs.reduce((sum, c) => sum + c, 0)
  const cost = distanceCost + (moves === null ? 0 : moves.disruption.cost)
  const constant = moves === null ? 0 : moves.constant
  const moving = changeProblem(units.problem, { homes: withMovePrices(units.problem, allocation.moves) })
  // nobody goes too far who need not: such ways are closed
  const priced = moving.reach ? yield* limitToReach(moving, centers) : moving
  // moves counted where they are made: all homes less what stays would lose the digits of the ways
  const terms = limitTerms(problem.homes?.limits ?? null, allocation.moves) - allocation.moves.rate * homeWeight(priced) + (moves === null ? 0 : moves.unavoidable)
  const proven = solved ? ((yield* dualBound(priced, centers, prices, priced.homes?.rate ?? 0)) + terms) * costUnit : null
  // a plan inside its bounds cannot cost less than the bound; what rounding makes of equality is equality
  const lowerBound = proven !== null && violations.length === 0 && proven > cost && proven - cost < 1e-9 * cost + ROUNDING * k * costUnit ? cost : proven
  const relaxed = solved && allocation.relaxedCost !== null ? (allocation.relaxedCost + constant) * costUnit : null
  const relaxedCost = relaxed !== null && proven !== null && Math.abs(relaxed - proven) <= SAME * constant * costUnit ? lowerBound : relaxed
  const areWaysAlone = distances !== null && distances.violations.length === violations.length
  const explanation =
    areWaysAlone && moveConflict === null
      ? distances.infeasibility
      : moveConflict !== null
        ? yield* explainMoves(
            units,
            territoryIds,
            { centers, prices: allocation.prices },
            moveConflict,
            allocation.status === "optimal",
            relaxToPlan(compiled, violations, territoryIds, searched),
          )
        : yield* explainInfeasibility(units, allocation, violations, territoryIds, searched, proof?.isImpossible === true)
  const places = placesOfUnits(compiled, units, owner, territoryIds)
  const infeasibility = explanation === null ? null : yield* completeInfeasibility(explanation, units, places)
  const alignment = new Array<{ accountId: string; territoryId: string }>(n)
  yield* inPieces(n, (from, to) => {
    for (let i = from; i < to; i++) alignment[compiled.rowOf[i]] = { accountId: ids[i], territoryId: territoryIds[owner[i]] }
  })
  return {
    alignment,
    territories,
    imbalance: Object.fromEntries(measures.map((name, m) => [name, imbalanceOf(territories.map((_, t) => deviations[t * M + m]))])),
    cost: compiled.countsDistance ? distanceCost : null,
    disruption: moves === null ? null : moves.disruption,
    certificate: certify(),
    violations,
    infeasibility,
    warnings: compiled.warnings,
  }

  /** Where neither distances nor changes of owner cost anything, there is nothing to prove. */
  function certify(): Certificate {
    const head = { scope: "given-centers", pairs: compiled.hasAllPairs ? "all" : "listed" } as const
    if (!compiled.countsDistance && moves === null) return { ...head, lowerBound: null, relaxedCost: null, gap: null, isOptimal: false }
    const gap = gapOf(cost, lowerBound, compiled.tinyCost)
    return { ...head, lowerBound, relaxedCost, gap, isOptimal: violations.length === 0 && (gap === 0 || proof?.isOptimal === true) }
  }
}

/** Where units are, and what they stand for. */
function placesOfUnits(
  compiled: CompiledProblem,
  { problem, apart }: CompiledProblem,
  owner: Int32Array,
  territoryIds: readonly string[],
): PlanPlaces {
  const { ids } = compiled
  if (apart === null || compiled.apart !== null) return { owner, territoryIds, idsOf: (u) => [ids[u]] }
  const ownerOfUnit = new Int32Array(problem.n)
  owner.forEach((t, i) => (ownerOfUnit[apart.unitOf[i]] = t))
  return { owner: ownerOfUnit, territoryIds, idsOf: (u) => ids.filter((_, i) => apart.unitOf[i] === u) }
}

/** A price of the sign that the closed sides allow: > 0 needs a lower bound, < 0 an upper one. */
function allowedPrice(price: number, min: number | null, max: number | null): number {
  return (price > 0 && min === null) || (price < 0 && max === null) ? 0 : price
}

/**
 * How far a cost lies above what is proven, as a share of that; null where that is nothing.
 *
 * @param tiny costs that differ by no more, and are no more, are what rounding makes of 0
 */
export function gapOf(cost: number, lowerBound: number | null, tiny: number = 0): number | null {
  if (lowerBound === null) return null
  if (cost === lowerBound || (Math.abs(cost) <= tiny && Math.abs(lowerBound) <= tiny)) return 0
  return lowerBound > 0 ? (cost - lowerBound) / lowerBound : null
}

/** A fixed center to the digit as it was given (a longitude beyond 180 comes back within); -0 is 0. */
function describeCenter(compiled: CompiledProblem, centers: Float64Array, t: number): Location | null {
  const spec = compiled.specs?.[t]
  const center = spec === undefined ? undefined : statedCenter(spec)
  if (compiled.space === "none") return spec?.centerFixed === true && center !== undefined ? { ...center } : null
  const given = compiled.stays[t] === 1 ? center : undefined
  if (given !== undefined && "x" in given) return { x: given.x + 0, y: given.y + 0 }
  if (given !== undefined && "longitude" in given && Math.abs(given.longitude) <= 180) return { longitude: given.longitude + 0, latitude: given.latitude + 0 }
  if (compiled.space === "globe") return unembedSphere(centers[3 * t], centers[3 * t + 1], centers[3 * t + 2])
  return { x: centers[2 * t] * compiled.lengthUnit + compiled.origin[0], y: centers[2 * t + 1] * compiled.lengthUnit + compiled.origin[1] }
}
