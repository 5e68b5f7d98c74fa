import { formatCount } from "../../model/format-amount.js"
import type { Action, NoAction } from "./actions-result.js"
import { brief, evidence, isWorse, within } from "./evidence.js"
import type { ActionsInput } from "./read-actions.js"

type Territory = ActionsInput["territories"][number]

/** Coaching, where the rate within segments is worse and stays worse when drawn toward the others; null elsewhere. */
export function explainByRate({ id, verdict }: Territory, input: ActionsInput): Action | null {
  const like = verdict.likeForLike ?? null
  if (like === null || like.shrunken === null || like.index === null || !isWorse(like.verdict, input)) return null
  const { value, low, high } = like.shrunken
  if (input.isLowerBetter ? low <= 1 : high >= 1) return null
  // what it brings at its shrunken index, and would bring at 1
  const gap = (index: number): number => within(like.expected * (input.isLowerBetter ? index - 1 : 1 - index))
  const [a, b] = [gap(low), gap(high)]
  const gain = { low: Math.min(a, b), value: gap(value), high: Math.max(a, b), isTransfer: false }
  return {
    territoryId: id,
    action: "coach",
    reason: "rate",
    evidence: [
      ...evidence("value", verdict.value, verdict.interval),
      ...evidence("likeForLike.index", like.index, like.interval),
      ...evidence("likeForLike.shrunken", value, like.shrunken),
      ...evidence("likeForLike.adjustedPValue", like.adjustedPValue),
    ],
    gain,
    heads: null,
    message: `${id}: coach; with its mix of segments ${brief(like.expected)} could be expected and ${brief(verdict.numerator)} came. Drawn toward the others that is ${brief(100 * value)} % (${brief(100 * low)} to ${brief(100 * high)} %). At the rate of all ${input.isLowerBetter ? "it would spend" : "it would bring"} ${brief(gain.value)} ${input.isLowerBetter ? "less" : "more"} (${brief(gain.low)} to ${brief(gain.high)})`,
  }
}

/** Why nothing is to be done. */
export function leaveAlone({ id, verdict }: Territory, input: ActionsInput): NoAction {
  const like = verdict.likeForLike ?? null
  const neededRows = verdict.neededRows
  const of = (reason: NoAction["reason"], message: string): NoAction => ({ territoryId: id, reason, neededRows: reason === "too-little-data" ? neededRows : null, message: `${id}: ${message}` })
  if (verdict.verdict === "too little data") return of("too-little-data", `${formatCount(verdict.n, "row")}, too few to say anything${neededRows === null ? "" : `; about ${formatCount(neededRows, "row")} would show a difference of a fifth`}`)
  if (like !== null && isWorse(like.verdict, input)) return of("does-not-survive", "worse like for like, but drawn toward the others not for sure; wait for more data")
  if (!isWorse(verdict.verdict, input)) return verdict.verdict === "consistent with chance" ? of("consistent-with-chance", "no further from the others than chance puts equal territories; leave it alone") : of("doing-well", "better than the others; see what can be learned from it")
  if (like === null) return of("not-like-for-like", "worse than the others, but not compared like for like; name a segment")
  return of("does-not-survive", "worse than the others, but within segments no more than by chance, and neither mix nor potential nor capacity explain it; wait for more data")
}
