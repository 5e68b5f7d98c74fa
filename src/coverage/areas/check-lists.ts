import { piecesOf } from "../../math/geo/clipper-engine.js"
import { compareIds } from "../../model/compare-ids.js"
import { throwIssues, type Issue, type Warning } from "../../model/error.js"
import { formatCount } from "../../model/format-amount.js"
import { issue, NOTHING } from "../../model/issue.js"
import { suggestName } from "../../model/nearest-name.js"
import type { Finding } from "../finding.js"
import { quoteAll } from "../word-finding.js"
import type { ValueLists } from "../value-lists.js"
import { placeOnMap, stakeOf, withStake, type ReadPlaces } from "./accounts-on-map.js"
import { areaFinding, tellKm2 } from "./area-findings.js"
import type { AreaCoverageResult } from "./area-result.js"
import { collectDrawn, compareDrawn, type DrawnFinding } from "./collect-drawn.js"
import { describeWorst, type FoundPiece, type RestOfPieces } from "./describe-worst.js"
import { findEnclosed } from "./find-enclosed.js"
import { frameOf, placeInFrame } from "./map-frame.js"
import type { ShapeFault } from "./read-shape.js"
import { neighborsOf, shapeAreas, type AreaTable } from "./read-topology.js"

/** An area that no list has, or several. */
interface ListedArea extends FoundPiece {
  readonly a: number
}

/** Pairs of an unknown and a known area up to which names are compared. */
const MAX_PAIRS = 1e6

