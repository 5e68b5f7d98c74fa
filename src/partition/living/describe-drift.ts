import { formatAmount, formatCount } from "../../model/format-amount.js"
import { show } from "../../model/issue.js"
import type { DriftMeasure, DriftResult, DriftTerritory } from "./drift-result.js"

/** So many accounts or territories are named in a sentence. */
const MAX_NAMED = 3

/** What has become of a territory: `territory "t1": workload 118 (planned 101), 18.0 % above target, outside its maximum of 105`. */
export function describeTerritory(id: string, measures: Readonly<Record<string, DriftMeasure>>, accountCount: DriftTerritory["accountCount"]): string {
  const parts = Object.entries(measures).map(([name, measure]) => `${describeActivity(name, measure)}${describeSide(measure)}`)
  const { planned, now } = accountCount
  return `territory ${show(id)}: ${parts.join("; ")}; ${formatCount(now, "account")}${now === planned ? "" : ` (planned ${formatAmount(planned)})`}`
}

function describeActivity(name: string, { activity, deviation }: DriftMeasure): string {
  // the same accounts summed in another order are no change
  const before = formatAmount(activity.now) === formatAmount(activity.planned) ? "" : ` (planned ${formatAmount(activity.planned)})`
  return `${name} ${formatAmount(activity.now)}${before}${deviation.now === null ? "" : `, ${fromTarget(deviation.now)}`}`
}

function describeSide({ activity, min, max, isOutside, wasOutside }: DriftMeasure): string {
  if (!isOutside) return wasOutside ? ", inside its bounds again" : ""
  const isOver = max !== null && activity.now > max
  return `, ${isOver ? "above its maximum" : "below its minimum"} of ${formatAmount((isOver ? max : min) as number)}${wasOutside ? ", as it was planned" : ""}`
}

function fromTarget(deviation: number): string {
  return deviation === 0 ? "on target" : `${percent(Math.abs(deviation))} ${deviation > 0 ? "above" : "below"} target`
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** The answer in a sentence: whether balance holds, where it is worst, and what is to be done about new accounts. */
export function describeDrift(result: Omit<DriftResult, "message">, margin: number): string {
  const { territories, worst, isDrifted, newAccountIds, goneAccountIds } = result
  const outside = territories.filter(({ measures }) => Object.values(measures).some((measure) => measure.isOutside))
  const verdict = isDrifted ? "balance does not hold" : margin > 0 ? `balance holds within the margin of ${percent(margin)}` : "balance is as it was planned"
  const state =
    outside.length === 0
      ? `balance holds: ${territories.length === 1 ? "the territory is" : `all ${formatAmount(territories.length)} territories are`} inside their bounds`
      : `${verdict}: ${formatAmount(outside.length)} of ${formatCount(territories.length, "territory", "territories")} ${outside.length === 1 ? "is" : "are"} outside their bounds (${listed(outside.map(({ id }) => id))})`
  const parts = [state]
  if (worst !== null) {
    const where = `${show(worst.territoryId)} on ${worst.measure}`
    const deviation = worst.deviation === null ? "" : `, ${fromTarget(worst.deviation)}`
    parts.push(worst.room < 0 ? `worst is ${where}${deviation}` : `least room has ${where}${deviation}`)
  }
  if (newAccountIds.length > 0) parts.push(`${formatCount(newAccountIds.length, "account is", "accounts are")} new and in no territory (${listed(newAccountIds)}): see assignAccounts`)
  if (goneAccountIds.length > 0) parts.push(`${formatCount(goneAccountIds.length, "account is", "accounts are")} gone (${listed(goneAccountIds)})`)
  return parts.join("; ")
}

function listed(ids: readonly string[]): string {
  const named = ids.slice(0, MAX_NAMED).map(show).join(", ")
  return ids.length > MAX_NAMED ? `${named} and ${formatAmount(ids.length - MAX_NAMED)} more` : named
}
