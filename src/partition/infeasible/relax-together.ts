import type { Fit } from "../../math/feasible/divisible-fit.js"
import { solveLp } from "../../math/lp/solve-lp.js"
import type { FitCase, Sides } from "./fit-case.js"
import type { Relaxation } from "./infeasibility.js"
import { roundOutwards } from "./round-outwards.js"
import { apart, listed, quoted } from "./words.js"

/** Rays that are answered, at most. */
const MAX_ROUNDS = 120
/** Entries of all its programs, at most: about two seconds. */
const MAX_ENTRIES = 100_000
/** Bounds go beyond what is needed by at most this share of their step: of 99 % too little is left then. */
const BEYOND = 0.005
/** A bound that moves by less than this share of what is usual does not move. */
const STILL = 1e-9

type Proof = Extract<Fit, { status: "conflict" }>
type Side = "min" | "max"

/**
 * The smallest change of several bounds of single territories that is enough together: of all there are, the one whose steps, each
 * as a share of its territory's target, have the least sum. Any bound may move, so there is always one.
 *
 * Every ray of prices that proves bounds to be too narrow asks for steps: the sum of price x step must reach its excess. A linear
 * program finds the cheapest steps that answer all rays so far, until no ray is left (Benders 1962).
 *
 * Source: elastic programming (Chinneck & Dravnieks 1991; Brown & Graves 1975), the elastic cost being that sum.
 *
 * @param proof that the bounds of now cannot be met
 */
export function* relaxTogether(fitCase: FitCase, proof: Proof, maxWork: number): Generator<undefined, Relaxation[]> {
  const { compiled, fit, accounts, lower, upper, territoryIds } = fitCase
  const { bounds, measures, activityUnits } = compiled
  const M = measures.length
  const rays: Proof[] = []
  /** Variables of the program: a row and a side each. */
  const variables: { readonly r: number; readonly side: Side }[] = []
  const variableOf = new Map<string, number>()
  let entries = 0
  let answer: Fit = proof
  for (let round = 0; round < MAX_ROUNDS && answer.status === "conflict" && fit.work() <= maxWork && entries <= MAX_ENTRIES; round++) {
    rays.push(answer)
    answer.ray.forEach((price, r) => {
      if (price === 0) return
      const side = price > 0 ? "min" : "max"
      if (variableOf.has(`${side} ${r}`)) return
      variableOf.set(`${side} ${r}`, variables.length)
      variables.push({ r, side })
    })
    entries += rays.length * variables.length
    const steps = cheapestSteps()
    yield undefined
    if (steps === null) return []
    const changes = variables.flatMap(({ r, side }, at) => (steps[at] > STILL ? [changeOf(r, side, steps[at])] : []))
    const relaxed: Sides = { lower: lower.slice(), upper: upper.slice() }
    for (const { r, side, to } of changes) (side === "min" ? relaxed.lower : relaxed.upper)[r] = to / activityUnits[r % M]
    answer = yield* fit.ask(relaxed.lower, relaxed.upper, accounts.setOf)
    if (answer.status === "fits") return [spelled(changes)]
  }
  return []

  function cheapestSteps(): Float64Array | null {
    const result = solveLp({
      objective: variables.map(({ r }) => 1 / (targetOf(r) || 1)),
      upper: variables.map(({ r, side }) => (side === "min" ? lower[r] : Infinity)),
      rows: rays.map(({ ray, reach }) => {
        const columns = [...ray.keys()].filter((r) => ray[r] !== 0)
        let asked = -reach
        for (const r of columns) asked += ray[r] * (ray[r] > 0 ? lower[r] : upper[r])
        return { columns: columns.map((r) => variableOf.get(`${ray[r] > 0 ? "min" : "max"} ${r}`) as number), coefficients: columns.map((r) => Math.abs(ray[r])), lower: asked, upper: Infinity }
      }),
    })
    return result.status === "optimal" ? result.values : null
  }

  function targetOf(r: number): number {
    return bounds[r].target / activityUnits[r % M]
  }

  function changeOf(r: number, side: Side, step: number): { r: number; side: Side; from: number; to: number } {
    const from = bounds[r][side] as number
    return { r, side, from, to: Math.max(0, roundOutwards(from, step * activityUnits[r % M], side === "min" ? -1 : 1, BEYOND)) }
  }

  function spelled(moves: readonly ReturnType<typeof changeOf>[]): Relaxation {
    const changes = [...moves].sort((a, b) => a.r - b.r).map(({ r, side, from, to }) => ({ kind: "bound" as const, territoryId: territoryIds[Math.floor(r / M)], measure: measures[r % M], side, from, to }))
    const texts = changes.map(({ territoryId, measure, side, from, to }) => {
      const [before, after] = apart(from, to)
      return `${side === "min" ? "lower the minimum" : "raise the maximum"} of ${measure} of ${quoted(territoryId)} from ${before} to ${after}`
    })
    return { message: listed(texts, 4), changes, provenBy: "divided", isMinimal: true }
  }
}
