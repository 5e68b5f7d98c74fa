import type { Action } from "./actions-result.js"
import { brief, evidence } from "./evidence.js"
import type { ActionsInput } from "./read-actions.js"

/**
 * A boundary, where a territory sells less than the mean because less can be expected of it: its sales are within chance of the expectation, and
 * the expectation lies below the mean by more than the tolerance; null elsewhere. About sales, so whatever the KPI says.
 */
export function explainByPotential({ id, expectation }: ActionsInput["territories"][number], { territories, tolerance }: ActionsInput): Action | null {
  if (expectation === null || expectation.expected === null || expectation.verdict !== "consistent with chance") return null
  const known = territories.flatMap((one) => one.expectation?.expected ?? [])
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length
  const { actual, expected, interval } = expectation
  if (!(expected < mean * (1 - tolerance)) || !(actual < mean)) return null
  const gain = { low: Math.max(0, mean - (interval?.high ?? expected)), value: mean - expected, high: Math.max(0, mean - (interval?.low ?? expected)), isTransfer: true }
  if (!Object.values(gain).every((one) => typeof one === "boolean" || Number.isFinite(one))) return null
  return {
    territoryId: id,
    action: "move-boundary",
    reason: "potential",
    evidence: [
      ...evidence("model.actual", actual),
      ...evidence("model.expected", expected, interval),
      ...evidence("model.meanExpected", mean),
      ...evidence("model.adjustedPValue", expectation.adjustedPValue),
    ],
    gain,
    heads: null,
    message: `${id}: move a boundary; it sells ${brief(actual)}, as its potential lets expect (${brief(expected)}), and the mean territory can expect ${brief(mean)}. Its share would bring it ${brief(gain.value)} more (${brief(gain.low)} to ${brief(gain.high)}), and others as much less`,
  }
}
