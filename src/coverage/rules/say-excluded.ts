import { show } from "../../model/issue.js"
import type { RoutingDecision } from "./routing-result.js"

/** Why rules did not decide, for the end of a sentence: `zip "7601" is not made of 5 digits: were leading zeros lost? "07601" would go to "NJ".` */
export function sayExcluded({ excludedValues, wouldGoTo }: Pick<RoutingDecision, "excludedValues" | "wouldGoTo">): string {
  const said = excludedValues.map(({ dimension, value, why, question }) => `${dimension}${value === null ? "" : ` ${show(value)}`} ${why}: ${question}`)
  if (wouldGoTo === null) return said.join(" ")
  const meant = excludedValues.map((one) => show(one.meant)).join(", ")
  const places = wouldGoTo.map(show).join(", ")
  const outcome = wouldGoTo.length === 0 ? "meet no rule" : wouldGoTo.length === 1 ? `go to ${places}` : `be torn between ${places}`
  return `${said.join(" ")} ${meant} would ${outcome}.`
}
