import { FORCED, type CurrentHomes } from "./current-homes.js"
import type { PartitionOptions } from "./partition-options.js"

/** What moving accounts away from their owners of today costs, in the caller's units. */
export interface Disruption {
  /** n: what counts when an account moves; 0 for one that nobody owns today, or whose territory is removed. */
  readonly weights: Float64Array
  /** Sum of these. */
  readonly total: number
  /** Units of cost for each unit of weight. */
  readonly penalty: number
  /** Share of the total that may move; null: any. */
  readonly maxMovedShare: number | null
  /** By id of today: shares of what it owns today that it may hand off, and take over; null: any. */
  readonly maxHandedOff: ReadonlyMap<string, number> | null
  readonly maxTakenOver: ReadonlyMap<string, number> | null
  /** The one number that either is for all; null where each has its own, or none. */
  readonly oneHandedOff: number | null
  readonly oneTakenOver: number | null
  /** By id of today, what it owns by itself: parts of a split territory own nothing yet. */
  readonly owned: ReadonlyMap<string, number>
  /** Accounts whose territory events removed, and their weight, which is not in the total. */
  readonly forcedCount: number
  readonly forcedWeight: number
}

/**
 * The option of that name, by account. A limit that is one number holds for every territory of today. O(n).
 *
 * @param today by account its place, and the ids of today that places list
 * @param moveColumn by row: what counts when an account moves; null: 1
 */
export function readDisruption(
  { penalty = 0, maxMovedShare, maxHandedOffShare, maxTakenOverShare }: NonNullable<PartitionOptions<never>["disruption"]>,
  { current, currentIds, currentHomes }: { readonly current: Int32Array; readonly currentIds: readonly string[]; readonly currentHomes: CurrentHomes },
  order: Int32Array,
  moveColumn: Float64Array | null,
): Disruption {
  const weightOf = (i: number): number => (moveColumn === null ? 1 : moveColumn[order[i]])
  const weights = Float64Array.from(current, (place, i) => (place < 0 ? 0 : weightOf(i)))
  const owned = new Map<string, number>()
  let [forcedCount, forcedWeight] = [0, 0]
  current.forEach((place, i) => {
    if (place === FORCED) {
      forcedCount++
      forcedWeight += weightOf(i)
    }
    if (place < 0 || currentHomes.start[place + 1] - currentHomes.start[place] !== 1) return
    const id = currentIds[currentHomes.ids[currentHomes.start[place]]]
    owned.set(id, (owned.get(id) ?? 0) + weights[i])
  })
  const byId = (shares: number | Readonly<Record<string, number>> | undefined): ReadonlyMap<string, number> | null =>
    shares === undefined ? null : new Map(typeof shares === "number" ? currentIds.map((id) => [id, shares]) : Object.entries(shares))
  return {
    weights,
    total: weights.reduce((sum, weight) => sum + weight, 0),
    penalty,
    maxMovedShare: maxMovedShare ?? null,
    maxHandedOff: byId(maxHandedOffShare),
    maxTakenOver: byId(maxTakenOverShare),
    oneHandedOff: typeof maxHandedOffShare === "number" ? maxHandedOffShare : null,
    oneTakenOver: typeof maxTakenOverShare === "number" ? maxTakenOverShare : null,
    owned,
    forcedCount,
    forcedWeight,
  }
}

/** What a territory of today may hand off, or take over; null: any, as for one that owns nothing yet. */
export function limitOfTerritory(shares: ReadonlyMap<string, number> | null, owned: ReadonlyMap<string, number>, id: string): number | null {
  const share = shares?.get(id)
  const today = owned.get(id) ?? 0
  return share === undefined || today === 0 ? null : share * today
}

/** Whether moves cost anything or are limited. */
export function isDisruptive({ total, penalty, maxMovedShare, maxHandedOff, maxTakenOver }: Disruption): boolean {
  return total > 0 && (penalty > 0 || (maxMovedShare !== null && maxMovedShare < 1) || maxHandedOff !== null || maxTakenOver !== null)
}
