import type { Feature, Polygon } from "geojson"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkAreas, drawTerritories, type AreaCoverageResult } from "../../../src/coverage/index.js"
import { caught } from "../../helpers/caught.js"
import { box, boxKm2, boxRing, polygon } from "./shapes.js"

/** Two combs of n teeth, one upright, cross 4 n^2 times and share n^2 pieces. */
function comb(id: string, teeth: number, isUpright: boolean): Feature<Polygon> {
  const width = 10 / teeth
  const line = [[-1, 0], ...Array.from({ length: teeth }, (_, i) => [[10.5, i * width], [10.5, (i + 0.5) * width], [0, (i + 0.5) * width], [0, (i + 1) * width]]).flat(), [-1, 10], [-1, 0]]
  return polygon(id, isUpright ? line.map(([x, y]) => [y, x]) : line)
}

const sums = (result: AreaCoverageResult, code: string): number => result.findings.filter((one) => one.code === code).reduce((sum, { areaKm2 }) => sum + (areaKm2 ?? 0), 0)

describe("borders that cross without end", () => {
  it("two combs of 1,200 vertices: one is left undecided, named with whom it crosses, and nothing is complete", () => {
    const accounts = [{ id: "in", longitude: 5, latitude: 5.001 }, { id: "out", longitude: 30, latitude: 30 }]
    const result = checkAreas([comb("a", 300, false), comb("b", 300, true), box("c", 20, 20, 21, 21), box("d", 20.5, 20, 22, 21)], { accounts })
    expect(result).toMatchObject({ complete: false, exclusive: false, summary: { territoryCount: 4, undecidedCount: 1, overlapCount: 1 } })
    const undecided = result.findings.find(({ code }) => code === "area-undecided")
    expect(undecided).toMatchObject({ territoryIds: ["a", "b"], areaKm2: null })
    expect(undecided?.message).toMatch(/^The border of territory "b" crosses that of "a" too often to be followed \(100,\d\d\d crossings were counted until then\): .* with 1 account, is left undecided\.$/)
    // the others are checked as ever
    expect(result.findings.filter(({ code }) => code === "area-overlap").map(({ territoryIds }) => territoryIds)).toEqual([["c", "d"]])
    expect(result.territories.map(({ id }) => id)).toEqual(["a", "c", "d"])
    const { marketKm2, coveredOnceKm2, overlapKm2, gapKm2, undecidedKm2 } = result.summary
    expect(Math.abs(marketKm2 - coveredOnceKm2 - overlapKm2 - gapKm2 - undecidedKm2)).toBeLessThan(1e-9 * marketKm2)
    expect(undecidedKm2).toBeGreaterThan(0)
  })

  it("a comb against the market, two combs in one territory, and a ring that crosses itself", () => {
    const market = comb("m", 300, false)
    const against = checkAreas([comb("b", 300, true)], { market })
    expect(against).toMatchObject({ complete: false, exclusive: false, summary: { undecidedCount: 1, overlapCount: 0 } })
    expect(against.findings.at(-1)).toMatchObject({ code: "area-undecided", territoryIds: ["b"] })
    expect(against.findings.at(-1)?.message).toContain("crosses that of the market too often")
    const twice = checkAreas([comb("a", 300, false), comb("a", 300, true)])
    expect(twice.findings.map(({ message }) => message.slice(0, 48))).toEqual(['The border of territory "a" crosses itself too o'])
    expect(twice).toMatchObject({ complete: false, exclusive: false })
    const star = Array.from({ length: 1_201 }, (_, i) => [Math.cos((i * 600 * 2 * Math.PI) / 1_201), Math.sin((i * 600 * 2 * Math.PI) / 1_201)])
    const told = checkAreas([polygon("star", [...star, star[0]])])
    expect(told.findings).toMatchObject([{ code: "area-invalid", message: 'Territory "star": territories[0].geometry.coordinates[0] crosses itself too often to be followed; it is left out.' }])
    expect(caught(() => checkAreas([], { market: polygon("m", [...star, star[0]]) }))).toMatchObject({ code: "market-invalid" })
  })

  it("combs of 40 teeth are decided piece by piece", () => {
    const result = checkAreas([comb("a", 40, false), comb("b", 40, true)])
    expect(result.summary).toMatchObject({ overlapCount: 1_600, undecidedCount: 0 })
    expect(result.findings.filter(({ code }) => code === "area-overlap").every(({ territoryIds }) => territoryIds.join() === "a,b")).toBe(true)
  })
})

