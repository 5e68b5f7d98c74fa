import { expect, test } from "vitest"
import { toGeoJson } from "../../src/report/to-geo-json.js"
import type { Account } from "../../src/model/account.js"
import { deepFreeze, sample, TRICKY_IDS } from "./sample.js"

test("every account is a point in degrees, in the caller's order, with its territory", () => {
  const { accounts, alignment } = deepFreeze(sample())
  const places = toGeoJson(accounts, alignment)
  expect(Object.keys(places)).toEqual(["type", "features"])
  expect(places.type).toBe("FeatureCollection")
  expect(places.features.map((feature) => feature.id)).toEqual(accounts.map((account) => account.id))
  expect(places.features.map((feature) => feature.geometry?.coordinates)).toEqual(accounts.map((account) => [account.longitude, account.latitude]))
  expect(places.features.map((feature) => feature.properties?.territoryId as string)).toEqual(alignment.map((row) => row.territoryId))
  expect(JSON.parse(JSON.stringify(places))).toEqual(places)
})

test("gaps have no territory, overlaps have all of theirs", () => {
  const { accounts, flawed } = sample()
  const { features } = toGeoJson(accounts, flawed)
  expect(features[4].properties).toMatchObject({ territoryId: null, territoryIds: [] })
  expect(features[7].properties).toMatchObject({ territoryId: null, territoryIds: ["south", "west"] })
})

test("a plan adds its centers", () => {
  const { accounts, plan } = sample()
  const centers = toGeoJson(accounts, plan).features.slice(60)
  expect(centers.map((center) => center.properties)).toEqual(plan.territories.map((territory) =>
    ({ kind: "territory-center", territoryId: territory.id, name: territory.id, accountCount: territory.accountCount })))
  expect(centers[0].geometry).toEqual({ type: "Point", coordinates: [-95.5, 42] })
})

test("fields can be copied, those that GeoJSON cannot hold are refused", () => {
  const { accounts, alignment } = sample()
  expect(toGeoJson(accounts, alignment, { properties: ["visits", "nothing"] }).features[1].properties).toMatchObject({ visits: 2, nothing: null })
  expect(() => toGeoJson([{ ...accounts[0], deep: {} } as Account], [], { properties: ["deep"] })).toThrow("accounts[0].deep: must be text, a finite number")
  expect(() => toGeoJson(accounts, alignment, { properties: ["kind"] })).toThrow('properties[0]: is taken: every feature has its own "kind"')
})

test("longitudes are wrapped as everywhere", () => {
  expect(toGeoJson([{ id: "a", longitude: 190, latitude: 0 }], []).features[0].geometry.coordinates).toEqual([-170, 0])
})

test("ids called like parts of an object survive", () => {
  const accounts = TRICKY_IDS.map((id, i) => ({ id, longitude: i, latitude: 0 }))
  const { features } = toGeoJson(accounts, TRICKY_IDS.map((id) => ({ accountId: id, territoryId: id })))
  expect(features.map((feature) => feature.properties?.territoryIds as string[])).toEqual(TRICKY_IDS.map((id) => [id]))
})

test("accounts on a plane are refused, and so are unknown accounts and options", () => {
  expect(() => toGeoJson([{ id: "a", x: 0, y: 0 }], [])).toThrow("accounts: lie on a plane, and GeoJSON holds longitude and latitude only")
  expect(() => toGeoJson(sample().accounts, [{ accountId: "b00", territoryId: "t" }])).toThrow("alignment[0].accountId: is no account of this call")
  expect(() => toGeoJson(sample().accounts, [], { property: [] } as never)).toThrow("property: is not an option")
})
