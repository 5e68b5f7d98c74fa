import { hasAny, listBits, sharedBits, type Bits } from "../../math/cover/bits.js"
import { findUncovered, type Work } from "../../math/cover/find-uncovered.js"
import { sharedPart, type RuleSpace } from "./rule-space.js"
import { shrinkPoint, type Shrunk } from "./shrink-point.js"

/** Two rules of different territories that match the same records at the same precedence. */
export interface Overlap extends Shrunk {
  readonly rules: readonly [number, number]
  readonly point: readonly number[]
}

/** Two rules that would overlap if others did not go before them wherever they do. */
export interface HiddenOverlap {
  readonly rules: readonly [number, number]
  readonly by: Bits
}

export interface Overlaps {
  /** As many as are to be described. */
  readonly overlaps: readonly Overlap[]
  /** Of all pairs that overlap: which rules are torn, by whether they have a rank. */
  readonly counts: { readonly ranked: number; readonly unranked: number }
  readonly hidden: readonly HiddenOverlap[]
  readonly open: readonly { readonly rules: readonly [number, number]; readonly part: readonly (readonly number[])[] }[]
}

/**
 * All pairs of rules that tie: the same precedence, different territories, and records that both match and no rule before them does.
 * Pairs by bitsets, O(pairs x rules / 32); a search for each pair that rules before it meet.
 *
 * @param live the rules that count; each holds somewhere
 * @param before by rule, the rules that go before it
 * @param meeting by rule, the rules that share a point with it
 * @param most ties of each kind to describe
 */
export function findOverlaps(space: RuleSpace, live: Bits, before: readonly Bits[], meeting: readonly Bits[], most: number, work: Work): Overlaps {
  const overlaps: Overlap[] = []
  const hidden: HiddenOverlap[] = []
  const open: { rules: readonly [number, number]; part: readonly (readonly number[])[] }[] = []
  const counts = { ranked: 0, unranked: 0 }
  for (const a of listBits(live)) {
    for (const b of listBits(meeting[a])) {
      const [one, other] = [space.rules[a], space.rules[b]]
      if (b <= a || one.precedence !== other.precedence || one.territoryId === other.territoryId) continue
      const kind = one.precedence === Infinity ? "unranked" : "ranked"
      const rules = [a, b] as const
      const isDescribed = counts[kind] < most
      const rivals = sharedBits(before[a], sharedBits(meeting[a], meeting[b]))
      work.left -= rivals.length
      if (!isDescribed && !hasAny(rivals)) {
        counts[kind]++
        continue
      }
      const part = sharedPart(space, rules)
      const cover = findUncovered(space, part, rivals, work)
      if (cover.isCovered === null) open.push({ rules, part: cover.open })
      else if (cover.isCovered) hidden.push({ rules, by: cover.by })
      else {
        counts[kind]++
        if (isDescribed) overlaps.push({ rules, point: cover.point, ...shrinkPoint(space, cover.point, part, rivals) })
      }
    }
  }
  return { overlaps, counts, hidden, open }
}
