import { addBit, countShared, emptyBits, hasAny, hasBit, sharedBits, type Bits } from "../../math/cover/bits.js"
import { findUncovered, type Work } from "../../math/cover/find-uncovered.js"
import { compareIds } from "../../model/compare-ids.js"
import { findGaps, type Gap } from "./find-gaps.js"
import type { HiddenOverlap, Overlap } from "./find-overlaps.js"
import type { ReadRule } from "./read-rules.js"
import { sharedPart, type RuleSpace } from "./rule-space.js"
import { shrinkPoint } from "./shrink-point.js"

/** Accounts that the same rules exclude and none includes. */
export interface ExcludedGroup {
  /** Ascending. */
  readonly accountIds: readonly string[]
  readonly rules: Bits
}

/** The first of the rules that include an account: those that none goes before. By account id, ascending. */
export function firstInclusions(rules: readonly ReadRule[]): ReadonlyMap<string, readonly number[]> {
  const first = new Map<string, number[]>()
  rules.forEach(({ include, precedence }, r) => {
    for (const id of include) {
      const own = first.get(id)
      if (own === undefined || rules[own[0]].precedence > precedence) first.set(id, [r])
      else if (rules[own[0]].precedence === precedence) own.push(r)
    }
  })
  return new Map([...first].sort(([a], [b]) => compareIds(a, b)))
}

/** Excluded accounts by the rules that exclude them, in the order of their smallest ids. O(exclusions). */
export function groupExcluded(space: RuleSpace, live: Bits, included: ReadonlyMap<string, unknown>): readonly ExcludedGroup[] {
  const byAccount = new Map<string, number[]>()
  space.rules.forEach(({ exclude }, r) => {
    if (!hasBit(live, r)) return
    for (const id of exclude) if (!included.has(id)) byAccount.set(id, [...(byAccount.get(id) ?? []), r])
  })
  const groups = new Map<string, { accountIds: string[]; rules: Bits }>()
  for (const [id, excluding] of [...byAccount].sort(([a], [b]) => compareIds(a, b))) {
    const key = excluding.join()
    const group = groups.get(key)
    if (group !== undefined) group.accountIds.push(id)
    else {
      const rules = emptyBits(space.count)
      for (const r of excluding) addBit(rules, r)
      groups.set(key, { accountIds: [id], rules })
    }
  }
  return [...groups.values()]
}

/** What becomes of the accounts of a group, beyond what becomes of others. */
export interface GroupAnswer {
  readonly gap: Gap | null
  readonly overlaps: readonly Overlap[]
  readonly openGap: readonly (readonly number[])[] | null
  readonly openOverlaps: readonly { readonly rules: readonly [number, number]; readonly part: readonly (readonly number[])[] }[]
}

/**
 * @param by rules that cover all together; null: it is not so, or not known, and gaps are not looked for
 * @param hidden overlaps that the rules which exclude the accounts may have hidden
 */
export function analyzeGroup(space: RuleSpace, live: Bits, group: ExcludedGroup, by: Bits | null, hidden: readonly HiddenOverlap[], before: readonly Bits[], work: Work): GroupAnswer {
  const left = live.map((word, w) => word & ~group.rules[w])
  const gaps = by !== null && countShared(by, group.rules) > 0 ? findGaps(space, left, 1, work) : null
  const overlaps: Overlap[] = []
  const openOverlaps: { rules: readonly [number, number]; part: readonly (readonly number[])[] }[] = []
  for (const { rules, by: hiding } of hidden) {
    if (!hasAny(sharedBits(hiding, group.rules)) || rules.some((r) => hasBit(group.rules, r))) continue
    const part = sharedPart(space, rules)
    const rivals = sharedBits(before[rules[0]], left)
    const cover = findUncovered(space, part, rivals, work)
    if (cover.isCovered === null) openOverlaps.push({ rules, part: cover.open })
    else if (!cover.isCovered) overlaps.push({ rules, point: cover.point, ...shrinkPoint(space, cover.point, part, rivals) })
  }
  return { gap: gaps?.gaps[0] ?? null, overlaps, openGap: gaps?.open ?? null, openOverlaps }
}
