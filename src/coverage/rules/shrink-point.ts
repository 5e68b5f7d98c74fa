import { addBit, addBits, emptyBits, hasBit, keepBits, listBits, type Bits } from "../../math/cover/bits.js"
import type { RuleSpace } from "./rule-space.js"

/** A witness that names only what matters, and the box around it. */
export interface Shrunk {
  /** Dimensions whose class in the point matters, ascending: none of them can be left out. */
  readonly named: readonly number[]
  /** Classes per dimension: all of them show what the point shows. */
  readonly part: readonly (readonly number[])[]
}

/**
 * Names the dimensions that a point needs to be inside of a part and outside of rules: those in which the part is not all, and of the others
 * as many as keep every rule out. Dimensions that keep the fewest rules out are dropped first. Then the box is widened, dimension by
 * dimension, as far as it keeps every rule out. O(rules x dimensions + classes x rules / 32).
 *
 * @param point a class per dimension, inside of the part and of none of the rules
 */
export function shrinkPoint(space: RuleSpace, point: readonly number[], inside: readonly (readonly number[])[], rules: Bits): Shrunk {
  const { dimensions } = space
  const against = listBits(rules)
  const isNamed = dimensions.map(() => true)
  const keepsOut = (d: number, r: number): boolean => !hasBit(dimensions[d].holders[point[d]], r)
  const guards = against.map((r) => dimensions.reduce((count, _, d) => count + Number(keepsOut(d, r)), 0))
  const order = dimensions
    .flatMap(({ possible }, d) => (inside[d].length < possible.length ? [] : [{ d, count: against.reduce((count, r) => count + Number(keepsOut(d, r)), 0) }]))
    .sort((a, b) => a.count - b.count || b.d - a.d)
  for (const { d } of order) {
    if (against.some((r, a) => guards[a] === 1 && keepsOut(d, r))) continue
    isNamed[d] = false
    against.forEach((r, a) => (guards[a] -= Number(keepsOut(d, r))))
  }

  const part: (readonly number[])[] = dimensions.map(({ possible }, d) => (isNamed[d] ? [point[d]] : possible))
  const named = dimensions.flatMap((_, d) => (isNamed[d] ? [d] : []))
  for (const d of named) {
    // rules that only this dimension keeps out
    const near = rules.slice()
    for (const other of named) if (other !== d) keepBits(near, heldBy(space, other, part[other]))
    part[d] = inside[d].filter((c) => dimensions[d].holders[c].every((word, w) => (word & near[w]) === 0))
  }
  return { named, part }
}

/** Rules that hold somewhere in these classes of a dimension. */
export function heldBy(space: RuleSpace, d: number, classes: readonly number[]): Bits {
  const some = emptyBits(space.count)
  for (const c of classes) addBits(some, space.dimensions[d].holders[c])
  return some
}

/** By rule, the live rules whose boxes share a point with its own. O(rules x members x rules / 32). */
export function meetingRules(space: RuleSpace, live: Bits): readonly Bits[] {
  return space.rules.map((_, r) => {
    const meeting = live.slice()
    if (hasBit(live, r)) space.dimensions.forEach(({ possible, holders }, d) => keepBits(meeting, heldBy(space, d, possible.filter((c) => hasBit(holders[c], r)))))
    return meeting
  })
}

/** The rules that have to be beaten where a rule matches: those before it. By rule. */
export function rulesBefore(space: RuleSpace): readonly Bits[] {
  const order = listBits(space.conditional).sort((a, b) => space.rules[a].precedence - space.rules[b].precedence)
  const before: Bits[] = space.rules.map(() => emptyBits(space.count))
  const passed = emptyBits(space.count)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && space.rules[order[to]].precedence === space.rules[order[from]].precedence) before[order[to++]] = passed.slice()
    for (; from < to; from++) addBit(passed, order[from])
  }
  return before
}
