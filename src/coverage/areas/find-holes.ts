import { boxesMeet, boxOf, regionKm2, ringSteps, type Box, type Region } from "../../math/geo/region.js"
import { isNoise } from "./find-pieces.js"
import { splitOrThrow, type MappedTerritory } from "./overlay-shapes.js"

/** What one territory encloses and does not have. */
export interface Hole {
  readonly encloser: string
  /** The others that have a part of it, ascending; nobody where it is a gap. */
  readonly insiders: readonly string[]
  /** Within the market. */
  readonly region: Region
}

/** The holes of all territories as far as the market goes, by territory, but for slivers. A clip for each hole and each territory that it meets. */
export function findHoles(territories: readonly MappedTerritory[], market: Region, sliverKm2: number): Hole[] {
  return territories.flatMap(({ id, region }) =>
    region
      .filter((ring) => ringSteps(ring) < 0)
      .flatMap((ring): Hole[] => {
        const name = `a hole of territory ${JSON.stringify(id)}`
        const whole = [[...ring].reverse()]
        if (isNoise(whole) || regionKm2(whole) < sliverKm2) return []
        const box = boxOf(whole)
        const own = splitOrThrow(whole, region.filter((other) => other !== ring && isWithin(boxOf([other]), box) && ringSteps(other) > 0), name, "itself").onlyA
        const inMarket = splitOrThrow(own, market, name, "the market").both
        if (isNoise(inMarket) || regionKm2(inMarket) < sliverKm2) return []
        const insiders = territories.filter((other) => other.id !== id && boxesMeet(box, other.box) && !isNoise(splitOrThrow(inMarket, other.region, name, `territory ${JSON.stringify(other.id)}`).both))
        return [{ encloser: id, insiders: insiders.map((other) => other.id), region: inMarket }]
      }),
  )
}

const isWithin = (inner: Box, outer: Box): boolean => inner.minX >= outer.minX && inner.maxX <= outer.maxX && inner.minY >= outer.minY && inner.maxY <= outer.maxY
