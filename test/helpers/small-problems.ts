import type { PartitionOptions, PartitionResult } from "equiterra"
import type { Highs } from "highs"
import type { Row } from "./recompute-plan"

/** A problem of bench/small, whose options are all of listed territories. */
export interface SmallProblem {
  readonly seed: number
  readonly accounts: Row[]
  readonly options: PartitionOptions<Row> & { readonly territories: readonly { readonly id: string }[] }
}

interface Program {
  readonly units: readonly (readonly number[])[]
}

interface Place {
  readonly x: number
  readonly y: number
}

const maker = (await import(new URL("../../bench/small/make-problem.js", import.meta.url).href)) as {
  readonly makeProblem: (seed: number, mostPairs?: number) => SmallProblem
}
const oracle = (await import(new URL("../../bench/small/whole-oracle.js", import.meta.url).href)) as {
  readonly writeProgram: (problem: SmallProblem, centers: readonly Place[]) => Program
  readonly costOfPlan: (program: Program, owner: readonly number[]) => number
  readonly solveWhole: (highs: Highs, program: Program, seconds: number) => { readonly status: "optimal" | "infeasible" | "open"; readonly owner: readonly number[] | null }
}

export const makeProblem: (seed: number, mostPairs?: number) => SmallProblem = maker.makeProblem

/** Costs of a plan and of the best one at its centers, by a program of the options alone: Infinity for a plan that breaks something, or where none is. */
export function compareWithBest(highs: Highs, problem: SmallProblem, plan: PartitionResult): { readonly cost: number; readonly least: number; readonly status: string } {
  const centers = problem.options.territories.map(({ id }) => plan.territories.find((one) => one.id === id)?.center as Place)
  const program = oracle.writeProgram(problem, centers)
  const placeOf = new Map(problem.options.territories.map(({ id }, t) => [id, t]))
  const owner = program.units.map((unit) => placeOf.get(plan.alignment[unit[0]].territoryId) as number)
  const best = oracle.solveWhole(highs, program, 20)
  return { cost: oracle.costOfPlan(program, owner), least: best.owner === null ? Infinity : oracle.costOfPlan(program, best.owner), status: best.status }
}
