import { addBit, countShared, hasAny, hasBit, listBits, sharedBits, type Bits } from "../../math/cover/bits.js"
import { findUncovered, type Work } from "../../math/cover/find-uncovered.js"
import { sharedPart, type RuleSpace } from "./rule-space.js"

/** A rule that decides nowhere, and the rules that go before it wherever it matches. */
export interface Unreachable {
  readonly rule: number
  readonly by: readonly number[]
  /** None of them can be left out. */
  readonly isMinimal: boolean
}

/**
 * Rules whose box is covered by those before them, alone or together: a rule that holds all of it is looked for first; else the search
 * names rules that cover it, and those are left out one after the other that are not needed.
 *
 * @param live the rules that count; each holds somewhere
 * @param before by rule, the rules that go before it
 * @param meeting by rule, the rules that share a point with it
 * @param share of the work at most for one rule
 */
export function findUnreachable(
  space: RuleSpace,
  live: Bits,
  before: readonly Bits[],
  meeting: readonly Bits[],
  share: number,
  work: Work,
): { readonly unreachable: readonly Unreachable[]; readonly open: readonly { readonly rule: number; readonly part: readonly (readonly number[])[] }[] } {
  const unreachable: Unreachable[] = []
  const open: { rule: number; part: readonly (readonly number[])[] }[] = []
  for (const rule of listBits(live)) {
    const rivals = sharedBits(before[rule], meeting[rule])
    work.left -= rivals.length
    if (!hasAny(rivals)) continue
    const part = sharedPart(space, [rule])

    const cover = spend(share, work, (own) => findUncovered(space, part, rivals, own))
    if (cover.isCovered === null) open.push({ rule, part: cover.open })
    else if (cover.isCovered) unreachable.push({ rule, ...leaveOut(space, part, cover.by, share, work) })
  }
  return { unreachable, open }
}

/** Leaves out what is not needed, the last rules first. */
function leaveOut(space: RuleSpace, part: readonly (readonly number[])[], by: Bits, share: number, work: Work): { by: readonly number[]; isMinimal: boolean } {
  let isMinimal = true
  const needed = by.slice()
  for (const r of listBits(by).reverse()) {
    if (countShared(needed, needed) === 1) break
    needed[r >>> 5] &= ~(1 << (r & 31))
    const cover = spend(share, work, (own) => findUncovered(space, part, needed, own))
    if (cover.isCovered === true) continue
    addBit(needed, r)
    if (cover.isCovered === null) isMinimal = false
  }
  return { by: listBits(needed).filter((r) => hasBit(by, r)), isMinimal }
}

/** Work on one question, within a share of what all may take. */
function spend<T>(share: number, work: Work, run: (own: Work) => T): T {
  const own = { left: Math.min(share, work.left) }
  const given = own.left
  const answer = run(own)
  work.left -= given - own.left
  return answer
}
