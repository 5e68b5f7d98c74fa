import { placeInside } from "../../math/geo/region-geometry.js"
import { compareIds } from "../../model/compare-ids.js"
import { formatCount } from "../../model/format-amount.js"
import type { Finding } from "../finding.js"
import { quote, quoteAll } from "../word-finding.js"
import { withStake, type Stake } from "./accounts-on-map.js"
import { areaFinding, tellPiece } from "./area-findings.js"
import type { DrawnFinding } from "./collect-drawn.js"
import type { FoundPiece, RestOfPieces } from "./describe-worst.js"
import type { Hole } from "./find-holes.js"
import type { UndecidedTerritory } from "./place-territories.js"

type Overlapping = FoundPiece & { readonly territoryIds: readonly string[] }

const ONE_BORDER = "Draw one border there for all of them, or declare the others an overlay."
const COVER = "Extend a neighboring territory over it, or leave it out of the market."

/** An overlap of named territories. */
export function wordOverlap({ region, km2, territoryIds }: Overlapping, stake: Stake): DrawnFinding {
  const message = `${tellPiece(km2, placeInside(region), stake)} is in ${territoryIds.length} territories: ${quoteAll(territoryIds)}.`
  return { ...stake, region, finding: areaFinding({ code: "area-overlap", territoryIds, areaKm2: km2, ...stake }, message, ONE_BORDER) }
}

/** Overlaps beyond those that are described one by one. */
export function wordMoreOverlaps(rest: RestOfPieces<Overlapping>): DrawnFinding {
  const territoryIds = allOf(rest.pieces)
  return together("area-overlap", rest, territoryIds, `${rest.what}, ${areOf(rest)} in 2 territories or more of ${quoteAll(territoryIds)}.`, ONE_BORDER)
}

/** Overlaps for which the work did not suffice. */
export function wordUnnamed(rest: RestOfPieces<Overlapping>): DrawnFinding {
  const territoryIds = allOf(rest.pieces)
  const message = `${rest.what}, ${areOf(rest)} in 2 territories or more of ${quoteAll(territoryIds)}; who has what was left undecided, as the budget of work was spent.`
  return together("area-overlap", rest, territoryIds, message, "Draw common borders once, and use them on both sides.")
}

/** A part of the market that has no territory. */
export function wordGap({ region, km2 }: FoundPiece, stake: Stake): DrawnFinding {
  return { ...stake, region, finding: areaFinding({ code: "area-gap", areaKm2: km2, ...stake }, `${tellPiece(km2, placeInside(region), stake)} has no territory.`, COVER) }
}

/** Gaps beyond those that are described one by one. */
export function wordMoreGaps(rest: RestOfPieces<FoundPiece>): DrawnFinding {
  return together("area-gap", rest, [], `${rest.what}, ${rest.pieces.length === 1 ? "has" : "have"} no territory.`, "Extend neighboring territories over them, or leave them out of the market.")
}

/** What one territory encloses. */
export function wordHole({ encloser, insiders, region, km2 }: Hole & FoundPiece, stake: Stake): DrawnFinding {
  const whose = insiders.length === 0 ? "belongs to nobody" : `belongs to ${quoteAll(insiders)}`
  const message = `${tellPiece(km2, placeInside(region), stake)} is enclosed by territory ${quote(encloser)} and ${whose}.`
  const territoryIds = [encloser, ...insiders].sort(compareIds)
  return { ...stake, region, finding: areaFinding({ code: "area-hole", territoryIds, areaKm2: km2, ...stake }, message, `Give it to ${quote(encloser)}, or open a way to it.`) }
}

/** Enclosed pieces beyond those that are described one by one. */
export function wordMoreHoles(rest: RestOfPieces<Hole & FoundPiece>): DrawnFinding {
  const territoryIds = [...new Set(rest.pieces.flatMap(({ encloser, insiders }) => [encloser, ...insiders]))].sort(compareIds)
  return together("area-hole", rest, territoryIds, `${rest.what}, ${areOf(rest)} enclosed, each by one territory of ${quoteAll(territoryIds)}.`, "Give each to the territory that encloses it, or open a way to it.")
}

/** Enclosed pieces for which the work did not suffice. */
export function wordOpenHoles(count: number, nothing: Stake): DrawnFinding {
  const message = `${formatCount(count, "more piece is", "more pieces are")} enclosed by territories; to whom ${count === 1 ? "it belongs" : "they belong"} was left undecided, as the budget of work was spent.`
  return { ...nothing, region: [], pieces: [], finding: areaFinding({ code: "area-hole", areaKm2: null, ...nothing }, message, "Draw territories without holes, or check fewer at once.") }
}

/** A territory whose border could not be followed. */
export function wordUndecided({ id, veil, partner, isMarket, crossings }: UndecidedTerritory, stake: Stake): Finding {
  const whom = isMarket ? "that of the market" : partner === id ? "itself" : `that of ${quote(partner ?? "")}`
  const why = partner === null && !isMarket ? "has too many long edges to be followed" : `crosses ${whom} too often to be followed (${formatCount(crossings, "crossing was", "crossings were")} counted until then)`
  const { longitude, latitude } = placeInside(veil)
  const where = `near ${longitude.toFixed(4)}, ${latitude.toFixed(4)}${withStake(stake)}`
  const message = `The border of territory ${quote(id)} ${why}: what it shares with others, and what has no territory in the rectangle around it ${where}, is left undecided.`
  const territoryIds = [...new Set([id, partner ?? id])].sort(compareIds)
  return areaFinding({ code: "area-undecided", territoryIds, areaKm2: null, ...stake }, message, "Simplify its border, or round it to fewer corners, and check again.")
}

function together(code: Finding["code"], rest: RestOfPieces<FoundPiece>, territoryIds: readonly string[], message: string, suggestion: string): DrawnFinding {
  const { accountCount, severity, pieces, km2 } = rest
  const finding = areaFinding({ code, territoryIds, areaKm2: km2, accountCount, severity }, message, suggestion)
  return { accountCount, severity, region: [], pieces: pieces.map(({ region }) => region), finding }
}

const areOf = ({ pieces }: RestOfPieces<FoundPiece>): string => (pieces.length === 1 ? "is" : "are")

const allOf = (pieces: readonly Overlapping[]): readonly string[] => [...new Set(pieces.flatMap(({ territoryIds }) => territoryIds))].sort(compareIds)
