import type { CompiledProblem } from "../compile-problem.js"
import { recenter } from "../recenter.js"
import type { ExploreResult } from "./explore-result.js"
import { measureBalance } from "./balance-state.js"
import { homeOf } from "./search-point.js"
import type { ToleranceScale } from "./tolerance-scale.js"
import { measureTrial, type Trial } from "./trial.js"

/**
 * The plan as it stands; null where some account has no owner, or one that is no territory here or may not have it. O(n M).
 *
 * @param shown the plans of the set, by single accounts, and their labels
 * @yields now and then
 */
export function* describeToday(compiled: CompiledProblem, scale: ToleranceScale, shown: readonly Trial[], labels: readonly string[]): Generator<undefined, ExploreResult["today"]> {
  const { homes, n } = compiled.problem
  if (!homes) return null
  const owner = Int32Array.from({ length: n }, (_, i) => homeOf(homes, i))
  if (owner.includes(-1)) return null
  // a territory without accounts lies where some plan has it: nothing hangs on that
  const { centers, prices } = yield* recenter(compiled, { owner, violation: 0 }, shown[0])
  const trial = measureTrial(compiled, scale, { owner, centers, prices, rate: 0, tolerance: 0, movedShare: 0, stoppedBy: "converged", iterations: 0 })
  const { imbalances } = measureBalance(compiled, scale, owner)
  const at = shown.findIndex((other) => other.owner.every((t, i) => t === owner[i]))
  return {
    figures: {
      cost: compiled.countsDistance ? trial.cost : null,
      imbalance: scale.widest === null ? null : trial.needed,
      imbalances: Object.fromEntries(compiled.measures.map((name, m) => [name, imbalances[m]])),
      movedCount: 0,
      movedShare: 0,
    },
    label: at < 0 ? null : labels[at],
  }
}
