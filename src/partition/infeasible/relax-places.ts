import type { Fit } from "../../math/feasible/divisible-fit.js"
import type { FitCase } from "./fit-case.js"
import { freeAccounts, type Freed, type Freedoms } from "./free-accounts.js"
import type { Relaxation, RelaxationChange } from "./infeasibility.js"
import { relaxTolerances, withoutTolerances } from "./relax-tolerances.js"
import { listed, quoted } from "./words.js"

/**
 * A small set of locks to give up, or of accounts to make eligible for another territory, or of both, that is enough.
 *
 * @param proof that the bounds of now cannot be met
 */
export function* relaxPlaces(fitCase: FitCase, may: Freedoms, proof: Fit, maxWork: number): Generator<undefined, Relaxation[]> {
  if (!canGive(fitCase, may)) return []
  const freed = yield* freeAccounts(fitCase, fitCase, may, proof, maxWork)
  if (freed === null) return []
  const { changes, message } = spelled(fitCase, freed)
  return [{ message, changes, provenBy: "divided", isMinimal: freed.isMinimal }]
}

/**
 * The same where tolerances have to be wider as well: the fewest freedoms without which no tolerance is enough, and with them the
 * least tolerance. Locks alone, and eligibility alone; both where neither is enough.
 */
export function* relaxPlacesAndTolerances(fitCase: FitCase, maxWork: number): Generator<undefined, Relaxation[]> {
  const { fit, accounts, lower, upper } = fitCase
  const open = withoutTolerances(fitCase)
  if (open === null || fit.work() > maxWork) return []
  const proof = yield* fit.ask(open.lower, open.upper, accounts.setOf)
  const found: Relaxation[] = []
  for (const may of [{ unlock: true, admit: false }, { unlock: false, admit: true }, { unlock: true, admit: true }]) {
    if (proof.status !== "conflict" || !canGive(fitCase, may) || (may.unlock && may.admit && found.length > 0)) continue
    const freed = yield* freeAccounts(fitCase, open, may, proof, maxWork)
    if (freed === null) continue
    const { changes, message } = spelled(fitCase, freed)
    const left = yield* fit.ask(lower, upper, freed.setOf)
    for (const wider of yield* relaxTolerances(fitCase, left, freed.setOf, maxWork)) {
      found.push({ message: `${message}, and ${wider.message}`, changes: [...changes, ...wider.changes], provenBy: "divided", isMinimal: freed.isMinimal && wider.isMinimal })
    }
  }
  return found
}

/** Whether there is anything to give of every kind that may be given. */
function canGive({ locked, accounts }: FitCase, { unlock, admit }: Freedoms): boolean {
  return (!unlock || locked.length > 0) && (!admit || accounts.hasLists)
}

function spelled({ compiled, territoryIds }: FitCase, { freedoms }: Freed): { changes: RelaxationChange[]; message: string } {
  const { ids, problem, apart } = compiled
  // a group is free when all of its members are; where none is named, it is not the caller who holds it
  const orOwn = (members: readonly string[] | undefined, u: number): readonly string[] => (members === undefined || members.length === 0 ? [ids[u]] : members)
  const lockedIds = (u: number): readonly string[] => orOwn(apart?.lockedIds(u), u)
  const refusedIds = (u: number, t: number): readonly string[] => orOwn(apart?.refusedIds(u, t), u)
  const unlocked = freedoms.flatMap(({ account, territory }) => (territory === null ? lockedIds(account).map((accountId) => ({ kind: "unlock" as const, accountId, territoryId: territoryIds[problem.lockedTo[account]] })) : []))
  const admitted = freedoms.flatMap(({ account, territory }) => (territory === null ? [] : refusedIds(account, territory).map((accountId) => ({ kind: "eligible" as const, accountId, territoryId: territoryIds[territory] }))))
  const accountsOf = new Map<string, string[]>()
  for (const { accountId, territoryId } of admitted) accountsOf.set(territoryId, [...(accountsOf.get(territoryId) ?? []), quoted(accountId)])
  const texts = [
    ...(unlocked.length === 0 ? [] : [`unlock ${listed(unlocked.map(({ accountId, territoryId }) => `${quoted(accountId)} (in ${quoted(territoryId)})`))}`]),
    ...(accountsOf.size === 0 ? [] : [`make ${listed([...accountsOf].map(([territoryId, accounts]) => `${listed(accounts)} eligible for ${quoted(territoryId)}`))}`]),
  ]
  return { changes: [...unlocked, ...admitted], message: texts.join(", and ") }
}
