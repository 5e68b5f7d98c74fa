import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { feature } from "topojson-client"
import { beforeAll, describe, expect, it } from "vitest"
import { checkAreas, dissolveAreas, type AreaCoverageResult, type AreaTopology } from "../../../src/coverage/index.js"
import { caught } from "../../helpers/caught.js"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const read = (path: string): AreaTopology & { objects: Record<string, { geometries: { id?: string; properties: Record<string, string> }[] }> } => JSON.parse(readFileSync(join(root, path), "utf8"))
const told = (result: AreaCoverageResult): string[] => result.findings.map((f) => `${f.code} ${f.areaIds.join()} ${f.territoryIds.join()}`)

describe("counties of Iowa and around as lists", () => {
  const topology = read("node_modules/us-atlas/counties-10m.json")
  // three states are enough, and fast: west of the Mississippi
  const counties = topology.objects.counties.geometries.filter(({ id }) => /^(19|27|29)/.test(id ?? ""))
  const small = { ...topology, objects: { counties: { type: "GeometryCollection", geometries: counties } } }
  const lists: Record<string, string[]> = {}
  for (const { id } of counties) (lists[`s${id?.slice(0, 2)}`] ??= []).push(id as string)
  const without = (id: string): Record<string, string[]> => Object.fromEntries(Object.entries(lists).map(([t, own]) => [t, own.filter((one) => one !== id)]))

  it("states are whole", () => {
    const { findings, territories, ...result } = checkAreas({ topology: small, lists })
    expect(findings).toEqual([])
    expect(result).toMatchObject({ complete: true, exclusive: true })
    // 145,746 and 180,540 km2 by the Census, on the ellipsoid, within what the sphere and a simplified map do
    expect(Math.abs(territories[0].areaKm2 / 145746 - 1)).toBeLessThan(0.005)
    expect(Math.abs(territories[2].areaKm2 / 180540 - 1)).toBeLessThan(0.005)
  })

  it("one county less is one gap in one hole, one twice is one overlap, a foreign one is unknown", () => {
    const accounts = [{ id: "ames", longitude: -93.62, latitude: 42.03, revenue: 9 }, { id: "desmoines", longitude: -93.6, latitude: 41.6, revenue: 4 }]
    const options = { accounts, measures: { revenue: "revenue" } }
    const gap = checkAreas({ topology: small, lists: without("19169") }, options)
    expect(told(gap)).toEqual(["area-gap 19169 ", "area-hole 19169 s19"])
    expect(gap.findings[0].message).toMatch(/^Area "19169" \(1,482\.1 km2 with 1 account \(revenue 9\)\) has no territory\.$/)
    expect(gap.findings[1].message).toMatch(/ is enclosed by territory "s19" and belongs to nobody\.$/)
    // Story County, 1,487 km2 by the Census
    expect(Math.abs((gap.findings[0].areaKm2 ?? 0) / 1486.9 - 1)).toBeLessThan(0.02)
    const overlap = checkAreas({ topology: small, lists: { ...lists, s29: [...lists.s29, "19169"] } }, options)
    expect(told(overlap)).toEqual(["area-overlap 19169 s19,s29"])
    expect(overlap).toMatchObject({ complete: true, exclusive: false, findings: [{ severity: { revenue: 9 } }] })
    const moved = checkAreas({ topology: small, lists: { ...without("19169"), s29: [...lists.s29, "19169"] } })
    expect(told(moved)).toEqual(["area-hole 19169 s19,s29"])
    const unknown = checkAreas({ topology: small, lists: { ...lists, s29: [...lists.s29, "1916"] } })
    expect(told(unknown)).toEqual(["area-unknown 1916 s29"])
    const { summary } = gap
    expect(Math.abs(summary.coveredOnceKm2 + summary.gapKm2 + summary.overlapKm2 - summary.marketKm2)).toBeLessThan(1e-6)
  })

  it("agrees with the polygons of the same lists", () => {
    const changed = { ...without("19169"), s29: [...lists.s29, "19153"] }
    const byIds = checkAreas({ topology: small, lists: changed })
    const market = dissolveAreas(small, { m: counties.map(({ id }) => id as string) })
    const byShapes = checkAreas(dissolveAreas(small, changed), { market: market as never })
    expect(told(byIds)).toEqual(["area-overlap 19153 s19,s29", "area-gap 19169 ", "area-hole 19169 s19"])
    expect(byShapes.findings.map((f) => f.code)).toEqual(["area-overlap", "area-gap", "area-hole"])
    byShapes.findings.forEach((f, i) => expect(Math.abs((f.areaKm2 ?? 0) - (byIds.findings[i].areaKm2 ?? 0))).toBeLessThan(1e-3))
    for (const key of ["marketKm2", "overlapKm2", "gapKm2"] as const) expect(Math.abs(byShapes.summary[key] - byIds.summary[key])).toBeLessThan(0.01)
  })

  it("counts only the areas of the market", () => {
    const iowa = lists.s19
    const result = checkAreas({ topology: small, lists: { ...without("19169"), s29: [...lists.s29, "27001"] } }, { market: iowa })
    expect(told(result)).toEqual(["area-gap 19169 ", "area-hole 19169 s19"])
    expect(result.summary.outsideKm2).toBeGreaterThan(390000)
    expect(caught(() => checkAreas({ topology: small, lists }, { market: ["nowhere"] })).code).toBe("id-unknown")
  })

  it("takes an account's own word for its area, and asks then for no place", () => {
    const accounts = [{ id: "a", county: "19169", revenue: 9 }, { id: "b", county: "19153", revenue: 4 }, { id: "c", county: null, revenue: 1 }]
    const { findings } = checkAreas({ topology: small, lists: without("19169") }, { accounts, area: "county", measures: { revenue: "revenue" } })
    expect(findings.map((f) => f.severity)).toEqual([{ revenue: 9 }, { revenue: 9 }])
    expect(caught(() => checkAreas([], { accounts, area: "county" })).code).toBe("option-alone")
    expect(caught(() => checkAreas({ topology: small, lists }, { accounts, area: "zip" as never })).code).toBe("field-unknown")
  })

  it("tells areas without a shape, and who has them all the same", () => {
    const odd = [{ id: "null", type: null }, { id: "point", type: "Point", coordinates: [0, 0] }, { id: "empty", type: "MultiPolygon", arcs: [] }]
    const objects = { counties: { type: "GeometryCollection", geometries: [...counties.filter(({ id }) => id?.startsWith("19")), ...odd] } }
    const result = checkAreas({ topology: { ...small, objects }, lists: { s19: [...lists.s19, "null", "point"] } })
    expect(told(result)).toEqual(["area-gap empty ", "area-invalid empty ", "area-invalid null s19", "area-invalid point s19"])
    expect(dissolveAreas({ ...small, objects }, { none: ["null"], s: ["empty"] }).features.map((f) => f.geometry.coordinates)).toEqual([[], []])
  })

  it("refuses what is no topology or names no object of it", () => {
    const bad = (territories: unknown): string => caught(() => checkAreas(territories as never)).code
    expect(bad({ topology: {}, lists })).toBe("topology-type")
    expect(bad({ topology, lists })).toBe("option-missing")
    expect(bad({ topology: small, object: "county", lists })).toBe("option-missing")
    expect(bad({ topology: small, lists: { a: [19169] } })).toBe("value-type")
    expect(bad({ topology: small, lists, area: 1 })).toBe("option-unknown")
    expect(bad({ topology: { ...small, arcs: [] }, lists })).toBe("topology-invalid")
    expect(caught(() => dissolveAreas(small, { a: ["nowhere"] })).code).toBe("id-unknown")
    expect(caught(() => dissolveAreas({ ...small, arcs: [] }, lists)).code).toBe("topology-invalid")
  })
})

