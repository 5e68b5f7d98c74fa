import { KEPT, MOVED, ownerCount } from "../criteria/disruption.js"
import { sumOf } from "../math/stats/sum-of.js"
import type { MoveAmounts, TerritoryMoves } from "./performance-result.js"
import type { MeasureColumn } from "../model/read-measures.js"
import type { Owners } from "./read-owners.js"

/** Rows of accounts instead of amounts. */
type MoveRows = { readonly [K in keyof MoveAmounts]: number[] }

/**
 * What comes and goes, for each territory of after, by id. An account that several of them claim comes to none of them; it
 * is kept by the heir of its owner before, if that is one of them. O(n m).
 */
export function tallyMoves(order: Int32Array, before: Owners, after: Owners, heirs: Int32Array, fates: Uint8Array, measures: readonly MeasureColumn[]): TerritoryMoves[] {
  const moves = after.territoryIds.map((): MoveRows => ({ kept: [], takenOver: [], handedOff: [], newlyOwned: [] }))
  for (const i of order) {
    const heir = fates[i] === KEPT || fates[i] === MOVED ? heirs[before.owners[before.starts[i]]] : -1
    const ownerAfter = ownerCount(after, i) === 1 ? after.owners[after.starts[i]] : -1
    if (fates[i] === KEPT) moves[heir].kept.push(i)
    else {
      if (heir !== -1) moves[heir].handedOff.push(i)
      if (ownerAfter !== -1) moves[ownerAfter][fates[i] === MOVED ? "takenOver" : "newlyOwned"].push(i)
    }
  }
  const predecessors = new Map(Array.from(heirs, (a, b) => [a, before.territoryIds[b]]))
  return after.territoryIds.map((id, a) => ({
    id,
    heirOf: predecessors.get(a) ?? null,
    ...amountsOf(moves[a], (rows) => rows.length),
    measures: Object.fromEntries(measures.map(({ name, activities }) => [name, amountsOf(moves[a], (rows) => sumOf(activities, rows))])),
  }))
}

function amountsOf({ kept, takenOver, handedOff, newlyOwned }: MoveRows, amount: (rows: readonly number[]) => number): MoveAmounts {
  return { kept: amount(kept), takenOver: amount(takenOver), handedOff: amount(handedOff), newlyOwned: amount(newlyOwned) }
}
