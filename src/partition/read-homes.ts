import { isAllowed } from "../math/transport/pair-rules.js"
import type { Eligibility, Homes } from "../math/transport/transport-problem.js"
import type { CurrentHomes } from "./current-homes.js"

/**
 * Where every account is at home: its territory of today, or the parts of it, unless these are none of the k, or it may not stay
 * there. O(homes).
 *
 * @param today by account its place, less than 0 for none; of the ids that places list, the first k are territories of the search
 * @param rate what one unit of disruption weight is worth, in the problem's unit of cost
 */
export function readHomes(today: { readonly current: Int32Array; readonly currentHomes: CurrentHomes }, k: number, lockedTo: Int32Array, eligibility: Eligibility | null, weights: Float64Array, rate: number): Homes {
  const { current, currentHomes } = today
  const start = new Int32Array(current.length + 1)
  const territory: number[] = []
  const weight: number[] = []
  const total = new Float64Array(current.length)
  current.forEach((place, i) => {
    for (let at = place < 0 ? 0 : currentHomes.start[place]; place >= 0 && at < currentHomes.start[place + 1]; at++) {
      const t = currentHomes.ids[at]
      if (t >= k || !isAllowed({ lockedTo, eligibility }, i, t)) continue
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
