import { formatAmount } from "../../model/format-amount.js"
import type { CompiledProblem } from "../compile-problem.js"
import { explainLocks, explainSums } from "./explain-sums.js"
import { findConflict, type Conflict } from "./find-conflict.js"
import { createFitCase, type FitCase } from "./fit-case.js"
import type { ConflictElement, Explanation, Relaxation } from "./infeasibility.js"
import { relaxBounds } from "./relax-bounds.js"
import { relaxPlaces, relaxPlacesAndTolerances } from "./relax-places.js"
import { relaxTerritoryCount } from "./relax-territory-count.js"
import { relaxTogether } from "./relax-together.js"
import { relaxTolerances } from "./relax-tolerances.js"
import { listed, quoted } from "./words.js"

/** What kind of contradiction it is, in words. */
export type Reason = Pick<Explanation, "message" | "measures" | "territoryIds" | "accountIds">

/** Steps of work for all of it, about five seconds; the conflict's share. */
const MAX_WORK = 1e9
const CONFLICT_WORK = 0.3e9
/** Kinds of changes of which one alone may be enough; absolute bounds are another matter. */
const ALONE: ReadonlySet<string> = new Set(["tolerance", "unlock", "eligible"])

/**
 * Why not even divided accounts can meet the bounds: the set of bounds and locks that exclude each other, and the smallest changes
 * that are enough, all from questions to {@link FitCase.fit}. Costs and places play no part. Null where those questions find that
 * rounding decides.
 */
export function* explainDivisible(
  compiled: CompiledProblem,
  territoryIds: readonly string[],
): Generator<undefined, Omit<Explanation, "kind"> | null> {
  const fitCase = createFitCase(compiled, territoryIds)
  const { fit, lower, upper, accounts } = fitCase
  const proof = yield* fit.ask(lower, upper, accounts.setOf)
  if (proof.status !== "conflict") return null
  const found = yield* findConflict(fitCase, proof, CONFLICT_WORK)
  const conflict = spell(fitCase, found)
  const isOfSums = found.locks.length + found.lists.length === 0 && (found.lower.length === 0 || found.upper.length === 0)
  const reason = (isOfSums ? explainSums(compiled, territoryIds) : null) ?? explainLocks(compiled, territoryIds) ?? nameAll(conflict)
  const relaxations: Relaxation[] = [
    ...(yield* relaxTolerances(fitCase, proof, accounts.setOf, MAX_WORK)),
    ...(yield* relaxBounds(fitCase, found, proof, MAX_WORK)),
    ...(yield* relaxTerritoryCount(fitCase, MAX_WORK)),
    ...(yield* relaxPlaces(fitCase, { unlock: true, admit: false }, proof, MAX_WORK)),
    ...(yield* relaxPlaces(fitCase, { unlock: false, admit: true }, proof, MAX_WORK)),
  ]
  // of kinds that are not enough alone, several
  if (!relaxations.some(({ changes }) => ALONE.has(changes[0].kind))) {
    const both = yield* relaxPlaces(fitCase, { unlock: true, admit: true }, proof, MAX_WORK)
    for (const one of both.length > 0 ? both : yield* relaxPlacesAndTolerances(fitCase, MAX_WORK)) relaxations.push(one)
  }
  // several bounds at once where no one number is enough
  if (!relaxations.some(({ changes }) => changes.length === 1)) {
    for (const one of yield* relaxTogether(fitCase, proof, MAX_WORK)) relaxations.push(one)
  }
  return { ...reason, conflict, isConflictMinimal: found.isMinimal, relaxations }
}

/** A conflict in the caller's words, bounds first. */
function spell({ compiled, territoryIds }: FitCase, { lower, upper, locks, lists }: Conflict): ConflictElement[] {
  const { problem, measures, bounds, ids } = compiled
  const M = measures.length
  const rows = [...lower.map((r) => ({ r, side: "min" as const })), ...upper.map((r) => ({ r, side: "max" as const }))].sort((a, b) => a.r - b.r)
  return [
    ...rows.map(({ r, side }) => ({ kind: "bound" as const, territoryId: territoryIds[Math.floor(r / M)], measure: measures[r % M], side, limit: bounds[r][side] as number })),
    ...locks.map((i) => ({ kind: "lock" as const, accountId: ids[i], territoryId: territoryIds[problem.lockedTo[i]] })),
    ...lists.map(() => ({ kind: "eligibility" as const })),
  ]
}

/** The conflict itself is the reason. */
function nameAll(conflict: readonly ConflictElement[]): Reason {
  const bounds = conflict.flatMap((element) => (element.kind === "bound" ? [`${element.measure} of ${quoted(element.territoryId)} at ${element.side === "min" ? "least" : "most"} ${formatAmount(element.limit)}`] : []))
  const locks = conflict.flatMap((element) => (element.kind === "lock" ? [`${quoted(element.accountId)} locked to ${quoted(element.territoryId)}`] : []))
  const lists = conflict.some(({ kind }) => kind === "eligibility") ? ", as accounts are eligible" : ""
  return {
    message: `not even divided accounts could keep ${bounds.length === 1 ? "this bound" : "these bounds together"}: ${listed(bounds)}${locks.length === 0 ? "" : `, with ${listed(locks)}`}${lists}`,
    measures: [...new Set(conflict.flatMap((element) => (element.kind === "bound" ? [element.measure] : [])))],
    territoryIds: [...new Set(conflict.flatMap((element) => (element.kind === "eligibility" ? [] : [element.territoryId])))],
    accountIds: conflict.flatMap((element) => (element.kind === "lock" ? [element.accountId] : [])),
  }
}
