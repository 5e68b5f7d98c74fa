import fc from "fast-check"
import { expect, test } from "vitest"
import { measureEfficiency, type EfficiencyOptions } from "../../src/performance/index.js"
import { caught } from "../helpers/caught.js"

interface Unit {
  readonly id: string
  readonly x1: number
  readonly x2: number
  readonly y1: number
  readonly y2: number
}

test("eight stores with one input and one output: the ratios to the best ratio (Cooper, Seiford & Tone 2007, table 1.1)", () => {
  const stores = [[2, 1], [3, 3], [3, 2], [4, 3], [5, 4], [5, 2], [6, 3], [8, 5]].map(([employees, sales], i) => ({ id: "ABCDEFGH"[i], employees, sales }))
  const options = { inputs: { employees: "employees" as const }, outputs: { sales: "sales" as const }, returns: "constant" as const, orientation: "input" as const }
  const { units, efficientCount, isReliable, neededCount } = measureEfficiency(stores, options)
  units.forEach(({ efficiency }, i) => expect(efficiency).toBeCloseTo([0.5, 1, 0.6667, 0.75, 0.8, 0.4, 0.5, 0.625][i], 4))
  expect([efficientCount, isReliable, neededCount]).toEqual([1, true, 6])
  expect(units[0].peers.map(({ id }) => id)).toEqual(["B"])
  expect(units[0].peers[0].weight).toBeCloseTo(1 / 3, 9)
  expect(units[0].targets.employees).toBeCloseTo(1, 9)
  // variable returns: the frontier goes through A, B, E, H
  const variable = measureEfficiency(stores, { ...options, returns: "variable" }).units
  expect(variable.filter(({ isEfficient }) => isEfficient).map(({ id }) => id)).toEqual(["A", "B", "E", "H"])
  expect(variable[3].efficiency).toBeCloseTo(0.75, 9)
  expect(variable[5].efficiency).toBeCloseTo(2.5 / 5, 9)
})

const arbitraryUnits = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 })), { minLength: 2, maxLength: 9 })
  .map((rows) => rows.map(([x1, x2, y1, y2], i): Unit => ({ id: `u${i}`, x1, x2, y1, y2 })))
const all: Pick<EfficiencyOptions<Unit>, "inputs" | "outputs"> = { inputs: { x1: "x1", x2: "x2" }, outputs: { y1: "y1", y2: "y2" } }

