import { log } from "../exact/log.js"
import { pow } from "../exact/pow.js"
import type { Random } from "../random.js"
import { exchange, type MovingPlan } from "./moving-plan.js"
import { isAllowed } from "./pair-rules.js"
import { squareBetween } from "./transport-problem.js"
import { outsideAdded, totalViolation, violationAt } from "./whole-plan.js"

/** How an annealing goes. */
export interface AnnealingSchedule {
  /** Moves proposed. */
  readonly proposals: number
  /** Heat at the start and at the end, as shares of what a typical crossing of a border costs. */
  readonly firstHeat: number
  readonly lastHeat: number
}

/** An account may go to so many territories: those whose centers are nearest. */
const NEAR = 6
/** The nearest centers of an account are looked for among so many around its territory's. */
const AROUND = 14
/** Penalties, heat and near territories are reviewed so often on the way, which centers are neighbors every tenth time. */
const REVIEWS = 1000
const LOOK_EVERY = 5
const NEIGHBORS_EVERY = 50
/** A bound that is violated at a review grows dearer by this factor. */
const DEARER = 1.1
/** A rise of so many times the heat is as good as impossible: 6 in a million are taken. */
const IMPOSSIBLE = 12
/** Share of proposals that are swaps. */
const SWAPS = 0.5
/** The partner of a swap is the best of so many, at most, picked at random; of fewer where a territory has few accounts. */
const PARTNERS = 7

/**
 * Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983) over whole plans whose centers follow: shifts of one account and
 * swaps of two, at the true cost of the plan plus penalties on violations. A bound that was violated at a review grows dearer,
 * one that was kept cheaper, so that the walk stays near the edge of what is allowed, where the cheap plans are.
 *
 * Changes `plan` to the best plan on the way, which may be the first: least violation, then least cost. Only the accounts of
 * the `active` territories move, and only among these. A proposal is O(M), with distances from means or medoids O(size) where a
 * bound does not settle it.
 *
 * @param penalty k: cost of one unit of violation at the start; about the spacing of a center
 * @param outOfTime once true, the best plan so far is taken
 * @yields after every thousandth of the proposals
 * @returns whether the plan became better
 */
