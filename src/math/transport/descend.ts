import { applyMove, entryFor, violationAt, type WholePlan } from "./whole-plan.js"

/**
 * Lowers the cost of a whole plan by shifts of one account and swaps of two between neighbours, never leaving a bound that is
 * kept and never worsening one that is not. Passes over all accounts in order until a pass finds nothing or `maxPasses`.
 * Changes `plan`. O(candidates x members of a territory) a pass.
 *
 * @returns how much cost was saved
 */
export function* descendCost(plan: WholePlan, maxPasses: number): Generator<undefined, number> {
  const { problem, candidates, entry, activity, memberStart, members, accountOf } = plan
  const { n, measureCount: M, activities } = problem
  const { start, territory, cost } = candidates
  let saved = 0
  for (let pass = 0; pass < maxPasses; pass++) {
    let found = 0
    for (let i = 0; i < n; i++) {
      if (start[i + 1] - start[i] < 2) continue
      if (i % 256 === 0) yield undefined
      const gain = improve(i)
      found += gain
    }
    saved += found
    if (!(found > 0)) break
  }
  return saved

  /** The best shift of account i, or else its best swap. */
  function improve(i: number): number {
    const from = territory[entry[i]]
    let best = -1
    let partner = -1
    let least = -1e-12 * cost[entry[i]]
    for (let e = start[i]; e < start[i + 1]; e++) {
      if (e === entry[i]) continue
      const change = cost[e] - cost[entry[i]]
      if (change < least && allowed(from, territory[e], i, -1)) {
        least = change
        best = e
        partner = -1
      }
    }
    for (let e = start[i]; e < start[i + 1]; e++) {
      if (e === entry[i]) continue
      const b = territory[e]
      const change = cost[e] - cost[entry[i]]
      for (let s = memberStart[b]; s < memberStart[b + 1]; s++) {
        const j = accountOf[members[s]]
        if (entry[j] !== members[s]) continue
        const back = entryFor(plan, j, from)
        if (back < 0 || change + cost[back] - cost[entry[j]] >= least) continue
        if (!allowed(from, b, i, j)) continue
        least = change + cost[back] - cost[entry[j]]
        best = e
        partner = back
      }
    }
    if (best < 0) return 0
    applyMove(plan, i, best)
    if (partner >= 0) applyMove(plan, accountOf[partner], partner)
    return -least
  }

  /** Whether i may go from a to b (and j back) without a new or larger violation. */
  function allowed(a: number, b: number, i: number, j: number): boolean {
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m] - (j >= 0 ? activities[j * M + m] : 0)
      if (w === 0) continue
      const ra = a * M + m
      const rb = b * M + m
      if (violationAt(plan, ra, activity[ra] - w) > violationAt(plan, ra, activity[ra])) return false
      if (violationAt(plan, rb, activity[rb] + w) > violationAt(plan, rb, activity[rb])) return false
    }
    return true
  }
}
