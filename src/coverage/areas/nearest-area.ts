import { createGlobeIndex } from "../../math/index/globe-index.js"
import { STEPS_PER_DEGREE } from "../../math/geo/region.js"
import { greatCircleKm, EARTH_RADIUS_KM } from "../../math/geo/sphere.js"
import type { SpatialIndex } from "../../math/index/spatial-index.js"
import type { ShapedAreas } from "./read-topology.js"

/** Areas that join one by one, and can be asked for the one that is nearest to another. */
export interface NearestArea {
  /** An area without a shape does not join. */
  add(a: number): void
  /** The nearest of those that joined, the first of several; null where none did, or where the area has no shape. */
  find(a: number): number | null
  readonly isEmpty: boolean
}

/** Areas that joined since the index was made are looked at one by one; at this many it is made anew. */
const MOST_RECENT = 512
const HALF_TURN_KM = Math.PI * EARTH_RADIUS_KM

/** Between the middles of areas, along the sphere. A call costs about O(log n + MOST_RECENT), and each making of the index O(n log n). */
export function createNearestArea(shaped: ShapedAreas): NearestArea {
  const middles = shaped.ids.map((_, a) => middleOf(shaped, a))
  const joined: number[] = []
  let indexed = 0
  let index: SpatialIndex | null = null
  /** About how far apart the areas in the index are. */
  let spacing = HALF_TURN_KM

  function makeIndex(): void {
    indexed = joined.length
    const places = joined.map((a) => middles[a] as Place)
    index = createGlobeIndex(Float64Array.from(places, ([x]) => wrapped(x)), Float64Array.from(places, ([, y]) => y))
    spacing = (2 * EARTH_RADIUS_KM) / Math.sqrt(indexed)
  }

  return {
    get isEmpty() {
      return joined.length === 0
    },
    add(a) {
      if (middles[a] === null) return
      joined.push(a)
      if (joined.length - indexed > MOST_RECENT) makeIndex()
    },
    find(a) {
      const from = middles[a]
      if (from === null) return null
      let nearest: number | null = null
      let least = Infinity
      const offer = (other: number): void => {
        const to = middles[other] as Place
        const distance = greatCircleKm(from[0], from[1], to[0], to[1])
        if (distance > least || (distance === least && other > (nearest as number))) return
        least = distance
        nearest = other
      }
      for (let j = indexed; j < joined.length; j++) offer(joined[j])
      // a circle that grows until it holds one: what lies outside of it is farther
      for (let radius = spacing; index !== null; radius *= 2) {
        for (const j of index.within(wrapped(from[0]), from[1], Math.min(radius, HALF_TURN_KM))) offer(joined[j])
        if (least < radius * INSIDE || radius >= HALF_TURN_KM) break
      }
      return nearest
    },
  }
}

type Place = readonly [number, number]

/** So that what rounding puts on the rim of a circle is looked for in the next one. */
const INSIDE = 1 - 1e-9

const wrapped = (longitude: number): number => longitude - 360 * Math.floor((longitude + 180) / 360)

/** Some point in the middle of an area, degrees: the mean of the corners of its longest ring; null where it has no shape. */
function middleOf({ polygons }: ShapedAreas, a: number): Place | null {
  const [longest] = polygons[a].flat().sort((x, y) => y.length - x.length)
  if (longest === undefined || longest.length === 0) return null
  const mean = (key: "x" | "y"): number => longest.reduce((sum, point) => sum + point[key], 0) / longest.length / STEPS_PER_DEGREE
  return [mean("x"), mean("y")]
}
