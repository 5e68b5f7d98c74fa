import { imbalanceOf } from "../../criteria/balance.js"
import type { Assignment } from "../../model/alignment.js"
import { gapOf } from "../judge.js"
import type { Certificate, PartitionResult } from "../partition-result.js"
import type { BoundRow } from "../territory-bounds.js"
import type { BalanceRows } from "./balance-rows.js"
import type { Choices } from "./choose-territories.js"
import type { LivePlan } from "./read-plan.js"

/** A plan's territories with accounts added. */
export interface Added {
  /** k. */
  readonly counts: Int32Array
  readonly costs: Float64Array
  /** k x M: with the new accounts. */
  readonly activities: Float64Array
  readonly bounds: readonly BoundRow[]
  readonly balance: BalanceRows
  /** Whether some pairs of new accounts have no distance. */
  readonly isPartial: boolean
}

/**
 * The plan with new accounts in it: a plan like any other, but that its centers are those of the old accounts. O(accounts + k M).
 *
 * Its bound is proven by the same prices: they price the new accounts, and the new bounds, as they did the old ones.
 */
export function extendPlan(live: LivePlan, rows: readonly Assignment[], added: Added, choices: Choices): PartitionResult {
  const { plan, names } = live
  const M = names.length
  const territories = plan.territories.map((territory, t) => ({
    ...territory,
    center: territory.center === null ? null : { ...territory.center },
    accountCount: territory.accountCount + added.counts[t],
    cost: territory.cost === null ? null : territory.cost + added.costs[t],
    measures: Object.fromEntries(
      names.map((name, m) => {
        const { target, min, max } = added.bounds[t * M + m]
        return [name, { activity: added.activities[t * M + m], target, min, max, deviation: added.balance.deviations[t * M + m] }]
      }),
    ),
    prices: Object.fromEntries(names.map((name) => [name, territory.prices[name]])),
  }))
  const cost = plan.cost === null ? null : territories.reduce((sum, territory) => sum + (territory.cost ?? 0), 0)
  const kept = plan.violations.filter(({ criterion }) => criterion !== "balance" && criterion !== "capacity")
  const violations = [...added.balance.violations.filter((violation) => violation !== null), ...kept]
  return {
    alignment: [...plan.alignment, ...rows],
    territories,
    imbalance: Object.fromEntries(names.map((name, m) => [name, imbalanceOf(territories.map((_, t) => added.balance.deviations[t * M + m]))])),
    cost,
    // new accounts were nobody's: they do not move
    disruption: plan.disruption,
    certificate: extendCertificate(live, added, choices, cost),
    violations,
    infeasibility: violations.length === 0 && plan.infeasibility?.kind === "indivisible" ? null : plan.infeasibility,
    warnings: plan.warnings,
    stoppedBy: plan.stoppedBy,
    iterations: plan.iterations,
    seed: plan.seed,
    digest: JSON.parse(JSON.stringify(plan.digest)) as PartitionResult["digest"],
  }
}

/** The plan without new accounts: its own parts again, but for rows. */
export function copyPlan({ plan }: LivePlan): PartitionResult {
  const { alignment, violations, warnings, ...parts } = plan
  return { ...(JSON.parse(JSON.stringify(parts)) as Omit<PartitionResult, "alignment" | "violations" | "warnings">), alignment: [...alignment], violations, warnings }
}

/**
 * lowerBound = sum_i min_t (cost_it - sum_m price_tm activity_im) + sum_tm (min_tm max(price_tm, 0) - max_tm max(-price_tm, 0)):
 * the new accounts add to the first sum, and the second is that of the new bounds. A bound over all centers is of other prices.
 */
function extendCertificate(live: LivePlan, added: Added, choices: Choices, cost: number | null): Certificate {
  const { certificate } = live.plan
  const before = certificate.scope === "given-centers" ? certificate.lowerBound : null
  const lowerBound = before === null ? null : before + choices.leastSum + boundTerms(live.prices, added.bounds) - boundTerms(live.prices, live.bounds)
  return { scope: "given-centers", pairs: certificate.pairs === "listed" || added.isPartial ? "listed" : "all", lowerBound, relaxedCost: null, gap: gapOf((cost ?? 0) + (live.plan.disruption?.cost ?? 0), lowerBound), isOptimal: false }
}

function boundTerms(prices: Float64Array, bounds: readonly BoundRow[]): number {
  return prices.reduce((sum, price, r) => sum + (price > 0 ? price * (bounds[r].min ?? 0) : price * (bounds[r].max ?? 0)), 0)
}
