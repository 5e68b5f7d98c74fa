import { KEPT, MOVED, ownerCount } from "../criteria/disruption.js"
import type { MoveAmounts, TerritoryMoves } from "./performance-result.js"
import type { MeasureColumn } from "./read-measures.js"
import type { Owners } from "./read-owners.js"

type Tally = { -readonly [K in keyof MoveAmounts]: number }
const noMoves = (): Tally => ({ kept: 0, takenOver: 0, handedOff: 0, newlyOwned: 0 })

/**
 * What comes and goes, for each territory of the new alignment, by id. An account that several new territories claim comes to none
 * of them; it is kept by the heir of its old owner, if that is one of them. O(n m).
 */
export function tallyMoves(order: Int32Array, before: Owners, after: Owners, heirs: Int32Array, fates: Uint8Array, measures: readonly MeasureColumn[]): TerritoryMoves[] {
  const columns = [null, ...measures.map((m) => m.activities)]
  const tallies = after.territoryIds.map(() => columns.map(noMoves))
  for (const i of order) {
    const heir = fates[i] === KEPT || fates[i] === MOVED ? heirs[before.owners[before.starts[i]]] : -1
    const newOwner = ownerCount(after, i) === 1 ? after.owners[after.starts[i]] : -1
    columns.forEach((activities, m) => {
      const amount = activities === null ? 1 : activities[i]
      if (fates[i] === KEPT) tallies[heir][m].kept += amount
      else {
        if (heir !== -1) tallies[heir][m].handedOff += amount
        if (newOwner !== -1) tallies[newOwner][m][fates[i] === MOVED ? "takenOver" : "newlyOwned"] += amount
      }
    })
  }
  const predecessors = new Map(Array.from(heirs, (a, b) => [a, before.territoryIds[b]]))
  return after.territoryIds.map((id, a) => ({
    id,
    heirOf: predecessors.get(a) ?? null,
    ...tallies[a][0],
    measures: Object.fromEntries(measures.map(({ name }, m) => [name, tallies[a][m + 1]])),
  }))
}