describe("more findings than anybody reads", () => {
  const patches = Array.from({ length: 400 }, (_, i) => boxRing(i % 20, Math.floor(i / 20), (i % 20) + 0.3 + (i % 7) / 100, Math.floor(i / 20) + 0.5))
  const market = { type: "Feature" as const, properties: {}, geometry: { type: "MultiPolygon" as const, coordinates: patches.map((ring) => [ring]) } }
  const accounts = patches.map(([[longitude, latitude]], i) => ({ id: `a${i}`, longitude: longitude + 0.1, latitude: latitude + 0.1, revenue: (i * 37) % 400 }))

  it("the worst are told one by one, the others together and last, and nothing is lost", () => {
    const all = checkAreas([], { market, accounts, measures: { revenue: "revenue" } })
    const few = checkAreas([], { market, accounts, measures: { revenue: "revenue" }, maxFindings: 10 })
    expect(all.findings.length).toBe(400)
    expect(few.findings.length).toBe(11)
    expect(few.findings.slice(0, 10)).toEqual(all.findings.slice(0, 10))
    expect(few.findings[10].message).toMatch(/^390 more pieces, .* km2 in all, the largest .* km2 near .* with 390 accounts \(revenue 75,855\), have no territory\.$/)
    expect(few.summary).toEqual(all.summary)
    expect([few.complete, few.summary.gapCount]).toEqual([false, 400])
    expect(Math.abs(sums(few, "area-gap") - sums(all, "area-gap"))).toBeLessThan(1e-6)
    expect(few.gaps.features.reduce((count, { geometry }) => count + (geometry.type === "Polygon" ? 1 : geometry.coordinates.length), 0)).toBe(400)
    expect(few.gaps.features.at(-1)?.properties).toMatchObject({ finding: 10, accountCount: 390 })
    // and so as overlaps
    const shared = checkAreas([{ ...market, id: "patches" }, box("all", -1, -1, 21, 21)], { maxFindings: 10 })
    expect(shared.summary.overlapCount).toBe(400)
    expect(shared.findings.at(-1)).toMatchObject({ code: "area-overlap", territoryIds: ["all", "patches"] })
    expect(shared.findings.length).toBe(11)
  })

  it("holes are cut out at once where they do not meet, and one by one where they do", () => {
    const pierced = polygon("t", boxRing(-1, -1, 21, 21), ...patches)
    const result = checkAreas([pierced], { maxFindings: 5 })
    expect(result.summary).toMatchObject({ gapCount: 400, holeCount: 400, invalidCount: 0 })
    expect(result.findings.map(({ code }) => code)).toEqual([...Array(6).fill("area-gap"), ...Array(6).fill("area-hole")])
    const meeting = checkAreas([polygon("t", boxRing(-1, -1, 21, 21), ...patches, boxRing(0.1, 0.1, 0.2, 0.2))])
    expect(meeting.summary).toMatchObject({ gapCount: 400, invalidCount: 1 })
    expect(meeting.findings.at(-1)?.message).toContain("is a hole outside of its polygon, or inside another hole")
    expect(caught(() => checkAreas([], { maxFindings: 0 }))).toMatchObject({ code: "option-range", path: "maxFindings" })
  })

  it("rings within rings are holes one by one", () => {
    const rings = Array.from({ length: 6 }, (_, i) => [boxRing(i, i, 24 - i, 24 - i), boxRing(i + 0.5, i + 0.5, 23.5 - i, 23.5 - i)])
    const { summary, findings } = checkAreas([{ type: "Feature", id: "t", properties: {}, geometry: { type: "MultiPolygon", coordinates: rings } }])
    expect(summary).toMatchObject({ gapCount: 6, holeCount: 6 })
    const km2 = rings.map((_, i) => boxKm2(i + 0.5, i + 0.5, 23.5 - i, 23.5 - i) - (i === 5 ? 0 : boxKm2(i + 1, i + 1, 23 - i, 23 - i))).sort((a, b) => b - a)
    findings.filter(({ code }) => code === "area-hole").forEach(({ areaKm2 }, i) => expect(Math.abs((areaKm2 ?? 0) - km2[i])).toBeLessThan(0.01))
  })
})

