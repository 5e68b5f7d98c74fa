import type { Field, Location, Space } from "../../model/account.js"
import { DEFAULT_TOLERANCE } from "../../model/measure.js"
import { statedCenter } from "../../model/stated-center.js"
import type { TerritorySpec } from "../../model/territory.js"
import { statedShare } from "../../model/territory-shares.js"
import { DEFAULT_PARTITION_OPTIONS, type PartitionOptions } from "../partition-options.js"

/** A measure of a plan, in words that JSON keeps. */
export interface DigestMeasure {
  /** The field's name, or `"(function)"`. */
  readonly value: string
  readonly tolerance: number | null
  /** The bound that replaces the tolerance's side; left out where none was given. */
  readonly min?: number | null
  readonly max?: number | null
}

/**
 * The options that a plan was made with, as far as they change what it means: plain, readable, the defaults filled in. Options of
 * the search (`seed`, `starts`, `timeLimitMs` ...) are not among them: another search may find another plan, but this one means
 * the same.
 *
 * Functions are no data: that a number came from a function is kept, not which function it was.
 */
export interface PlanDigest {
  readonly space: Space
  /** Their number, or of each listed one what it was to be: its share by measure, its own bounds, its center where that is fixed or anchored, or distances are the caller's own. */
  readonly territories: number | readonly TerritorySpec[]
  readonly measures: Readonly<Record<string, DigestMeasure>>
  /** The weight's field, `"(function)"`, or that of the first measure where none was given. */
  readonly compactness: { readonly weight: string; readonly power: 1 | 2; /** Whether ways were given; left out where not. */ readonly distance?: true }
  readonly centers: "mean" | "account"
  /** Whether `eligible` was given. */
  readonly eligible: boolean
  /** Left out where it was not given. */
  readonly maxDistance?: number
}

/** What stands for a field that is read by a function. */
export const BY_FUNCTION = "(function)"

/** Writes down what a plan means. Options are taken to be checked. O(options). */
export function digestOptions<A>(options: PartitionOptions<A>, space: Space): PlanDigest {
  const names = Object.keys(options.measures)
  const { territories, compactness } = options
  return {
    space,
    territories: typeof territories === "number" ? territories : territories.map((spec) => digestTerritory(spec, names, compactness?.distance !== undefined)),
    measures: Object.fromEntries(
      names.map((name) => {
        const { value, tolerance, min, max } = options.measures[name]
        const bounds = { ...(min === undefined ? {} : { min: unsigned(min) }), ...(max === undefined ? {} : { max: unsigned(max) }) }
        return [name, { value: nameOf(value), tolerance: unsigned(tolerance === undefined ? DEFAULT_TOLERANCE : tolerance), ...bounds }]
      }),
    ),
    compactness: {
      weight: nameOf(compactness?.weight ?? options.measures[names[0]].value),
      power: compactness?.power ?? DEFAULT_PARTITION_OPTIONS.power,
      ...(compactness?.distance === undefined ? {} : { distance: true as const }),
    },
    centers: options.centers ?? DEFAULT_PARTITION_OPTIONS.centers,
    eligible: options.eligible !== undefined,
    ...(options.maxDistance === undefined ? {} : { maxDistance: options.maxDistance }),
  }
}

function nameOf<A>(field: Field<A>): string {
  return typeof field === "string" ? field : BY_FUNCTION
}

/** -0 does not come back from JSON. */
const unsigned = <N>(bound: N): N => (Object.is(bound, -0) ? (0 as N) : bound)

/** @param hasWays whether distances are the caller's own: a function may read them off the center, so that it belongs to the plan */
function digestTerritory(spec: TerritorySpec, names: readonly string[], hasWays: boolean): TerritorySpec {
  const { id, centerFixed, centerAnchor, min, max } = spec
  const center = statedCenter(spec)
  const isAnchored = centerFixed !== true && centerAnchor !== undefined && centerAnchor > 0
  const shares = names.flatMap((name): [string, number][] => {
    const share = statedShare(spec, name)
    return share === undefined ? [] : [[name, unsigned(share)]]
  })
  return {
    id,
    ...(center !== undefined && (centerFixed === true || isAnchored || hasWays) ? { center: copyPlace(center) } : {}),
    ...(center !== undefined && centerFixed === true ? { centerFixed } : {}),
    ...(center !== undefined && isAnchored ? { centerAnchor } : {}),
    ...(shares.length === 0 ? {} : { share: Object.fromEntries(shares) }),
    ...(min === undefined ? {} : { min: copyBounds(min) }),
    ...(max === undefined ? {} : { max: copyBounds(max) }),
  }
}

function copyPlace(place: Location): Location {
  return "x" in place ? { x: unsigned(place.x), y: unsigned(place.y) } : { longitude: unsigned(place.longitude), latitude: unsigned(place.latitude) }
}

function copyBounds(bounds: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(bounds).flatMap(([name, bound]): [string, number][] => ((bound as number | undefined) === undefined ? [] : [[name, unsigned(bound)]])))
}
