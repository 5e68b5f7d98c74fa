import { findSumGap } from "../../math/feasible/whole-sums.js"
import { formatAmount } from "../../model/format-amount.js"
import type { CompiledProblem } from "../compile-problem.js"
import { quoted } from "../infeasible/words.js"

/**
 * Why no sums of whole accounts lie within the bounds, as a part of a sentence; null where no cheap test proves it.
 */
export function tellSumGap(
  { problem, activities, bounds, measures }: Pick<CompiledProblem, "problem" | "activities" | "bounds" | "measures">,
  territoryIds: readonly string[],
): string | null {
  const { k, measureCount: M } = problem
  const lower = Float64Array.from(bounds, ({ min }) => Math.max(0, min ?? 0))
  const upper = Float64Array.from(bounds, ({ max }) => max ?? Infinity)
  const gap = findSumGap(k, M, activities, lower, upper)
  if (gap === null) return null
  const name = measures[gap.m]
  const multiples = (unit: number): string => `every ${name} is a multiple of ${formatAmount(unit)}`
  switch (gap.kind) {
    case "none": {
      const { min, max } = bounds[gap.r]
      const [low, high] = [formatAmount(min ?? 0), formatAmount(max ?? 0)]
      const window = min === null ? `at or below ${high}` : `between ${low} and ${high}`
      const of = quoted(territoryIds[Math.floor(gap.r / M)])
      return `no whole plan can: ${multiples(gap.unit)}, and none of these lies ${window}, the bounds of ${of}`
    }
    case "sum": {
      const which = gap.side === "min" ? "least" : "most"
      const sums = `the ${which} multiples within the bounds sum to ${formatAmount(gap.sum)}`
      return `no whole plan can: ${multiples(gap.unit)}, and ${sums}, not to the ${formatAmount(gap.total)} there are`
    }
    case "heavy": {
      const heavy = `${gap.count} accounts have more than ${formatAmount(gap.above)} of ${name}`
      return `no whole plan can: ${heavy}, and ${k} territories take at most ${gap.places} of these`
    }
    default:
      return `no whole plan can: only ${gap.count} accounts have any ${name}, and ${gap.asked} territories need some`
  }
}
