import { partitionAccounts } from "equiterra"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { checkAreas, drawTerritories } from "../../../src/coverage/index.js"
import { caught } from "../../helpers/caught.js"
import { box, boxRing, polygon } from "./shapes.js"

const places = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 30 })
const market = polygon("m", boxRing(-1, 39, 5, 45), boxRing(1.03, 41.03, 2.02, 42.01))

describe("territories drawn from accounts", () => {
  it("cover the market once, and every account lies in its own", () => {
    fc.assert(
      fc.property(places, fc.constantFrom(0, 177), (rows, turn) => {
        const seen = new Set<string>()
        const accounts = rows.filter(([x, y]) => !seen.has(`${x},${y}`) && seen.add(`${x},${y}`)).map(([x, y, t], i) => ({ id: `a${i}`, longitude: x / 10 + turn, latitude: y / 10 + 40, t: `t${t}` }))
        const alignment = accounts.map((one) => ({ accountId: one.id, territoryId: one.t }))
        const land = { ...market, geometry: { ...market.geometry, coordinates: market.geometry.coordinates.map((ring) => ring.map(([x, y]) => [x + turn, y])) } }
        const drawn = drawTerritories(accounts, alignment, { market: land })
        const { complete, exclusive, summary } = checkAreas(drawn, { market: land })
        expect({ complete, exclusive }).toEqual({ complete: true, exclusive: true })
        expect(summary.overlapKm2 + summary.gapKm2 + summary.outsideKm2).toBeLessThan(0.1)
        // without a market no account can be outside of it
        for (const { id } of drawTerritories(accounts, alignment).features) {
          const own = accounts.filter((one) => one.t === id)
          const others = drawTerritories(accounts, { alignment }).features.filter((one) => one.id !== id)
          const found = checkAreas([box("all", turn - 10, 30, turn + 15, 55), ...others.map((one) => ({ ...one, id: "others", properties: {} }))], { accounts: own })
          expect(found.findings.filter((f) => f.code === "area-overlap").every((f) => !f.message.includes("account"))).toBe(true)
        }
      }),
      { numRuns: 8, seed: 8 },
    )
  })

  it("show accounts without a territory as a gap and with two as an overlap", () => {
    const accounts = ["a", "b", "c"].map((id, i) => ({ id, longitude: i + 0.5, latitude: 0.5 }))
    const alignment = [["a", "x"], ["a", "y"], ["b", "y"]].map(([accountId, territoryId]) => ({ accountId, territoryId }))
    const land = box("m", 0, 0, 3, 1)
    const drawn = drawTerritories(accounts, alignment, { market: land })
    expect(drawn.features.map((f) => f.properties)).toMatchObject([{ territoryId: "x", accountCount: 1 }, { territoryId: "y", accountCount: 2 }])
    const { findings } = checkAreas(drawn, { market: land, accounts })
    expect(findings.map((f) => `${f.code} ${f.territoryIds.join()} ${f.message.includes("with 1 account")}`)).toEqual(["area-overlap x,y true", "area-gap  true"])
  })

  it("give a shared place to who has most of it, whatever the order", () => {
    const accounts = ["a", "b", "c"].map((id) => ({ id, longitude: 10, latitude: 50 }))
    const rows = [["a", "x"], ["b", "y"], ["c", "y"]].map(([accountId, territoryId]) => ({ accountId, territoryId }))
    const drawn = drawTerritories(accounts, rows)
    // the other has a part of it, beside the place
    expect(drawn.features.map((f) => [f.geometry.coordinates.length, f.properties.accountCount, f.properties.sharedPlaceCount])).toEqual([[1, 1, 1], [1, 2, 2]])
    expect(drawn.warnings?.map(({ code, message }) => [code, message])).toEqual([
      ["place-shared", 'alignment: 2 territories have accounts at the same place as others: "x", "y"; the land around each place is drawn for the one with most accounts there; "x" would have none, and has a part of it'],
    ])
    const [x, y] = drawn.features.map((f) => f.properties.areaKm2)
    expect(Math.abs(x - y)).toBeLessThan(0.001 * x)
    const { findings } = checkAreas(drawn, { accounts })
    expect(findings).toEqual([])
    expect(drawTerritories([...accounts].reverse(), [...rows].reverse())).toEqual(drawn)
  })

  it("are all drawn, however many share one building, and say so; who is outside of the market is told", () => {
    const tower = Array.from({ length: 30 }, (_, i) => ({ id: `a${i}`, longitude: 10, latitude: 50 }))
    const around = [[9, 49], [11, 49], [9, 51], [11, 51]].map(([longitude, latitude], i) => ({ id: `b${i}`, longitude, latitude }))
    const rows = [...tower.map(({ id }, i) => ({ accountId: id, territoryId: `t${i % 10}` })), ...around.map(({ id }) => ({ accountId: id, territoryId: "t0" }))]
    const drawn = drawTerritories([...tower, ...around], rows)
    expect(drawn.features.map(({ geometry }) => geometry.coordinates.length > 0)).toEqual(Array(10).fill(true))
    expect(drawn.features.map(({ properties }) => properties.sharedPlaceCount)).toEqual(Array(10).fill(3))
    expect(checkAreas(drawn)).toMatchObject({ complete: true, exclusive: true, findings: [] })
    // accounts of nobody have most of a building
    const open = drawTerritories(tower, [{ accountId: "a0", territoryId: "t" }])
    expect(open.features.map(({ geometry, properties }) => [geometry.coordinates.length, properties.sharedPlaceCount])).toEqual([[1, 1]])
    // nothing shared, nothing said; one account of two territories is an overlap
    expect(Object.keys(drawTerritories(around, rows.slice(30)))).toEqual(["type", "features"])
    const both = drawTerritories(around, [{ accountId: "b0", territoryId: "x" }, { accountId: "b0", territoryId: "y" }])
    expect(both.features.map(({ geometry, properties }) => [geometry.coordinates.length, properties.sharedPlaceCount])).toEqual([[1, undefined], [1, undefined]])
    const [outside] = drawTerritories(around, [{ accountId: "b0", territoryId: "t9" }, ...rows.slice(31)], { market: box("m", 40, 50, 41, 51) }).warnings ?? []
    expect(outside).toMatchObject({ code: "territory-undrawn" })
    expect(outside.message).toContain('1 territory is drawn empty: "t9"; their accounts lie outside of the market')
  })

  it("refuse accounts on a plane, and a market that is none", () => {
    expect(caught(() => drawTerritories([{ id: "a", x: 1, y: 1 }], [])).code).toBe("space-plane")
    expect(caught(() => drawTerritories([{ id: "a", longitude: 1, latitude: 1 }], [], { market: { type: "Point" } as never })).code).toBe("market-invalid")
    expect(caught(() => drawTerritories([{ id: "a", longitude: 1, latitude: 1 }], [{ accountId: "b", territoryId: "t" }])).code).toBe("id-unknown")
  })

  it("with power cells cover the market once, and nearly every account lies where the plan's prices send it", () => {
    const accounts = Array.from({ length: 900 }, (_, i) => ({ id: `a${String(i).padStart(3, "0")}`, longitude: -94 + 4 * ((i * 0.618034) % 1) ** 1.5, latitude: 41 + 2 * ((i * 0.754878) % 1), hours: 1 + (i % 3) }))
    const plan = partitionAccounts(accounts, { territories: 6, measures: { hours: { value: "hours" } } })
    const land = box("m", -94.2, 40.8, -89.8, 43.2)
    const drawn = drawTerritories(accounts, plan, { market: land, cells: "power" })
    const { complete, exclusive, summary } = checkAreas(drawn, { market: land })
    expect({ complete, exclusive }).toEqual({ complete: true, exclusive: true })
    expect(summary.overlapKm2 + summary.gapKm2).toBeLessThan(0.1)
    const inside = (id: string, x: number, y: number): boolean => {
      const ring = drawn.features.find((one) => one.id === id)?.geometry.coordinates[0] as number[][]
      let isIn = false
      ring.forEach(([x1, y1], p) => {
        const [x2, y2] = ring[(p + 1) % ring.length]
        if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isIn = !isIn
      })
      return isIn
    }
    const at = new Map(accounts.map((one) => [one.id, one]))
    const strays = plan.alignment.filter(({ accountId, territoryId }) => !inside(territoryId, (at.get(accountId) as (typeof accounts)[number]).longitude, (at.get(accountId) as (typeof accounts)[number]).latitude))
    // whole accounts near borders, and a map that is flat
    expect(strays.length / accounts.length).toBeLessThan(0.03)
    // without prices many more would be astray: prices matter here
    const plain = drawTerritories(accounts, { ...plan, territories: plan.territories.map((one) => ({ ...one, prices: { hours: 0 } })) }, { market: land, cells: "power" })
    expect(plain).not.toEqual(drawn)
    expect(caught(() => drawTerritories(accounts, plan.alignment, { cells: "power" })).code).toBe("plan-invalid")
    expect(caught(() => drawTerritories(accounts, plan, { cells: "hexagon" as never })).code).toBe("option-type")
  })
})
