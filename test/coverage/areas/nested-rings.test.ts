import { checkAreas } from "equiterra"
import { expect, test } from "vitest"

const ring = (d: number): number[][] => [[-d, -d], [d, -d], [d, d], [-d, d], [-d, -d]]
const shape = (coordinates: number[][][][], territoryId: string): object => ({ type: "Feature", properties: { territoryId }, geometry: { type: "MultiPolygon", coordinates } })

test("rings in rings: each hole is the ring between two of them, and nobody's but where another territory has it", () => {
  const count = 80
  // ring i reaches from 8 (i + 0.5) / count to 8 (i + 1) / count; the innermost hole of all is a square
  const rings = Array.from({ length: count }, (_, i) => [ring((8 * (i + 1)) / count), ring((8 * (i + 0.5)) / count).reverse()])
  const island = [[ring(0.02)]] // in the innermost hole, another's
  const market = { type: "Polygon", coordinates: [ring(8)] }
  const { findings, summary, holes } = checkAreas([shape(rings, "a"), shape(island, "b")] as never, { territoryId: "territoryId", market: market as never })
  expect(summary).toMatchObject({ holeCount: count, gapCount: count, overlapCount: 0 })
  const found = findings.filter(({ code }) => code === "area-hole")
  const sum = found.reduce((total, { areaKm2 }) => total + (areaKm2 as number), 0)
  const ofB = checkAreas([shape(island, "b")] as never, { territoryId: "territoryId" }).summary.coveredOnceKm2
  // the holes are all that a has not: the gaps and the island
  expect(sum / (summary.gapKm2 + ofB)).toBeCloseTo(1, 9)
  // a hole is two rings, but for the innermost; the one with b inside names both
  expect(holes.features.map(({ geometry }) => (geometry.type === "Polygon" ? geometry.coordinates.length : 0)).sort()).toEqual([1, ...Array.from({ length: count - 1 }, () => 2)])
  expect(found.filter(({ territoryIds }) => territoryIds.includes("b"))).toHaveLength(1)
})
