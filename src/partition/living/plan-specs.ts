import type { TerritorySpec } from "../../model/territory.js"
import type { PartitionOptions } from "../partition-options.js"
import type { LivePlan } from "./read-plan.js"

/**
 * The plan's territories as functions of the caller see them, in the plan's order: the caller's own where the options list them, else
 * what the plan keeps of them (id, name, shares, bounds, and the center where the plan depends on it). O(k).
 */
export function specsOfPlan<A>({ plan, digest }: LivePlan, { territories }: Partial<PartitionOptions<A>>): TerritorySpec[] {
  const stated = new Map((Array.isArray(territories) ? (territories as readonly TerritorySpec[]) : []).map((spec) => [spec.id, spec]))
  return plan.territories.map(({ id, name }, t): TerritorySpec => {
    const kept = typeof digest.territories === "number" ? { id } : digest.territories[t]
    return stated.get(id) ?? { ...kept, ...(name === undefined ? {} : { name }) }
  })
}
