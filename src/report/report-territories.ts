import type { AlignmentComparison } from "../performance/performance-result.js"
import { htmlTable, numberColumn, type HtmlColumn } from "./html-table.js"
import { formatShare } from "./format-number.js"
import type { Markup } from "./markup.js"
import { deviationCell, measureRows } from "./report-balance.js"
import type { ReportRegion } from "./report-input.js"
import { nameCell, type PlanScene } from "./report-scene.js"

/** Every territory of the plan with its figures, and what it takes over and hands off. */
export function territoryTable(scene: PlanScene, regions: readonly ReportRegion[], comparison: AlignmentComparison | undefined): Markup {
  const { territories } = scene.plan
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const columns: HtmlColumn[] = [{ heading: "Territory", kind: "text", cells: territories.map(({ id }) => nameCell(scene, id)), total: "Total" }]
  if (territories.some(({ id }) => scene.nameOf(id) !== id)) columns.push({ heading: "Id", kind: "text", cells: territories.map(({ id }) => id) })
  if (regions.length > 0) {
    const regionOf = new Map(regions.flatMap((region) => region.territoryIds.map((id) => [id, region.name ?? region.id] as const)))
    columns.push({ heading: "Region", kind: "text", cells: territories.map(({ id }) => regionOf.get(id) ?? "") })
  }
  const counts = territories.map((territory) => territory.accountCount)
  columns.push(numberColumn("Accounts", counts, sum(counts)))
  for (const measure of scene.measures) {
    const rows = new Map(measureRows(scene.plan, measure).map((row) => [row.id, row]))
    const activities = territories.map(({ id }) => rows.get(id)?.figures.activity ?? null)
    columns.push(numberColumn(measure, activities, sum(activities.map((activity) => activity ?? 0))))
    columns.push({ heading: "vs target", kind: "number", cells: territories.map(({ id }) => {
      const row = rows.get(id)
      return row === undefined ? "" : deviationCell(row)
    }) })
  }
  if (comparison !== undefined) {
    const change = new Map(comparison.territories.map((territory) => [territory.id, territory]))
    const count = (heading: string, key: "kept" | "takenOver" | "handedOff" | "newlyOwned"): HtmlColumn => {
      const values = territories.map(({ id }) => change.get(id)?.[key] ?? null)
      return numberColumn(heading, values, sum(values.map((value) => value ?? 0)))
    }
    columns.push(count("Kept", "kept"), count("Taken over", "takenOver"), count("Handed off", "handedOff"))
    if (comparison.territories.some((territory) => territory.newlyOwned > 0)) columns.push(count("Newly owned", "newlyOwned"))
  }
  return htmlTable(columns)
}

/** Regions with the sums of their territories. */
export function regionTable(scene: PlanScene, regions: readonly ReportRegion[]): Markup {
  const byId = new Map(scene.plan.territories.map((territory) => [territory.id, territory]))
  const members = regions.map((region) => region.territoryIds.flatMap((id) => byId.get(id) ?? []))
  const columns: HtmlColumn[] = [
    { heading: "Region", kind: "text", cells: regions.map((region) => region.name ?? region.id) },
    numberColumn("Territories", members.map((list) => list.length)),
    numberColumn("Accounts", members.map((list) => list.reduce((total, territory) => total + territory.accountCount, 0))),
  ]
  for (const measure of scene.measures) {
    const activity = new Map(measureRows(scene.plan, measure).map((row) => [row.id, row.figures.activity]))
    const all = [...activity.values()].reduce((total, value) => total + value, 0)
    const sums = members.map((list) => list.reduce((total, territory) => total + (activity.get(territory.id) ?? 0), 0))
    columns.push(numberColumn(measure, sums))
    columns.push({ heading: "Share", kind: "number", cells: sums.map((value) => formatShare(all > 0 ? value / all : null)) })
  }
  return htmlTable(columns)
}
