import { balanceAims, type BalanceAims } from "../math/balance/balance-aims.js"
import { dealAccounts } from "../math/balance/deal-accounts.js"
import { evenOut } from "../math/balance/even-out.js"
import { createRandom } from "../math/random.js"
import { NO_MOVE_PRICES } from "../math/transport/move-limits.js"
import { isRestricted } from "../math/transport/pair-rules.js"
import type { TransportProblem } from "../math/transport/transport-problem.js"
import { violationOf } from "../math/transport/whole-plan.js"
import { tellSteps } from "../model/tell-steps.js"
import { allocateAccounts, type Allocation } from "./allocate.js"
import type { CompiledProblem } from "./compile-problem.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions, type PartitionProgress } from "./partition-options.js"
import { recenter } from "./recenter.js"
import { createRepairEffort } from "./repair-effort.js"
import { resolveSplits } from "./resolve-splits.js"
import type { FoundPlan } from "./search-plan.js"

/**
 * Whether nothing but balance, rules and owners of today tells one plan from another: accounts have no places, or all
 * the same one, and centers go where they are.
 */
export function isBalanceOnly({ searched, fixed, anchors, givenCenters, distances }: CompiledProblem): boolean {
  const { points, n, dimension, reach, eligibility } = searched
  if (distances !== null || reach || (eligibility && eligibility.costs !== null)) return false
  if (anchors !== null || fixed.includes(1) || !givenCenters.every(Number.isNaN)) return false
  for (let p = dimension; p < n * dimension; p++) if (points[p] !== points[p % dimension]) return false
  return true
}

/** Whether the owners of today make plans differ in cost. */
export function areMovesFree({ searched: { homes } }: CompiledProblem): boolean {
  return !homes || (homes.rate === 0 && homes.leaving === null && homes.coming === null && homes.limits === null)
}

/**
 * The search where only balance counts and changes of owner are free: accounts are dealt, what is outside the bounds
 * is repaired, and the plan is made as even as moves and swaps make it. Every plan costs the same, which proves each
 * of them optimal in cost.
 *
 * @yields as the search
 */
export function* searchBalance<A>(
  compiled: CompiledProblem,
  options: PartitionOptions<A>,
  outOfTime: () => boolean,
): Generator<PartitionProgress, FoundPlan> {
  const { searched: problem, problem: stated } = compiled
  const { k, measureCount: M, dimension, points } = problem
  const last: PartitionProgress = { phase: "allocate", start: 1, starts: 1, share: 0.2, cost: null }
  const random = createRandom(options.seed ?? DEFAULT_PARTITION_OPTIONS.seed, 1)
  const aims = aimsOf(compiled)
  const centers = Float64Array.from({ length: k * dimension }, (_, at) => points[at % dimension])
  let owner = yield* tellSteps(dealAccounts(problem, aims), last)
  yield* tellSteps(evenOut(problem, aims, owner, random), last)
  let allocation: Allocation = { ...FREE, centers, prices: new Float64Array(k * M), spacing: new Float64Array(k).fill(1), owner }
  if (violationOf(problem, owner) > 0) {
    const dealt = violationOf(problem, owner)
    // there is no forest of divided accounts to round: what is dealt is whole
    const repair = resolveSplits(problem, { ...allocation, status: "work-limit" }, random, createRepairEffort())
    const repaired = yield* tellSteps(repair, { ...last, phase: "resolve", share: 0.5 })
    if (repaired.violation < dealt) {
      owner = repaired.owner
      yield* tellSteps(evenOut(problem, aims, owner, random), last)
    }
    // whether divided accounts could do better is what explains the violations
    if (!isDivisible(stated)) allocation = yield* tellSteps(allocateAccounts(stated, centers, allocation.prices), last)
  }
  const violation = violationOf(problem, owner)
  const placed = yield* tellSteps(recenter(compiled, { owner, violation }, allocation), last)
  const stoppedBy = outOfTime() ? "time-limit" : violation > 0 ? "work-limit" : "converged"
  return { owner, centers: placed.centers, allocation, stoppedBy, iterations: 0 }
}

/** Makes a plan that was found under prices or limits for changes of owner more even, without more of them. */
export function* evenOutPlan(compiled: CompiledProblem, found: FoundPlan): Generator<undefined, FoundPlan> {
  const owner = found.owner.slice()
  yield* evenOut(compiled.searched, aimsOf(compiled), owner, createRandom(0, 2))
  return { ...found, owner }
}

/**
 * Whether accounts that may go anywhere can surely be divided within the bounds: where one share of everything for
 * each territory keeps the bounds of all its measures. O(n + k M).
 */
function isDivisible(problem: TransportProblem): boolean {
  const { n, k, measureCount: M, activities, lower, upper } = problem
  const totals = new Float64Array(M)
  for (let i = 0; i < n; i++) {
    if (isRestricted(problem, i)) return false
    for (let m = 0; m < M; m++) totals[m] += activities[i * M + m]
  }
  let least = 0
  let most = 0
  for (let t = 0; t < k; t++) {
    let [low, high] = [0, 1]
    for (let m = 0; m < M; m++) {
      if (totals[m] === 0) continue
      low = Math.max(low, lower[t * M + m] / totals[m])
      high = Math.min(high, upper[t * M + m] / totals[m])
    }
    if (low > high) return false
    least += low
    most += high
  }
  return least <= 1 && most >= 1
}

function aimsOf({ searched, bounds, activityUnits }: CompiledProblem): BalanceAims {
  const M = searched.measureCount
  return balanceAims(searched, Float64Array.from(bounds, ({ target }, r) => target / activityUnits[r % M]))
}

/** The divisible optimum where all plans cost nothing. */
const FREE = { status: "optimal", splitCount: 0, splits: [], bound: 0, relaxedCost: 0, ray: null, moves: NO_MOVE_PRICES, isBeyond: false } as const
