import { pow } from "../../math/exact/pow.js"
import type { Location } from "../../model/account.js"
import type { MeasureColumn } from "../../model/read-measures.js"
import { distanceTo, meanPlace, type AccountPlaces } from "../read-account-places.js"

/** What is needed of a plan: where its territories are, and what its bounds cost. */
export interface PricedPlan {
  readonly territories: readonly { readonly id: string; readonly center: Location | null; readonly prices: Readonly<Record<string, number>> }[]
  /** Whose `compactness` says what distance costs; without it: the first measure times distance^2. */
  readonly digest?: { readonly compactness: { readonly power: 1 | 2 } }
}

/** Where accounts are near to. */
export interface TerritoryCosts {
  /** After a distance in sentences: " km", or nothing. */
  readonly unit: string
  /** From account i to the center of a territory; null where either has no place. */
  distance(i: number, territoryId: string): number | null
  /** What it costs there, less what the prices pay; null as above. Lower is better. */
  cost(i: number, territoryId: string): number | null
}

/**
 * With a plan: weight x distance^power less prices x activity, as in the plan's own optimum. Without: the distance to the center, or to
 * the mean of the accounts that only this territory has.
 *
 * @param weights n, of the plan's compactness
 * @param members rows of accounts by territory, for centers that are not known
 */
export function createTerritoryCosts(places: AccountPlaces, centers: ReadonlyMap<string, Location>, members: ReadonlyMap<string, readonly number[]>, plan: PricedPlan | null, weights: Float64Array | null, measures: readonly MeasureColumn[]): TerritoryCosts {
  const prices = new Map((plan?.territories ?? []).map(({ id, prices: own }) => [id, own]))
  const power = plan?.digest?.compactness.power ?? 2
  const known = new Map<string, Location | null>()
  for (const { id, center } of plan?.territories ?? []) if (center !== null) known.set(id, center)
  for (const [id, center] of centers) if (!known.has(id)) known.set(id, center)

  function centerOf(id: string): Location | null {
    const center = known.get(id)
    if (center !== undefined) return center
    const mean = meanPlace(places, members.get(id) ?? [], () => 1)
    known.set(id, mean)
    return mean
  }

  function distance(i: number, territoryId: string): number | null {
    const center = centerOf(territoryId)
    const length = center === null ? NaN : distanceTo(places, i, center)
    return Number.isNaN(length) ? null : length
  }

  return {
    unit: places.space === "globe" ? " km" : "",
    distance,
    cost(i, territoryId) {
      const length = distance(i, territoryId)
      if (length === null || plan === null) return length
      const own = prices.get(territoryId)
      let cost = (weights === null ? 1 : weights[i]) * pow(length, power)
      if (own !== undefined) for (const { name, activities } of measures) if (Object.hasOwn(own, name)) cost -= own[name] * activities[i]
      return cost
    },
  }
}
