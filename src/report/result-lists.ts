import { isPlainObject } from "../model/check-keys.js"
import type { ActionsResult } from "../performance/actions/actions-result.js"
import type { VelocityResult } from "../performance/catalog/pipeline-velocity.js"
import type { ChangeResult } from "../performance/change/change-result.js"
import type { TestPlanResult } from "../performance/change/test-plan-result.js"
import type { EfficiencyResult } from "../performance/efficiency/efficiency-result.js"
import type { SalesModelResult } from "../performance/expected/sales-model-result.js"

/** Results that are, in the main, one list. */
export type Listed = ActionsResult | ChangeResult | TestPlanResult | SalesModelResult | EfficiencyResult | VelocityResult

/** The list that a result is, in the main, and the parts by which it is told from the others. */
const LISTS: readonly { readonly list: string; readonly parts: readonly string[] }[] = [
  { list: "actions", parts: ["noActions", "kpi"] },
  { list: "history", parts: ["slopes", "totals"] },
  { list: "matches", parts: ["treated", "controls", "byPeriods"] },
  { list: "territories", parts: ["drivers", "intercept"] },
  { list: "units", parts: ["efficientCount"] },
  { list: "territories", parts: ["all", "warnings"] },
]

/** The rows of such a result: parts that are lists themselves become text, with what names each and its number. Null: it is none. */
export function listedRows(value: unknown): Record<string, unknown>[] | null {
  if (!isPlainObject(value)) return null
  const found = LISTS.find(({ list, parts }) => Array.isArray(value[list]) && parts.every((part) => Object.hasOwn(value, part)))
  if (found === undefined) return null
  return (value[found.list] as unknown[]).map((row) => (isPlainObject(row) ? Object.fromEntries(Object.entries(row).map(([key, part]) => [key, Array.isArray(part) ? part.map(inWords) : part])) : { value: row }))
}

/** `{ id: "t1", weight: 0.5 }` as "t1 0.5". */
function inWords(part: unknown): unknown {
  if (!isPlainObject(part)) return part
  const words = Object.values(part).filter((one) => typeof one === "string" || typeof one === "number")
  return words.slice(0, 2).join(" ")
}
