import { expect, test } from "vitest"
import { comparePerformance, type PerformanceResult } from "../../src/index.js"
import { createRandom } from "../../src/math/random.js"
import { funnelCurve, type FunnelPoint, type FunnelTarget } from "../../src/report/funnel-curve.js"
import { funnelSizes } from "../../src/report/funnel-sizes.js"

const random = createRandom(5)
const rows = Array.from({ length: 6 }, (_, t) => Array.from({ length: 15 * 2 ** t }, () => {
  const won = random() < 0.2 + 0.03 * t ? 1 : 0
  return { territory: `t${t}`, won, revenue: won * random() ** 3 * 1000, days: 1 + random() }
})).flat()
const sums = { rate: { numerator: "won", kind: "proportion" }, perDay: { numerator: "revenue", denominator: "days" }, visits: { numerator: "won", denominator: "days", kind: "count" }, cost: { numerator: "days", denominator: "won", kind: "per-count" } } as const
const indexed = Object.fromEntries(Object.entries(sums).map(([name, kpi]) => [`${name} index`, { ...kpi, indexed: true }]))
const result = comparePerformance(rows, { territory: "territory", kpis: { ...sums, ...indexed } })

const pointsOf = (from: PerformanceResult, kpi: string, size: "denominator" | "numerator" = "denominator"): FunnelPoint[] => from.territories.flatMap(({ kpis }) => {
  const { funnel, [size]: sum } = kpis[kpi]
  return funnel === null ? [] : [{ size: sum, funnel }]
})
const targetOf = (from: PerformanceResult, kpi: string): FunnelTarget => ({ ...from.kpis[kpi], value: from.kpis[kpi].value ?? NaN })

test.each([["rate", "denominator"], ["visits", "denominator"], ["cost", "numerator"], ["rate index", "denominator"], ["visits index", "denominator"], ["cost index", "numerator"]] as const)("the curve of %s over its %s goes through the limits of every territory, with their over-dispersion", (kpi, size) => {
  const points = pointsOf(result, kpi, size)
  const curve = funnelCurve(points, targetOf(result, kpi))
  expect(points).toHaveLength(6)
  for (const one of points) {
    const at = curve?.limitsAt(one.size)
    for (const limit of ["limits95", "limits998"] as const) for (const side of ["low", "high"] as const) expect(at?.[limit][side]).toBeCloseTo(one.funnel[limit][side], 8)
  }
})

test("between territories it is target +- z sqrt(p (1 - p) / size)", () => {
  // 1.96 sqrt(0.25 / 100) = 0.098
  const plain = [25, 400].map((size): FunnelPoint => {
    const half = (z: number): { low: number; high: number } => ({ low: 0.5 - z * Math.sqrt(0.25 / size), high: 0.5 + z * Math.sqrt(0.25 / size) })
    return { size, funnel: { limits95: half(1.959963984540054), limits998: half(3.090232306167813) } }
  })
  expect(funnelCurve(plain, { value: 0.5, numerator: 200, denominator: 400 })?.limitsAt(100).limits95.high).toBeCloseTo(0.598, 4)
})

test("limits cut at 0 are on the curve of a rare thing", () => {
  const rare = Array.from({ length: 4 }, (_, t) => Array.from({ length: 30 * (t + 1) }, (_, i) => ({ territory: `t${t}`, won: i % 20 === 0 ? 1 : 0 }))).flat()
  const seldom = comparePerformance(rare, { territory: "territory", kpis: { rate: { numerator: "won", kind: "proportion" } } })
  const points = pointsOf(seldom, "rate")
  expect(points.some(({ funnel }) => funnel.limits95.low === 0)).toBe(true)
  expect(funnelCurve(points, targetOf(seldom, "rate"))).not.toBeNull()
})

test("of money there is no curve, and none where one territory's limits are off it", () => {
  expect(funnelCurve(pointsOf(result, "perDay"), targetOf(result, "perDay"))).toBeNull()
  const points = pointsOf(result, "rate")
  const moved = points.map((point, i) => (i === 2 ? { ...point, size: point.size * 1.01 } : point))
  expect(funnelCurve(moved, targetOf(result, "rate"))).toBeNull()
  expect(funnelCurve(points.slice(0, 1), targetOf(result, "rate"))).toBeNull()
})

test.each(["auto", "denominator", "numerator", "rows", "error"] as const)("whatever stands on the level axis (%s), drawn limits are those of the result", (size) => {
  for (const kpi of Object.keys(result.kpis)) {
    const rowsOf = result.territories.map(({ id, kpis }) => ({ id, name: id, verdict: kpis[kpi] }))
    const { placed, curve, partOf } = funnelSizes(rowsOf, result.kpis[kpi], kpi, size)
    expect(placed).toHaveLength(6)
    const [name] = kpi.split(" ")
    const byDenominator = name === "rate" || name === "visits"
    const isCurved = size === "auto" || size === "error" || (size === "denominator" && byDenominator) || (size === "numerator" && name === "cost") || (size === "rows" && name === "rate")
    expect(curve !== null, kpi).toBe(isCurved)
    for (const one of placed) {
      for (const limit of ["limits95", "limits998"] as const) for (const side of ["low", "high"] as const) expect(curve?.(one.size)[limit][side] ?? one.funnel[limit][side]).toBeCloseTo(one.funnel[limit][side], 6)
      expect(partOf(one.size)).toBeGreaterThanOrEqual(0)
      expect(partOf(one.size)).toBeLessThanOrEqual(1)
    }
    // the best known stand at the right
    const sorted = [...placed].sort((a, b) => (a.funnel.limits95.high - a.funnel.limits95.low) - (b.funnel.limits95.high - b.funnel.limits95.low))
    if (curve !== null) expect(partOf(sorted[0].size)).toBeGreaterThan(partOf(sorted[5].size))
  }
})
