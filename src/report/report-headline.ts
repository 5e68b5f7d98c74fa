import type { PartitionResult } from "../partition/partition-result.js"
import type { AlignmentComparison } from "../performance/performance-result.js"
import { formatCount } from "../model/format-amount.js"
import { formatNumber, formatShare } from "./format-number.js"
import { markup, type Markup } from "./markup.js"
import type { PlanScene } from "./report-scene.js"
import { measureRows } from "./report-balance.js"

interface Card {
  readonly label: string
  readonly figure: string
  readonly note: string
  readonly mood?: "good" | "bad"
}

/** The figures that answer "is it a good plan?" before anything else is read. */
export function headline(scene: PlanScene | null, comparison: AlignmentComparison | undefined): Markup {
  const planned = scene === null ? [] : [...sizeCards(scene), ...scene.measures.map((measure) => imbalanceCard(scene, measure)), violationCard(scene), certificateCard(scene.plan)]
  const cards = [...planned, ...(comparison === undefined ? [] : [moveCard(comparison)])]
  if (cards.length === 0) return markup``
  const drawn = cards.map(({ label, figure, note, mood }) =>
    markup`<div class="card"><dt>${label}</dt><dd${mood === undefined ? null : markup` class="${mood}"`}>${figure}</dd><dd>${note}</dd></div>`)
  return markup`<dl class="cards">${drawn}</dl>\n`
}

function sizeCards({ plan, ownership }: PlanScene): Card[] {
  const counts = plan.territories.map((territory) => territory.accountCount)
  const least = counts.reduce((a, b) => Math.min(a, b), Infinity)
  const most = counts.reduce((a, b) => Math.max(a, b), 0)
  const { gapCount, overlapCount } = ownership ?? countOwners(plan)
  const isWhole = gapCount === 0 && overlapCount === 0
  return [
    { label: "Territories", figure: formatNumber(counts.length, 0), note: counts.length === 0 ? "none" : `${formatNumber(least, 0)} to ${formatNumber(most, 0)} accounts each` },
    {
      label: "Accounts",
      figure: formatNumber(ownership?.owners.length ?? new Set(plan.alignment.map(({ accountId }) => accountId)).size, 0),
      note: isWhole ? "each in exactly one territory" : `${formatNumber(gapCount, 0)} without territory, ${formatNumber(overlapCount, 0)} in several`,
      ...(isWhole ? {} : { mood: "bad" as const }),
    },
  ]
}

/** Of a plan alone: accounts that it names more than once; those that it leaves out are not known. */
function countOwners({ alignment }: PartitionResult): { readonly gapCount: number; readonly overlapCount: number } {
  const owners = new Map<string, Set<string>>()
  for (const { accountId, territoryId } of alignment) owners.set(accountId, (owners.get(accountId) ?? new Set()).add(territoryId))
  return { gapCount: 0, overlapCount: [...owners.values()].filter((ids) => ids.size > 1).length }
}

function imbalanceCard(scene: PlanScene, measure: string): Card {
  const rows = measureRows(scene.plan, measure)
  const outside = rows.filter((row) => row.isOutside).length
  const bounded = rows.some((row) => row.figures.min !== null || row.figures.max !== null)
  const imbalance = Object.hasOwn(scene.plan.imbalance, measure) ? scene.plan.imbalance[measure] : null
  const note = !bounded ? "largest deviation from target; no bounds set"
    : outside === 0 ? "largest deviation from target; all within bounds"
    : `largest deviation from target; ${formatCount(outside, "territory", "territories")} out of bounds`
  return { label: `Imbalance of ${measure}`, figure: formatShare(imbalance), note, ...(bounded ? { mood: outside === 0 ? "good" as const : "bad" as const } : {}) }
}

function violationCard({ plan }: PlanScene): Card {
  const count = plan.violations.length
  if (count === 0) return { label: "Violations", figure: "none", note: "every criterion is met", mood: "good" }
  const criteria = [...new Set(plan.violations.map((violation) => violation.criterion))].join(", ")
  return { label: "Violations", figure: formatNumber(count, 0), note: `${criteria}; listed below`, mood: "bad" }
}

/** A gap below half a tenth of a per mille is shown as none: two digits would say nothing. */
const ROUNDING = 0.00005

/** The certificate in words a reader can repeat. */
function certificateCard({ certificate, cost, violations }: PartitionResult): Card {
  const { gap, lowerBound, scope, isOptimal } = certificate
  const label = cost === null ? "Changes of owner, against the fewest" : "Travel, against the best possible"
  if (cost === null && lowerBound === null) return { label: "Travel", figure: "not counted", note: "the accounts have no places: only balance, rules and owners of today count" }
  if (lowerBound === null) return { label, figure: "no proof", note: "not even divided accounts would meet all bounds, so there is nothing to compare with" }
  const within = cost === null ? "within these bounds" : "with these centers and bounds"
  const which = scope === "all-centers" ? "wherever the centers are put" : within
  // the bound is one of divided accounts; that no plan of whole ones costs less is more, and is proven apart
  if (isOptimal && violations.length === 0 && (gap === null || gap >= ROUNDING)) {
    const centers = cost === null ? "for these accounts" : "for these centers"
    const where = scope === "all-centers" ? "whichever accounts are centers" : centers
    const apart = gap === null ? "" : `; only divided accounts could cost less, by at most ${gapText(gap / (1 + gap))}`
    return { label, figure: "optimal", note: `proven optimal ${where}: no plan of whole accounts within the bounds costs less${apart}` }
  }
  if (gap === null) return { label, figure: "no proof", note: "the proven least cost is zero, so there is no ratio" }
  // the bound is one of plans without violations: one that has some may cost less, and no gap to it is a merit or a fault
  if (violations.length > 0 || gap < -ROUNDING) {
    const apart = `${gapText(Math.abs(gap))} ${gap < 0 ? "below" : "above"} the proven least`
    return { label, figure: "not comparable", note: `the plan is outside its bounds; its cost, ${apart}, says nothing against plans inside them` }
  }
  const figure = gap < ROUNDING ? "0%" : gapText(gap)
  const note = gap < ROUNDING ? `proven: no plan costs less ${which}` : `at most this far above the least cost ${which} (proven)`
  return { label, figure: gap < ROUNDING ? figure : `\u2264 ${figure}`, note }
}

function gapText(gap: number): string {
  return gap < 0.01 ? formatShare(gap, 2) : formatShare(gap)
}

function moveCard(comparison: AlignmentComparison): Card {
  const owned = comparison.movedCount + comparison.keptCount
  const shares = Object.entries(comparison.movedActivity).map(([measure, moved]) => `${formatShare(moved.share)} of ${measure}`)
  const note = [owned === 0 ? "" : `${formatShare(comparison.movedCount / owned)} of accounts`, ...shares].filter((part) => part !== "").join(", ")
  return { label: "Accounts that change owner", figure: formatNumber(comparison.movedCount, 0), note }
}