it("overlaps are named as by looking at every territory, whatever boxes lie on each other", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })), { minLength: 2, maxLength: 7 }), (boxes) => {
      const result = checkAreas(boxes.map(([x, y, width, height], t) => box(`t${t}`, x, y, x + width, y + height)))
      const expected = new Map<string, number>()
      for (let x = 0; x < 15; x++) for (let y = 0; y < 15; y++) {
        const ids = boxes.flatMap(([left, low, width, height], t) => (x >= left && x < left + width && y >= low && y < low + height ? [`t${t}`] : []))
        if (ids.length > 1) expected.set(ids.join(), (expected.get(ids.join()) ?? 0) + boxKm2(x, y, x + 1, y + 1))
      }
      const found = new Map<string, number>()
      for (const { territoryIds, areaKm2 } of result.findings) if (territoryIds.length > 1) found.set(territoryIds.join(), (found.get(territoryIds.join()) ?? 0) + (areaKm2 ?? 0))
      const overlaps = [...found].filter(([ids]) => result.findings.some(({ code, territoryIds }) => code === "area-overlap" && territoryIds.join() === ids))
      for (const [ids, km2] of expected) expect(Math.abs((result.findings.filter(({ code, territoryIds }) => code === "area-overlap" && territoryIds.join() === ids).reduce((sum, one) => sum + (one.areaKm2 ?? 0), 0)) - km2)).toBeLessThan(0.01)
      expect(overlaps.length).toBe(expected.size)
    }),
    { numRuns: 60, seed: 4 },
  )
})

it("collections nested 20,000 deep, and a polygon with 150,000 parts, are read without a stack", () => {
  let geometry: object = { type: "Polygon", coordinates: [boxRing(0, 0, 1, 1)] }
  for (let depth = 0; depth < 20_000; depth++) geometry = { type: "GeometryCollection", geometries: [geometry] }
  const { findings } = checkAreas([{ type: "Feature", id: "a", properties: {}, geometry } as never])
  expect(findings[0].message).toMatch(/is nested more than 1000 deep; it is left out\.$/)
  const deep = Array.from({ length: 20_000 }).reduce<object>((inner) => ({ type: "FeatureCollection", features: [inner] }), box("m", 0, 0, 1, 1))
  expect(checkAreas([box("a", 0, 0, 1, 1)], { market: deep as never })).toMatchObject({ complete: true, findings: [] })
  const topology = { type: "Topology", arcs: [], objects: { areas: Array.from({ length: 20_000 }).reduce<object>((inner) => ({ type: "GeometryCollection", id: "x", geometries: [inner] }), { type: "Polygon", id: "x", arcs: [] }) } }
  expect(caught(() => checkAreas({ topology, lists: { t: [] } } as never))).toMatchObject({ code: "topology-type", path: "territories.topology.objects.areas.geometries[0]" })
  const flat = { type: "GeometryCollection", geometries: Array.from({ length: 150_000 }, () => null) }
  expect(checkAreas([{ type: "Feature", id: "a", properties: {}, geometry: flat } as never]).summary.invalidCount).toBe(150_000)
  expect(caught(() => drawTerritories([{ id: "a", longitude: 0, latitude: 0 }], Array.from({ length: 150_000 }, () => ({ accountId: "x", territoryId: "t" }))))).toMatchObject({ code: "id-unknown" })
})
