import { createAccountSets } from "./account-sets.js"
import { fitClasses, type FlowWork } from "./class-flow.js"
import { createDivisibleFit, type Fit } from "./divisible-fit.js"
import { fairestLoads } from "./fairest-loads.js"
import { findHeavyAccounts, placeHeavyAccount, type PlacedAccount } from "./heavy-accounts.js"
import { keepableRoom, sizesOfFree } from "./room-around-reach.js"
import { STRETCH_SLACK, stretchBounds, type Ask, type StretchInput, type Stretched } from "./stretch-bounds.js"
import type { TransportProblem } from "../transport/transport-problem.js"

/** Bounds that are asked for, of accounts that may go to some territories only. */
export interface ReachInput {
  /** Places and costs play no part. */
  readonly problem: Pick<TransportProblem, "n" | "k" | "measureCount" | "activities" | "lockedTo" | "eligibility">
  /** K: 0 and Infinity where open. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** K: what the rows are to have. */
  readonly targets: Float64Array
  /**
   * K: 1 for a bound that is stated as such: it is kept before those of a tolerance, where stated ones can be kept
   * at all.
   */
  readonly isStatedLower: Uint8Array
  readonly isStatedUpper: Uint8Array
  /** M: room that whole accounts are given around what can be reached, as a share of it, at most. */
  readonly tolerance: Float64Array
  /** Where account i has to stay, fair or not; -1: anywhere. */
  readonly stayOf: (i: number) => number
  /** Which territory account i had better take, if it is too heavy for all of them alike: the least. */
  readonly costOf: (i: number, t: number) => number
  /** Asked before every question: whether to end with what is known. */
  readonly isCalledOff: () => boolean
}

/** What can be reached. */
export interface Reachable {
  /**
   * Whether the bounds asked for can be met by divided accounts when those that are too heavy for any territory are
   * whole.
   */
  readonly isAsked: boolean
  /** Whether divided accounts meet them, be they heavy or not; null: not known. */
  readonly isDividedEnough: boolean | null
  /** K: bounds to plan by; 0 and Infinity where open. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** K: what can go nowhere else, heavy accounts included. */
  readonly floor: Float64Array
  /** Accounts that are too heavy for any territory, in the order in which they were placed. */
  readonly placed: readonly PlacedAccount[]
  /** Whether this is proven to be fairest; else the measures were looked at one by one, or there was too much work. */
  readonly isExact: boolean
  /** K: the fairest activities, see {@link findReachable}. */
  loads(): Generator<undefined, Float64Array>
}

/** Sums that differ by less than this, per territory, are the same. */
const ROUNDING = 1e-11
/**
 * Steps of the simplex for all questions about several measures, and of flows about single ones: about a second each. A
 * plan must not wait for its bounds longer than for itself. Where they are over, all that may still give way do so
 * alike.
 */
const MAX_WORK = 2e8
const MAX_FLOW_STEPS = 1e8
/** Room beyond what is only one number, that of {@link stretchBounds}: what rounding of sums may leave. */
const SLACK = STRETCH_SLACK
/**
 * With more pairs listed than this, accounts hardly share lists, and telling their sets apart takes longer than it
 * is worth.
 */
const MAX_LISTED = 2_000_000
/** Heavy accounts placed between two looks at who is too heavy now. */
const ROUNDS = 64

/**
 * The fairest bounds that can be reached where those asked for cannot: excesses beyond bounds, relative to targets,
 * are lexicographically least (see {@link stretchBounds}), accounts being divisible, but those that are heavier than
 * every territory may be are whole, and take one each, where that exceeds the least. What such accounts leave is
 * shared by the others, in which further accounts may then be too heavy, and so on.
 *
 * - Bounds that are stated are kept before those of a tolerance; where even they exclude each other, all are alike.
 * - Several measures are looked at one by one, which is fairest where accounts can reach all of that at once; else
 *   the largest excess of any measure counts first.
 * - A row that has to be outside gets the room of its tolerance around what it can reach, or that of the largest
 *   account if that is less, on either side, never on the far side of the bound asked for; all others keep theirs.
 *
 * Loads: what is outside its bounds as above; the rest as near to the targets as it can be, fairest in the same
 * sense.
 *
 * Deterministic. O(n M + k M) where the bounds fit, and for each level where one measure's accounts may go anywhere,
 * but for those that can go to one territory only; else some flows on sets of accounts, or simplexes on piles of them,
 * with at most as many steps as there are constants for.
 */
