import { sharedEffect, type SharedEffect } from "../../math/stats/shared-effect.js"
import type { ChangeTransform } from "./history-options.js"
import type { LikePeriods } from "./like-periods.js"
import type { History, RecordClusters } from "./read-history.js"

/** With fewer clusters among the treated or among controls, one odd one would be the verdict. */
export const LEAST_CLUSTERS = 3

/** Records of clusters that have some in several of the tested territories. */
export interface SharedClusters {
  /** Tested territories, treated first. */
  readonly tested: readonly number[]
  readonly clusterCount: number
  /** By piece: what one cluster has of one tested territory. */
  readonly unitOf: Int32Array
  readonly clusterOf: Int32Array
  /** By record: its piece, period and row. */
  readonly pieces: Int32Array
  readonly periods: Int32Array
  readonly rows: Int32Array
}

/** Finds the clusters that tested territories share; null without any. O(records). */
export function listSharedClusters(
  { periods, order, cells }: History, { clusterOf, count }: RecordClusters, tested: readonly number[],
): SharedClusters | null {
  const width = periods.names.length
  const unitOf = new Map(tested.map((t, unit) => [t, unit]))
  const only = new Int32Array(count).fill(-1)
  const isShared = new Uint8Array(count)
  const found: number[] = []
  for (const i of order) {
    const unit = unitOf.get(Math.floor(cells[i] / width))
    if (unit === undefined) continue
    found.push(i)
    const cluster = clusterOf[i]
    if (only[cluster] === -1) only[cluster] = unit
    else if (only[cluster] !== unit) isShared[cluster] = 1
  }
  const shared = found.filter((i) => isShared[clusterOf[i]] === 1)
  if (shared.length === 0) return null
  const numberOf = new Int32Array(count)
  let clusterCount = 0
  for (let cluster = 0; cluster < count; cluster++) if (isShared[cluster] === 1) numberOf[cluster] = clusterCount++
  const pieceOf = new Map<number, number>()
  const pieces = Int32Array.from(shared, (i) => {
    const key = clusterOf[i] * tested.length + (unitOf.get(Math.floor(cells[i] / width)) as number)
    const piece = pieceOf.get(key) ?? pieceOf.size
    pieceOf.set(key, piece)
    return piece
  })
  const keys = [...pieceOf.keys()]
  return {
    tested,
    clusterCount,
    unitOf: Int32Array.from(keys, (key) => key % tested.length),
    clusterOf: Int32Array.from(keys, (key) => numberOf[Math.floor(key / tested.length)]),
    pieces,
    periods: Int32Array.from(shared, (i) => cells[i] % width),
    rows: Int32Array.from(shared),
  }
}

/** Sums of the outcome and of exposure, before and after, and how many records they have. */
interface Sides {
  readonly outcome: [number, number]
  readonly exposure: [number, number]
  rows: number
}

/**
 * What shared clusters do to the difference of treated territories and controls, see `sharedEffect`. A piece moves its
 * territory by the difference between its share of the sum after and of that before (with `none`, by its own
 * difference), and by its share of what the territory does.
 *
 * @param numbers the change of each tested territory, as `measureChanges` has it
 * @param length periods that a sum goes over; 1 for ratios
 * @returns null where one cluster makes up all of a side
 */
export function measureShared(
  shared: SharedClusters, history: History, like: LikePeriods, numbers: Float64Array, treatedCount: number,
  transform: ChangeTransform, length: number,
): SharedEffect | null {
  const width = history.periods.names.length
  const empty = (): Sides => ({ outcome: [0, 0], exposure: [0, 0], rows: 0 })
  const add = (to: Sides, p: number, outcome: number, exposure: number, rows: number): void => {
    const [before, after] = [like.before[p], like.after[p]]
    to.outcome[0] += before * outcome
    to.outcome[1] += after * outcome
    to.exposure[0] += before * exposure
    to.exposure[1] += after * exposure
    if (before + after > 0) to.rows += rows
  }
  const units = shared.tested.map((t) => {
    const sides = empty()
    for (let p = 0, cell = t * width; p < width; p++, cell++) {
      add(sides, p, history.outcomes[cell], history.exposures?.[cell] ?? 0, history.rowCounts[cell])
    }
    return sides
  })
  const pieces = Array.from(shared.unitOf, empty)
  for (let at = 0; at < shared.rows.length; at++) {
    const i = shared.rows[at]
    add(pieces[shared.pieces[at]], shared.periods[at], history.amounts[i], history.exposed?.[i] ?? 0, 1)
  }
  const mean = (side: Float64Array): number => side.reduce((sum, own) => sum + own, 0) / side.length
  const means = [mean(numbers.subarray(0, treatedCount)), mean(numbers.subarray(treatedCount))]
  const deviations = numbers.map((own, unit) => own - means[unit < treatedCount ? 0 : 1])
  const shares = Float64Array.from(pieces, (piece, j) => shareOf(piece, units[shared.unitOf[j]]))
  const moved = Float64Array.from(pieces, (piece, j) => {
    const unit = shared.unitOf[j]
    const [before, after] = ([0, 1] as const).map((side) => partOf(piece, units[unit], shares[j], side))
    return after - before + deviations[unit] * shares[j]
  })
  const { unitOf, clusterOf, clusterCount } = shared
  return sharedEffect(deviations, treatedCount, { unitOf, clusterOf, clusterCount, deviations: moved, shares })

  /**
   * What a piece adds to the value of its territory on one side beyond its share; all pieces of a territory add up to
   * 0.
   */
  function partOf(piece: Sides, unit: Sides, share: number, side: 0 | 1): number {
    const whole = unit.outcome[side]
    if (history.exposures !== null) {
      const beyond = piece.outcome[side] - (whole / unit.exposure[side]) * piece.exposure[side]
      return finite(beyond / (transform === "log" ? whole : unit.exposure[side]))
    }
    if (transform === "log") return finite(piece.outcome[side] / whole - share)
    return finite((piece.outcome[side] - whole * share) / length)
  }
}

/** The mean of the shares before and after, of exposure or of an outcome that is positive; else that of records. */
function shareOf(piece: Sides, unit: Sides): number {
  const of = unit.exposure[0] > 0 && unit.exposure[1] > 0 ? "exposure" : "outcome"
  const isPositive = unit[of][0] > 0 && unit[of][1] > 0
  const share = isPositive ? (piece[of][0] / unit[of][0] + piece[of][1] / unit[of][1]) / 2 : piece.rows / unit.rows
  return Math.min(1, Math.max(0, finite(share)))
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0)
