import type { Action } from "./actions-result.js"
import { brief, evidence, isWorse, within } from "./evidence.js"
import type { ActionsInput } from "./read-actions.js"

/** Mix explains a difference where it makes up this share of it. */
const MOST = 0.5

/** A boundary, where the territory is worse, its rate within segments is not, and its mix makes up most of the difference; null elsewhere. */
export function explainByMix({ id, verdict }: ActionsInput["territories"][number], input: ActionsInput): Action | null {
  const like = verdict.likeForLike ?? null
  if (like === null || like.mix === null || verdict.value === null || input.all === null) return null
  if (!isWorse(verdict.verdict, input) || like.verdict !== "consistent with chance") return null
  const gap = verdict.value - input.all
  if (like.mix * gap <= 0 || Math.abs(like.mix) < MOST * Math.abs(gap)) return null
  // what the mix costs it, at rates as well known as its index
  const cost = within(Math.abs(like.mix) * verdict.denominator * unit(verdict.value, verdict.numerator, verdict.denominator))
  const { low, high } = like.interval ?? { low: 1, high: 1 }
  const gain = { low: within(cost * Math.max(0, Math.min(low, 1))), value: cost, high: within(cost * Math.max(high, 1)), isTransfer: true }
  return {
    territoryId: id,
    action: "move-boundary",
    reason: "mix",
    evidence: [
      ...evidence("value", verdict.value, verdict.interval),
      ...evidence("adjustedPValue", verdict.adjustedPValue),
      ...evidence("likeForLike.mix", like.mix),
      ...evidence("likeForLike.rate", like.rate),
      ...evidence("likeForLike.index", like.index, like.interval),
    ],
    gain,
    heads: null,
    message: `${id}: move a boundary; ${brief(Math.min(100, 100 * (like.mix / gap)))} % of its difference is its mix of segments${like.isReversed ? ", and within each of them it is not worse" : ""}. With the mix of all it would have ${brief(gain.value)} ${input.isLowerBetter ? "less" : "more"} (${brief(gain.low)} to ${brief(gain.high)}), and others as much the other way`,
  }
}

/** The value of an indexed KPI is in another unit than numerator / denominator. */
function unit(value: number, numerator: number, denominator: number): number {
  const ratio = numerator / denominator
  return value === 0 || !Number.isFinite(ratio / value) ? 1 : ratio / value
}
