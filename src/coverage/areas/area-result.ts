import type { FeatureCollection, MultiPolygon, Polygon } from "geojson"
import type { Warning } from "../../model/error.js"
import type { Finding } from "../finding.js"

/** What stands beside a polygon of a finding. */
export interface AreaProperties {
  /** The finding that it belongs to: its place in `findings`. */
  readonly finding: number
  readonly code: Finding["code"]
  readonly territoryIds: readonly string[]
  readonly areaIds: readonly string[]
  readonly areaKm2: number
  readonly accountCount: number
}

/** Polygons of findings, in their order: RFC 7946, outer rings counterclockwise, cut at the antimeridian. */
export type AreaCollection = FeatureCollection<Polygon | MultiPolygon, AreaProperties>

/** What `checkAreas` returns. Plain JSON. */
export interface AreaCoverageResult {
  /** No `area-gap` and nothing undecided: every part of the market that is larger than a sliver has a territory. */
  readonly complete: boolean
  /** No `area-overlap` and nothing undecided: no part of the market that is larger than a sliver has two. */
  readonly exclusive: boolean
  /**
   * By code in the order of {@link FINDING_CODES}, worst first: by activity in the first measure, then by area, then from west to
   * east. What is enclosed by one territory and belongs to nobody stands in a gap and in a hole. Of more than `maxFindings` of one code the
   * mildest are summed up in one finding, which comes last of its code.
   */
  readonly findings: readonly Finding[]
  /** The polygons of `area-overlap`. */
  readonly overlaps: AreaCollection
  /** The polygons of `area-gap`. */
  readonly gaps: AreaCollection
  /** The polygons of `area-hole`. */
  readonly holes: AreaCollection
  /** What each territory covers, ascending by id; undecided ones have no row. */
  readonly territories: readonly { readonly id: string; readonly areaKm2: number; readonly inMarketKm2: number }[]
  readonly summary: {
    readonly territoryCount: number
    /** Square kilometers on the sphere; the next four sum to it, slivers included. */
    readonly marketKm2: number
    readonly coveredOnceKm2: number
    readonly overlapKm2: number
    readonly gapKm2: number
    /** In no territory, but in the rectangle around one that is undecided. */
    readonly undecidedKm2: number
    /** What territories cover outside of the market. */
    readonly outsideKm2: number
    /** Pieces, also those that one finding sums up; slivers apart. */
    readonly overlapCount: number
    readonly gapCount: number
    readonly holeCount: number
    readonly sliverCount: number
    readonly invalidCount: number
    /** Territories whose border could not be followed, `area-undecided`. */
    readonly undecidedCount: number
  }
  /** `account-unplaced`, and what is odd about accounts and lists. */
  readonly warnings: readonly Warning[]
}
