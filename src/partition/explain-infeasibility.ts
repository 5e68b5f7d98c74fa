import { formatAmount } from "../model/format-amount.js"
import type { Violation } from "../model/violation.js"
import type { Allocation } from "./allocate.js"
import type { CompiledProblem } from "./compile-problem.js"
import type { Infeasibility } from "./partition-result.js"

/** A row of the ray counts as part of the conflict when its price grows at least this fast against the fastest. */
const PART_OF_CONFLICT = 1e-6

/**
 * Why no plan keeps every bound: null when this plan does. When not even divided accounts could, the bounds that conflict are
 * named: by their sums where these alone exceed the total, else by the ray of prices that proves it (Farkas). When divided
 * accounts could, the accounts that are too heavy are named; without such accounts only a search, not a given alignment, tells
 * that bounds are hard to meet.
 *
 * @param searched whether the plan is the best that a search found
 */
export function explainInfeasibility(
  compiled: CompiledProblem,
  allocation: Allocation,
  violations: readonly Violation[],
  territoryIds: readonly string[],
  searched: boolean,
): Infeasibility | null {
  if (allocation.status === "infeasible") return explainDivisible(compiled, allocation.ray, territoryIds)
  const isOpen = allocation.status === "work-limit"
  const missed = violations.filter((violation) => violation.measure !== undefined)
  if (missed.length === 0) return null
  const causes = missed.filter((violation) => violation.accountId !== undefined)
  if (!searched && causes.length === 0) return null
  const territories = [...new Set(missed.map((violation) => violation.territoryId))]
  return {
    kind: "indivisible",
    message:
      `${isOpen ? "it is not known whether divided accounts would fit all bounds" : "divided accounts would fit all bounds"}, but ${searched ? "no plan of whole accounts inside them was found" : "whole accounts do not"}: ` +
      `${missed.length} of the ${compiled.bounds.length} activities ${missed.length === 1 ? "is" : "are"} out of bounds` +
      (causes.length > 0 ? `, some because single accounts are heavier than a territory may be: ${listed(causes.map((cause) => JSON.stringify(cause.accountId)))}` : ""),
    measures: [...new Set(missed.map((violation) => violation.measure as string))],
    territoryIds: territories,
    accountIds: [...new Set(causes.map((cause) => cause.accountId as string))],
  }
}

function explainDivisible(compiled: CompiledProblem, ray: Float64Array | null, territoryIds: readonly string[]): Infeasibility {
  const { problem, measures, bounds } = compiled
  const M = problem.measureCount
  const sums = explainSums(compiled, territoryIds)
  if (sums !== null) return sums
  const locks = explainLocks(compiled, territoryIds)
  if (locks !== null) return locks
  let fastest = 0
  for (const x of ray ?? []) fastest = Math.max(fastest, Math.abs(x))
  const rows: number[] = []
  ray?.forEach((x, r) => {
    if (Math.abs(x) > PART_OF_CONFLICT * fastest) rows.push(r)
  })
  const named = [...new Set(rows.map((r) => measures[r % M]))]
  const territories = [...new Set(rows.map((r) => territoryIds[Math.floor(r / M)]))]
  const bound = (r: number): string => `${measures[r % M]} of ${JSON.stringify(territoryIds[Math.floor(r / M)])} ${(ray as Float64Array)[r] > 0 ? "at least" : "at most"} ${formatAmount(((ray as Float64Array)[r] > 0 ? bounds[r].min : bounds[r].max) ?? 0)}`
  return {
    kind: "divisible",
    message: `not even divided accounts could keep these bounds together: ${listed(rows.map(bound))}`,
    measures: named,
    territoryIds: territories,
    accountIds: [],
  }
}

/** Bounds of one measure whose sum contradicts the total; null where there are none. */
function explainSums(compiled: CompiledProblem, territoryIds: readonly string[]): Infeasibility | null {
  const { problem, measures, bounds, totals } = compiled
  const { k, measureCount: M } = problem
  for (let m = 0; m < M; m++) {
    let least = 0
    let most = 0
    for (let t = 0; t < k; t++) {
      least += bounds[t * M + m].min ?? 0
      most += bounds[t * M + m].max ?? totals[m]
    }
    const slack = 1e-9 * totals[m]
    if (least > totals[m] + slack || most < totals[m] - slack) {
      const low = least > totals[m]
      return {
        kind: "divisible",
        message:
          `the ${low ? "lower" : "upper"} bounds of ${measures[m]} sum to ${formatAmount(low ? least : most)}, ` +
          `but the accounts have ${formatAmount(totals[m])}: ${low ? "lower" : "raise"} them by ${formatAmount(Math.abs((low ? least : most) - totals[m]))} in all, or change the number of territories`,
        measures: [measures[m]],
        territoryIds: [...territoryIds],
        accountIds: [],
      }
    }
  }
  return null
}

/** Locked accounts that alone are more than their territory may have, the worst first; null where there are none. */
function explainLocks(compiled: CompiledProblem, territoryIds: readonly string[]): Infeasibility | null {
  const { problem, measures, bounds, ids, totals } = compiled
  const { n, k, measureCount: M, lockedTo } = problem
  const locked = new Float64Array(k * M)
  for (let i = 0; i < n; i++) if (lockedTo[i] >= 0) for (let m = 0; m < M; m++) locked[lockedTo[i] * M + m] += compiled.activities[i * M + m]
  const rows: number[] = []
  for (let r = 0; r < k * M; r++) {
    const { max } = bounds[r]
    if (max !== null && locked[r] > max + 1e-9 * totals[r % M]) rows.push(r)
  }
  if (rows.length === 0) return null
  const territories = [...new Set(rows.map((r) => Math.floor(r / M)))]
  return {
    kind: "divisible",
    message: `locked accounts alone are too much: ${listed(rows.map((r) => `${measures[r % M]} of ${JSON.stringify(territoryIds[Math.floor(r / M)])} is ${formatAmount(locked[r])} by locks, at most ${formatAmount(bounds[r].max as number)}`))}; unlock some of them, or raise the bound`,
    measures: [...new Set(rows.map((r) => measures[r % M]))],
    territoryIds: territories.map((t) => territoryIds[t]),
    accountIds: ids.filter((_, i) => territories.includes(lockedTo[i])),
  }
}

/** At most five, then "and x more". */
function listed(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(", ")
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown
}
