import type { LpProblem, LpRow } from "../../../src/math/lp/lp-problem.js"
import { createRandom, type Random } from "../../../src/math/random.js"

export const KINDS = ["plain", "degenerate", "badly-scaled", "equations", "free", "bounded", "transport", "dollars"] as const
export type Kind = (typeof KINDS)[number]

/**
 * A seeded random program. Half of them are built around a point, so that they are feasible; the rest may be anything. Costs
 * of mixed sign leave some unbounded.
 */
export function randomLp(kind: Kind, seed: number): LpProblem {
  const random = createRandom(seed * 1009 + KINDS.indexOf(kind))
  return kind === "transport" || kind === "dollars" ? transport(random, kind === "dollars") : dense(random, kind)
}

function dense(random: Random, kind: Kind): LpProblem {
  const n = 1 + Math.floor(random() * 12)
  const m = Math.floor(random() * 10)
  const small = kind === "degenerate"
  const number = (): number => (small ? Math.floor(random() * 5) - 2 : random() * 4 - 2)
  const point = Array.from({ length: n }, () => (random() < 0.4 ? 0 : small ? Math.floor(random() * 3) : random() * 3))
  const around = random() < 0.5
  const columnUnit = Array.from({ length: n }, () => (kind === "badly-scaled" ? 10 ** (random() * 8 - 4) : 1))
  const rows = Array.from({ length: m }, (): LpRow => {
    const rowUnit = kind === "badly-scaled" ? 10 ** (random() * 8 - 4) : 1
    const columns = Array.from({ length: n }, (_, j) => j).filter(() => random() < 0.7)
    const coefficients = columns.map((j) => (number() * rowUnit) / columnUnit[j])
    const at = columns.reduce((sum, j, e) => sum + coefficients[e] * columnUnit[j] * point[j], 0)
    const from = around ? at : number() * 2 * rowUnit
    const slack = (): number => (random() < 0.3 ? 0 : (small ? 1 : random() * 2) * rowUnit)
    const side = random()
    const lower = side < 0.6 ? from - slack() : -Infinity
    const upper = side >= 0.3 ? from + slack() : Infinity
    return kind === "equations" && side < 0.7 ? { columns, coefficients, lower: from, upper: from } : { columns, coefficients, lower, upper }
  })
  const sign = random() < 0.5 ? (x: number) => Math.abs(x) : (x: number) => x
  const objective = columnUnit.map((unit) => sign(number()) / unit)
  if (kind === "free") return { objective, rows, lower: point.map(() => (random() < 0.5 ? -Infinity : 0)) }
  if (kind !== "bounded") return { objective, rows }
  return {
    objective,
    rows,
    lower: point.map((x) => (random() < 0.3 ? -Infinity : random() < 0.5 ? 0 : x - random())),
    upper: point.map((x) => (random() < 0.3 ? Infinity : x + random())),
  }
}

/** Accounts by territories within a tolerance of two measures: hours, and the same again in units or in raw dollars. */
function transport(random: Random, dollars: boolean): LpProblem {
  const n = 5 + Math.floor(random() * 20)
  const k = 2 + Math.floor(random() * 3)
  const unit = dollars ? 1e6 : 1
  const measures = [Array.from({ length: n }, () => 1 + random() * 9), Array.from({ length: n }, () => unit * random() ** 3)]
  const columns = Array.from({ length: n * k }, (_, column) => column)
  const rows: LpRow[] = Array.from({ length: n }, (_, i) => ({ columns: columns.slice(i * k, i * k + k), coefficients: Array.from({ length: k }, () => 1), lower: 1, upper: 1 }))
  const tolerance = random() * 0.1
  for (const activity of measures) {
    const target = activity.reduce((sum, a) => sum + a, 0) / k
    for (let t = 0; t < k; t++) {
      rows.push({ columns: columns.filter((column) => column % k === t), coefficients: activity, lower: target * (1 - tolerance), upper: target * (1 + tolerance) })
    }
  }
  return { objective: columns.map(() => random() * 100), rows }
}
