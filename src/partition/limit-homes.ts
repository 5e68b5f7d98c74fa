import type { MoveLimits } from "../math/transport/move-limits.js"
import type { Homes } from "../math/transport/transport-problem.js"
import type { Disruption } from "./read-disruption.js"

/**
 * Homes with the limits on moves as bounds on what stays and what comes. What cannot stay in any case is taken off first. O(n + k).
 *
 * @param ids what every place of the homes is called today; a place without one is a new territory
 */
export function limitHomes(homes: Homes, { total, maxMovedShare, maxHandedOff, maxTakenOver, owned }: Disruption, k: number, ids: readonly string[]): Homes {
  const here = new Float64Array(k)
  for (let at = 0; at < homes.territory.length; at++) here[homes.territory[at]] += homes.weight[at]
  const all = homes.total.reduce((sum, weight) => sum + weight, 0)
  const most = maxMovedShare === null ? Infinity : Math.max(0, maxMovedShare * total - (total - all))
  const bounds = (shares: ReadonlyMap<string, number> | null, open: number, boundOf: (share: number, t: number, today: number) => number): Float64Array | null => {
    if (shares === null) return null
    return Float64Array.from({ length: k }, (_, t) => {
      const share = shares.get(ids[t])
      const today = owned.get(ids[t]) ?? 0
      return share === undefined || today === 0 ? open : boundOf(share, t, today)
    })
  }
  const limits: MoveLimits = {
    stays: all - most > 0 ? all - most : null,
    staysIn: bounds(maxHandedOff, -Infinity, (share, t, today) => (share >= 1 ? -Infinity : Math.min(here[t], today) - Math.max(0, share * today - Math.max(0, today - here[t])))),
    comesTo: bounds(maxTakenOver, Infinity, (share, _, today) => share * today),
  }
  return { ...homes, limits: limits.stays !== null || limits.staysIn !== null || limits.comesTo !== null ? limits : null }
}
