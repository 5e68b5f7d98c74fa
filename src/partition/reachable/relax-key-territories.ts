import type { Reachable } from "../../math/feasible/reachable-bounds.js"
import type { Issue } from "../../model/error.js"
import { formatAmount } from "../../model/format-amount.js"
import type { TerritorySpec } from "../../model/territory.js"
import { statedShare } from "../../model/territory-shares.js"
import { changeProblem } from "../../math/transport/transport-problem.js"
import type { CompiledProblem } from "../compile-problem.js"
import type { Relaxation, RelaxationChange } from "../infeasible/infeasibility.js"
import { listed, quoted } from "../infeasible/words.js"
import { findTerritoryBounds } from "../territory-bounds.js"
import { findReachableBounds, type ReachProblem } from "./find-reachable-bounds.js"

/** What territories and units are called. */
export interface KeyNames {
  readonly territoryIds: readonly string[]
  idsOf(u: number): readonly string[]
}

/** Digits of a share that is easy to read. */
const DIGITS = 4
/** Activities beyond a bound by less than this, in units of what is usual, are at it. */
const SAME = 1e-8

/**
 * Ways out of what can go nowhere else but to territories that it is too much for: a share of their own for these,
 * and heavy accounts set apart with their territory. Each is solved for before it is offered.
 */
export function* relaxKeyTerritories(
  units: CompiledProblem,
  reach: Reachable,
  { territoryIds, idsOf }: KeyNames,
): Generator<undefined, Relaxation[]> {
  const { problem, bounds, activityUnits, measures } = units
  const M = measures.length
  const isFull = bounds.map(
    ({ max }, r) => max !== null && reach.floor[r] * activityUnits[r % M] > max + SAME * activityUnits[r % M],
  )
  const full = Array.from({ length: problem.k }, (_, t) => t).filter((t) =>
    measures.some((_, m) => isFull[t * M + m]),
  )
  if (full.length === 0 || full.length === problem.k) return []
  return [
    ...(yield* offerShares(units, reach, full, { territoryIds, idsOf })),
    ...(yield* offerApart(units, reach, full, { territoryIds, idsOf })),
  ]
}

/**
 * Every full territory with what it can reach as its target, in the measures whose bounds it cannot keep otherwise.
 */
function* offerShares(
  units: CompiledProblem,
  reach: Reachable,
  full: readonly number[],
  { territoryIds, idsOf }: KeyNames,
): Generator<undefined, Relaxation[]> {
  const { problem, measures, specs, bounds, activityUnits, totals } = units
  const M = measures.length
  const loads = yield* reach.loads()
  const own = full.flatMap((t) =>
    measures.flatMap((measure, m) => {
      const r = t * M + m
      const load = loads[r] * activityUnits[m]
      const { min, max } = bounds[r]
      const isKept =
        (max === null || load <= max + SAME * activityUnits[m]) &&
        (min === null || load >= min - SAME * activityUnits[m])
      return isKept ? [] : [{ t, m, measure, share: load / totals[m], from: bounds[r].target / totals[m] }]
    }),
  )
  // shares that others have stated would no longer sum to 1
  const isShared = own.some(({ measure }) =>
    (specs ?? []).some((spec, t) => !full.includes(t) && statedShare(spec, measure) !== undefined),
  )
  if (own.length === 0 || isShared) return []
  for (const isRounded of [true, false]) {
    const shares = own.map((one) => ({ ...one, to: isRounded ? Number(one.share.toPrecision(DIGITS)) : one.share }))
    const changed = territoryIds.map((id, t): TerritorySpec => {
      const spec = specs?.[t] ?? { id }
      const mine = shares.filter((one) => one.t === t)
      if (mine.length === 0) return spec
      const before = Object.fromEntries(
        measures.flatMap((measure) =>
          statedShare(spec, measure) === undefined ? [] : [[measure, statedShare(spec, measure) as number]],
        ),
      )
      return { ...spec, share: { ...before, ...Object.fromEntries(mine.map(({ measure, to }) => [measure, to])) } }
    })
    const there = yield* reachWith(units, problem.k, changed)
    if (there?.isAsked !== true) continue
    const changes = shares.map(({ t, measure, from, to }): RelaxationChange => ({
      kind: "share",
      territoryId: territoryIds[t],
      measure,
      from,
      to,
    }))
    const texts = [...new Set(shares.map(({ t }) => t))].map((t) => {
      const parts = shares.flatMap((one) => (one.t === t ? [`${one.to} of ${one.measure}`] : []))
      return `${quoted(territoryIds[t])} a share of its own, ${listed(parts)}`
    })
    const named = accountsOf(units, reach, full, idsOf)
    return [
      {
        message: `give ${listed(texts)}${named === "" ? "" : ` (${named})`}; the others divide the rest`,
        changes,
        provenBy: "divided",
        isMinimal: false,
      },
    ]
  }
  return []
}

