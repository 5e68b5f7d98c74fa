import type { Issue } from "../../model/error.js"
import { createAccountSets } from "../../math/feasible/account-sets.js"
import { createDivisibleFit } from "../../math/feasible/divisible-fit.js"
import { findTerritoryBounds } from "../territory-bounds.js"
import { sidesOf, type FitCase } from "./fit-case.js"
import type { Relaxation } from "./infeasibility.js"

/** Numbers of territories solved for, at most, in each direction. */
const MAX_SOLVED = 6
/** Sums that differ by less than this share are the same. */
const ROUNDING = 1e-9

/**
 * The next number of territories, below and above, for which divided accounts fit. Only where the caller gave a number: what
 * shares and bounds a listed territory more would have, nobody knows.
 */
export function* relaxTerritoryCount({ compiled, locked, fit }: FitCase, maxWork: number): Generator<undefined, Relaxation[]> {
  if (compiled.specs !== null) return []
  const { problem, measures, measureOptions, totals, activityUnits } = compiled
  const { n, k, lockedTo } = problem
  const places = new Map([...new Set(locked.map((i) => lockedTo[i]))].sort((a, b) => a - b).map((t, place) => [t, place]))
  const packed = lockedTo.map((t) => places.get(t) ?? -1)
  const found: Relaxation[] = []
  for (const direction of [-1, 1]) {
    let solved = 0
    for (let count = k + direction; count >= Math.max(1, places.size) && count <= n && count <= 2 * k + 1; count += direction) {
      const issues: Issue[] = []
      const bounds = findTerritoryBounds(count, null, measures, measureOptions, totals, issues)
      if (issues.length > 0 || !sumsFit(count, bounds)) continue
      if (solved++ === MAX_SOLVED || fit.work() > maxWork) break
      const { sets, setOf } = createAccountSets({ n, k: count, lockedTo: packed }, null)
      const { lower, upper } = sidesOf(bounds, activityUnits)
      const answer = yield* createDivisibleFit(count, measures.length, problem.activities, sets).ask(lower, upper, setOf)
      if (answer.status !== "fits") continue
      found.push({ message: `make it ${count} ${count === 1 ? "territory" : "territories"} instead of ${k}`, changes: [{ kind: "territories", from: k, to: count }], provenBy: "divided", isMinimal: true })
      break
    }
  }
  return found

  function sumsFit(count: number, bounds: ReturnType<typeof findTerritoryBounds>): boolean {
    return measures.every((_, m) => {
      const { min, max } = bounds[m]
      return (min ?? 0) * count <= totals[m] * (1 + ROUNDING) && (max ?? totals[m]) * count >= totals[m] * (1 - ROUNDING)
    })
  }
}
