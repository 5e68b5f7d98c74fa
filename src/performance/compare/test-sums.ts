import { caseChance, type Cases } from "../../math/stats/case-chance.js"
import type { CaseLaw } from "../../math/stats/design-effect.js"

/** What groups add up to, where a group may be judged from that: its cases are independent of each other but for the design effect. */
export interface CaseSums {
  readonly law: CaseLaw
  /** Whether the events are what the figure is divided by (`per-count`): a higher rate of them is then a lower figure. */
  readonly isInverse: boolean
  readonly groups: readonly Cases[]
  /** How many cases of each group count as one. */
  readonly effects: ArrayLike<number>
  /** Which groups are judged from their sums. */
  readonly isBySums: readonly boolean[]
}

/** A group against some others by sums: the two-sided p-value, and on which side its figure lies. */
export interface SumTest {
  readonly pValue: number
  readonly side: number
}

/**
 * A group against others by their sums: 400 cases in one row are 400 cases. The exact test given the number of events in all (see
 * {@link caseChance}), both sides; with a design effect of what the cases are worth. O(others).
 */
export function testSums({ law, isInverse, groups, effects }: CaseSums, own: number, others: readonly number[]): SumTest {
  const rest = add(others.map((g) => worth(groups[g], effects[g])))
  const mine = worth(groups[own], effects[own])
  if (!(mine.exposure > 0) || !(rest.exposure > 0)) return { pValue: 1, side: 0 }
  const { atLeast, atMost } = caseChance(law, mine, rest)
  const side = Math.sign(mine.events / mine.exposure - rest.events / rest.exposure)
  return { pValue: Math.min(1, 2 * Math.min(atLeast, atMost)), side: isInverse ? 0 - side : side }
}

/** How many standard errors, at their common rate, the events of some cases lie from the rate of others; 0 where that cannot be said. */
export function sumDistance(law: CaseLaw, own: Cases, rest: Cases): number {
  if (!(own.exposure > 0) || !(rest.exposure > 0)) return 0
  const rate = (own.events + rest.events) / (own.exposure + rest.exposure)
  const variance = rate * (law === "proportion" ? Math.max(0, 1 - rate) : 1) * (1 / own.exposure + 1 / rest.exposure)
  const distance = (own.events / own.exposure - rest.events / rest.exposure) / Math.sqrt(variance)
  return Number.isFinite(distance) ? distance : 0
}

/** What cases are worth that go together. */
export function worth({ events, exposure }: Cases, effect: number): Cases {
  return { events: events / effect, exposure: exposure / effect }
}

function add(parts: readonly Cases[]): Cases {
  return parts.reduce<Cases>((sum, one) => ({ events: sum.events + one.events, exposure: sum.exposure + one.exposure }), { events: 0, exposure: 0 })
}
