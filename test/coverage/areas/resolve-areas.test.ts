import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { expect, test } from "vitest"
import { checkAreas, resolveAreas, type AreaTopology } from "../../../src/coverage/index.js"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const atlas = JSON.parse(readFileSync(join(root, "node_modules/us-atlas/counties-10m.json"), "utf8")) as AreaTopology & { objects: { counties: { geometries: { id: string }[] } } }
const geometries = atlas.objects.counties.geometries.filter(({ id }) => /^(19|27)/.test(id))
const topology = { ...atlas, objects: { counties: { type: "GeometryCollection", geometries } } }
const ids = geometries.map(({ id }) => id)
const whole = { iowa: ids.filter((id) => id.startsWith("19")), minnesota: ids.filter((id) => id.startsWith("27")) }

test("whatever counties are taken out, doubled or misspelt, every one is in exactly one list then, and no other has changed", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(ids.length - 1), { maxLength: 12 }), fc.uniqueArray(fc.nat(ids.length - 1), { maxLength: 6 }), fc.boolean(), (out, twice, isOdd) => {
      const gone = new Set(out.map((a) => ids[a]))
      const doubled = twice.map((a) => ids[a]).filter((id) => !gone.has(id))
      const lists = {
        iowa: [...whole.iowa.filter((id) => !gone.has(id)), ...doubled.filter((id) => id.startsWith("27")), ...(isOdd ? ["99999"] : [])],
        minnesota: [...whole.minnesota.filter((id) => !gone.has(id)), ...doubled.filter((id) => id.startsWith("19"))],
      }
      const { proposals, lists: after, remaining } = resolveAreas({ topology, lists })
      expect(remaining.filter(({ code }) => code !== "area-hole")).toEqual([])
      expect([...after.iowa, ...after.minnesota].sort()).toEqual([...ids].sort())
      expect(proposals.map(({ areaId }) => areaId)).toEqual([...gone, ...doubled, ...(isOdd ? ["99999"] : [])].sort())
      for (const [id, own] of Object.entries(lists)) for (const area of own) if (!gone.has(area) && !doubled.includes(area) && area !== "99999") expect(after[id]).toContain(area)
      const turned = resolveAreas({ topology, lists: { minnesota: [...lists.minnesota].reverse(), iowa: [...lists.iowa].reverse() } })
      expect(turned.proposals).toEqual(proposals)
    }),
    { numRuns: 12 },
  )
})

test("a county inside of a state comes back to it, and one that a neighbor has doubled stays where its neighbors are", () => {
  const story = "19169"
  const gap = resolveAreas({ topology, lists: { ...whole, iowa: whole.iowa.filter((id) => id !== story) } })
  expect(gap.proposals.map(({ kind, territoryId, neighborCount }) => [kind, territoryId, neighborCount])).toEqual([["add", "iowa", 6]])
  expect(gap.proposals[0].message).toBe('Add area "19169" (1,482 km2) to "iowa", which has 6 of its neighbors.')
  const overlap = resolveAreas({ topology, lists: { ...whole, minnesota: [...whole.minnesota, story] } })
  expect(overlap.proposals.map(({ kind, territoryId, from }) => [kind, territoryId, from])).toEqual([["keep", "iowa", ["iowa", "minnesota"]]])
  expect(overlap.remaining).toEqual([])
})

test("all of a state in no list closes from the border inward; without any list nothing can be proposed", () => {
  const { lists, remaining, proposals } = resolveAreas({ topology, lists: { minnesota: whole.minnesota } })
  expect(lists.minnesota.length).toBe(ids.length)
  expect(proposals.length).toBe(whole.iowa.length)
  expect(remaining).toEqual([])
  const nothing = resolveAreas({ topology, lists: {} })
  expect(nothing.proposals).toEqual([])
  expect(nothing.remaining.length).toBe(ids.length)
  // areas outside of the market stay out
  expect(resolveAreas({ topology, lists: { minnesota: whole.minnesota } }, { market: whole.minnesota }).proposals).toEqual([])
  expect(checkAreas({ topology, lists: whole }).complete).toBe(true)
})