export function* annealCenters(
  plan: MovingPlan,
  active: readonly number[],
  penalty: Float64Array,
  random: Random,
  { proposals, firstHeat, lastHeat }: AnnealingSchedule,
  outOfTime: () => boolean,
): Generator<undefined, boolean> {
  const { problem, costs, owner, members, activity } = plan
  const { k, measureCount: M, activities, lower, upper, lockedTo, points, weights, dimension: D, power } = problem
  const { centers } = costs
  const movable: number[] = []
  for (const t of active) for (const i of members[t]) if (lockedTo[i] < 0) movable.push(i)
  movable.sort((a, b) => a - b)
  const reach = Math.min(NEAR, active.length)
  if (movable.length === 0 || reach < 2) return false
  /** Account and territory of every crossing that heat may allow. */
  const crosser = new Int32Array(movable.length * reach)
  const goal = new Int32Array(movable.length * reach)
  let crossings = 0

  const weight = Float64Array.from({ length: k * M }, (_, r) => penalty[Math.floor(r / M)])
  const isOut = new Uint8Array(k * M)
  let outCount = 0
  for (const t of active) for (let r = t * M; r < (t + 1) * M; r++) if (violationAt(plan, r, activity[r]) > 0) outCount += isOut[r] = 1

  // the best plan: what has changed since is noted, so that a record costs no more than the moves that led to it
  const bestOwner = owner.slice()
  const changed: number[] = []
  const isChanged = new Uint8Array(problem.n)
  let bestViolation = totalViolation(plan)
  let isBestInside = outCount === 0
  let costNow = 0
  let bestCost = 0
  let isBetter = false

  const around = new Map<number, readonly number[]>()
  findNeighbors()
  let heat = Infinity
  const typical = lookAround()
  if (!(typical > 0)) return false
  const period = Math.max(1, Math.floor(proposals / REVIEWS))
  const cooling = pow(lastHeat / firstHeat, 1 / REVIEWS)
  heat = firstHeat * typical
  // in balance, about one bound in all is violated at a time
  const rarer = pow(DEARER, -Math.min(0.1, 1 / (active.length * M)))
  for (let p = 1; p <= proposals; p++) {
    if (p % period === 0) {
      heat *= cooling
      for (const t of active) for (let r = t * M; r < (t + 1) * M; r++) weight[r] *= isOut[r] === 1 ? DEARER : rarer
      if (p % (NEIGHBORS_EVERY * period) === 0) findNeighbors()
      if (p % (LOOK_EVERY * period) === 0) lookAround()
      yield undefined
      if (outOfTime()) break
    }
    const luck = 1 - random()
    const c = Math.floor(random() * crossings)
    const i = crosser[c]
    const a = owner[i]
    const b = goal[c]
    if (a === b) continue
    const j = random() < SWAPS ? pickPartner(a, b) : -1
    const rest = -heat * log(luck) - penaltyChange(i, j, a, b)
    if (costs.change(i, j, a, b, rest) > rest) continue
    const before = costs.cost[a] + costs.cost[b]
    exchange(plan, i, j, b)
    costNow += costs.cost[a] + costs.cost[b] - before
    note(i)
    if (j >= 0) note(j)
    for (let m = 0; m < M; m++) {
      review(a * M + m)
      review(b * M + m)
    }
    noteRecord()
  }
  for (const i of changed) if (owner[i] !== bestOwner[i]) exchange(plan, i, -1, bestOwner[i])
  return isBetter

  function note(i: number): void {
    if (isChanged[i] === 1) return
    isChanged[i] = 1
    changed.push(i)
  }

  function noteRecord(): void {
    if (outCount > 0) {
      if (isBestInside) return
      const violation = totalViolation(plan)
      if (violation > bestViolation - 1e-12) return
      bestViolation = violation
    } else {
      if (isBestInside && costNow >= bestCost - 1e-12) return
      bestViolation = 0
      isBestInside = true
    }
    bestCost = costNow
    isBetter = true
    for (const i of changed) {
      bestOwner[i] = owner[i]
      isChanged[i] = 0
    }
    changed.length = 0
  }

  function review(r: number): void {
    const out = violationAt(plan, r, activity[r]) > 0 ? 1 : 0
    outCount += out - isOut[r]
    isOut[r] = out
  }

  /**
   * Lists the crossings that may happen: of every account to its near territories, unless that costs more than heat allows
   * and than the worst placed account could save in return. Answers what a crossing to the cheapest other costs, on average.
   */
  function lookAround(): number {
    const near = new Int32Array(movable.length * reach)
    const price = new Float64Array(movable.length * reach)
    const squares = new Float64Array(reach)
    let sum = 0
    let worst = 0
    movable.forEach((i, slot) => {
      const first = slot * reach
      let count = 0
      for (const t of around.get(owner[i]) as readonly number[]) {
        const square = squareBetween(points, i, centers, t, D)
        if (count === reach && square >= squares[reach - 1]) continue
        let at = count < reach ? count++ : reach - 1
        for (; at > 0 && squares[at - 1] > square; at--) {
          squares[at] = squares[at - 1]
          near[first + at] = near[first + at - 1]
        }
        squares[at] = square
        near[first + at] = t
      }
      const own = priceOf(squareBetween(points, i, centers, owner[i], D))
      for (let at = 0; at < reach; at++) price[first + at] = weights[i] * (priceOf(squares[at]) - own)
      sum += Math.abs(price[first + (near[first] === owner[i] ? 1 : 0)])
      worst = Math.max(worst, -price[first])
    })
    const dearest = heat * IMPOSSIBLE + worst
    crossings = 0
    movable.forEach((i, slot) => {
      const first = slot * reach
      // the cheapest may be its own; one that cannot leave is not listed
      if (price[first + 1] > dearest && near[first] === owner[i]) return
      for (let at = first; at < first + reach && price[at] <= dearest; at++) {
        if (!isAllowed(problem, i, near[at])) continue
        crosser[crossings] = i
        goal[crossings++] = near[at]
      }
    })
    return sum / movable.length
  }

  function priceOf(square: number): number {
    return power === 2 ? square : Math.sqrt(square)
  }

  /** For every active territory those around it, itself among them. */
  function findNeighbors(): void {
    const size = Math.min(AROUND, active.length)
    const squares = new Float64Array(size)
    for (const t of active) {
      const list = new Array<number>(size)
      let count = 0
      for (const s of active) {
        const square = squareBetween(centers, s, centers, t, D)
        if (count === size && square >= squares[size - 1]) continue
        let at = count < size ? count++ : size - 1
        for (; at > 0 && squares[at - 1] > square; at--) {
          squares[at] = squares[at - 1]
          list[at] = list[at - 1]
        }
        squares[at] = square
        list[at] = s
      }
      around.set(t, list)
    }
  }

  /** An account of b that might go to a for the account that came: the cheapest of a few. */
  function pickPartner(a: number, b: number): number {
    const list = members[b]
    const tries = list.length > 0 ? Math.min(PARTNERS, 1 + (list.length >> 2)) : 0
    let best = -1
    let least = Infinity
    for (let s = 0; s < tries; s++) {
      const j = list[Math.floor(random() * list.length)]
      if (!isAllowed(problem, j, a)) continue
      const crossing = tries === 1 ? 0 : squareBetween(points, j, centers, a, D) - squareBetween(points, j, centers, b, D)
      if (crossing < least) {
        least = crossing
        best = j
      }
    }
    return best
  }

  function penaltyChange(i: number, j: number, from: number, to: number): number {
    let sum = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m] - (j < 0 ? 0 : activities[j * M + m])
      if (w !== 0) sum += outside(from * M + m, -w) + outside(to * M + m, w)
    }
    return sum
  }

  function outside(r: number, w: number): number {
    return (weight[r] * outsideAdded(activity[r], w, lower[r], upper[r])) / plan.scale[r]
  }
}
