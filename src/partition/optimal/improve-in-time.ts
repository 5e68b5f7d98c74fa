import { createBranchAndBound } from "../../math/branch/branch-and-bound.js"
import { createRandom, type Random } from "../../math/random.js"
import { listWithinReach } from "../../math/transport/limit-to-reach.js"
import { createMoveRows } from "../../math/transport/move-rows.js"
import { changeProblem, pairCost, squareBetween, type TransportProblem } from "../../math/transport/transport-problem.js"
import type { CompiledProblem } from "../compile-problem.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions } from "../partition-options.js"
import { recenter } from "../recenter.js"
import { isBalanceOnly } from "../search-balance.js"
import type { FoundPlan } from "../search-plan.js"
import { unproven } from "../unproven.js"
import { eachPart, partProgramOf, type PlanSums } from "./part-program-of.js"
import { costOfPair } from "./whole-program-of.js"

/** Territories and accounts that divide themselves anew at a time, at most. */
const TERRITORIES = 6
const ACCOUNTS = 60
/** Entries looked at for one neighborhood, at most: about a twentieth of a second. */
const WORK = 4_000_000
/** Costs that differ by less than this share are the same. */
const SAME = 1e-9

/**
 * What is left of a time limit: some neighboring territories at a time divide those of their accounts anew that are
 * the nearest to going elsewhere, by branch and bound, as long as there is time. The centers stay, but for what
 * follows the better plan in the end. A plan that costs no more than its divisible optimum is left as it is. No bound
 * is broken, or broken by more, and no limit on moves.
 *
 * @yields after every node
 *
 * Source: Shaw (1998), large neighborhood search.
 */
export function* improveInTime<A>(
  compiled: CompiledProblem,
  found: FoundPlan,
  options: PartitionOptions<A>,
  outOfTime: () => boolean,
): Generator<undefined, FoundPlan> {
  const { searched, problem: stated, fixed } = compiled
  // where centers follow, what is near enough to them may change
  const isFree = fixed.includes(0)
  if (stated.k < 2 || isBalanceOnly(compiled) || (isFree && (stated.reach ?? null) !== null)) return found
  const random = createRandom(options.seed ?? DEFAULT_PARTITION_OPTIONS.seed)
  const { centers, allocation } = found
  const owner = found.owner.slice()
  const plan = yield* openPlan(compiled, owner, centers)
  const { problem, moveRows, sum } = plan
  const prices = new Float64Array(sum.length)
  prices.set(allocation.prices)
  moveRows?.writePrices(allocation.moves, prices, searched.k * searched.measureCount)
  // above what divided accounts cost at least; limits on moves have prices of their own
  const isBounded = !searched.homes?.limits && allocation.status !== "infeasible"
  let excess = isBounded ? costOf(stated, found) - allocation.bound : Infinity
  let isImproved = false
  while (!outOfTime() && excess > SAME * Math.abs(allocation.bound)) {
    const territories = pickTerritories(problem, centers, owner, random)
    const accounts = pickAccounts(plan, territories, prices)
    yield undefined
    const { program, rowPrices } = partProgramOf(plan, accounts, territories, prices)
    const known = Int32Array.from(accounts, (i) => territories.indexOf(owner[i]))
    const search = createBranchAndBound(program, known, rowPrices)
    yield* search.advance(WORK, outOfTime)
    const better = search.owner() ?? known
    accounts.forEach((i, a) => {
      if (better[a] === known[a]) return
      isImproved = true
      excess -= program.cost[a * program.k + known[a]] - program.cost[a * program.k + better[a]]
      eachPart(plan, i, owner[i], (r, part) => void (sum[r] -= part))
      owner[i] = territories[better[a]]
      eachPart(plan, i, owner[i], (r, part) => void (sum[r] += part))
    })
  }
  const stoppedBy = outOfTime() ? "time-limit" : found.stoppedBy
  if (!isImproved) return { ...found, stoppedBy }
  if (!isFree) return { ...found, owner, stoppedBy }
  // prices prove something at other centers too, but they are no optimum there
  const moved = yield* recenter(compiled, { owner, violation: 0 }, { centers, prices: allocation.prices })
  return { ...found, owner, stoppedBy, centers: moved.centers, allocation: unproven(moved.centers, allocation) }
}

/** The sums of a plan, and bounds that it keeps: those that it does not keep are where it is. */
function* openPlan(
  { problem, searched }: CompiledProblem,
  owner: Int32Array,
  centers: Float64Array,
): Generator<undefined, PlanSums> {
  const eligibility = problem.reach ? yield* listWithinReach(problem, centers, owner) : (problem.eligibility ?? null)
  const near = changeProblem(problem, { eligibility, reach: null })
  const moveRows = createMoveRows(near)
  const measured = near.k * near.measureCount
  const sum = new Float64Array(measured + (moveRows?.count ?? 0))
  for (let i = 0; i < near.n; i++) eachPart({ problem: near, moveRows }, i, owner[i], (r, part) => void (sum[r] += part))
  yield undefined
  const bound = (bounds: Float64Array, ofMoves: Float64Array | undefined): Float64Array => {
    const all = new Float64Array(sum.length)
    all.set(bounds)
    if (ofMoves !== undefined) all.set(ofMoves, measured)
    return all
  }
  const lower = bound(searched.lower, moveRows?.lower)
  const upper = bound(searched.upper, moveRows?.upper)
  return {
    problem: near,
    moveRows,
    centers,
    owner,
    sum,
    lower: lower.map((value, r) => Math.min(value > 0 || r >= measured ? value : -Infinity, sum[r])),
    upper: upper.map((value, r) => Math.max(value, sum[r])),
  }
}

function costOf(problem: TransportProblem, { owner, centers }: FoundPlan): number {
  let cost = 0
  for (let i = 0; i < problem.n; i++) cost += pairCost(problem, centers, i, owner[i])
  return cost
}

/** The territory of a random account and those around it. */
function pickTerritories(
  { n, k, dimension }: TransportProblem,
  centers: Float64Array,
  owner: Int32Array,
  random: Random,
): Int32Array {
  const middle = owner[Math.floor(random() * n)]
  const square = Float64Array.from({ length: k }, (_, t) => squareBetween(centers, t, centers, middle, dimension))
  const size = 2 + Math.floor(random() * (TERRITORIES - 1))
  return Int32Array.from({ length: k }, (_, t) => t)
    .sort((a, b) => square[a] - square[b] || a - b)
    .slice(0, size)
}

/** The accounts of these territories that lose the least elsewhere among them, at the prices; ties: the smaller. */
function pickAccounts(plan: PlanSums, territories: Int32Array, prices: Float64Array): Int32Array {
  const { problem, centers, owner } = plan
  const isIn = new Uint8Array(problem.k)
  for (const t of territories) isIn[t] = 1
  const losses: { readonly i: number; readonly loss: number }[] = []
  for (let i = 0; i < problem.n; i++) {
    if (isIn[owner[i]] === 0) continue
    const here = priced(i, owner[i])
    let loss = Infinity
    for (const t of territories) if (t !== owner[i]) loss = Math.min(loss, priced(i, t) - here)
    if (loss < Infinity) losses.push({ i, loss })
  }
  losses.sort((a, b) => a.loss - b.loss || a.i - b.i)
  return Int32Array.from(losses.slice(0, ACCOUNTS), ({ i }) => i).sort()

  function priced(i: number, t: number): number {
    let cost = costOfPair(problem, centers, i, t)
    if (cost < Infinity) eachPart(plan, i, t, (r, part) => void (cost -= part * prices[r]))
    return cost
  }
}
