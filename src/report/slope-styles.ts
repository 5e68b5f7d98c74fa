import { compareIds } from "../model/compare-ids.js"
import type { SlopeRow } from "./read-slopes.js"

/** How the lines of a group look. */
export interface SlopeStyle {
  readonly color: string
  /** Lengths of dashes and gaps; "" for a whole line. */
  readonly dash: string
  /** Drawn above the pale ones, and heavier. */
  readonly isLoud: boolean
  /** Of a group that was asked to be highlighted. */
  readonly isChosen: boolean
}

/** Dark enough on white to be read, told apart by people who see few colors too (after Okabe & Ito 2008); each with its dash. */
const LOUD: readonly SlopeStyle[] = [["#0b5fa5", ""], ["#b84a00", "7 3"], ["#00735a", "2 3"], ["#8a2f78", "9 3 2 3"], ["#7a5c00", "4 4"], ["#333333", "12 4"]].map(([color, dash]) => ({ color, dash, isLoud: true, isChosen: false }))
const PALE: SlopeStyle = { color: "#a3acb8", dash: "", isLoud: false, isChosen: false }
const PLAIN: SlopeStyle = { color: "#4a5f78", dash: "", isLoud: true, isChosen: false }

/** Gives every group its look: the highlighted ones in the given order, else the first six by name; the rest is pale. */
export function slopeStyles(rows: readonly SlopeRow[], highlight: readonly string[] | undefined): { readonly of: (group: string | null) => SlopeStyle; readonly groups: readonly { readonly name: string; readonly style: SlopeStyle; readonly count: number }[] } {
  const counts = new Map<string, number>()
  for (const { group } of rows) if (typeof group === "string") counts.set(group, (counts.get(group) ?? 0) + 1)
  const known = [...counts.keys()].sort(compareIds)
  const loud = [...new Set(highlight ?? known)].slice(0, LOUD.length)
  const styleOf = new Map(loud.map((group, g) => [group, { ...LOUD[g], isChosen: highlight !== undefined }]))
  const of = (group: string | null): SlopeStyle => (known.length === 0 ? PLAIN : styleOf.get(group ?? "") ?? PALE)
  const pale = known.filter((group) => !styleOf.has(group))
  const named = [...loud, ...(pale.length <= 3 ? pale : [])].map((name) => ({ name, style: of(name), count: counts.get(name) ?? 0 }))
  const paleCount = pale.length <= 3 ? 0 : pale.reduce((sum, group) => sum + (counts.get(group) ?? 0), 0)
  const rest = paleCount === 0 ? [] : [{ name: "other groups", style: PALE, count: paleCount }]
  return { of, groups: [...named, ...rest] }
}