/** Checks territories that are lists of areas: who has what is decided on ids alone, shapes are for figures and pictures. */
export function checkLists(
  table: AreaTable,
  { claimants, territoryIds, warnings }: ValueLists,
  market: ReadonlySet<string> | null,
  places: ReadPlaces,
  maxFindings: number,
): AreaCoverageResult {
  const issues: Issue[] = []
  const shaped = shapeAreas(table, "territories.topology", issues)
  if (shaped === null) return throwIssues(issues) as never
  const { ids, km2 } = shaped
  const frame = frameOf(shaped.polygons.flat())
  const regions = shaped.polygons.map((polygons) => placeInFrame(polygons, frame))
  const accounts = placeOnMap(places, frame)
  const nothing = stakeOf([], accounts.measures)
  const rowsIn = (areas: readonly number[]): readonly number[] => [...new Set(areas.flatMap((a) => (places.byArea === null ? accounts.inside(regions[a]) : (places.byArea.get(ids[a]) ?? []))))]

  // who has what
  const owners = ids.map((id) => claimants.get(id) ?? [])
  const inMarket = ids.map((id) => market === null || market.has(id))
  const members = new Map<string, number[]>(territoryIds.map((id) => [id, []]))
  owners.forEach((own, a) => own.forEach((id) => members.get(id)?.push(a)))

  const draw = (areas: readonly number[], code: Finding["code"], ofWhom: readonly string[], tell: (what: string) => readonly [string, string]): DrawnFinding => {
    const region = areas.flatMap((a) => regions[a])
    const own = stakeOf(rowsIn(areas), accounts.measures)
    const areaKm2 = areas.reduce((sum, a) => sum + km2[a], 0)
    const [message, suggestion] = tell(`${tellKm2(areaKm2)}${withStake(own)}`)
    return { ...own, region, finding: areaFinding({ code, territoryIds: ofWhom, areaIds: areas.map((a) => ids[a]), areaKm2, ...own }, message, suggestion) }
  }
  const found: DrawnFinding[] = []
  const wordArea = ({ a }: ListedArea): DrawnFinding => {
    const name = JSON.stringify(ids[a])
    if (owners[a].length === 0) return draw([a], "area-gap", [], (what) => [`Area ${name} (${what}) has no territory.`, `List ${name} in a territory, or leave it out of the market.`])
    return draw([a], "area-overlap", owners[a], (what) => [`Area ${name} (${what}) is in ${owners[a].length} territories: ${quoteAll(owners[a])}.`, `Keep ${name} in one of them, or declare the others an overlay.`])
  }
  const wordMore = (code: "area-gap" | "area-overlap") => (rest: RestOfPieces<ListedArea>): DrawnFinding => {
    const areaIds = rest.pieces.map(({ a }) => ids[a]).sort(compareIds)
    const ofWhom = [...new Set(rest.pieces.flatMap(({ a }) => owners[a]))].sort(compareIds)
    const what = `${formatCount(rest.pieces.length, "more area")} (${quoteAll(areaIds)}), ${tellKm2(rest.km2)} in all${withStake(rest)},`
    const isOne = rest.pieces.length === 1
    const message = code === "area-gap" ? `${what} ${isOne ? "has" : "have"} no territory.` : `${what} ${isOne ? "is" : "are"} in 2 territories or more of ${quoteAll(ofWhom)}.`
    const suggestion = code === "area-gap" ? "List them in a territory, or leave them out of the market." : "Keep each in one territory, or declare the others an overlay."
    const { accountCount, severity, km2: areaKm2 } = rest
    const finding = areaFinding({ code, territoryIds: ofWhom, areaIds, areaKm2, accountCount, severity }, message, suggestion)
    return { accountCount, severity, region: [], pieces: rest.pieces.flatMap(({ region }) => piecesOf(region)), finding }
  }
  const listed = (isMeant: (count: number) => boolean): ListedArea[] =>
    ids.flatMap((_, a) => (inMarket[a] && isMeant(owners[a].length) ? [{ a, region: regions[a], km2: km2[a], rows: rowsIn([a]) }] : []))
  const [openAreas, sharedAreas] = [listed((count) => count === 0), listed((count) => count > 1)]
  for (const one of describeWorst(openAreas, maxFindings, accounts.measures, wordArea, wordMore("area-gap"))) found.push(one)
  for (const one of describeWorst(sharedAreas, maxFindings, accounts.measures, wordArea, wordMore("area-overlap"))) found.push(one)
  for (const { encloser, areas } of findEnclosed(table, members, neighborsOf(table), regions, frame)) {
    const counted = areas.filter((a) => inMarket[a])
    if (counted.length === 0) continue
    const insiders = [...new Set(counted.flatMap((a) => owners[a]))].sort(compareIds)
    const isOne = counted.length === 1
    const whose = insiders.length === 0 ? "to nobody" : `to ${quoteAll(insiders)}${counted.some((a) => owners[a].length === 0) ? " and partly to nobody" : ""}`
    const names = quoteAll(counted.map((a) => ids[a]))
    found.push(
      draw(counted, "area-hole", [...new Set([encloser, ...insiders])].sort(compareIds), (what) => [
        `${isOne ? `Area ${names} (${what}) is` : `${formatCount(counted.length, "area")} (${names}: ${what}) are`} enclosed by territory ${JSON.stringify(encloser)} and ${isOne ? "belongs" : "belong"} ${whose}.`,
        `Give ${isOne ? "it" : "them"} to ${JSON.stringify(encloser)}, or open a way to ${isOne ? "it" : "them"}.`,
      ]),
    )
  }

  // what is not there, and what is no shape
  const unknown = [...claimants].filter(([id]) => !table.indexOf.has(id))
  const nearby = unknown.length * ids.length <= MAX_PAIRS ? ids : []
  for (const [id, own] of unknown) {
    const remedy = suggestName(id, nearby)
    const message = `Area ${JSON.stringify(id)} of ${own.length === 1 ? "territory" : "territories"} ${quoteAll(own)} is not in the topology${remedy === "" ? "." : `; ${remedy}`}`
    found.push({ ...nothing, region: [], finding: areaFinding({ code: "area-unknown", territoryIds: own, areaIds: [id], areaKm2: null, ...nothing }, message, `Correct the id ${JSON.stringify(id)}, or remove it.`) })
  }
  shaped.faults.forEach((faults, a) => {
    if (faults.length === 0 || km2[a] > 0) return
    const message = `Area ${JSON.stringify(ids[a])} has no shape: ${faults[0].path} ${faults[0].rule}.`
    found.push({ ...nothing, region: [], finding: areaFinding({ code: "area-invalid", territoryIds: owners[a], areaIds: [ids[a]], areaKm2: 0, ...nothing }, message, "Give it a shape; who has it is known all the same.") })
  })
  found.sort(compareDrawn)

  // figures
  const sum = (keep: (a: number) => boolean): number => km2.reduce((total, one, a) => (keep(a) ? total + one : total), 0)
  const count = (code: Finding["code"]): number => found.filter(({ finding }) => finding.code === code).length
  return {
    complete: openAreas.length === 0,
    exclusive: sharedAreas.length === 0,
    findings: found.map(({ finding }) => finding),
    overlaps: collectDrawn(found, "area-overlap"),
    gaps: collectDrawn(found, "area-gap"),
    holes: collectDrawn(found, "area-hole"),
    territories: [...members].map(([id, own]) => ({ id, areaKm2: own.reduce((total, a) => total + km2[a], 0), inMarketKm2: own.reduce((total, a) => total + (inMarket[a] ? km2[a] : 0), 0) })),
    summary: {
      territoryCount: territoryIds.length,
      marketKm2: sum((a) => inMarket[a]),
      coveredOnceKm2: sum((a) => inMarket[a] && owners[a].length === 1),
      overlapKm2: sum((a) => inMarket[a] && owners[a].length > 1),
      gapKm2: sum((a) => inMarket[a] && owners[a].length === 0),
      undecidedKm2: 0,
      outsideKm2: sum((a) => !inMarket[a] && owners[a].length > 0),
      overlapCount: sharedAreas.length,
      gapCount: openAreas.length,
      holeCount: count("area-hole"),
      sliverCount: 0,
      invalidCount: count("area-invalid"),
      undecidedCount: 0,
    },
    warnings: [...warnings, ...warnOfShapes(ids, shaped.faults, km2), ...accounts.warnings],
  }
}

