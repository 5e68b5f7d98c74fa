import { explorePlans, type Alignment } from "equiterra"
import { expect, test } from "vitest"
import { createRandom } from "../../src/math/random.js"

interface Row {
  readonly [field: string]: unknown
  readonly id: string
  readonly x: number
  readonly y: number
  readonly hours: number
}

/** Every way to divide accounts between two territories, with its figures: cost about the means, the largest deviation, what moves. */
function everyPlan(accounts: readonly Row[], current: Alignment): { cost: number; imbalance: number; moved: number }[] {
  const total = accounts.reduce((sum, { hours }) => sum + hours, 0)
  return Array.from({ length: 2 ** accounts.length }, (_, bits) => {
    let cost = 0
    let imbalance = 0
    for (const t of [0, 1]) {
      const own = accounts.filter((_row, i) => ((bits >> i) & 1) === t)
      const hours = own.reduce((sum, row) => sum + row.hours, 0)
      const mean = (axis: "x" | "y"): number => own.reduce((sum, row) => sum + row.hours * row[axis], 0) / hours
      const center = { x: mean("x"), y: mean("y") }
      for (const row of own) cost += row.hours * ((row.x - center.x) ** 2 + (row.y - center.y) ** 2)
      imbalance = Math.max(imbalance, Math.abs(hours - total / 2) / (total / 2))
    }
    const moved = accounts.filter((_row, i) => (current[i].territoryId === "east" ? 1 : 0) !== ((bits >> i) & 1)).length / accounts.length
    return { cost, imbalance, moved }
  })
}

type Figures = ReturnType<typeof everyPlan>[number]

function dominates(one: Figures, other: Figures): boolean {
  const keys = ["cost", "imbalance", "moved"] as const
  return keys.every((key) => one[key] <= other[key] + 1e-9) && keys.some((key) => one[key] < other[key] - 1e-9)
}

test("of seven accounts: every plan is on the true frontier or next to it, and the extremes are found", () => {
  let [found, plansOnFrontier, known, there] = [0, 0, 0, 0]
  for (let seed = 0; seed < 4; seed++) {
    const random = createRandom(seed, 3)
    const accounts = Array.from({ length: 7 }, (_, i): Row => ({ id: `a${i}`, x: random() * 10, y: random() * 10, hours: 1 + Math.floor(random() * 5) }))
    const current = accounts.map(({ id, x }) => ({ accountId: id, territoryId: x + 4 * random() > 7 ? "east" : "west" }))
    const all = everyPlan(accounts, current)
    const { plans } = explorePlans(accounts, { territories: [{ id: "west" }, { id: "east" }], measures: { hours: { value: "hours", tolerance: 0.2 } }, current, tolerances: [0.05, 0.1, 0.2, 0.4, 2], movedShares: [0, 0.3, 0.6, 1], plans: 30 })
    for (const { figures, label } of plans) {
      const { cost, imbalance, movedShare } = figures as { cost: number; imbalance: number; movedShare: number }
      expect(all.some((one) => Math.abs(one.cost - cost) < 1e-9 * cost && Math.abs(one.imbalance - imbalance) < 1e-9 && Math.abs(one.moved - movedShare) < 1e-9), `seed ${seed}: the figures of ${label} are those of a plan`).toBe(true)
      const better = all.filter((one) => one.cost <= cost * (1 + 1e-9) && one.imbalance <= imbalance + 1e-9 && one.moved <= movedShare + 1e-9).map((one) => one.cost)
      if (Math.min(...better) >= cost * (1 - 1e-9)) plansOnFrontier++
      expect(Math.min(...better), `seed ${seed}: ${label}`).toBeGreaterThanOrEqual(0.9 * cost)
      found++
    }
    // of the whole frontier, what has a plan of the set as near as makes no difference
    for (const one of all) {
      if (all.some((other) => other !== one && dominates(other, one))) continue
      there++
      if (plans.some(({ figures }) => Math.abs((figures.cost as number) - one.cost) <= 0.01 * one.cost && Math.abs((figures.imbalance as number) - one.imbalance) < 0.01 && Math.abs((figures.movedShare as number) - one.moved) < 1e-9)) known++
    }
    const least = (key: "cost" | "imbalance" | "moved"): number => Math.min(...all.map((one) => one[key]))
    expect(Math.min(...plans.map(({ figures }) => figures.cost as number)), `seed ${seed}: cost`).toBeLessThanOrEqual(least("cost") * (1 + 1e-9))
    expect(Math.min(...plans.map(({ figures }) => figures.imbalance as number)), `seed ${seed}: imbalance`).toBeLessThanOrEqual(least("imbalance") + 1e-9)
    expect(Math.min(...plans.map(({ figures }) => figures.movedShare as number)), `seed ${seed}: moves`).toBe(0)
  }
  expect(plansOnFrontier).toBeGreaterThanOrEqual(0.95 * found)
  expect(known).toBeGreaterThanOrEqual(0.95 * there)
})
