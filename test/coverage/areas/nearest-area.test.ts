import { expect, test } from "vitest"
import { createNearestArea } from "../../../src/coverage/areas/nearest-area.js"
import type { ShapedAreas } from "../../../src/coverage/areas/read-topology.js"
import { greatCircleKm } from "../../../src/math/geo/sphere.js"
import { STEPS_PER_DEGREE } from "../../../src/math/geo/region.js"
import { createRandom } from "../../../src/math/random.js"

const COUNT = 1500

test("the nearest area is that of a look at all, across the antimeridian and the poles, ties by the first", () => {
  const random = createRandom(3)
  // whole degrees on purpose: places coincide, and distances tie
  const places = Array.from({ length: COUNT }, () => [Math.round(random() * 360 - 180), Math.round(random() * 178 - 89)] as const)
  const polygons = places.map(([x, y], a) => (a % 50 === 0 ? [] : [[[{ x: x * STEPS_PER_DEGREE, y: y * STEPS_PER_DEGREE }]]]))
  const nearest = createNearestArea({ ids: places.map((_, a) => String(a)), polygons } as unknown as ShapedAreas)
  expect(nearest.isEmpty).toBe(true)
  expect(nearest.find(1)).toBeNull()
  let asked = 0
  for (let a = 0; a < COUNT - 1; a++) {
    nearest.add(a)
    if (a % 25 !== 1) continue
    const from = places[COUNT - 1]
    const at = a % 3 === 0 ? a + 1 : COUNT - 1
    const [x, y] = at === COUNT - 1 ? from : places[at]
    let best: number | null = null
    let least = Infinity
    for (let b = 0; b <= a; b++) {
      if (b % 50 === 0) continue
      const distance = greatCircleKm(x, y, places[b][0], places[b][1])
      if (distance < least) [best, least] = [b, distance]
    }
    expect(nearest.find(at), `area ${at} of ${a}`).toBe(at % 50 === 0 ? null : best)
    asked++
  }
  expect(asked).toBeGreaterThan(50)
  expect(nearest.find(50)).toBeNull() // it has no shape
})
