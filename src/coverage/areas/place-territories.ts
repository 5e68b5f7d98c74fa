import type { Tangled } from "../../math/geo/find-tangled.js"
import { boxOf, type Region } from "../../math/geo/region.js"
import { rectangle } from "../../math/geo/region-geometry.js"
import { placeInFrame, type MapFrame } from "./map-frame.js"
import type { MappedTerritory } from "./overlay-shapes.js"
import type { DrawnTerritory } from "./read-territory-shapes.js"
import { findTangledOf } from "./tangle-limits.js"

/** A territory that is not clipped: its border crosses another, or itself, too often. */
export interface UndecidedTerritory {
  readonly id: string
  /** The rectangle around each of its polygons: nothing is known of what lies there and belongs to no other. */
  readonly veil: Region
  /** The territory that it crosses most, null: the market, or nobody but for too many long edges. */
  readonly partner: string | null
  readonly isMarket: boolean
  readonly crossings: number
}

/** Territories on one map. */
export interface PlacedTerritories {
  readonly decided: readonly MappedTerritory[]
  readonly undecided: readonly UndecidedTerritory[]
}

/** Puts territories on the map, but for those whose borders cross too often: counted, so that no clip runs away. O(n log n). */
export function placeTerritories(drawn: readonly DrawnTerritory[], market: Region | null, frame: MapFrame): PlacedTerritories {
  const veiled = (polygons: readonly Region[]): Region =>
    placeInFrame(polygons.map(boxOf).filter(({ minX, maxX }) => minX < maxX).map(({ minX, minY, maxX, maxY }) => rectangle(minX, minY, maxX, maxY)), frame)
  const undecided: UndecidedTerritory[] = []
  // polygons of one territory are melted first
  const melted = drawn.flatMap(({ id, polygons }): MappedTerritory[] => {
    const [own] = findTangledOf(polygons)
    if (own === undefined) {
      const region = placeInFrame(polygons, frame)
      return [{ id, region, box: boxOf(region) }]
    }
    undecided.push({ id, veil: veiled(polygons), partner: own.partner === null ? null : id, isMarket: false, crossings: own.crossings })
    return []
  })
  const regions = melted.map(({ region }) => region)
  const tangled = new Map(findTangledOf(market === null ? regions : [...regions, market], market === null ? 0 : 1).map((one) => [one.region, one]))
  tangled.forEach(({ region: t, partner, crossings }: Tangled) => {
    const { id, region } = melted[t]
    const isMarket = partner === melted.length
    undecided.push({ id, veil: veiled([region]), partner: partner === null || isMarket ? null : melted[partner].id, isMarket, crossings })
  })
  return { decided: melted.filter((_, t) => !tangled.has(t)), undecided }
}
