import type { Warning } from "../model/error.js"
import { formatCount } from "../model/format-amount.js"
import { formatNumber } from "./format-number.js"
import { listSome } from "./html-table.js"
import { markup, type Markup } from "./markup.js"
import type { ReportNote } from "./report-input.js"
import type { PlanScene } from "./report-scene.js"

/** What keeps the plan from being done: spelled out, and before the pictures. */
export function problemPart(scene: PlanScene): Markup {
  const { infeasibility, violations } = scene.plan
  if (infeasibility === null && violations.length === 0) return markup``
  const reason = infeasibility === null ? null : markup`<h3>${infeasibility.kind === "divisible" ? "The bounds cannot all be met" : "No plan inside all bounds was found"}</h3><p>${infeasibility.message}</p>${takingPart(scene)}${waysOut(scene)}`
  const shown = violations.slice(0, scene.maxRows).map(({ criterion, territoryId, message }) =>
    markup`<li><b>${scene.nameOf(territoryId)}</b>, ${criterion}: ${message}</li>`)
  const more = violations.length > shown.length ? markup`<p class="more">and ${formatNumber(violations.length - shown.length, 0)} more</p>` : null
  const list = violations.length === 0 ? null : markup`<h3>${formatCount(violations.length, "violation")}</h3><ul>${shown}</ul>${more}`
  return markup`<div class="alert">${reason}${list}</div>\n`
}

function takingPart(scene: PlanScene): Markup {
  const { measures, territoryIds, accountIds } = scene.plan.infeasibility ?? { measures: [], territoryIds: [], accountIds: [] }
  const lines = [
    ["Measures", measures],
    ["Territories", territoryIds.map(scene.nameOf)],
    ["Accounts", accountIds.slice(0, 6).map(scene.accountName).concat(accountIds.slice(6))],
  ] as const
  const items = lines.filter(([, names]) => names.length > 0).map(([label, names]) => markup`<li>${label}: ${listSome(names, 6)}</li>`)
  return items.length === 0 ? markup`` : markup`<ul>${items}</ul>`
}

/** What would make the bounds possible, any one of it. */
function waysOut(scene: PlanScene): Markup {
  const ways = (scene.plan.infeasibility?.relaxations ?? []).map(({ message }) => markup`<li>${message}</li>`)
  return ways.length === 0 ? markup`` : markup`<h3>What would be enough</h3><ul>${ways}</ul>`
}

/** The caller's notes: sentences, or headings with text and lists. */
export function notesPart(notes: readonly ReportNote[]): Markup[] {
  return notes.map((note) => {
    if (typeof note === "string") return markup`<p>${note}</p>`
    const items = note.items === undefined || note.items.length === 0 ? null : markup`<ul>${note.items.map((item) => markup`<li>${item}</li>`)}</ul>`
    return markup`<h3>${note.title}</h3>${note.text === undefined ? null : markup`<p>${note.text}</p>`}${items}`
  })
}

/** What was odd but usable. */
export function warningsPart(warnings: readonly Warning[], maxRows: number): Markup[] {
  if (warnings.length === 0) return []
  const more = warnings.length > maxRows ? markup`<p class="more">and ${formatNumber(warnings.length - maxRows, 0)} more</p>` : null
  return [markup`<ul>${warnings.slice(0, maxRows).map((warning) => markup`<li>${warning.message}</li>`)}</ul>`, more ?? markup``]
}
