import fc from "fast-check"
import type { FeatureCollection, Polygon } from "geojson"
import { createRequire } from "node:module"
import { feature } from "topojson-client"
import type { GeometryCollection, Topology } from "topojson-specification"
import { describe, expect, test } from "vitest"
import { renderMap, type MapOptions } from "../../src/report/index.js"
import { deepFreeze, HOSTILE, PLAIN, sample, TRICKY_IDS } from "./sample.js"
import { reachesOut, readDocument } from "./well-formed.js"

const us = createRequire(import.meta.url)("us-atlas/counties-10m.json") as Topology<{ counties: GeometryCollection }>
const iowa: GeometryCollection = { type: "GeometryCollection", geometries: us.objects.counties.geometries.filter((county) => String(county.id).startsWith("19")) }
const counties: FeatureCollection = feature(us, iowa)

const count = (svg: string, piece: string): number => svg.split(piece).length - 1
const dots = (svg: string): number => (svg.match(/M[-0-9.]+,[-0-9.]+h0/g) ?? []).length
const texts = (svg: string): string => readDocument(svg).texts.join("|")

describe("what is drawn", () => {
  const { accounts, alignment, flawed, plan } = deepFreeze(sample())

  test("every owned account is a dot, every territory an area and a name", () => {
    const svg = renderMap(accounts, alignment)
    expect(dots(svg)).toBe(60)
    expect(count(svg, 'class="eq-area"')).toBe(3)
    for (const id of PLAIN.territories) expect(texts(svg)).toContain(id)
    expect(count(svg, "eq-gap") + count(svg, "eq-overlap") + count(svg, "eq-center")).toBe(0)
  })

  test("gaps are hollow circles, overlaps split discs on hatched land; both are counted in words and named", () => {
    const svg = renderMap(accounts, flawed)
    expect(dots(svg)).toBe(56)
    // one more of each in the legend
    expect(count(svg, 'class="eq-gap"')).toBe(3)
    expect(count(svg, 'class="eq-overlap"')).toBe(3)
    expect(texts(svg)).toContain("gap: 2 accounts without territory")
    expect(texts(svg)).toContain("overlap: 2 accounts in several territories")
    expect(texts(svg)).toContain("a04 Corner shop: without territory")
    expect(texts(svg)).toContain("a07 Corner shop: in south, west")
    expect(svg).toContain('fill="url(#map-hatch)"')
  })

  test("the same row twice is no overlap", () => {
    expect(count(renderMap(accounts, [...alignment, alignment[0]]), "eq-overlap")).toBe(0)
  })

  test("a plan brings its centers and names", () => {
    const named = { ...plan, territories: plan.territories.map((territory) => ({ ...territory, name: `Region ${territory.id}` })) }
    const svg = renderMap(accounts, named)
    expect(count(svg, "eq-center")).toBe(4)
    expect(texts(svg)).toContain("Region north")
    expect(texts(renderMap(accounts, named, { names: { north: "Mine" } }))).toContain("Mine")
  })

  test("a base map is drawn and clips the areas; its direction of winding does not matter", () => {
    const svg = renderMap(accounts, alignment, { boundary: counties })
    expect(svg).toContain('id="map-base"')
    const turned = structuredClone(counties)
    for (const county of turned.features) for (const ring of (county.geometry as Polygon).coordinates) ring.reverse()
    const rings = (text: string): number => count(/id="map-base" d="([^"]*)"/.exec(text)?.[1] ?? "", "M")
    expect(rings(svg)).toBe(counties.features.length)
    expect(rings(renderMap(accounts, alignment, { boundary: turned }))).toBe(rings(svg))
  })

  test("labels, areas and legend can be left out, and then territories are explained by color", () => {
    expect(count(renderMap(accounts, alignment, { areas: false }), "eq-area")).toBe(0)
    expect(texts(renderMap(accounts, alignment, { labels: false }))).toContain("north")
    expect(texts(renderMap(accounts, alignment, { labels: false, areas: false, legend: false }))).toBe("")
  })

  test("sizes are areas: four times the number, twice the radius", () => {
    const two = [{ id: "a", x: 0, y: 0, n: 1 }, { id: "b", x: 9, y: 9, n: 4 }]
    const svg = renderMap(two, two.map(({ id }) => ({ accountId: id, territoryId: "t" })), { size: "n" })
    const widths = [...svg.matchAll(/h0" stroke="#[0-9a-f]+" stroke-width="([0-9.]+)"/g)].map((match) => Number(match[1]))
    expect(widths[0] / widths[1]).toBe(2)
    expect(texts(svg)).toContain("account, area by n")
  })

  test("too many accounts are thinned, and the map says so", () => {
    const svg = renderMap(accounts, flawed, { maxDots: 20 })
    expect(dots(svg) + count(svg, 'class="eq-gap"') - 1 + count(svg, 'class="eq-overlap"') - 1).toBe(20)
    expect(texts(svg)).toContain("drawn: 20 of 60 accounts")
  })

  test("width and height are kept, and without a height the data decide", () => {
    expect(renderMap(accounts, alignment, { width: 500, height: 333 })).toContain('viewBox="0 0 500 333"')
    expect(readDocument(renderMap(accounts, alignment, { width: 500 })).elements[0].attributes.get("width")).toBe("500")
  })

  test("given colors are used", () => {
    expect(renderMap(accounts, alignment, { colors: { north: "#ff0000" } })).toContain('stroke="#ff0000"')
  })
})

describe("where accounts can lie", () => {
  const across = [[179.5, -17], [-179.5, -17.5], [178.8, -18], [-179, -16.5]].map(([longitude, latitude], i) => ({ id: `f${i}`, longitude, latitude }))
  const rows = across.map(({ id }, i) => ({ accountId: id, territoryId: `t${i}` }))

  test("neighbours across the antimeridian are neighbours on the map", () => {
    const svg = renderMap(across, rows, { width: 400 })
    const places = [...svg.matchAll(/M([-0-9.]+),([-0-9.]+)h0/g)].map((match) => Number(match[1]))
    expect(places).toHaveLength(4)
    expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(200)
    // 1 degree apart of 2.2 in all: nearly half the picture, not the width of the globe
    expect(Math.abs(places[0] - places[1])).toBeLessThan(220)
  })

  test.each([
    ["one place", [[10, 50]]],
    ["one place, three accounts", [[10, 50], [10, 50], [10, 50]]],
    ["the poles", [[0, 90], [0, -90], [10, 10]]],
    ["on a meridian", [[5, 1], [5, 2], [5, 3]]],
    ["all around the equator", [[0, 0], [90, 0], [180, 0], [-90, 0]]],
  ])("%s: the picture has numbers only", (_, places) => {
    const accounts = places.map(([longitude, latitude], i) => ({ id: `a${i}`, longitude, latitude }))
    const alignment = accounts.map(({ id }) => ({ accountId: id, territoryId: id }))
    for (const projection of ["auto", "mercator", "albers-usa"] as const) {
      const svg = renderMap(accounts, alignment, { projection })
      readDocument(svg)
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  test.each([[[[0, 0], [1, 1], [2, 2]]], [[[5, 5], [5, 5]]], [[[0, 0], [1e100, -1e100]]], [[[0, 0], [0, 1e-300]]]])("a plane with %j", (places) => {
    const accounts = places.map(([x, y], i) => ({ id: `a${i}`, x, y }))
    expect(renderMap(accounts, accounts.map(({ id }) => ({ accountId: id, territoryId: id })))).not.toMatch(/NaN|Infinity|undefined/)
  })

  test("on a plane y runs upward", () => {
    const svg = renderMap([{ id: "a", x: 0, y: 0 }, { id: "b", x: 1, y: 9 }], [{ accountId: "a", territoryId: "t" }, { accountId: "b", territoryId: "t" }])
    const [a, b] = [...svg.matchAll(/M[-0-9.]+,([-0-9.]+)h0/g)].map((match) => Number(match[1]))
    expect(a).toBeGreaterThan(b)
  })

  test("what a projection cannot show is stated", () => {
    const places = [{ id: "iowa", longitude: -93.6, latitude: 41.6 }, { id: "rome", longitude: 12.5, latitude: 41.9 }]
    expect(texts(renderMap(places, [], { projection: "albers-usa" }))).toContain("1 account outside this projection")
  })
})

describe("what it promises", () => {
  const { accounts, flawed } = deepFreeze(sample())
  const options: MapOptions = deepFreeze({ boundary: counties, size: "visits", title: "Iowa" })

  test("the same input gives the same bytes, and the order of accounts and rows changes nothing", () => {
    const svg = renderMap(accounts, flawed, options)
    expect(renderMap(accounts, flawed, options)).toBe(svg)
    fc.assert(fc.property(fc.shuffledSubarray([...accounts], { minLength: 60 }), fc.shuffledSubarray([...flawed], { minLength: flawed.length }), (shuffled, rows) => {
      return renderMap(shuffled, rows, options) === svg
    }), { numRuns: 10 })
  })

  test("the file is well formed and can neither run nor fetch anything", () => {
    const document = readDocument(renderMap(accounts, flawed, options))
    expect(reachesOut(document)).toEqual([])
    expect(document.elements[0].attributes.get("xmlns")).toBe("http://www.w3.org/2000/svg")
  })

  test("hostile words stay words", () => {
    const hostile = sample({ ...PLAIN, territories: [`${HOSTILE}1`, `${HOSTILE}2`, `${HOSTILE}3`], accountId: (i) => `${HOSTILE}${i}`, accountName: HOSTILE })
    const document = readDocument(renderMap(hostile.accounts, hostile.flawed, { title: HOSTILE, names: { [`${HOSTILE}1`]: HOSTILE }, size: (account) => account.visits as number }))
    expect(reachesOut(document)).toEqual([])
    expect(document.texts.join("|")).toContain("&lt;img src=x onerror=1&gt;")
  })

  test("any text as id keeps the file well formed", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", minLength: 1 }).filter((id) => id.trim() !== ""), (id) => {
      const svg = renderMap([{ id, x: 0, y: 0 }, { id: `${id}2`, x: 1, y: 1 }], [{ accountId: id, territoryId: id }], { title: id })
      return reachesOut(readDocument(svg)).length === 0
    }))
  })

  test("ids called like parts of an object survive", () => {
    const tricky = TRICKY_IDS.map((id, i) => ({ id, x: i, y: i * i }))
    const rows = TRICKY_IDS.map((id) => ({ accountId: id, territoryId: id }))
    const names = JSON.parse('{"__proto__": "first"}') as Record<string, string>
    const svg = renderMap(tricky, rows, { names })
    expect(texts(svg)).toContain("|first|")
    expect(texts(svg)).toContain("|constructor|")
    expect(texts(svg)).not.toContain("native code")
  })

  test("rows for unknown accounts and unusable options are refused", () => {
    expect(() => renderMap(accounts, [{ accountId: "b00", territoryId: "t" }])).toThrow("alignment[0].accountId: is no account of this call")
    expect(() => renderMap(accounts, {} as never)).toThrow("alignment: must be an alignment")
    expect(() => renderMap([], [])).toThrow("accounts: must have at least one account")
    const bad = (wrong: object): (() => string) => () => renderMap(accounts, flawed, wrong)
    expect(bad({ widht: 3 })).toThrow('widht: is not an option (did you mean "width"?)')
    expect(bad({ width: 0 })).toThrow("width: must be a number from 120 to 8000, got 0")
    expect(bad({ projection: "robinson" })).toThrow('projection: must be "auto", "albers-usa" or "mercator"')
    expect(bad({ colors: { north: "url(//evil.example/x)" } })).toThrow('colors["north"]: must be #rrggbb or a color name')
    expect(bad({ names: { nroth: "Mine" } })).toThrow('names["nroth"]: is no territory of the alignment: "nroth" (did you mean "north"?)')
    expect(bad({ colors: { elsewhere: "red" } })).toThrow('colors["elsewhere"]: is no territory of the alignment: "elsewhere" (leave it out)')
    expect(bad({ size: "salse" })).toThrow("accounts[0].salse: must be a number")
    expect(bad({ idPrefix: '"' })).toThrow("idPrefix")
    expect(bad({ boundary: us })).toThrow("convert TopoJSON first")
    expect(bad({ boundary: { type: "Point", coordinates: [0, 0] } })).toThrow("boundary: must be polygons or lines")
    expect(bad({ boundary: { type: "Polygon", coordinates: [[[0, 0], [1, NaN], [1, 1], [0, 0]]] } })).toThrow("no pair of finite numbers")
    expect(bad({ boundary: { type: "Polygon", coordinates: [[[0, 0], [1, 1], [0, 0]]] } })).toThrow("needs 4 positions or more in a ring")
  })
})
