import { placeInside } from "../../math/geo/region-geometry.js"
import type { Region } from "../../math/geo/region.js"
import { formatCount } from "../../model/format-amount.js"
import type { MeasureColumn } from "../../model/read-measures.js"
import { stakeOf, withStake, type Stake } from "./accounts-on-map.js"
import { tellKm2 } from "./area-findings.js"
import type { DrawnFinding } from "./collect-drawn.js"

/** Something that is found, before it has its words. */
export interface FoundPiece {
  readonly region: Region
  readonly km2: number
  /** Rows of the accounts inside, in the order of their ids. */
  readonly rows: readonly number[]
}

/** What one finding says of many pieces. */
export interface RestOfPieces<P> extends Stake {
  readonly pieces: readonly P[]
  readonly km2: number
  /** `190,000 more pieces, 12.3 km2 in all, the largest 0.4 km2 near 1.5, 0.5, with 3 accounts (revenue 7)`. */
  readonly what: string
}

/**
 * Describes the worst pieces one by one, by activity in the first measure, then by area, then in their order; the others together in one
 * finding. O(pieces log pieces), and the wording of `most`.
 *
 * @param most how many are described one by one
 */
export function describeWorst<P extends FoundPiece>(
  pieces: readonly P[],
  most: number,
  measures: readonly MeasureColumn[],
  describe: (piece: P, stake: Stake) => DrawnFinding,
  describeRest: (rest: RestOfPieces<P>) => DrawnFinding,
): DrawnFinding[] {
  if (pieces.length <= most) return pieces.map((piece) => describe(piece, stakeOf(piece.rows, measures)))
  const weight = measures.length === 0 ? (): number => 0 : ({ rows }: P): number => rows.reduce((sum, i) => sum + measures[0].activities[i], 0)
  const ranked = pieces.map((piece, place) => ({ piece, place, weight: weight(piece) })).sort((a, b) => b.weight - a.weight || b.piece.km2 - a.piece.km2 || a.place - b.place)
  const worst = ranked.slice(0, most).sort((a, b) => a.place - b.place)
  return [...worst.map(({ piece }) => describe(piece, stakeOf(piece.rows, measures))), describeRest(gatherRest(ranked.slice(most).map(({ piece }) => piece), "more piece", measures))]
}

/** Sums up pieces for one finding. O(pieces + rows). */
export function gatherRest<P extends FoundPiece>(pieces: readonly P[], noun: string, measures: readonly MeasureColumn[]): RestOfPieces<P> {
  const km2 = pieces.reduce((sum, piece) => sum + piece.km2, 0)
  const stake = stakeOf([...new Set(pieces.flatMap(({ rows }) => rows))], measures)
  const largest = pieces.reduce((most, piece) => (piece.km2 > most.km2 ? piece : most))
  const { longitude, latitude } = placeInside(largest.region)
  const what = `${formatCount(pieces.length, noun)}, ${tellKm2(km2)} in all, the largest ${tellKm2(largest.km2)} near ${longitude.toFixed(4)}, ${latitude.toFixed(4)}${withStake(stake)}`
  return { ...stake, pieces, km2, what }
}
