import type { Region } from "../../math/geo/region.js"
import { piecesGeometry, regionGeometry } from "../../math/geo/region-geometry.js"
import type { Finding } from "../finding.js"
import type { Stake } from "./accounts-on-map.js"
import { compareAreaFindings } from "./area-findings.js"
import type { AreaCollection } from "./area-result.js"

/** A finding with what it is drawn and counted by. */
export interface DrawnFinding extends Stake {
  readonly finding: Finding
  readonly region: Region
  /** Of a finding that sums up several pieces, these instead of one region; it stands last among those of its code. */
  readonly pieces?: readonly Region[]
}

/** By code, worst first; findings that sum up others come last of theirs. */
export function compareDrawn(a: DrawnFinding, b: DrawnFinding): number {
  const isSameCode = a.finding.code === b.finding.code
  return (isSameCode ? Number(a.pieces !== undefined) - Number(b.pieces !== undefined) : 0) || compareAreaFindings(a.finding, b.finding)
}

/** The findings of one code as GeoJSON. O(n log n). */
export function collectDrawn(found: readonly DrawnFinding[], code: Finding["code"]): AreaCollection {
  return {
    type: "FeatureCollection",
    features: found.flatMap(({ finding, region, pieces, accountCount }, f) =>
      finding.code !== code
        ? []
        : [{ type: "Feature" as const, geometry: pieces === undefined ? regionGeometry(region) : piecesGeometry(pieces), properties: { finding: f, code, territoryIds: finding.territoryIds, areaIds: finding.areaIds, areaKm2: finding.areaKm2 ?? 0, accountCount } }],
    ),
  }
}