test("peers reach the targets, targets are no worse in anything and no better than the frontier; weights prove the efficiency", () => {
  fc.assert(
    fc.property(arbitraryUnits, fc.constantFrom("constant" as const, "variable" as const), fc.constantFrom("input" as const, "output" as const), (units, returns, orientation) => {
      const result = measureEfficiency(units, { ...all, returns, orientation })
      const byId = new Map(units.map((unit) => [unit.id, unit]))
      const of = (unit: Unit, name: string): number => unit[name as "x1"]
      for (const { id, efficiency, peers, targets, weights, isEfficient } of result.units) {
        const own = byId.get(id) as Unit
        const score = efficiency as number
        expect(score).toBeGreaterThan(0)
        expect(score).toBeLessThanOrEqual(1)
        // the mixture of its peers is the target, up to what the solver leaves
        for (const name of ["x1", "x2", "y1", "y2"]) {
          const mixed = peers.reduce((sum, { id: peer, weight }) => sum + weight * of(byId.get(peer) as Unit, name), 0)
          expect(mixed).toBeCloseTo(targets[name], 5)
          if (name.startsWith("x")) expect(targets[name]).toBeLessThanOrEqual(of(own, name) + 1e-6)
          else expect(targets[name]).toBeGreaterThanOrEqual(of(own, name) - 1e-6)
        }
        if (returns === "variable") expect(peers.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 6)
        // a peer is efficient itself
        for (const { id: peer } of peers) expect(result.units.find((one) => one.id === peer)?.efficiency).toBeCloseTo(1, 6)
        if (isEfficient) for (const name of ["x1", "x2", "y1", "y2"]) expect(targets[name]).toBeCloseTo(of(own, name), 4)
        // by its own weights nobody does better: a proof of constant returns that needs no program
        if (returns === "constant") {
          const worth = (unit: Unit): number => (weights.y1 * unit.y1 + weights.y2 * unit.y2) / (weights.x1 * unit.x1 + weights.x2 * unit.x2)
          expect(worth(own) / Math.max(...units.map(worth))).toBeCloseTo(score, 5)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test("constant returns: both orientations say the same; variable returns judge no harder; units do not matter; more units only make it harder", () => {
  fc.assert(
    fc.property(arbitraryUnits, (units) => {
      const score = (rows: readonly Unit[], more: Partial<EfficiencyOptions<Unit>>): (number | null)[] => measureEfficiency(rows, { ...all, ...more }).units.map(({ efficiency }) => efficiency)
      const ccr = score(units, { returns: "constant", orientation: "input" })
      score(units, { returns: "constant", orientation: "output" }).forEach((value, i) => expect(value).toBeCloseTo(ccr[i] as number, 6))
      score(units, { returns: "variable", orientation: "input" }).forEach((value, i) => expect(value).toBeGreaterThanOrEqual((ccr[i] as number) - 1e-6))
      score(units.map((unit) => ({ ...unit, x1: 1000 * unit.x1, y2: unit.y2 / 500 })), { returns: "constant", orientation: "input" }).forEach((value, i) => expect(value).toBeCloseTo(ccr[i] as number, 6))
      const fewer = score(units.slice(0, -1), { returns: "constant", orientation: "input" })
      fewer.forEach((value, i) => expect(value).toBeGreaterThanOrEqual((ccr[i] as number) - 1e-6))
      // bounds on weights take away what only odd weights give
      const bounded = score(units, { returns: "constant", orientation: "input", assurance: [{ of: ["x1", "x2"], min: 0.5, max: 2 }, { of: ["y1", "y2"], min: 0.5, max: 2 }] })
      bounded.forEach((value, i) => expect(value).toBeLessThanOrEqual((ccr[i] as number) + 1e-6))
    }),
    { numRuns: 40 },
  )
})

test("with bounds on weights the weights keep them, and prove the efficiency", () => {
  fc.assert(
    fc.property(arbitraryUnits, (units) => {
      const { units: results, warnings } = measureEfficiency(units, { ...all, returns: "constant", orientation: "input", assurance: [{ of: ["x1", "x2"], min: 0.5, max: 2 }, { of: ["y1", "y2"], min: 0.25 }] })
      expect(warnings.map(({ code }) => code)).not.toContain("zero-weight")
      results.forEach(({ weights, efficiency }, i) => {
        expect(weights.x1).toBeGreaterThanOrEqual(0.5 * weights.x2 - 1e-7)
        expect(weights.x1).toBeLessThanOrEqual(2 * weights.x2 + 1e-7)
        expect(weights.y1).toBeGreaterThanOrEqual(0.25 * weights.y2 - 1e-7)
        const worth = (unit: Unit): number => (weights.y1 * unit.y1 + weights.y2 * unit.y2) / (weights.x1 * unit.x1 + weights.x2 * unit.x2)
        expect(worth(units[i]) / Math.max(...units.map(worth))).toBeCloseTo(efficiency as number, 5)
      })
    }),
    { numRuns: 40 },
  )
})

test("few units, idle units and weights of 0 are warned of", () => {
  const units = [{ id: "a", x1: 1, x2: 9, y1: 5, y2: 0 }, { id: "b", x1: 9, x2: 1, y1: 0, y2: 5 }, { id: "c", x1: 1, x2: 1, y1: 0, y2: 0 }]
  const { warnings, units: results } = measureEfficiency(units, all)
  expect(warnings.map(({ code, message }) => [code, message])).toEqual([
    ["too-few-units", "units: 3 are too few for 2 inputs and 2 outputs: with less than 12 nearly all seem efficient"],
    ["no-output", 'units: 1 bring nothing, and are not measured: "c"'],
    ["zero-weight", 'assurance: 2 units seem efficient with a weight of 0 on something: "a", "b"; bounds on ratios of weights would tell more'],
  ])
  expect(results[2]).toEqual({ id: "c", efficiency: null, isEfficient: false, peers: [], targets: {}, weights: {} })
  expect(JSON.parse(JSON.stringify(results))).toEqual(results)
})

test("bad input is told", () => {
  const messages = (units: unknown, options: unknown): string[] => (caught(() => measureEfficiency(units as never, options as never)) as unknown as { issues: { message: string }[] }).issues.map(({ message }) => message)
  expect(messages([{ id: "a", x: -1, y: 1 }, { id: "b", x: 0 }], { inputs: { x: "x" }, outputs: { y: "y", x: "x" }, returns: "ccr", assurance: [{ of: ["x", "z"], min: 3, max: 1 }, 5] })).toEqual([
    'returns: must be "constant" or "variable", got "ccr"',
    "units[0].x: must be 0 or more, got -1",
    'units[1].y: must be a number, got undefined (give every account a number, 0 where there is none)',
    "units[0].x: must be 0 or more, got -1",
    "outputs.x: is also an input (give it another name)",
    'assurance[0].of[1]: is no input and no output, got "z"',
    "assurance[0].min: must not be above max, 1, got 3",
    'assurance[1]: must be an object such as { of: ["revenue", "newCustomers"], min: 0.1, max: 10 }, got 5',
  ])
  expect(messages([{ id: "a", x: 1, y: 1 }, { id: "b", x: 0, y: 1 }], { inputs: { x: "x" }, outputs: { y: "y" } })).toEqual(['units[1]: "b" has nothing of any input (leave it out)'])
  expect(messages([{ id: "a" }, { id: "a" }], { inputs: {}, outputs: 5 })[0]).toMatch(/^units\[1\]\.id: /)
})

test("a program that cannot be solved is told from a unit that brings nothing; amounts beyond the range of weights cannot be used", () => {
  const units = Array.from({ length: 12 }, (_, i) => ({ id: `u${i}`, h: 1 + (i % 5), s: i === 3 ? 0 : 1 + ((7 * i) % 4), c: i === 0 ? 2.44e8 : i % 3 === 1 ? 1 : 0 }))
  const { units: measured, warnings } = measureEfficiency(units, { inputs: { h: "h" }, outputs: { s: "s", c: "c" } })
  for (const { efficiency } of measured) expect(efficiency === null || (efficiency > 0 && efficiency <= 1)).toBe(true)
  const isIdle = (id: string): boolean => units.some((unit) => unit.id === id && unit.s === 0 && unit.c === 0)
  const told = (code: string): string => warnings.find((warning) => warning.code === code)?.message ?? ""
  for (const { id, efficiency } of measured) if (efficiency === null) expect(told(isIdle(id) ? "no-output" : "unsolved")).toContain(JSON.stringify(id))
  expect(caught(() => measureEfficiency(units.map((unit) => ({ ...unit, h: unit.h * 1e-320 })), { inputs: { h: "h" }, outputs: { s: "s" } })).message).toContain("inputs.h: must have a mean from 1e-100 to 1e+100, got ")
})
