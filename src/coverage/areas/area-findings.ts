import { compareIds } from "../../model/compare-ids.js"
import { formatAmount } from "../../model/format-amount.js"
import { FINDING_CODES, makeFinding, type Finding, type FindingCode } from "../finding.js"
import { withStake, type Stake } from "./accounts-on-map.js"

/** A finding of the geometry plane before it has its words. */
interface Witness extends Stake {
  readonly code: FindingCode
  readonly territoryIds?: readonly string[]
  readonly areaIds?: readonly string[]
  readonly areaKm2: number | null
}

/** Puts words to a finding of the geometry plane. */
export function areaFinding({ code, territoryIds = [], areaIds = [], areaKm2, severity }: Witness, message: string, suggestion: string): Finding {
  return makeFinding({ plane: "geometry", code, territoryIds, areaIds, areaKm2, severity, message, suggestion })
}

/** What lies where, for the subject of a sentence: `12.3 km2 near -93.62, 41.59 with 3 accounts (revenue 7)`. */
export function tellPiece(areaKm2: number, place: { longitude: number; latitude: number }, stake: Stake): string {
  return `${tellKm2(areaKm2)} near ${round(place.longitude)}, ${round(place.latitude)}${withStake(stake)}`
}

/** Two places after the comma; six where that would be nothing. */
export function tellKm2(km2: number): string {
  return km2 > 0 && km2 < 1e-6 ? "less than 0.000001 km2" : `${formatAmount(km2)} km2`
}

const round = (degrees: number): string => String(Math.round(degrees * 1e4) / 1e4)

/** Orders findings: by code, by activity in the first measure, by area, by ids; what is still equal keeps its order. */
export function compareAreaFindings(a: Finding, b: Finding): number {
  const byCode = FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code)
  if (byCode !== 0) return byCode
  const [measure] = Object.keys(a.severity)
  const worse = measure === undefined ? 0 : b.severity[measure] - a.severity[measure]
  if (worse !== 0) return worse
  if (a.areaKm2 !== b.areaKm2) return (b.areaKm2 ?? 0) - (a.areaKm2 ?? 0)
  return compareIds(a.areaIds[0] ?? "", b.areaIds[0] ?? "") || compareIds(a.territoryIds.join("\u0000"), b.territoryIds.join("\u0000"))
}
