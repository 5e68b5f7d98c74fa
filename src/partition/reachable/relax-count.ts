import { changeProblem } from "../../math/transport/transport-problem.js"
import type { Issue } from "../../model/error.js"
import type { CompiledProblem } from "../compile-problem.js"
import type { Relaxation } from "../infeasible/infeasibility.js"
import { findTerritoryBounds } from "../territory-bounds.js"
import { reachWith } from "./relax-key-territories.js"
import { tellSumGap } from "./tell-sum-gap.js"

/** Numbers of territories solved for, at most, in each direction. */
const MAX_SOLVED = 12
/** Activities above a maximum by less than this share of it are at it. */
const SAME = 1e-9
/** One territory is no plan. */
const FEWEST = 2

/**
 * The next number of territories, below and above, at which accounts that are too heavy for a territory are whole,
 * no cheap test proves that whole accounts do not fit, and all others could be divided. Only where the caller gave a
 * number of territories, and none is locked to.
 */
export function* relaxCount(units: CompiledProblem): Generator<undefined, Relaxation[]> {
  const { specs, problem, measures, measureOptions, totals } = units
  const { n, k, measureCount: M, lockedTo } = problem
  if (specs !== null || lockedTo.some((t) => t >= 0)) return []
  const found: Relaxation[] = []
  const heaviest = new Float64Array(M)
  for (let u = 0; u < n; u++) for (let m = 0; m < M; m++) heaviest[m] = Math.max(heaviest[m], units.activities[u * M + m])
  for (const direction of [-1, 1]) {
    for (
      let count = k + direction, solved = 0;
      count >= FEWEST && count <= n && solved < MAX_SOLVED;
      count += direction, solved++
    ) {
      const issues: Issue[] = []
      const bounds = findTerritoryBounds(count, null, measures, measureOptions, totals, issues)
      // who is heavier than every territory may be fits in none, however the others are divided
      if (issues.length === 0 && bounds.some(({ max }, r) => max !== null && heaviest[r % M] > max * (1 + SAME))) continue
      const changed = { ...units, bounds, problem: changeProblem(problem, { k: count, homes: null }) }
      if (
        issues.length > 0 ||
        tellSumGap(
          changed,
          Array.from({ length: count }, (_, t) => String(t)),
        ) !== null
      )
        continue
      const there = yield* reachWith(units, count, null)
      if (there?.isAsked !== true) continue
      found.push({
        message: `make it ${count} territories instead of ${k}`,
        changes: [{ kind: "territories", from: k, to: count }],
        provenBy: "divided",
        isMinimal: false,
      })
      break
    }
  }
  return found
}