describe("ZIP codes of Washington", () => {
  const topology = read("test/fixtures/dc-zcta-2010.topojson")
  const name = "ZCTA5CE10"
  let ids: string[] = []
  beforeAll(() => {
    ids = Object.values(topology.objects)[0].geometries.map(({ properties }) => properties[name])
  })

  it("an area cut out of one territory is a gap and a hole; who has all has no gap", () => {
    const whole = checkAreas({ topology, areaId: name, lists: { dc: ids } })
    expect(whole).toMatchObject({ complete: true, exclusive: true, summary: { gapKm2: 0, overlapKm2: 0 } })
    const features = (feature(topology as never, Object.values(topology.objects)[0] as never) as unknown as { features: { properties: Record<string, string> }[] }).features
    for (const [id, isInside] of [["20002", true], ["20005", true], ["20015", false]] as const) {
      const byIds = checkAreas({ topology, areaId: name, lists: { dc: ids.filter((one) => one !== id) } })
      expect(told(byIds)).toEqual([`area-gap ${id} `, ...(isInside ? [`area-hole ${id} dc`] : [])])
      const byShapes = checkAreas(features.map((one) => ({ ...one, id: one.properties[name] === id ? "other" : "dc" })) as never)
      expect(byShapes.findings.filter((f) => f.code === "area-hole" && f.message.includes(`enclosed by territory "dc"`)).length).toBe(isInside ? 1 : 0)
    }
  })

  it("the same by polygons, with the hole as it was cut", () => {
    const features = (feature(topology as never, Object.values(topology.objects)[0] as never) as unknown as { features: { properties: Record<string, string> }[] }).features
    const all = features.map((one) => ({ ...one, id: "dc" }))
    const rest = all.filter(({ properties }) => properties[name] !== "20005")
    const market = dissolveAreas(topology, { m: ids }, { areaId: name })
    const result = checkAreas(rest as never, { market: market as never })
    expect(result.findings.filter((f) => f.code !== "area-invalid").map((f) => f.code)).toEqual(["area-gap", "area-hole"])
    const byIds = checkAreas({ topology, areaId: name, lists: { dc: ids.filter((id) => id !== "20005") } })
    expect(result.summary.gapKm2).toBeCloseTo(byIds.summary.gapKm2, 4)
    expect(result.findings[0].areaKm2).toBeCloseTo(byIds.findings[0].areaKm2 ?? 0, 4)
  })
})
