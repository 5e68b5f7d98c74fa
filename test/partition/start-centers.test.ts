import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"
import { finishSteps } from "../../src/model/in-pieces.js"
import { compileProblem } from "../../src/partition/compile-problem.js"
import { startCenters } from "../../src/partition/start-centers.js"

/** Three towns of 30 accounts each; a rep lives in the first. */
const towns = [[0, 0], [100, 0], [0, 100]]
const accounts = towns.flatMap(([x, y], town) => Array.from({ length: 30 }, (_, i) => ({ id: `${town}-${i}`, x: x + (i % 6), y: y + Math.floor(i / 6), hours: 1 })))
const specs = [{ id: "home", center: { x: 0, y: 0 }, centerFixed: true }, { id: "b" }, { id: "c" }]

/** Which town each center lies in. */
function townsOf(centers: Float64Array, origin: readonly number[], unit: number): number[] {
  return Array.from({ length: centers.length / 2 }, (_, t) => towns.findIndex((town) => town.every((place, d) => Math.abs(centers[2 * t + d] * unit + origin[d] - place) < 20)))
}

test("a given center takes the place of the nearest start, in whatever order territories are listed: every town has one", () => {
  for (const order of [[0, 1, 2], [1, 0, 2], [1, 2, 0]]) {
    const compiled = finishSteps(compileProblem(accounts, { territories: order.map((place) => specs[place]), measures: { hours: { value: "hours" } } }))
    const found = townsOf(finishSteps(startCenters(compiled, createRandom(0), 0)), compiled.origin, compiled.lengthUnit)
    expect([...found].sort()).toEqual([0, 1, 2])
    expect(found[order.indexOf(0)]).toBe(0)
  }
})

test("locked accounts draw the center of their territory, and the start that lay there goes elsewhere", () => {
  for (const locked of [0, 1, 2]) {
    const current = accounts.filter(({ id }) => id.startsWith(`${locked}-`)).map(({ id }) => ({ accountId: id, territoryId: "c" }))
    const territories = ["a", "b", "c"].map((id) => ({ id }))
    const compiled = finishSteps(compileProblem(accounts, { territories, measures: { hours: { value: "hours" } }, current, locked: [current[0].accountId] }))
    const found = townsOf(finishSteps(startCenters(compiled, createRandom(0), 0)), compiled.origin, compiled.lengthUnit)
    expect([...found].sort()).toEqual([0, 1, 2])
    expect(found[2]).toBe(locked)
  }
})
