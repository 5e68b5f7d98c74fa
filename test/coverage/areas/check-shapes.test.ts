import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkAreas, type AreaCoverageResult } from "../../../src/coverage/index.js"
import { caught } from "../../helpers/caught.js"
import { box, boxKm2, boxRing, mapPositions, polygon } from "./shapes.js"

const codes = (result: AreaCoverageResult): string[] => result.findings.map((f) => f.code)
/** Rounding to 1e-7 degree moves a border by a centimeter. */
const near = (a: number, b: number): void => expect(Math.abs(a - b)).toBeLessThan(1e-9 * Math.max(a, b) + 0.01)

describe("territories as polygons", () => {
  it("finds an overlap, a gap, and who is inside", () => {
    const accounts = [{ id: "x", longitude: 1.5, latitude: 0.5, revenue: 7 }, { id: "y", longitude: 3.5, latitude: 0.5, revenue: 5 }, { id: "z", longitude: 0.5, latitude: 0.5, revenue: 1 }, { id: "lost", revenue: 3 }]
    const result = checkAreas([box("b", 1, 0, 3, 1), box("a", 0, 0, 2, 1)], { market: box("m", 0, 0, 4, 1), accounts, measures: { revenue: "revenue" } })
    expect(result.findings).toMatchObject([
      { plane: "geometry", code: "area-overlap", territoryIds: ["a", "b"], severity: { revenue: 7 }, message: '12,363.72 km2 near 1.5, 0.5 with 1 account (revenue 7) is in 2 territories: "a", "b".' },
      { plane: "geometry", code: "area-gap", territoryIds: [], severity: { revenue: 5 } },
    ])
    near(result.findings[0].areaKm2 ?? 0, boxKm2(1, 0, 2, 1))
    near(result.findings[1].areaKm2 ?? 0, boxKm2(3, 0, 4, 1))
    expect(result.overlaps.features).toMatchObject([{ geometry: { type: "Polygon", coordinates: [boxRing(1, 0, 2, 1)] }, properties: { finding: 0, territoryIds: ["a", "b"], accountCount: 1 } }])
    expect(result.gaps.features).toMatchObject([{ geometry: { coordinates: [boxRing(3, 0, 4, 1)] }, properties: { finding: 1 } }])
    expect(result).toMatchObject({ complete: false, exclusive: false, warnings: [{ code: "account-unplaced" }] })
    near(result.summary.coveredOnceKm2, 2 * boxKm2(0, 0, 1, 1))
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  })

  it("names each set of territories where three meet, and counts land once", () => {
    const result = checkAreas([box("a", 0, 0, 2, 2), box("b", 1, 0, 3, 2), box("c", 0, 1, 3, 3)])
    expect(result.findings.map((f) => f.territoryIds.join())).toEqual(expect.arrayContaining(["a,b", "a,b,c", "a,c", "b,c"]))
    expect(codes(result)).toEqual(new Array(4).fill("area-overlap"))
    near(result.summary.overlapKm2, boxKm2(1, 0, 2, 1) + boxKm2(0, 1, 3, 2))
    near(result.summary.marketKm2, boxKm2(0, 0, 3, 3))
  })

  it("finds nothing where borders touch, in whatever corners they are written", () => {
    const left = polygon("left", [[0, 0], [1, 0], [1, 0.3], [1, 1], [0, 1], [0, 0]])
    const right = polygon("right", [[1, 0], [2, 0], [2, 1], [1, 1], [1, 0.7], [1, 0]])
    expect(checkAreas([left, right], { market: box("m", 0, 0, 2, 1) })).toMatchObject({ complete: true, exclusive: true, findings: [] })
  })

  it("tells an enclosed territory and an enclosed gap, and whom islands in it belong to", () => {
    const ring = polygon("ring", boxRing(0, 0, 9, 9), boxRing(1, 1, 4, 4), boxRing(5, 5, 8, 8))
    const result = checkAreas([ring, box("in", 1, 1, 4, 4), box("ring", 6, 6, 7, 7)])
    expect(codes(result)).toEqual(["area-gap", "area-hole", "area-hole"])
    expect(result.findings.slice(1).map((f) => f.territoryIds)).toEqual([["in", "ring"], ["ring"]])
    near(result.summary.gapKm2, boxKm2(5, 5, 8, 8) - boxKm2(6, 6, 7, 7))
    // a lake is no part of the market
    const market = polygon("m", boxRing(0, 0, 9, 9), boxRing(5, 5, 8, 8))
    expect(codes(checkAreas([ring, box("in", 1, 1, 4, 4)], { market }))).toEqual(["area-hole"])
  })

  it("puts slivers together, by the size that is asked for", () => {
    const slivers = [box("a", 0, 0, 1.000001, 1), box("b", 1, 0, 2, 1)]
    const one = checkAreas(slivers, { sliverKm2: 1 })
    expect(one).toMatchObject({ exclusive: true, findings: [{ code: "area-sliver", territoryIds: ["a", "b"] }], summary: { sliverCount: 1 } })
    expect(codes(checkAreas(slivers))).toEqual(["area-overlap"])
    expect(codes(checkAreas([box("a", 0, 0, 1.0000001, 1), box("b", 1, 0, 2, 1)], { sliverKm2: 0 }))).toEqual([])
  })

  it("joins what the antimeridian divides", () => {
    const west = { type: "Feature" as const, id: "fiji", properties: {}, geometry: { type: "MultiPolygon" as const, coordinates: [[boxRing(177, -20, 180, -15)], [boxRing(-180, -20, -177, -15)]] } }
    const other = polygon("other", [[-178, -20], [175, -20], [175, -15], [-178, -15], [-178, -20]])
    const result = checkAreas([west, other], { market: box("m", 175, -20, 184, -15) })
    expect(codes(result)).toEqual(["area-overlap", "area-gap"])
    // an edge of 353 degrees could be meant: it is told how it was read
    expect(result.warnings.map((w) => `${w.code} ${w.path}`)).toEqual(["antimeridian-crossed territories[1].geometry.coordinates[0]"])
    near(result.findings[0].areaKm2 ?? 0, boxKm2(177, -20, 182, -15))
    expect(result.overlaps.features[0].geometry).toEqual({ type: "MultiPolygon", coordinates: [[boxRing(-180, -20, -178, -15)], [boxRing(177, -20, 180, -15)]] })
    near(result.findings[1].areaKm2 ?? 0, boxKm2(183, -20, 184, -15))
  })

  it("covers the whole globe", () => {
    const result = checkAreas([box("w", -180, -90, 0, 90), box("e", 0, -90, 170, 90)], { market: box("m", -180, -90, 180, 90) })
    near(result.summary.marketKm2, 4 * Math.PI * 6371.0088 ** 2)
    expect(codes(result)).toEqual(["area-gap"])
    near(result.summary.gapKm2, boxKm2(170, -90, 180, 90))
    // Greenwich and the antimeridian at once
    const long = polygon("w", [[100, -10], [200, -10], [300, -10], [300, 10], [200, 10], [100, 10], [100, -10]])
    near(checkAreas([long, box("e", -70, -10, 110, 10)]).summary.overlapKm2, boxKm2(100, -10, 110, 10) + boxKm2(290, -10, 300, 10))
  })

  it.each<[string, unknown, string]>([
    ["crosses itself", [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]], "told"],
    ["is not closed", [[[0, 0], [1, 0], [1, 1], [0, 1]]], "told"],
    ["needs 3 different positions", [[[0, 0], [1, 0], [0, 0]]], "out"],
    ["needs 3 different positions", [[]], "out"],
    ["must be two finite numbers, got NaN", [[[0, 0], [1, NaN], [1, 1], [0, 0]]], "out"],
    ["must be two finite numbers, got \"1\"", [[[0, 0], ["1", 0], [1, 1], [0, 0]]], "out"],
    ["must be [longitude, latitude], got null", [[[0, 0], null, [1, 1], [0, 0]]], "out"],
    ["has a latitude outside of -90 to 90, -93 (longitude and latitude may be swapped)", [[[41, -93], [42, -93], [42, -92], [41, -93]]], "out"],
    ["has a longitude outside", [[[541, 0], [542, 0], [542, 1], [541, 0]]], "out"],
    ["encloses no area", [[[0, 0], [1, 0], [2, 0], [0, 0]]], "out"],
    ["has no coordinates", [], "out"],
    ["must be an array of positions", [7], "out"],
    ["is a hole outside", [boxRing(0, 0, 1, 1), boxRing(5, 5, 6, 6)], "told"],
    ["is a hole that reaches beyond", [boxRing(0, 0, 1, 1), boxRing(0.5, 0.5, 1.2, 1.2)], "told"],
  ])("tells that a ring %s", (rule, coordinates, fate) => {
    const odd = { type: "Feature", id: "odd", properties: {}, geometry: { type: "Polygon", coordinates } }
    const { findings } = checkAreas([odd as never, box("b", 10, 0, 11, 1)])
    const invalid = findings.filter((f) => f.code === "area-invalid")
    expect(invalid[0]).toMatchObject({ territoryIds: ["odd"], areaKm2: null })
    expect(invalid[0].message).toContain(rule)
    expect(invalid[0].message).toContain(fate === "told" ? "read as well as can be" : "left out")
  })

  it("takes null and foreign geometries for invalid, and no territories for a gap", () => {
    const feature = (geometry: unknown): never => ({ type: "Feature", id: "odd", properties: {}, geometry }) as never
    for (const geometry of [null, { type: "Point", coordinates: [0, 0] }, { type: "MultiPolygon", coordinates: [] }]) expect(codes(checkAreas([feature(geometry)]))).toEqual(["area-invalid"])
    expect(codes(checkAreas([], { market: box("m", 0, 0, 1, 1) }))).toEqual(["area-gap"])
    expect(checkAreas({ type: "FeatureCollection", features: [] })).toMatchObject({ complete: true, summary: { marketKm2: 0 } })
  })

  it("refuses what cannot be a question", () => {
    const bad = (territories: unknown, options: unknown = {}): string => caught(() => checkAreas(territories as never, options as never)).code
    expect(bad(null)).toBe("territories-type")
    expect(bad([null])).toBe("territories-type")
    expect(bad([{ ...box("a", 0, 0, 1, 1), id: 7 }])).toBe("id-type")
    expect(bad([box(" ", 0, 0, 1, 1)])).toBe("id-empty")
    expect(bad([], { markt: 1 })).toBe("option-unknown")
    expect(bad([], { sliverKm2: -1 })).toBe("option-range")
    expect(bad([], { market: ["a"] })).toBe("market-type")
    expect(bad([], { market: polygon("m", [[0, NaN], [1, 0], [1, 1], [0, NaN]]) })).toBe("market-invalid")
    expect(bad([], { accounts: [{ id: "a", x: 1, y: 2 }] })).toBe("space-plane")
    expect(bad([], { measures: { revenue: "revenue" } })).toBe("option-alone")
    expect(bad([], { accounts: [{ id: "a", longitude: 500000, latitude: 0 }] })).toBe("longitude-out-of-range")
  })
})

