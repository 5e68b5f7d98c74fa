import { homeWeight, movedWeight } from "../../math/transport/pair-rules.js"
import type { CompiledProblem } from "../compile-problem.js"
import { costsByTerritory } from "../costs-by-territory.js"
import { ownersApart } from "../owners-apart.js"
import type { PartitionResult } from "../partition-result.js"
import { measureBalance } from "./balance-state.js"
import type { ToleranceScale } from "./tolerance-scale.js"

/** A plan that the exploration came upon, in the order of territories that all of them share. */
export interface Trial {
  /** n; groups that stay together are one account. */
  readonly owner: Int32Array
  /** k x dimension. */
  readonly centers: Float64Array
  /** k x M, good at these centers. */
  readonly prices: Float64Array
  /** What staying at home was worth. */
  readonly rate: number
  /** The tolerance and the share that it was searched for with; the share is null where moves were free. */
  readonly tolerance: number
  readonly movedShare: number | null
  /** Of the search for it. */
  readonly stoppedBy: PartitionResult["stoppedBy"]
  readonly iterations: number
  /**
   * Cost in the caller's unit, tolerance needed around what can be reached, and moved share of the disruption weight;
   * 0 where there is no such axis.
   */
  readonly cost: number
  readonly imbalance: number
  readonly moved: number
  /** The tolerance needed around targets: `imbalance`, but where the bounds cannot all be kept. */
  readonly needed: number
  /** How far stated bounds are broken, 0: not at all. */
  readonly outside: number
}

/** Measures a plan in all that counts here; `owner`, `centers` and the rest are kept, not copied. O(n M). */
export function measureTrial(
  compiled: CompiledProblem,
  scale: ToleranceScale,
  plan: Omit<Trial, "cost" | "imbalance" | "needed" | "moved" | "outside">,
): Trial {
  const { problem, costUnit } = compiled
  const { owner, centers, prices, rate, tolerance, movedShare, stoppedBy, iterations } = plan
  const { needed: imbalance, outside } = measureBalance(compiled, scale, owner)
  const around = { ...scale, fairest: null }
  const needed = scale.fairest === null ? imbalance : measureBalance(compiled, around, owner).needed
  // every member of a group goes its own way
  const cost = costsByTerritory(compiled.apart?.places ?? problem, ownersApart(compiled, owner), centers).reduce((sum, own) => sum + own, 0) * costUnit
  return { owner, centers, prices, rate, tolerance, movedShare, stoppedBy, iterations, cost, imbalance, needed, moved: movedPart(compiled, owner), outside }
}

/** Weight that moves as a share of all; what has lost its territory moves in any case. */
function movedPart({ problem, disruption }: CompiledProblem, owner: Int32Array): number {
  if (disruption === null || disruption.total === 0 || !problem.homes) return 0
  return Math.max(0, (disruption.total - homeWeight(problem) + movedWeight(problem, owner)) / disruption.total)
}

/** Weight of homes that may leave them when a share of all may move. */
export function mayLeave({ problem, disruption }: CompiledProblem, share: number): number {
  if (disruption === null || !problem.homes) return 0
  return Math.max(0, share * disruption.total - (disruption.total - homeWeight(problem)))
}