export function* findReachable(input: ReachInput): Generator<undefined, Reachable | null> {
  const { problem, lower, upper, targets, costOf } = input
  const { k, measureCount: M, activities } = problem
  const K = k * M
  if (problem.eligibility && problem.eligibility.territories.length > MAX_LISTED) return null
  const { sets, setOf: original } = createAccountSets(problem, null)
  const setOf = original.slice()
  const unit = targets.map((target) => (target > 0 ? target : 1))
  const sums = Array.from({ length: M }, () => new Float64Array(sets.length))
  for (let i = 0; i < setOf.length; i++) for (let m = 0; m < M; m++) sums[m][setOf[i]] += activities[i * M + m]
  yield undefined
  const floor = new Float64Array(K)
  for (let t = 0; t < k; t++) for (let m = 0; m < M; m++) floor[t * M + m] = sums[m][1 + t]
  const fit = M > 1 ? createDivisibleFit(k, M, activities, sets) : null
  const placed: PlacedAccount[] = []
  let isExact = true
  let isDividedEnough: boolean | null = null
  const flow: FlowWork = { steps: 0 }
  const isOver = (times: number): boolean =>
    input.isCalledOff() || (fit?.work() ?? 0) > times * MAX_WORK || flow.steps > times * MAX_FLOW_STEPS
  let reached = yield* reach()
  for (let round = 0; round < ROUNDS; round++) {
    const room = reached.upper.map(
      (bound, r) =>
        (reached.upperGave[r] === 1 || reached.lowerGave[r] === 1 ? bound * (1 + input.tolerance[r % M]) : bound) -
        floor[r],
    )
    for (let r = 0; r < K; r++)
      if (reached.lowerGave[r] === 1)
        room[r] = Math.min(room[r], reached.lower[r] * (1 + input.tolerance[r % M]) - floor[r])
    const heavy = findHeavyAccounts(M, activities, sets, setOf, room)
    if (heavy.length === 0) break
    for (const i of heavy) {
      const stay = input.stayOf(i)
      const t = sets[setOf[i]].includes(stay)
        ? stay
        : placeHeavyAccount(M, activities, i, sets[setOf[i]], floor, upper, unit, costOf)
      for (let m = 0; m < M; m++) {
        sums[m][setOf[i]] -= activities[i * M + m]
        sums[m][1 + t] += activities[i * M + m]
        floor[t * M + m] += activities[i * M + m]
      }
      setOf[i] = 1 + t
      placed.push({ account: i, territory: t })
    }
    reached = yield* reach()
  }
  if (reached.status === "unknown") return null
  const isAsked = reached.levels.length === 0 && upper.every((bound, r) => floor[r] <= bound + SLACK * unit[r])
  const windows = isAsked
    ? { lower, upper }
    : yield* keepableRoom(
        reached,
        {
          ...sizesOfFree(M, activities, sets, setOf),
          unit,
          floor,
          tolerance: input.tolerance,
          askedLower: lower,
          askedUpper: upper,
        },
        askAlone(0),
      )
  return { isAsked, isDividedEnough, ...windows, floor, placed, isExact, loads }

  /** The fairest bounds as accounts are placed now. */
  function* reach(): Generator<undefined, Stretched> {
    const isFirst = placed.length === 0
    const alone = Array.from({ length: M }, () => null as Stretched | null)
    for (let m = 0; m < M; m++) alone[m] = yield* stretch(askAlone(m), (r) => r % M === m)
    const merged = merge(alone as Stretched[])
    if (merged.status !== "fits") isExact = false
    if (fit === null) {
      if (isFirst) isDividedEnough = merged.levels.length === 0 && isInside(merged)
      return merged
    }
    const together = yield* fit.ask(merged.lower, merged.upper, setOf, MAX_WORK - fit.work())
    if (isFirst)
      isDividedEnough =
        merged.levels.length > 0 || together.status === "conflict" || !isInside(merged)
          ? false
          : together.status === "fits"
            ? true
            : null
    if (together.status === "fits") return merged
    const joint =
      together.status === "conflict"
        ? yield* stretch(
            (low, high) => fit.ask(low, high, setOf, MAX_WORK - fit.work()),
            () => true,
          )
        : null
    if (joint !== null && joint.status === "fits") return joint
    isExact = false
    return joint !== null && joint.levels.length > 0 ? joint : merged
  }

  function isInside({ upper: high }: Stretched): boolean {
    return high.every((bound, r) => bound <= upper[r] + SLACK * unit[r])
  }

  /** Stated bounds are kept where they can be. */
  function* stretch(ask: Ask, isPart: (r: number) => boolean): Generator<undefined, Stretched> {
    const own: StretchInput = {
      lower: lower.map((bound, r) => (isPart(r) ? bound : 0)),
      upper: upper.map((bound, r) => (isPart(r) ? bound : Infinity)),
      unit,
      floor,
      lowerGives: input.isStatedLower.map((isStated) => 1 - isStated),
      upperGives: input.isStatedUpper.map((isStated) => 1 - isStated),
    }
    const first = yield* stretchBounds(own, ask, () => isOver(1))
    if (first.status !== "stuck") return first
    const all = new Uint8Array(K).fill(1)
    return yield* stretchBounds({ ...own, lowerGives: all, upperGives: all }, ask, () => isOver(1))
  }

  function askAlone(m: number): Ask {
    return function* (low: Float64Array, high: Float64Array): Generator<undefined, Fit> {
      const answer = fitClasses(
        k,
        sets,
        sums[m],
        low.filter((_, r) => r % M === m),
        high.filter((_, r) => r % M === m),
        ROUNDING * k,
        flow,
      )
      if (answer.status !== "conflict") return answer
      const ray = new Float64Array(K)
      answer.ray.forEach((price, t) => (ray[t * M + m] = price))
      return { ...answer, ray }
    }
  }

  function* loads(): Generator<undefined, Float64Array> {
    const isShort = (): boolean => isOver(2)
    return yield* fairestLoads({ M, targets, unit, floor, reached }, function* (part) {
      if (fit !== null && isExact)
        return yield* stretchBounds(part, (l, h) => fit.ask(l, h, setOf, 2 * MAX_WORK - fit.work()), isShort)
      const alone: Stretched[] = []
      for (let m = 0; m < M; m++) {
        const own = (bounds: Float64Array, open: number): Float64Array =>
          bounds.map((bound, r) => (r % M === m ? bound : open))
        const rows = { ...part, lower: own(part.lower, 0), upper: own(part.upper, Infinity) }
        alone.push(yield* stretchBounds(rows, askAlone(m), isShort))
      }
      return merge(alone)
    })
  }

  function merge(alone: readonly Stretched[]): Stretched {
    if (M === 1) return alone[0]
    const pick = <T extends Float64Array | Uint8Array>(of: (one: Stretched) => T): T =>
      of(alone[0]).map((_, r) => of(alone[r % M])[r]) as T
    return {
      lower: pick((one) => one.lower),
      upper: pick((one) => one.upper),
      lowerGave: pick((one) => one.lowerGave),
      upperGave: pick((one) => one.upperGave),
      levels: alone.flatMap(({ levels }) => levels),
      status: alone.find(({ status }) => status !== "fits")?.status ?? "fits",
    }
  }
}