/** One warning for all areas whose shape is odd: simplified maps have rings that shrank to nothing, and corners that cross. */
function warnOfShapes(ids: readonly string[], faults: readonly (readonly ShapeFault[])[], km2: Float64Array): Warning[] {
  const odd = ids.flatMap((id, a) => {
    const fault = km2[a] > 0 ? faults[a].find(({ kind }) => kind === "told" || kind === "unread") : undefined
    return fault === undefined ? [] : [{ id, fault }]
  })
  if (odd.length === 0) return []
  const more = odd.length === 1 ? "" : ` (and ${formatCount(odd.length - 1, "more area")})`
  return [{ code: "area-odd", path: "territories.topology", message: `territories.topology: area ${JSON.stringify(odd[0].id)}: ${odd[0].fault.path} ${odd[0].fault.rule}; its area in km2 is what can be read${more}` }]
}

/** Reads the areas that count; null: all. */
export function readMarketAreas(market: unknown, table: AreaTable, issues: Issue[]): ReadonlySet<string> | null {
  if (market === undefined) return null
  if (!Array.isArray(market)) {
    issues.push(issue("market-type", "market", "must be an array of area ids where territories are lists", market, "for a boundary, check the polygons of dissolveAreas instead"))
    return null
  }
  if (market.length === 0) issues.push(issue("market-empty", "market", "has no area", NOTHING, "leave the option out where all areas count"))
  Array.from(market as readonly unknown[]).forEach((id, m) => {
    if (typeof id !== "string") issues.push(issue("value-type", `market[${m}]`, "must be a string", id))
    else if (!table.indexOf.has(id)) issues.push(issue("id-unknown", `market[${m}]`, "is not an area of the topology", id))
  })
  return new Set(market as string[])
}
