import { pow } from "../../math/exact/pow.js"
import { formatCount } from "../../model/format-amount.js"
import type { Action, Gain } from "./actions-result.js"
import { brief, evidence } from "./evidence.js"
import type { ActionsInput } from "./read-actions.js"

/** Work beyond capacity, over all territories. */
export interface Loads {
  /** Of territories whose work exceeds their capacity by more than the tolerance: what exceeds it. */
  readonly overload: number
  /** Of the others: what they could take. */
  readonly room: number
  /** What is left of the overload then, in whole heads. */
  readonly heads: number
}

/** Adds up what is too much here and what there is room for there. O(territories). */
export function weighLoads({ territories, tolerance, capacityPerHead }: ActionsInput): Loads {
  let overload = 0
  let room = 0
  for (const { capacity } of territories) {
    if (capacity === null) continue
    if (isOverloaded(capacity, tolerance)) overload += capacity.workload - capacity.capacity
    else room += Math.max(0, capacity.capacity - capacity.workload)
  }
  const left = Math.max(0, overload - room)
  return { overload, room, heads: capacityPerHead === null ? 0 : Math.ceil(left / capacityPerHead - 1e-9) + 0 }
}

/**
 * What relieves a territory with more work than its people can do: a boundary, for the part that others have room for, and heads for the rest. What
 * is not done today brings nothing; done, the numerator rises by the elasticity of selling. Of costs it is the denominator that rises, and the same
 * then costs so much less.
 */
export function explainByLoad({ id, verdict, capacity }: ActionsInput["territories"][number], { tolerance, elasticity, capacityPerHead, isLowerBetter }: ActionsInput, loads: Loads): Action[] {
  if (capacity === null || !isOverloaded(capacity, tolerance)) return []
  const over = capacity.workload - capacity.capacity
  const moved = over * Math.min(1, loads.room / loads.overload)
  const left = over - moved
  const gainOf = (work: number, before: number): Gain => {
    // a numerator of returns or losses does not grow by selling
    const at = (power: number): number => {
      const [from, to] = [pow(before / capacity.capacity, power), pow((before + work) / capacity.capacity, power)]
      return Math.min(Number.MAX_VALUE, Math.max(0, verdict.numerator) * (isLowerBetter ? 1 / from - 1 / to : to - from))
    }
    return { low: at(elasticity.low), value: at(elasticity.value), high: at(elasticity.high), isTransfer: false }
  }
  const load = [...evidence("capacity.workload", capacity.workload), ...evidence("capacity.capacity", capacity.capacity), ...evidence("capacity.utilization", capacity.workload / capacity.capacity), ...evidence("capacity.roomElsewhere", loads.room)]
  const lead = `${id}: work of ${brief(capacity.workload)} for a capacity of ${brief(capacity.capacity)} (${brief(100 * (capacity.workload / capacity.capacity))} %)`
  const span = ({ low, value, high }: Gain): string => `${isLowerBetter ? "save" : "bring"} ${brief(value)}${isLowerBetter ? "" : " more"} (${brief(low)} to ${brief(high)})`
  const actions: Action[] = []
  if (moved > 1e-9 * over) {
    const gain = gainOf(moved, capacity.capacity)
    actions.push({ territoryId: id, action: "move-boundary", reason: "overload", evidence: load, gain, heads: null, message: `${lead}; move a boundary: others have room for ${brief(moved)} of it. Done, it may ${span(gain)}` })
  }
  if (left > 1e-9 * over && capacityPerHead !== null) {
    const gain = gainOf(left, capacity.capacity + moved)
    const heads = left / capacityPerHead
    actions.push({ territoryId: id, action: "add-headcount", reason: "capacity", evidence: load, gain, heads, message: `${lead}; add ${brief(Math.round(heads * 100) / 100)} ${Math.round(heads * 100) === 100 ? "head" : "heads"}: nobody has room for ${brief(left)} of it (${formatCount(loads.heads, "head")} over all territories). Done, it may ${span(gain)}` })
  }
  return actions
}

function isOverloaded({ workload, capacity }: { readonly workload: number; readonly capacity: number }, tolerance: number): boolean {
  return workload > capacity * (1 + tolerance)
}
