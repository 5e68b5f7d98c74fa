import { solveLp } from "../../math/lp/solve-lp.js"
import type { LpRow } from "../../math/lp/lp-problem.js"

/** Inputs and outputs of all units, each in units of its own mean. */
export interface Technology {
  readonly n: number
  /** By input, n each; by output, n each. */
  readonly inputs: readonly Float64Array[]
  readonly outputs: readonly Float64Array[]
  /** Rows of conditions on weights, `coefficients . weights <= 0`, one coefficient for every input, then every output. */
  readonly conditions: readonly Float64Array[]
  readonly isVariable: boolean
  readonly isInput: boolean
}

/** Shares by which rows of the second phase give way, the least that has a solution. */
const ROOMS = [0, 1e-12, 1e-10, 1e-8, 1e-6]

/** Where a unit stands. */
export interface Envelopment {
  /** 0 to 1. */
  readonly efficiency: number
  /** What it lacks of each input, then of each output, on the frontier beyond the radial part: >= 0. */
  readonly slacks: Float64Array
  /** n. */
  readonly lambdas: Float64Array
  /** By input, then by output: the multipliers of the dual, >= 0. */
  readonly weights: Float64Array
}

/**
 * The two phases of a unit's linear program: how far its inputs shrink, or its outputs grow, together; then what single inputs and
 * outputs have to spare at that. Null where the program could not be solved.
 *
 * Source: Charnes, Cooper & Rhodes, European Journal of Operational Research 2, 1978 (constant returns); Banker, Charnes & Cooper,
 * Management Science 30, 1984 (variable returns); conditions on weights: Thompson, Singleton, Thrall & Smith, Interfaces 16, 1986.
 */
export function solveEnvelopment(technology: Technology, unit: number): Envelopment | null {
  const { n, inputs, outputs, conditions, isVariable, isInput } = technology
  const [m, s] = [inputs.length, outputs.length]
  const radial = n + conditions.length
  const first = solveLp({ objective: Float64Array.from({ length: radial + 1 }, (_, j) => (j === radial ? (isInput ? 1 : -1) : 0)), rows: rowsOf(null, 0) })
  if (first.status !== "optimal") return null
  const factor = first.values[radial]
  if (!(factor > 0) && !isInput) return null
  // what is left of each row at that factor, as much as possible in all; rounding of the factor must not leave it without a solution
  const objective = Float64Array.from({ length: radial + m + s }, (_, j) => (j < radial ? 0 : -1))
  let best: Float64Array | null = null
  for (const room of ROOMS) {
    const second = solveLp({ objective, rows: rowsOf(factor, room) })
    if (second.status !== "optimal") continue
    best = second.values
    break
  }
  return {
    efficiency: isInput ? factor : 1 / factor,
    slacks: Float64Array.from({ length: m + s }, (_, r) => (best === null ? 0 : best[radial + r])),
    lambdas: (best ?? first.values).slice(0, n),
    weights: Float64Array.from({ length: m + s }, (_, r) => Math.abs(first.duals[r])),
  }

  /** Inputs: factor x own - mixture - slack >= 0, so outputs: mixture - factor x own - slack >= 0. With a factor given the rows have slacks. */
  function rowsOf(factor: number | null, room: number): LpRow[] {
    const hasSlacks = factor !== null
    const row = (values: Float64Array, r: number): LpRow => {
      const isIn = r < m
      const scaled = isInput === isIn
      const entries: [number, number][] = []
      for (let j = 0; j < n; j++) if (values[j] !== 0) entries.push([j, isIn ? -values[j] : values[j]])
      conditions.forEach((condition, c) => {
        if (condition[r] !== 0) entries.push([n + c, condition[r]])
      })
      const own = values[unit]
      if (scaled && !hasSlacks) entries.push([radial, isIn ? own : -own])
      if (hasSlacks) entries.push([radial + r, -1])
      const constant = scaled ? (hasSlacks ? factor * own : 0) : own
      const least = isIn ? -constant : constant
      return { columns: entries.map(([j]) => j), coefficients: entries.map(([, value]) => value), lower: least - room * Math.abs(least), upper: Infinity }
    }
    const rows = [...inputs, ...outputs].map((values, r) => row(values, r))
    if (isVariable) rows.push({ columns: Array.from({ length: n }, (_, j) => j), coefficients: new Float64Array(n).fill(1), lower: 1, upper: 1 })
    return rows
  }
}
