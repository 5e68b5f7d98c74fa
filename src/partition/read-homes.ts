import { isAllowed } from "../math/transport/pair-rules.js"
import type { MoveLimits } from "../math/transport/move-limits.js"
import type { PartitionOptions } from "./partition-options.js"
import type { Eligibility, Homes } from "../math/transport/transport-problem.js"

/** What moving accounts away from their owners of today costs, in the caller's units. */
export interface Disruption {
  /** n: what counts when an account moves; 0 for one that nobody owns today. */
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
}

/** The option of that name, by account. A limit that is one number holds for every territory of today. O(n). */
export function readDisruption(
  { penalty = 0, maxMovedShare, maxHandedOffShare, maxTakenOverShare }: NonNullable<PartitionOptions<never>["disruption"]>,
  current: Int32Array,
  currentIds: readonly string[],
  order: Int32Array,
  moveColumn: Float64Array | null,
): Disruption {
  const weights = Float64Array.from(current, (t, i) => (t < 0 ? 0 : moveColumn === null ? 1 : moveColumn[order[i]]))
  const byId = (shares: number | Readonly<Record<string, number>> | undefined): ReadonlyMap<string, number> | null =>
    shares === undefined ? null : new Map(typeof shares === "number" ? currentIds.map((id) => [id, shares]) : Object.entries(shares))
  return { weights, total: weights.reduce((sum, weight) => sum + weight, 0), penalty, maxMovedShare: maxMovedShare ?? null, maxHandedOff: byId(maxHandedOffShare), maxTakenOver: byId(maxTakenOverShare) }
}

/**
 * Where every account is at home: its territory of today, unless that is none of the k, or it may not stay there. O(n).
 *
 * @param current n: index into the ids of today, of which the first k are territories of the search; -1 for none
 * @param rate what one unit of disruption weight is worth, in the problem's unit of cost
 */
export function readHomes(current: Int32Array, k: number, lockedTo: Int32Array, eligibility: Eligibility | null, weights: Float64Array, rate: number): Homes {
  const start = new Int32Array(current.length + 1)
  const territory: number[] = []
  const weight: number[] = []
  const total = new Float64Array(current.length)
  current.forEach((t, i) => {
    if (t >= 0 && t < k && isAllowed({ lockedTo, eligibility }, i, t)) {
      territory.push(t)
      weight.push(weights[i])
      total[i] = weights[i]
    }
    start[i + 1] = territory.length
  })
  return { start, territory: Int32Array.from(territory), weight: Float64Array.from(weight), total, rate, leaving: null, coming: null, limits: null }
}

/** Homes in territories at other places; those that are nowhere (-1) are none. Limits are not kept. O(n). */
export function placeHomes({ start, territory, weight, total, rate }: Homes, placeOf: (t: number) => number): Homes {
  const n = start.length - 1
  const placed = { start: new Int32Array(n + 1), territory: [] as number[], weight: [] as number[], total: new Float64Array(n) }
  for (let i = 0; i < n; i++) {
    for (let at = start[i]; at < start[i + 1]; at++) {
      const t = placeOf(territory[at])
      if (t < 0) continue
      placed.territory.push(t)
      placed.weight.push(weight[at])
      placed.total[i] = total[i]
    }
    placed.start[i + 1] = placed.territory.length
  }
  return { start: placed.start, territory: Int32Array.from(placed.territory), weight: Float64Array.from(placed.weight), total: placed.total, rate, leaving: null, coming: null, limits: null }
}

/**
 * The limits on moves as bounds on what stays at home and what comes, less what cannot stay in any case. O(n + k).
 *
 * @param owned by id of today: what it owns
 * @param ids k: what every place of the homes is called today; null: a new territory
 */
export function withLimits(homes: Homes, { total, maxMovedShare, maxHandedOff, maxTakenOver }: Disruption, owned: ReadonlyMap<string, number>, ids: readonly (string | null)[]): Homes {
  const k = ids.length
  const here = new Float64Array(k)
  for (let at = 0; at < homes.territory.length; at++) here[homes.territory[at]] += homes.weight[at]
  const all = homes.total.reduce((sum, weight) => sum + weight, 0)
  const most = maxMovedShare === null ? Infinity : Math.max(0, maxMovedShare * total - (total - all))
  const bound = (shares: ReadonlyMap<string, number> | null, open: number, boundOf: (share: number, t: number, today: number) => number): Float64Array | null =>
    shares === null
      ? null
      : Float64Array.from(ids, (id, t) => {
          const share = id === null ? undefined : shares.get(id)
          const today = id === null ? 0 : (owned.get(id) ?? 0)
          return share === undefined || today === 0 ? open : boundOf(share, t, today)
        })
  const limits: MoveLimits = {
    stays: all - most > 0 ? all - most : null,
    staysIn: bound(maxHandedOff, -Infinity, (share, t, today) => (share >= 1 ? -Infinity : here[t] - Math.max(0, share * today - (today - here[t])))),
    comesTo: bound(maxTakenOver, Infinity, (share, _, today) => share * today),
  }
  return { ...homes, limits: limits.stays !== null || limits.staysIn !== null || limits.comesTo !== null ? limits : null }
}

/** What every territory of today owns, by id. O(n). */
export function weightsOwned(current: Int32Array, currentIds: readonly string[], weights: Float64Array): Map<string, number> {
  const owned = new Map<string, number>()
  current.forEach((t, i) => {
    if (t >= 0) owned.set(currentIds[t], (owned.get(currentIds[t]) ?? 0) + weights[i])
  })
  return owned
}

/** Whether moves cost anything or are limited. */
export function isDisruptive({ total, penalty, maxMovedShare, maxHandedOff, maxTakenOver }: Disruption): boolean {
  return total > 0 && (penalty > 0 || (maxMovedShare !== null && maxMovedShare < 1) || maxHandedOff !== null || maxTakenOver !== null)
}
