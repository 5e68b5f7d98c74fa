import { compareIds } from "../../model/compare-ids.js"
import type { Warning } from "../../model/error.js"
import { guardCall } from "../../model/guard-call.js"
import type { PerformanceResult } from "../performance-result.js"
import type { ActionsOptions } from "./actions-options.js"
import type { Action, ActionsResult, NoAction } from "./actions-result.js"
import { explainByLoad, weighLoads } from "./explain-by-load.js"
import { explainByMix } from "./explain-by-mix.js"
import { explainByPotential } from "./explain-by-potential.js"
import { isWorse } from "./evidence.js"
import { explainByRate, leaveAlone } from "./explain-by-rate.js"
import { readActions } from "./read-actions.js"

/**
 * Says what to do about a comparison: whom to coach, which boundary to move, where a head is missing; and whom to leave alone.
 *
 * Nothing is recommended on a figure that chance explains. `coach` only where the rate is worse within segments (like for like, adjusted for
 * the number of territories) and still is when drawn toward the others; `move-boundary` where mix or potential explain the difference, or
 * where others have room for work beyond capacity; `add-headcount` for what nobody has room for. Who has more work than he can do is
 * relieved before he is blamed.
 *
 * @param performance what `comparePerformance` returned, with `segment`: without it no one is coached
 * @param options see {@link ActionsOptions}
 * @returns actions, the largest gain first, each with the figures that it rests on and the gain with its interval; and for every other
 *   territory why there is none
 * @throws TerritoryError with all issues: an unknown KPI or territory, capacity that is not positive, an unknown option
 *
 * Deterministic. O(territories log territories).
 *
 * Not suitable as the last word on people: it knows figures only. Gains are what to expect if a territory comes up to the others, or if more
 * selling brings what it brought elsewhere; a test (`planTest`, `evaluateChange`) shows whether it did.
 *
 * Source: what more effort brings, Albers, Mantrala & Sridhar, J. Marketing Research 47, 2010; shrunken deficits, Clayton & Kaldor 1987, Morris 1983.
 *
 * @example
 * const deals = ["ann", "bob", "cid", "dee"].flatMap((rep) => Array.from({ length: 200 }, (_, i) => ({
 *   rep, tier: i % 2 === 0 ? "small" : "large", won: i % 10 < (rep === "ann" ? 1 : 4) ? 1 : 0,
 * })))
 * const compared = comparePerformance(deals, { territory: "rep", segment: "tier", kpis: { winRate: { numerator: "won", kind: "proportion" } } })
 * const { actions } = recommendActions(compared)
 * actions.map((one) => `${one.action} ${one.territoryId}`) // ["coach ann"]
 */
export function recommendActions(performance: PerformanceResult, options: ActionsOptions = {}): ActionsResult {
  return guardCall({ performance, options }, (own) => recommendActionsUnguarded(own.performance, own.options))
}

function recommendActionsUnguarded(performance: PerformanceResult, options: ActionsOptions): ActionsResult {
  const input = readActions(performance, options)
  const loads = weighLoads(input)
  const actions: Action[] = []
  const noActions: NoAction[] = []
  for (const territory of input.territories) {
    const byLoad = explainByLoad(territory, input, loads)
    const byMix = explainByMix(territory, input)
    const byPotential = explainByPotential(territory, input)
    const byRate = explainByRate(territory, input)
    const found = [...byLoad, ...[byMix, byPotential].flatMap((one) => one ?? [])]
    if (byRate !== null && byLoad.length === 0) found.push(byRate)
    if (byRate !== null && byLoad.length > 0) noActions.push({ territoryId: territory.id, reason: "overloaded-first", neededRows: null, message: `${territory.id}: the rate is worse like for like, but there is more work than can be done; relieve it first, then compare again` })
    if (found.length === 0) noActions.push(leaveAlone(territory, input))
    for (const one of found) actions.push(one)
  }
  actions.sort((a, b) => Number(a.gain.isTransfer) - Number(b.gain.isTransfer) || b.gain.value - a.gain.value || compareIds(a.territoryId, b.territoryId) || compareIds(a.reason, b.reason))
  const warnings: Warning[] = []
  const blind = input.territories.filter((territory) => isWorse(territory.verdict.verdict, input) && (territory.verdict.likeForLike ?? null) === null)
  if (blind.length > 0) warnings.push({ code: "segment-missing", path: "performance", message: `performance: ${blind.length} of ${input.territories.length} territories are worse, but were not compared like for like; name a segment, or nobody can be coached on it` })
  return { kpi: input.kpi, actions, noActions, capacity: input.hasCapacity ? { overload: loads.overload, room: loads.room, heads: loads.heads } : null, warnings }
}
