import { hasAny, hasBit, listBits, type Bits } from "../../math/cover/bits.js"
import { compareIds } from "../../model/compare-ids.js"
import { rulesAtPoint, type RuleSpace } from "./rule-space.js"
import type { RoutingReason } from "./routing-result.js"

/** The path of all accounts at one point that the same rules name. Rules are numbers. */
export interface Path {
  readonly territoryIds: readonly string[]
  readonly reason: RoutingReason
  readonly wonBy: readonly number[]
  readonly outranked: readonly number[]
  readonly excludedBy: readonly number[]
  /** For a gap: the rule, and the dimensions on which it fails. */
  readonly nearest: { readonly rule: number; readonly failed: readonly number[] } | null
}

/** Rules that name an account. */
export interface Naming {
  readonly including: readonly number[]
  readonly excluding: readonly number[]
}

/** `String.fromCharCode` takes numbers modulo this. */
const LETTERS = 0x10000

/** A text that no other point of the space has: a letter a class where letters suffice, else numbers, which make it longer. */
export function keyOfPoint(point: readonly number[]): string {
  let letters = ""
  for (const c of point) {
    if (c >= LETTERS) return point.join()
    letters += String.fromCharCode(c)
  }
  return letters
}

const UNNAMED: Naming = Object.freeze({ including: Object.freeze([]), excluding: Object.freeze([]) })

/** Rules by the account that they name; one look at every id. */
export function readNaming(space: RuleSpace): (accountId: string) => Naming {
  const naming = new Map<string, { including: number[]; excluding: number[] }>()
  const of = (id: string): { including: number[]; excluding: number[] } => {
    const known = naming.get(id) ?? { including: [], excluding: [] }
    naming.set(id, known)
    return known
  }
  space.rules.forEach(({ include, exclude }, r) => {
    for (const id of include) of(id).including.push(r)
    for (const id of exclude) of(id).excluding.push(r)
  })
  return (accountId) => naming.get(accountId) ?? UNNAMED
}

/**
 * Decides for an account: rules that include it, else rules whose conditions it meets and that do not exclude it; of these the ones that
 * none goes before. O(dimensions x rules / 32 + matches), and some times more for a gap.
 *
 * @param point a class per dimension
 */
export function decideAccount(space: RuleSpace, point: readonly number[], { including, excluding }: Naming): Path {
  const { rules } = space
  const meeting = listBits(rulesAtPoint(space, point))
  const excludedBy = excluding.length === 0 ? [] : meeting.filter((r) => excluding.includes(r))
  const matching = excludedBy.length === 0 ? meeting : meeting.filter((r) => !excludedBy.includes(r))
  const candidates = including.length > 0 ? including : matching
  if (candidates.length === 0) {
    return { territoryIds: [], reason: "no-match", wonBy: [], outranked: [], excludedBy, nearest: nearestMiss(space, point, excludedBy) }
  }
  const best = candidates.reduce((least, r) => Math.min(least, rules[r].precedence), Infinity)
  const wonBy = candidates.filter((r) => rules[r].precedence === best)
  const territoryIds = [...new Set(wonBy.map((r) => rules[r].territoryId))].sort(compareIds)
  const lost = [...new Set([...including, ...matching])].filter((r) => !wonBy.includes(r))
  const outranked = lost.sort((a, b) => (rules[a].precedence === rules[b].precedence ? a - b : rules[a].precedence - rules[b].precedence))
  return { territoryIds, reason: reasonOf(territoryIds.length, including.length > 0, wonBy.length, candidates.length), wonBy, outranked, excludedBy, nearest: null }
}

function reasonOf(territoryCount: number, isIncluded: boolean, wonCount: number, candidateCount: number): RoutingReason {
  if (territoryCount > 1) return "tie"
  if (isIncluded) return "inclusion"
  if (candidateCount === 1) return "only-match"
  return wonCount < candidateCount ? "precedence" : "agreement"
}

/** Failures of all rules are counted at once, 32 to a word, as binary numbers whose digits stand in planes of words. */
function nearestMiss(space: RuleSpace, point: readonly number[], excludedBy: readonly number[]): Path["nearest"] {
  const { rules, dimensions, conditional } = space
  const planes: Bits[] = []
  point.forEach((c, d) => {
    const holders = dimensions[d].holders[c]
    const carry = conditional.map((word, w) => word & ~holders[w])
    for (let p = 0; hasAny(carry); p++) {
      planes[p] ??= new Uint32Array(carry.length)
      for (let w = 0; w < carry.length; w++) {
        const sum = planes[p][w] ^ carry[w]
        carry[w] &= planes[p][w]
        planes[p][w] = sum
      }
    }
  })
  // an account that a rule excludes meets it otherwise
  for (const r of excludedBy) for (const plane of planes) plane[r >>> 5] &= ~(1 << (r & 31))
  let fewest = conditional
  for (const plane of planes.reverse()) {
    const without = fewest.map((word, w) => word & ~plane[w])
    if (hasAny(without)) fewest = without
  }
  const nearest = listBits(fewest)
  if (nearest.length === 0) return null
  const rule = nearest.reduce((best, r) => (rules[r].precedence < rules[best].precedence ? r : best))
  return { rule, failed: point.flatMap((c, d) => (hasBit(dimensions[d].holders[c], rule) ? [] : [d])) }
}
