import type { Action, ActionsResult } from "../performance/actions/actions-result.js"
import { formatAlone } from "./format-number.js"
import { htmlTable } from "./html-table.js"
import { markup, type Markup } from "./markup.js"
import { nameCell, type ReportScene } from "./report-scene.js"

/** What each kind of action is, in words. */
const ACTIONS: ReadonlyMap<string, string> = new Map([["coach", "Coach"], ["move-boundary", "Move a boundary"], ["add-headcount", "Add heads"]])
const REASONS: ReadonlyMap<string, string> = new Map([
  ["rate", "worse within segments"],
  ["mix", "its mix of segments"],
  ["potential", "its potential"],
  ["overload", "more work than it can do; others have room"],
  ["capacity", "more work than anybody has room for"],
])
const LEFT_ALONE: ReadonlyMap<string, string> = new Map([
  ["consistent-with-chance", "no further from the others than chance puts equal ones"],
  ["too-little-data", "too little data"],
  ["not-like-for-like", "worse, but not compared like for like"],
  ["does-not-survive", "worse, but not for sure within segments, and nothing else explains it"],
  ["overloaded-first", "worse within segments, but overloaded: relieve it first"],
  ["doing-well", "doing well"],
])

/** That nobody can be judged is not that nobody stands out. */
function nothingToDo({ kpi, noActions }: ActionsResult): string {
  const unjudged = noActions.filter(({ reason }) => reason === "too-little-data").length
  if (unjudged > 0 && unjudged === noActions.length) return `Nothing can be said about ${kpi}: there is too little data to judge any territory.`
  if (unjudged === 0) return `Nothing is to be done about ${kpi}: no territory is worse by more than chance explains, or nothing explains why.`
  return `Nothing is to be done about ${kpi}: of the territories that can be judged none is worse than chance explains, or nothing explains it; ${unjudged} ${unjudged === 1 ? "has" : "have"} too little data.`
}

/** What to do: the actions with what they may bring, the first rows of them; and in a line who is left alone, and why. */
export function actionsPart(scene: ReportScene, result: ActionsResult): Markup[] {
  const { actions, noActions } = result
  const shown = actions.slice(0, scene.maxRows)
  const gain = ({ gain: { value, low, high, isTransfer } }: Action): string => `${formatAlone(value)} (${formatAlone(low)} to ${formatAlone(high)})${isTransfer ? ", from others" : ""}`
  const table = shown.length === 0
    ? markup`<p>${nothingToDo(result)}</p>`
    : htmlTable([
        { heading: "Territory", kind: "text", cells: shown.map((action) => nameCell(scene, action.territoryId)) },
        { heading: "What", kind: "text", cells: shown.map(({ action, heads }) => `${ACTIONS.get(action) ?? action}${heads === null ? "" : ` (${formatAlone(heads)})`}`) },
        { heading: "Why", kind: "text", cells: shown.map(({ reason }) => REASONS.get(reason) ?? reason) },
        { heading: "What it may bring", kind: "text", cells: shown.map(gain) },
      ], actions.length - shown.length)
  const reasons = [...new Set(noActions.map((one) => one.reason))].sort()
  const alone = reasons.map((reason) => {
    const names = noActions.filter((one) => one.reason === reason).map((one) => scene.nameOf(one.territoryId))
    const more = names.length > scene.maxRows ? ` and ${names.length - scene.maxRows} more` : ""
    return markup`<li>${LEFT_ALONE.get(reason) ?? reason}: ${names.slice(0, scene.maxRows).join(", ")}${more}</li>`
  })
  return [table, alone.length === 0 ? markup`` : markup`<h3>No action</h3><ul>${alone}</ul>`]
}
