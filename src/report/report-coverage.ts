import type { CoverageResult } from "../coverage/coverage-result.js"
import type { Finding } from "../coverage/finding.js"
import { formatCount } from "../model/format-amount.js"
import { decimalsFor, formatNumber, formatShare } from "./format-number.js"
import { htmlTable, numberColumn, type HtmlColumn } from "./html-table.js"
import { markup, type Markup } from "./markup.js"
import type { Titled } from "./report-input.js"
import type { ReportScene } from "./report-scene.js"

/** What the codes mean; codes that join later are shown as they are. */
const HEADINGS: ReadonlyMap<string, string> = new Map([
  ["account-gap", "Accounts without a territory"],
  ["value-excluded", "Accounts that rules did not decide on"],
  ["account-overlap", "Accounts in several territories"],
  ["territory-unknown", "Rows that name an unknown territory"],
  ["territory-empty", "Territories without accounts"],
  ["account-elsewhere", "Accounts that place or rules put elsewhere"],
  ["owner-elsewhere", "Accounts served from another territory"],
  ["owner-missing", "Accounts that nobody serves"],
  ["owner-unknown", "Who serves without a territory"],
  ["owners-several", "Territories that several serve"],
  ["area-overlap", "Areas in several territories"],
  ["area-gap", "Areas in no territory"],
  ["area-hole", "Areas enclosed by another territory"],
  ["area-sliver", "Pieces too small to be meant"],
  ["area-undecided", "Territories whose border cannot be followed"],
  ["area-unknown", "Areas that are not on the map"],
  ["area-invalid", "Shapes that are no polygons"],
  ["capacity-exceeded", "Territories with too much work"],
  ["account-too-far", "Accounts too far from their center"],
  ["territory-unstaffed", "Territories without a rep"],
  ["date-overlap", "Days with several owners"],
  ["date-gap", "Days without an owner"],
])

/** Kinds whose heading and columns say all; their messages would repeat it in every row. */
const SAID_BY_COLUMNS: ReadonlySet<string> = new Set(["account-gap", "account-overlap"])

/** One coverage check: the two promises in a sentence, then the findings by kind, worst first. */
export function coveragePart(scene: ReportScene, { title, result }: Titled<CoverageResult>): Markup {
  const { summary } = result
  const covered = `${formatNumber(summary.coveredCount, 0)} of ${formatCount(summary.accountCount, "account")} have a territory`
  const promise = result.complete && result.exclusive
    ? markup`<p><b class="good">Complete and exclusive.</b> ${covered}, and none has two.</p>`
    : markup`<p><b class="bad">${result.complete ? "Complete" : "Not complete"}, ${result.exclusive ? "exclusive" : "not exclusive"}.</b> ${covered}; ${formatNumber(summary.gapCount, 0)} have none, ${formatNumber(summary.overlapCount, 0)} have several.</p>`
  const inMeasures = Object.entries(summary.measures).filter(([, sums]) => sums.inGaps > 0 || sums.inOverlaps > 0).map(([measure, { total, inGaps, inOverlaps }]) => {
    const part = (sum: number): string => `${formatNumber(sum, decimalsFor([total]))} (${formatShare(total > 0 ? sum / total : null)})`
    return markup`<li>${measure}: ${part(inGaps)} has no owner, ${part(inOverlaps)} has several</li>`
  })
  const groups = new Map<string, Finding[]>()
  for (const finding of result.findings) {
    const group = groups.get(finding.code)
    if (group === undefined) groups.set(finding.code, [finding])
    else group.push(finding)
  }
  const tables = [...groups].map(([code, findings]) =>
    markup`<h3>${HEADINGS.get(code) ?? code}: ${formatNumber(findings.length, 0)}</h3>${findingTable(scene, findings)}`)
  return markup`${title === "" ? null : markup`<h3>${title}</h3>`}${promise}${inMeasures.length === 0 ? null : markup`<ul>${inMeasures}</ul>`}${tables}`
}

function findingTable(scene: ReportScene, findings: readonly Finding[]): Markup {
  const shown = findings.slice(0, scene.maxRows)
  const columns: HtmlColumn[] = []
  if (shown.some((finding) => finding.accountId !== null)) {
    columns.push({ heading: "Account", kind: "text", cells: shown.map(({ accountId }) => (accountId === null ? "" : scene.accountName(accountId))) })
  }
  if (shown.some((finding) => finding.territoryIds.length > 0)) {
    columns.push({ heading: "Territories", kind: "text", cells: shown.map(({ territoryIds }) => territoryIds.map(scene.nameOf).join(", ")) })
  }
  for (const measure of new Set(shown.flatMap((finding) => Object.keys(finding.severity)))) {
    columns.push(numberColumn(measure, shown.map(({ severity }) => (Object.hasOwn(severity, measure) ? severity[measure] : null))))
  }
  if (!findings.every((finding) => SAID_BY_COLUMNS.has(finding.code))) columns.push({ heading: "What is wrong", kind: "text", cells: shown.map((finding) => finding.message) })
  return htmlTable(columns, findings.length - shown.length)
}
