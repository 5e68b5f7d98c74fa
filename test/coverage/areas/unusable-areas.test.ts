import { expect, test } from "vitest"
import { checkAreas, dissolveAreas, drawTerritories, type AreaTopology } from "../../../src/coverage/index.js"
import { caught } from "../../helpers/caught.js"
import { box, boxRing, polygon } from "./shapes.js"

const arcs = [[[1, 0], [1, 1]], [[1, 1], [0, 1], [0, 0], [1, 0]], [[1, 0], [2, 0], [2, 1], [1, 1]]]
const geometries: readonly object[] = [{ type: "Polygon", id: "west", arcs: [[0, 1]] }, { type: "MultiPolygon", id: "east", arcs: [[[2, -1]]] }]
const topologyOf = (own: readonly object[] = geometries, more: object = {}): AreaTopology => ({ type: "Topology", arcs, objects: { areas: { type: "GeometryCollection", geometries: own } }, ...more })
const messages = (call: () => unknown): string[] => caught(call).issues.map(({ code, message }) => `${code} ${message}`)

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
  return value
}

test("a market that encloses nothing is no market that is covered", () => {
  const account = { id: "a", longitude: 0.5, latitude: 0.5 }
  const empty = [null, { type: "FeatureCollection", features: [] }, { type: "Feature", geometry: null }, { type: "MultiPolygon", coordinates: [] }, polygon("m", [[0, 0], [1, 1], [2, 2], [0, 0]])]
  for (const market of empty) {
    expect(caught(() => checkAreas([box("a", 0, 0, 1, 1)], { market: market as never })).code).toBe("market-empty")
    expect(caught(() => drawTerritories([account], [{ accountId: "a", territoryId: "t" }], { market: market as never })).code).toBe("market-empty")
  }
  expect(messages(() => checkAreas([], { market: null as never }))).toEqual(["market-empty market: encloses nothing (market: has no geometry) (give a boundary with an area, or leave the option out)"])
  expect(messages(() => checkAreas({ topology: topologyOf(), lists: {} }, { market: [] }))).toEqual(["market-empty market: has no area (leave the option out where all areas count)"])
})

test("a frozen topology is read, and none is changed", () => {
  const frozen = freeze(topologyOf())
  const [all] = dissolveAreas(frozen, { all: ["west", "east"] }).features
  expect(all.geometry.coordinates).toEqual([[[0, 0], [1, 0], [2, 0], [2, 1], [1, 1], [0, 1], [0, 0]]])
  expect(checkAreas({ topology: frozen, lists: { all: ["west", "east"] } })).toMatchObject({ complete: true, exclusive: true })
})

test("wrong arcs name their area", () => {
  const call = (own: object) => messages(() => dissolveAreas(topologyOf([{ id: "w", ...own }]), { all: ["w"] }))
  for (const own of [{ type: "Polygon", arcs: [[9]] }, { type: "Polygon", arcs: [0, 1] }, { type: "MultiPolygon", arcs: [[0, 1]] }, { type: "Polygon" }]) {
    expect(call(own)[0]).toMatch(/^topology-invalid topology: area "w" cannot be read: .*in the topology\)$/)
    expect(caught(() => checkAreas({ topology: topologyOf([{ id: "w", ...own }]), lists: {} })).code).toBe("topology-invalid")
  }
  expect(messages(() => dissolveAreas(topologyOf(), { all: ["west"] }, { areaId: 5 as never }))).toEqual(["option-type areaId: must be the name of a property or a function of the area, got 5"])
})

test("what is projected is not drawn as nothing", () => {
  const projected = topologyOf(geometries, { arcs: arcs.map((arc) => arc.map(([x, y]) => [x * 200, y * 300])) })
  expect(messages(() => dissolveAreas(projected, { all: ["west"] }))).toEqual([
    'area-invalid topology: area "west" cannot be drawn: its shape.coordinates[0][1] has a latitude outside of -90 to 90, 300 (coordinates must be degrees of longitude and latitude, not projected)',
  ])
})

test("holes in lists are told, and rows keep their numbers", () => {
  const sparse = <T>(one: T): T[] => Object.assign(new Array<T>(2), { 1: one })
  const market = box("m", 0, 0, 1, 1)
  expect(messages(() => checkAreas(sparse(market)))).toEqual(["territories-type territories[0]: must be a GeoJSON Feature, got undefined"])
  expect(messages(() => checkAreas({ topology: topologyOf(), lists: {} }, { market: sparse("west") }))).toEqual(["value-type market[0]: must be a string, got undefined"])
  expect(checkAreas([{ ...market, geometry: { type: "MultiPolygon", coordinates: sparse([boxRing(0, 0, 1, 1)]) } }]).findings.map(({ code }) => code)).toEqual(["area-invalid"])
  expect(messages(() => checkAreas([], { market, accounts: sparse({ id: "a", longitude: 0, latitude: 0 }) }))[0]).toMatch(/^account-type accounts\[0\]/)
  const throwing = { id: "b", latitude: 0, get longitude(): number { throw new Error("no") } }
  expect(messages(() => checkAreas([], { market, accounts: [{ id: "a" }, throwing] as never }))[0]).toMatch(/^accessor-failed accounts\[1\]/)
  expect(caught(() => checkAreas([], { market, sliverKm2: Infinity })).code).toBe("option-range")
})

test("accounts without a place are counted in words, and those at the poles are on the map", () => {
  const nowhere = ["c", "a", "b"].map((id) => ({ id }))
  const { warnings } = checkAreas([], { accounts: nowhere as never })
  expect(warnings.map(({ message }) => message)).toEqual(['accounts: "a" and 2 more have no longitude and latitude, and are counted nowhere'])
  const accounts = [90, -90].map((latitude) => ({ id: String(latitude), longitude: 10, latitude }))
  const { gaps } = checkAreas([], { market: box("m", -180, -90, 180, 90), accounts })
  expect(gaps.features.map(({ properties }) => properties.accountCount)).toEqual([2])
})
