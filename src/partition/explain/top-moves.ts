import { deviationOf, imbalanceOf } from "../../criteria/balance.js"
import type { LocatedAccount } from "../../model/account.js"
import { compareIds } from "../../model/compare-ids.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { guardCall } from "../../model/guard-call.js"
import { issue } from "../../model/issue.js"
import { ownOptions } from "../../model/own-options.js"
import { DATA_OPTIONS, type PartitionOptions } from "../partition-options.js"
import type { PartitionResult } from "../partition-result.js"
import { findMoveCandidates, type MoveCandidate } from "./move-candidates.js"
import { createMoveCosts, type Step } from "./move-costs.js"
import type { PlanMove } from "./plan-move.js"
import { readPlanModel, type PlanModel } from "./plan-model.js"
import { wordMove } from "./word-move.js"

/** What `topMoves` is asked for, beside the options of the plan. */
export interface TopMovesOptions {
  /** So many moves at most, 1 or more. Default 10. */
  readonly count?: number
  /** Also look for two accounts that change places. Default false. */
  readonly swaps?: boolean
}

/** Options that are not those of the plan. */
const OWN_KEYS: readonly string[] = ["count", "swaps"]
/** A list that is read at a glance. */
const DEFAULT_COUNT = 10
/** Distances that are measured to know costs exactly: some tenths of a second. */
const EXACT_DISTANCES = 1_500_000
/** At least so many candidates for every move asked for. */
const CHOICE = 4
/** With medoids every account of a territory is tried as its center, up to so many. */
const MEDOIDS = 200
/** Changes below this share of the plan's cost, or of a target, are rounding. */
const ROUNDING = 1e-9
const ROUNDED_SHARE = 1e-12

/**
 * The best single moves: one account to another territory, or, when asked, two that change places, each with what it gains.
 *
 * In a plan inside its bounds a move saves cost and keeps all of them. In a plan that is not, what mends most comes first, at
 * whatever cost: accounts where `locked` or `eligible` do not allow them, then activity outside the bounds. No territory ends up
 * further outside its bounds, on any measure, than it was. Gains are those of one move alone: after it, ask again. Every account is listed once, with
 * its best move. Locked accounts stay, a group moves as one, `eligible` and the limits of `disruption` hold, its penalty counts as
 * cost, and no territory loses its last account. With `compactness.distance` no move leads where there is no distance.
 *
 * @param accounts those the plan was made with, or judged with
 * @param plan what `partitionAccounts` or `evaluateAlignment` returned, or its JSON copy
 * @param options those of the plan, and `count` and `swaps`
 * @returns plain JSON, the best first, with exactly the figures that `evaluateAlignment` finds when a move is made (free centers
 * follow); empty where no single move helps
 * @throws TerritoryError as `partitionAccounts`; `result-invalid` for what is no plan; `plan-mismatch`, `account-gap`, `account-overlap`
 * and `id-unknown` where accounts or options are not those of the plan; `distance-missing` as `explainPlan`
 *
 * Deterministic; ties go to the smaller id. O(n k): all moves are estimated (exactly on a plane, with power 2 and mean centers, and with
 * distances of the caller's own), and the
 * most promising are computed: all of them up to about 800 accounts, some thousand in a large plan. Swaps are looked for
 * among the 24 accounts that would cross each border most cheaply. Not suitable as a search: `partitionAccounts` has one.
 * @example
 * const accounts = [0, 1, 2, 8, 9].map((x, i) => ({ id: `a${i}`, x, y: 0, hours: 1 }))
 * const options = { territories: 2, measures: { hours: { value: "hours", tolerance: 0.2 } } }
 * const alignment = accounts.map((account, i) => ({ accountId: account.id, territoryId: i < 2 ? "west" : "east" }))
 * const [best] = topMoves(accounts, evaluateAlignment(accounts, alignment, options), options)
 * best.changes // [{ accountId: "a2", from: "east", to: "west" }]
 */
export function topMoves<A extends LocatedAccount>(accounts: readonly A[], plan: PartitionResult, options: PartitionOptions<A> & TopMovesOptions): readonly PlanMove[] {
  return guardCall({ accounts, plan, options }, (own) => topMovesUnguarded(own.accounts, own.plan, own.options))
}

function topMovesUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  plan: PartitionResult,
  options: PartitionOptions<A> & TopMovesOptions,
): readonly PlanMove[] {
  const own = ownOptions(options, [...DATA_OPTIONS, ...OWN_KEYS])
  const model = readPlanModel(accounts, plan, own, OWN_KEYS)
  const { count = DEFAULT_COUNT, swaps = false } = own
  const issues: Issue[] = []
  if (!(Number.isSafeInteger(count) && count >= 1)) issues.push(issue("option-type", "count", "must be a whole number of 1 or more", count))
  if (typeof swaps !== "boolean") issues.push(issue("option-type", "swaps", "must be true or false", swaps))
  throwIssues(issues)

  const { n, k } = model.problem
  const perMove = (2 * n) / k * (model.compiled.centersAre === "account" ? Math.min(MEDOIDS, n / k) : 1)
  const candidates = findMoveCandidates(model, Math.max(CHOICE * count, Math.ceil(EXACT_DISTANCES / perMove)), swaps)
  const costChangeOf = createMoveCosts(model)
  const isGain = ({ misplacedChange, violationChange, penaltyChange }: MoveCandidate, costChange: number): boolean =>
    misplacedChange < 0 || violationChange < -ROUNDED_SHARE || costChange + penaltyChange < -ROUNDING * (plan.cost ?? 0)
  const best = candidates
    .map((candidate) => ({ candidate, costChange: costChangeOf(candidate.steps) }))
    .filter(({ candidate, costChange }) => isGain(candidate, costChange))
    .sort((a, b) => compareGains(a, b) || compareSteps(a.candidate.steps, b.candidate.steps))
  // the same account to another territory is no other move
  const listed = new Set<number>()
  const moves: PlanMove[] = []
  for (const { candidate, costChange } of best) {
    if (moves.length === count) break
    const firsts = candidate.steps.map(({ unit }) => unit.members[0])
    if (firsts.some((i) => listed.has(i))) continue
    for (const i of firsts) listed.add(i)
    moves.push(describeMove(model, candidate, costChange))
  }
  return moves
}

/** A candidate with its cost. */
interface KnownMove {
  readonly candidate: MoveCandidate
  readonly costChange: number
}

/** What mends most comes first, then what saves most. */
function compareGains({ candidate: a, costChange: costA }: KnownMove, { candidate: b, costChange: costB }: KnownMove): number {
  return a.misplacedChange - b.misplacedChange || a.violationChange - b.violationChange || costA + a.penaltyChange - costB - b.penaltyChange
}

/** By the sorted positions of accounts, which are in the order of their ids, then by territory. */
function compareSteps(a: readonly Step[], b: readonly Step[]): number {
  return a.length - b.length || a[0].unit.members[0] - b[0].unit.members[0] || a[0].to - b[0].to || (a.length > 1 ? a[1].unit.members[0] - b[1].unit.members[0] : 0)
}

function describeMove(model: PlanModel, { steps, misplacedChange, violationChange, penaltyChange }: MoveCandidate, costChange: number): PlanMove {
  const { compiled, territoryIds, activity, plan } = model
  const { measures, bounds } = compiled
  const M = measures.length
  const after = activity.slice()
  for (const { unit, to } of steps) {
    for (let m = 0; m < M; m++) {
      after[unit.from * M + m] -= unit.activities[m]
      after[to * M + m] += unit.activities[m]
    }
  }
  const largest = (activities: Float64Array): Record<string, number | null> =>
    Object.fromEntries(measures.map((name, m) => [name, imbalanceOf(territoryIds.map((_, t) => deviationOf(activities[t * M + m], bounds[t * M + m].target)))]))
  const before = largest(activity)
  const imbalance = largest(after)
  const difference = (name: string): number | null => (imbalance[name] === null || before[name] === null ? null : imbalance[name] - before[name] + 0)
  const changes = steps.flatMap(({ unit, to }) => unit.members.map((i) => ({ accountId: compiled.ids[i], from: territoryIds[unit.from], to: territoryIds[to] }))).sort((a, b) => compareIds(a.accountId, b.accountId))
  const facts = {
    kind: steps.length > 1 ? ("swap" as const) : ("move" as const),
    changes,
    costChange: costChange + 0,
    penaltyChange: penaltyChange + 0,
    misplacedChange,
    violationChange: violationChange + 0,
    imbalance,
    imbalanceChange: Object.fromEntries(measures.map((name) => [name, difference(name)])),
  }
  return { ...facts, message: wordMove(facts, plan.cost, before) }
}
