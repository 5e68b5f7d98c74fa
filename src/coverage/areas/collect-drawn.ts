import type { Region } from "../../math/geo/region.js"
import { regionGeometry } from "../../math/geo/region-geometry.js"
import type { Finding } from "../finding.js"
import type { Stake } from "./accounts-on-map.js"
import type { AreaCollection } from "./area-result.js"

/** A finding with what it is drawn and counted by. */
export interface DrawnFinding extends Stake {
  readonly finding: Finding
  readonly region: Region
}

/** The findings of one code as GeoJSON. O(n log n). */
export function collectDrawn(found: readonly DrawnFinding[], code: Finding["code"]): AreaCollection {
  return {
    type: "FeatureCollection",
    features: found.flatMap(({ finding, region, accountCount }, f) =>
      finding.code !== code
        ? []
        : [{ type: "Feature" as const, geometry: regionGeometry(region), properties: { finding: f, code, territoryIds: finding.territoryIds, areaIds: finding.areaIds, areaKm2: finding.areaKm2 ?? 0, accountCount } }],
    ),
  }
}
