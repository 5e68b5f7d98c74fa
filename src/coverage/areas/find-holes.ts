import { nestedHoles, type NestedHole } from "../../math/geo/clipper-engine.js"
import { boxesMeet, boxOf, regionKm2, ringSteps, type Region } from "../../math/geo/region.js"
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
  const drawn = territories.flatMap(({ id, region }) =>
    holesOf(region).flatMap(({ ring, islands }) => {
      const km2 = regionKm2([ring])
      return km2 < sliverKm2 || isNoise([ring]) ? [] : [{ id, ring, islands, km2 }]
    }),
  )
  const holes = new Map<number, Hole>()
  let openCount = 0
  for (const { id, ring, islands, place } of drawn.map((one, place) => ({ ...one, place })).sort((a, b) => b.km2 - a.km2 || a.place - b.place)) {
    if (work.left <= 0) {
      openCount++
      continue
    }
    const name = `a hole of territory ${JSON.stringify(id)}`
    const box = boxOf([ring])
    const own = [ring, ...islands.map((island) => [...island].reverse())]
    work.left -= pointCount(own) + territories.length / LOOKS_PER_CLIP
    const inMarket = splitOrThrow(own, market, name, "the market", work).both
    if (isNoise(inMarket) || regionKm2(inMarket) < sliverKm2) continue
    const insiders = territories.filter((other) => other.id !== id && boxesMeet(box, other.box) && !isNoise(splitOrThrow(inMarket, other.region, name, `territory ${JSON.stringify(other.id)}`, work).both))
    holes.set(place, { encloser: id, insiders: insiders.map((other) => other.id), region: inMarket })
  }
  return { holes: [...holes].sort(([a], [b]) => a - b).map(([, hole]) => hole), openCount }
}

/** Holes of a territory and what lies in them. Without islands beside its outer ring, or without holes, nothing can nest. */
function holesOf(region: Region): readonly NestedHole[] {
  const inner = region.filter((ring) => ringSteps(ring) < 0)
  if (inner.length > 0 && region.length - inner.length > 1) return nestedHoles(region)
  return inner.map((ring) => ({ ring: [...ring].reverse(), islands: [] }))
}