/** Heavy accounts and their territories left out, where these hold nothing else that fills them. */
function* offerApart(
  units: CompiledProblem,
  reach: Reachable,
  full: readonly number[],
  { territoryIds, idsOf }: KeyNames,
): Generator<undefined, Relaxation[]> {
  const { problem, specs, measures, totals } = units
  const { n, k, measureCount: M, lockedTo } = problem
  const heavy = reach.placed
  const gone = [...new Set(heavy.map(({ territory }) => territory))]
  // who sets most of the territories apart plans nothing any more
  if (heavy.length === 0 || heavy.length === n || 2 * gone.length > k || !full.every((t) => gone.includes(t))) return []
  const isGone = new Set(heavy.map(({ account }) => account))
  // nobody else may be bound to a territory that is left out, nor a share that others have stated
  if (lockedTo.some((t, i) => !isGone.has(i) && gone.includes(t))) return []
  if (measures.some((measure) => (specs ?? []).some((spec) => statedShare(spec, measure) !== undefined))) return []
  const kept = Int32Array.from({ length: n }, (_, i) => i).filter((i) => !isGone.has(i))
  const left = Int32Array.from({ length: k }, (_, t) => t).filter((t) => !gone.includes(t))
  const placeOf = new Int32Array(k).fill(-1)
  left.forEach((t, place) => (placeOf[t] = place))
  const lists = keepLists(units, kept, placeOf)
  if (lists === "empty") return []
  const rest = totals.map(
    (total, m) => total - heavy.reduce((sum, { account }) => sum + units.activities[account * M + m], 0),
  )
  const smaller = {
    ...units,
    totals: rest,
    problem: changeProblem(problem, {
      n: kept.length,
      activities: pick(problem.activities, kept, M),
      lockedTo: Int32Array.from(kept, (i) => (lockedTo[i] < 0 ? -1 : placeOf[lockedTo[i]])),
      eligibility: lists,
      homes: null,
    }),
  }
  const there = yield* reachWith(smaller, left.length, specs === null ? null : Array.from(left, (t) => specs[t]))
  if (there?.isAsked !== true) return []
  const changes = heavy.flatMap(({ account, territory }) =>
    idsOf(account).map((accountId): RelaxationChange => ({
      kind: "set-apart",
      accountId,
      territoryId: territoryIds[territory],
    })),
  )
  const names = listed(heavy.flatMap(({ account }) => idsOf(account).map(quoted)))
  const count = `${left.length} ${left.length === 1 ? "territory" : "territories"}`
  const message = `set ${names} apart, and plan the others in ${count} instead of ${k}`
  return [{ message, changes, provenBy: "divided", isMinimal: false }]
}

/** What the accounts can reach of the bounds that other territories have; null where they contradict themselves. */
export function* reachWith(
  units: CompiledProblem,
  count: number,
  specs: readonly TerritorySpec[] | null,
): Generator<undefined, Reachable | null> {
  const { problem, measures, measureOptions, totals, givenCenters } = units
  const issues: Issue[] = []
  const bounds = findTerritoryBounds(count, specs, measures, measureOptions, totals, issues)
  if (issues.length > 0) return null
  const changed: ReachProblem = {
    ...units,
    specs,
    bounds,
    problem: changeProblem(problem, { k: count, homes: null }),
    givenCenters: new Float64Array(count * problem.dimension).fill(NaN),
  }
  return givenCenters.length === 0 ? null : yield* findReachableBounds(changed, null)
}

function accountsOf(
  units: CompiledProblem,
  { placed }: Reachable,
  full: readonly number[],
  idsOf: KeyNames["idsOf"],
): string {
  const heavy = placed.filter(({ territory }) => full.includes(territory))
  if (heavy.length === 0) return ""
  const M = units.measures.length
  const texts = heavy.map(({ account }) => {
    const amounts = units.measures.map((name, m) => `${formatAmount(units.activities[account * M + m])} of ${name}`)
    const group = idsOf(account).length > 1 ? "the group of " : ""
    return `${group}${quoted(units.ids[account])} has ${listed(amounts)}`
  })
  return listed(texts)
}

function pick(activities: Float64Array, kept: Int32Array, M: number): Float64Array {
  const picked = new Float64Array(kept.length * M)
  kept.forEach((i, at) => picked.set(activities.subarray(i * M, (i + 1) * M), at * M))
  return picked
}

/** Lists of the accounts kept, in the numbers of the territories left; `empty` where one is left with none. */
function keepLists(
  { problem: { eligibility } }: CompiledProblem,
  kept: Int32Array,
  placeOf: Int32Array,
): CompiledProblem["problem"]["eligibility"] | "empty" {
  if (!eligibility) return null
  const start = new Int32Array(kept.length + 1)
  const territories: number[] = []
  for (let at = 0; at < kept.length; at++) {
    const [from, to] = [eligibility.start[kept[at]], eligibility.start[kept[at] + 1]]
    for (let e = from; e < to; e++)
      if (placeOf[eligibility.territories[e]] >= 0) territories.push(placeOf[eligibility.territories[e]])
    start[at + 1] = territories.length
    if (to > from && start[at + 1] === start[at]) return "empty"
  }
  return { start, territories: Int32Array.from(territories), costs: null }
}
