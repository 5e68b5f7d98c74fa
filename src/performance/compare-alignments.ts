import { classifyMoves, KEPT, matchTerritories, MOVED, ownerCount, SHARED, UNOWNED } from "../criteria/disruption.js"
import { sumOf } from "../math/stats/sum-of.js"
import type { LocatedAccount } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import type { Warning } from "../model/error.js"
import { guardCall } from "../model/guard-call.js"
import { figuresOf } from "./alignment-figures.js"
import type { CompareOptions } from "./compare-options.js"
import type { AlignmentComparison } from "./performance-result.js"
import { readComparison, type Comparison } from "./read-comparison.js"
import { tallyMoves } from "./territory-moves.js"

/**
 * Compares two alignments of the same accounts: how fair and how compact each is, by the same figures, and what changes owner.
 *
 * Each territory of before is first matched with its heir, the territory of after that keeps most of it (`match`), so that
 * another name is no disruption. An account then moves when it had exactly one owner, whose heir is not among its owners after.
 * Accounts that nobody or several owned before are counted apart: nobody loses what was not clearly theirs.
 *
 * In the figures an account with several owners is divided equally between them, so that sums stay those of the accounts; one
 * without an owner is in no figure but `assignedCount`.
 *
 * @param accounts with coordinates, all on the globe or all on a plane; set accounts without a place aside, with their rows
 * @param before rows of the current alignment; gaps and overlaps are welcome
 * @param after rows of the proposed one
 * @param options see {@link CompareOptions}
 * @returns figures for both; cost in weight * km^2 on the globe (great circle, to the mean direction of each territory), in the
 *   squared unit of x and y on a plane; the matches, and every account that moves. movedCount + keptCount + unownedCount +
 *   sharedCount is the number of accounts
 * @throws TerritoryError with all issues: unusable accounts or rows, unknown ids, missing measures, shares that do not sum to 1
 *
 * Deterministic; the order of accounts and rows changes nothing but the order of `moved`. O(n log n), and for the matching
 * O(k^3) at worst with k territories.
 *
 * Not suitable for judging balance against bounds, or contiguity: that is `evaluateAlignment`.
 *
 * Source: disruption as in Zoltners & Sinha, "Sales territory design: thirty years of modeling and implementation", Marketing
 * Science 24, 2005; compactness as in Hess et al., Operations Research 13, 1965; fairness see `measureFairness`.
 *
 * @example
 * const accounts = [{ id: "a", x: 0, y: 0, sales: 1 }, { id: "b", x: 1, y: 0, sales: 1 }, { id: "c", x: 9, y: 0, sales: 2 }]
 * const today = ["t1", "t2", "t2"].map((territoryId, i) => ({ accountId: accounts[i].id, territoryId }))
 * const tomorrow = ["east", "east", "west"].map((territoryId, i) => ({ accountId: accounts[i].id, territoryId }))
 * const { moved, before, after } = compareAlignments(accounts, today, tomorrow, { measures: { sales: "sales" } })
 * moved // [{ accountId: "b", from: "t2", to: "east" }]
 * before.measures.sales.imbalance // 0.5
 * after.measures.sales.imbalance // 0
 */
export function compareAlignments<A extends LocatedAccount>(accounts: readonly A[], before: Alignment, after: Alignment, options: CompareOptions<A> = {}): AlignmentComparison {
  return guardCall({ accounts, before, after, options }, (own) => compareAlignmentsUnguarded(own.accounts, own.before, own.after, own.options))
}

function compareAlignmentsUnguarded<A extends LocatedAccount>(
  accounts: readonly A[],
  before: Alignment,
  after: Alignment,
  options: CompareOptions<A>,
): AlignmentComparison {
  const comparison = readComparison(accounts, before, after, options)
  const { order, measures } = comparison
  const from = comparison.before.owners
  const to = comparison.after.owners

  // heirs first, then what becomes of each account
  const sameName = Int32Array.from(from.territoryIds, (id) => to.indexOf.get(id) ?? -1)
  const heirs = comparison.match ? matchTerritories(from, to, to.territoryIds.length, sameName) : sameName
  const fates = classifyMoves(from, to, heirs)
  const count = (fate: number): number => fates.reduce((sum, f) => sum + (f === fate ? 1 : 0), 0)

  return {
    before: figuresOf(comparison.accounts, order, from, measures, comparison.weights, comparison.before.sharesOf),
    after: figuresOf(comparison.accounts, order, to, measures, comparison.weights, comparison.after.sharesOf),
    matches: listMatches(comparison, heirs, fates),
    moved: listMoves(comparison, fates),
    movedCount: count(MOVED),
    keptCount: count(KEPT),
    unownedCount: count(UNOWNED),
    sharedCount: count(SHARED),
    movedActivity: Object.fromEntries(measures.map(({ name, activities }) => [name, movedOf(order, fates, activities)])),
    territories: tallyMoves(order, from, to, heirs, fates, measures),
    warnings: [...comparison.accounts.warnings, ...from.warnings, ...to.warnings, ...flawsAfter(comparison)],
  }
}

function listMatches({ before, after }: Comparison, heirs: Int32Array, fates: Uint8Array): AlignmentComparison["matches"] {
  const kept = new Int32Array(heirs.length)
  fates.forEach((fate, i) => {
    if (fate === KEPT) kept[before.owners.owners[before.owners.starts[i]]]++
  })
  const inherited = new Set(heirs)
  const names = after.owners.territoryIds
  return [
    ...before.owners.territoryIds.map((id, b) => ({ before: id, after: heirs[b] === -1 ? null : names[heirs[b]], keptCount: kept[b] })),
    ...names.flatMap((id, a) => (inherited.has(a) ? [] : [{ before: null, after: id, keptCount: 0 }])),
  ]
}

function listMoves({ accounts, before, after }: Comparison, fates: Uint8Array): AlignmentComparison["moved"] {
  return accounts.ids.flatMap((accountId, i) => {
    if (fates[i] !== MOVED) return []
    const to = ownerCount(after.owners, i) === 1 ? after.owners.territoryIds[after.owners.owners[after.owners.starts[i]]] : null
    return [{ accountId, from: before.owners.territoryIds[before.owners.owners[before.owners.starts[i]]], to }]
  })
}

function movedOf(order: Int32Array, fates: Uint8Array, activities: Float64Array): { amount: number; share: number | null } {
  const amount = sumOf(activities, order.filter((i) => fates[i] === MOVED))
  const owned = sumOf(activities, order.filter((i) => fates[i] === MOVED || fates[i] === KEPT))
  return { amount, share: owned > 0 ? amount / owned : null }
}

/** A proposed alignment should be complete and exclusive; say so when it is not. */
function flawsAfter({ accounts, after }: Comparison): Warning[] {
  const counts = accounts.ids.map((_, i) => ownerCount(after.owners, i))
  const gaps = counts.filter((count) => count === 0).length
  const overlaps = counts.filter((count) => count > 1).length
  return [
    ...(gaps > 0 ? [{ code: "after-gaps", path: "after", message: `after: ${gaps} of ${counts.length} accounts have no territory` }] : []),
    ...(overlaps > 0 ? [{ code: "after-overlaps", path: "after", message: `after: ${overlaps} of ${counts.length} accounts are in several territories` }] : []),
  ]
}