/** Boxes with whole degrees as corners: their areas can be counted square by square. */
const boxes = fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 6 })
const toFeatures = (tuples: readonly (readonly number[])[]): ReturnType<typeof box>[] => tuples.map(([x, y, w, h], t) => box(`t${t}`, x, y + 30, x + w, y + h + 30))
const market = polygon("m", boxRing(1, 31, 11, 41), boxRing(3, 33, 5, 35))
const isLand = (x: number, y: number): boolean => x >= 1 && y >= 1 && x < 11 && y < 11 && !(x >= 3 && y >= 3 && x < 5 && y < 5)

describe("properties", () => {
  it("random boxes: as counted square by square", () => {
    fc.assert(
      fc.property(boxes, (tuples) => {
        const { summary, findings } = checkAreas(toFeatures(tuples), { market })
        const counted = { marketKm2: 0, coveredOnceKm2: 0, overlapKm2: 0, gapKm2: 0, outsideKm2: 0 }
        for (let x = 0; x < 12; x++) {
          for (let y = 0; y < 12; y++) {
            const depth = tuples.filter(([bx, by, w, h]) => x >= bx && x < bx + w && y >= by && y < by + h).length
            const km2 = boxKm2(x, y + 30, x + 1, y + 31)
            if (!isLand(x, y)) counted.outsideKm2 += depth > 0 ? km2 : 0
            else {
              counted.marketKm2 += km2
              counted[depth === 0 ? "gapKm2" : depth === 1 ? "coveredOnceKm2" : "overlapKm2"] += km2
            }
          }
        }
        for (const [name, km2] of Object.entries(counted)) near(summary[name as "gapKm2"], km2)
        const total = (code: string): number => findings.filter((f) => f.code === code).reduce((sum, f) => sum + (f.areaKm2 ?? 0), 0)
        near(total("area-gap"), counted.gapKm2)
        near(total("area-overlap"), counted.overlapKm2)
      }),
      { numRuns: 30, seed: 4 },
    )
  })

  const stars = fc.array(fc.record({ x: fc.integer({ min: -40, max: 40 }), y: fc.integer({ min: -40, max: 40 }), radii: fc.array(fc.integer({ min: 20, max: 99 }), { minLength: 5, maxLength: 8 }) }), { minLength: 2, maxLength: 4 })
  const toStars = (all: readonly { x: number; y: number; radii: readonly number[] }[]): ReturnType<typeof polygon>[] =>
    all.map(({ x, y, radii }, t) => {
      const ring = radii.map((r, p) => [(x + r * Math.cos((2 * Math.PI * p) / radii.length)) / 10, (y + r * Math.sin((2 * Math.PI * p) / radii.length)) / 10].map((c) => Math.round(c * 1e7) / 1e7))
      return polygon(`t${t}`, [...ring, ring[0]])
    })

  it("overlap, gap and what is covered once sum to the market", () => {
    fc.assert(
      fc.property(stars, (all) => {
        const { marketKm2, coveredOnceKm2, overlapKm2, gapKm2 } = checkAreas(toStars(all), { market: box("m", -6, -6, 6, 6) }).summary
        expect(Math.abs(coveredOnceKm2 + overlapKm2 + gapKm2 - marketKm2)).toBeLessThan(0.1)
      }),
      { numRuns: 20, seed: 5 },
    )
  })

  it("turning the globe, the other direction of rings, another order and another beginning change nothing", () => {
    fc.assert(
      fc.property(stars, fc.constantFrom(-170, 90, 177, 180, 360), (all, turn) => {
        const features = toStars(all)
        const plain = checkAreas(features)
        const turned = checkAreas(features.map((one) => mapPositions(one, ([x, y]) => [x + turn > 180 ? x + turn - 360 : x + turn < -180 ? x + turn + 360 : x + turn, y])) as typeof features)
        for (const key of ["marketKm2", "coveredOnceKm2", "overlapKm2", "gapKm2"] as const) expect(Math.abs(turned.summary[key] - plain.summary[key])).toBeLessThan(0.1)
        // moved by a fraction of a step, corners may round to the other side: the large findings are the same
        const large = (result: AreaCoverageResult): string[] => result.findings.filter((f) => (f.areaKm2 ?? 0) > 1).map((f) => `${f.code} ${f.territoryIds.join()}`)
        expect(large(turned)).toEqual(large(plain))
        const reversed = features.map((one) => polygon(one.id as string, [...one.geometry.coordinates[0]].reverse())).reverse()
        expect(checkAreas(reversed)).toEqual(plain)
        const begun = features.map((one) => polygon(one.id as string, [...one.geometry.coordinates[0].slice(2), one.geometry.coordinates[0][1], one.geometry.coordinates[0][2]]))
        expect(checkAreas(begun).summary.marketKm2).toBeCloseTo(plain.summary.marketKm2, 2)
      }),
      { numRuns: 12, seed: 6 },
    )
  })

  it("dividing a polygon in two of the same territory changes nothing", () => {
    fc.assert(
      fc.property(boxes, fc.integer({ min: 1, max: 9 }), (tuples, tenth) => {
        const features = toFeatures(tuples)
        const halves = tuples.flatMap(([x, y, w, h], t) => [box(`t${t}`, x, y + 30, x + (w * tenth) / 10, y + h + 30), box(`t${t}`, x + (w * tenth) / 10, y + 30, x + w, y + h + 30)])
        const [whole, divided] = [checkAreas(features, { market }), checkAreas(halves, { market })]
        expect(divided.findings.map((f) => [f.code, ...f.territoryIds])).toEqual(whole.findings.map((f) => [f.code, ...f.territoryIds]))
        near(divided.summary.overlapKm2, whole.summary.overlapKm2)
      }),
      { numRuns: 12, seed: 7 },
    )
  })
})
