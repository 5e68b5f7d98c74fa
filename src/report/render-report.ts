import type { LocatedAccount } from "../model/account.js"
import { markup, type Markup } from "./markup.js"
import { formatCount } from "../model/format-amount.js"
import { section } from "./html-table.js"
import { readOwnership, type Ownership } from "./ownership.js"
import { guardCall } from "../model/guard-call.js"
import { ownOptions } from "../model/own-options.js"
import { actionsPart } from "./report-actions.js"
import { balanceFigures } from "./report-balance.js"
import { comparisonPart } from "./report-comparison.js"
import { coveragePart } from "./report-coverage.js"
import { headline } from "./report-headline.js"
import { checkReportInput, DATA_PARTS, DEFAULT_REPORT_INPUT, titledResults, type ReportInput } from "./report-input.js"
import { drawReportMaps, type ReportMaps } from "./report-maps.js"
import { notesPart, problemPart, warningsPart } from "./report-notes.js"
import { performancePart } from "./report-performance.js"
import { accountNamer, measuresOf, type ReportScene } from "./report-scene.js"
import { REPORT_STYLE } from "./report-style.js"
import { regionTable, territoryTable } from "./report-territories.js"
import { findSharedPlaces, warnOfSharedPlaces } from "./shared-places.js"
import { namer } from "./territory-names.js"

/**
 * Writes one self-contained HTML page about a plan, or about any of its parts alone: headline figures, what cannot be met and why, maps before and after,
 * balance against targets, the territories, coverage, the comparison with what exists, performance with its uncertainty, what to do,
 * notes and warnings. Sections without input are left out.
 *
 * The page has no script and fetches nothing; it reads in light and dark, on a phone and on paper. All text from the input
 * is escaped. Deterministic: the same input gives the same bytes (no date is printed). About 100 kB plus the base map.
 *
 * @param input what there is to show, each part optional, see {@link ReportInput}: `{ accounts, plan }`, or `{ coverage }` alone
 * @returns an HTML document as text
 * @throws TerritoryError for nothing to show (`input-missing`), unusable accounts, rows with unknown accounts, results of the wrong kind, unknown keys
 * @example
 * const accounts = [{ id: "a", x: 0, y: 0 }, { id: "b", x: 4, y: 0 }]
 * const figures = { activity: 1, target: 1, min: 0.95, max: 1.05, deviation: 0 }
 * const territory = { accountCount: 1, cost: 0, measures: { visits: figures }, prices: { visits: 0 } }
 * const page = renderReport({
 *   accounts,
 *   plan: {
 *     alignment: [{ accountId: "a", territoryId: "t1" }, { accountId: "b", territoryId: "t2" }],
 *     territories: [{ id: "t1", center: { x: 0, y: 0 }, ...territory }, { id: "t2", center: { x: 4, y: 0 }, ...territory }],
 *     imbalance: { visits: 0 },
 *     cost: 0,
 *     certificate: { scope: "given-centers", lowerBound: 0, relaxedCost: 0, gap: null },
 *     violations: [],
 *     infeasibility: null,
 *     warnings: [],
 *     stoppedBy: "converged",
 *     iterations: 1,
 *     seed: 0,
 *   },
 * })
 * page.startsWith("<!doctype html>") // true
 */
export function renderReport<A extends LocatedAccount>(input: ReportInput<A>): string {
  return guardCall({ options: input }, (own) => renderReportUnguarded(own.options))
}

