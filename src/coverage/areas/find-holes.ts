import { merged } from "../../math/geo/clipper-engine.js"
import { boxesMeet, boxOf, regionKm2, ringSteps, type Box, type Region } from "../../math/geo/region.js"
import { LOOKS_PER_CLIP, pointCount, type ClipWork } from "../../math/geo/polygon-ops.js"
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

/** Holes, and those for which the work did not suffice: whose they are is not known. */
export interface FoundHoles {
  readonly holes: readonly Hole[]
  readonly openCount: number
}

/**
 * The holes of all territories as far as the market goes, by territory, but for slivers; the largest first, as long as there is work. A clip
 * for each hole and each territory that it meets.
 */
export function findHoles(territories: readonly MappedTerritory[], market: Region, sliverKm2: number, work: ClipWork): FoundHoles {
  const drawn = territories.flatMap(({ id, region }) => {
    const islands = region.flatMap((ring) => (ringSteps(ring) > 0 ? [{ ring, box: boxOf([ring]) }] : []))
    return region.flatMap((ring) => {
      const whole = [[...ring].reverse()]
      if (ringSteps(ring) >= 0 || isNoise(whole)) return []
      const km2 = regionKm2(whole)
      return km2 < sliverKm2 ? [] : [{ id, whole, km2, islands }]
    })
  })
  const holes = new Map<number, Hole>()
  let openCount = 0
  for (const { id, whole, islands, place } of drawn.map((one, place) => ({ ...one, place })).sort((a, b) => b.km2 - a.km2 || a.place - b.place)) {
    if (work.left <= 0) {
      openCount++
      continue
    }
    const name = `a hole of territory ${JSON.stringify(id)}`
    const box = boxOf(whole)
    const within = islands.flatMap((island) => (isWithin(island.box, box) ? [island.ring] : []))
    work.left -= islands.length / LOOKS_PER_CLIP + (within.length > 1 ? pointCount(within) : 0)
    // an island may hold others in a hole of its own
    const islandsIn = within.length > 1 ? merged(within) : within
    const own = splitOrThrow(whole, islandsIn, name, "itself", work).onlyA
    const inMarket = splitOrThrow(own, market, name, "the market", work).both
    if (isNoise(inMarket) || regionKm2(inMarket) < sliverKm2) continue
    const insiders = territories.filter((other) => other.id !== id && boxesMeet(box, other.box) && !isNoise(splitOrThrow(inMarket, other.region, name, `territory ${JSON.stringify(other.id)}`, work).both))
    holes.set(place, { encloser: id, insiders: insiders.map((other) => other.id), region: inMarket })
  }
  return { holes: [...holes].sort(([a], [b]) => a - b).map(([, hole]) => hole), openCount }
}

const isWithin = (inner: Box, outer: Box): boolean => inner.minX >= outer.minX && inner.maxX <= outer.maxX && inner.minY >= outer.minY && inner.maxY <= outer.maxY