function renderReportUnguarded<A extends LocatedAccount>(input: ReportInput<A>): string {
  const own = ownOptions(input, DATA_PARTS)
  checkReportInput(own)
  const { accounts, plan, comparison, regions = [], notes = [], title = titleOf(own), maxRows = DEFAULT_REPORT_INPUT.maxRows } = own
  const after = accounts === undefined || plan === undefined ? null : readOwnership(accounts, plan, "plan")
  const before = accounts === undefined || own.before === undefined ? null : readOwnership(accounts, own.before, "before")
  const maps = drawMaps(own, after, before)
  const scene: ReportScene = {
    nameOf: namer(own.names, [...(before?.territories ?? []), ...(plan?.territories ?? [])]),
    colorOf: (id) => maps?.colors.get(id) ?? null,
    accountName: accountNamer(accounts ?? []),
    maxRows,
  }
  const planScene = plan === undefined ? null : { ...scene, plan, ownership: after, measures: measuresOf(plan) }
  const checks = titledResults(own.coverage)
  const verdicts = titledResults(own.verdict)
  const results = [plan, ...checks.map((part) => part.result), comparison, ...verdicts.map((part) => part.result), own.actions].filter((result) => result !== undefined)
  const shared = [before, after].flatMap((ownership) => (ownership === null ? [] : warnOfSharedPlaces(findSharedPlaces(ownership), (t) => scene.nameOf(ownership.territoryIds[t]))))
  const warnings = [...results.flatMap((result) => result.warnings), ...shared]
  return page(title, [
    headline(planScene, comparison),
    planScene === null ? markup`` : problemPart(planScene),
    section("Map", maps === null ? [] : [maps.figures]),
    section("Balance", planScene === null ? [] : balanceFigures(planScene), "Bar: what the territory has. Dark line: its target. Shaded: the allowed range between its minimum and maximum."),
    section("Territories", planScene === null ? [] : [territoryTable(planScene, regions, comparison)]),
    section("Regions", planScene === null || regions.length === 0 ? [] : [regionTable(planScene, regions)]),
    section("Before and after", comparison === undefined ? [] : comparisonPart(scene, comparison)),
    section("Coverage", checks.map((part) => coveragePart(scene, part))),
    section("Performance", verdicts.map((part, v) => performancePart(scene, part, v)), "Dot: the value. Line: its 95% interval. Upright line: all territories together. Filled dots differ from it by more than chance explains."),
    section("What to do", own.actions === undefined ? [] : actionsPart(scene, own.actions), "Only what chance does not explain, with 95% intervals of what it may bring."),
    section("Notes", notesPart(notes)),
    section("Warnings", warningsPart(warnings, maxRows)),
    plan === undefined ? markup`` : markup`<footer>The search ended: ${STOPPED.get(plan.stoppedBy) ?? plan.stoppedBy}, after ${formatCount(plan.iterations, "iteration")}; seed ${plan.seed}.</footer>`,
  ])
}

/** The plan, and left of it what it replaces; or what there is today, alone. */
function drawMaps<A extends LocatedAccount>(input: ReportInput<A>, after: Ownership | null, before: Ownership | null): ReportMaps | null {
  const { accounts } = input
  if (accounts === undefined) return null
  if (after === null) return before === null ? null : drawReportMaps(input, accounts, before, null, "Today")
  return drawReportMaps(input, accounts, after, before, before === null ? "The plan" : "After")
}

/** What the page is about, where the caller does not say. */
function titleOf<A>({ plan, before, coverage, comparison, verdict, actions }: ReportInput<A>): string {
  const parts = [plan, comparison, coverage, verdict, actions, before]
  const titles = [DEFAULT_REPORT_INPUT.title, "Territories before and after", "Territory coverage", "Territory performance", "What to do", "Territories"]
  const [first] = parts.flatMap((part, p) => (part === undefined ? [] : [titles[p]]))
  return first ?? "Territories"
}

const STOPPED: ReadonlyMap<string, string> = new Map([
  ["converged", "nothing better was found"],
  ["work-limit", "its budget of work was spent"],
  ["iteration-limit", "the iteration limit was reached"],
  ["time-limit", "the time limit was reached"],
])

/** No script and no request can happen even if a part were wrong: the page's own policy forbids both. */
function page(title: string, parts: readonly Markup[]): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${parts}
</main>
</body>
</html>
`.markup
}
