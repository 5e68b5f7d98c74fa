import type { Feature, FeatureCollection, GeoJsonProperties, Point } from "geojson"
import type { LocatedAccount, PlacedAccount } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue, type Warning } from "../model/error.js"
import { fieldOf } from "../model/field-of.js"
import { guardCall } from "../model/guard-call.js"
import { issue, NOTHING } from "../model/issue.js"
import { ownOptions } from "../model/own-options.js"
import type { PartitionResult } from "../partition/partition-result.js"
import { GAP, readOwnership } from "./ownership.js"
import { findSharedPlaces, warnOfSharedPlaces } from "./shared-places.js"

/** What `toGeoJson` writes beside ids. */
export interface GeoJsonOptions {
  /** Fields of the accounts to copy into the properties: text, finite numbers, true, false, null. Default none. */
  readonly properties?: readonly string[]
}

/** A member beside those of GeoJSON, only where there is something to say: `place-shared`. */
export interface GeoJsonWarnings {
  readonly warnings?: readonly Warning[]
}

/** Keys that features have of their own. */
const OWN_KEYS = ["kind", "accountId", "territoryId", "territoryIds", "name", "accountCount", "placeTerritoryIds", "sharesAllPlaces"]

/**
 * Writes who owns what as a GeoJSON FeatureCollection (RFC 7946): a point for each account, with `kind: "account"`,
 * `accountId`, `territoryId` (null for none or several) and `territoryIds` (all of them); when a plan is given, also a point
 * for each territory's center, with `kind: "territory-center"`, `territoryId`, `name` and `accountCount`. Accounts of different territories at
 * one place, where a picture shows only the uppermost, have `placeTerritoryIds`, a territory that has no others `sharesAllPlaces`, and a member
 * `warnings` beside the features says so.
 *
 * Accounts keep the caller's order; coordinates are longitude, latitude in degrees, WGS84, wrapped into [-180, 180).
 * Without places the features have no geometry (null), as RFC 7946 has it for what is not located.
 *
 * Deterministic. O(n log n). Not suitable for accounts on a plane: GeoJSON knows no planes.
 *
 * @param accounts on the globe, or without places
 * @param alignment rows, or a plan
 * @returns plain data, ready for JSON.stringify
 * @throws TerritoryError for accounts on a plane, unusable accounts or rows, unknown options, fields that are not plain
 * @example
 * const places = toGeoJson([{ id: "a", longitude: -93.6, latitude: 41.6 }], [{ accountId: "a", territoryId: "west" }])
 * places.features[0].properties?.territoryId // "west"
 */
export function toGeoJson(accounts: readonly PlacedAccount[], alignment: Alignment | PartitionResult, options?: GeoJsonOptions): FeatureCollection<Point> & GeoJsonWarnings
export function toGeoJson(accounts: readonly LocatedAccount[], alignment: Alignment | PartitionResult, options?: GeoJsonOptions): FeatureCollection<Point | null> & GeoJsonWarnings
export function toGeoJson(accounts: readonly LocatedAccount[], alignment: Alignment | PartitionResult, options: GeoJsonOptions = {}): FeatureCollection<Point | null> & GeoJsonWarnings {
  return guardCall({ accounts, alignment, options }, (own) => toGeoJsonUnguarded(own.accounts, own.alignment, own.options))
}

function toGeoJsonUnguarded(
  accounts: readonly LocatedAccount[],
  alignment: Alignment | PartitionResult,
  options: GeoJsonOptions,
): FeatureCollection<Point | null> & GeoJsonWarnings {
  const issues: Issue[] = []
  if (!isPlainObject(options)) issues.push(issue("option-type", "options", "must be an object", options))
  throwIssues(issues)
  const own = ownOptions(options)
  checkKeys(own, ["properties"], "", issues)
  const fields: unknown = own.properties ?? []
  if (!Array.isArray(fields)) issues.push(issue("option-type", "properties", "must be an array of field names", fields))
  else fields.forEach((field: unknown, f) => {
    if (typeof field !== "string") issues.push(issue("option-type", `properties[${f}]`, "must be the name of a field", field))
    else if (OWN_KEYS.includes(field) && field !== "name") issues.push(issue("option-range", `properties[${f}]`, `is taken: every feature has its own "${field}"`, NOTHING, "rename the field first"))
  })
  throwIssues(issues)
  const ownership = readOwnership(accounts, alignment, "alignment")
  const { table, territoryIds, owners, sharers, rows, territories } = ownership
  const shared = findSharedPlaces(ownership)
  const isHidden = new Set(shared.hidden)
  if (table.space === "plane") {
    throwIssues([issue("plane-geojson", "accounts", "lie on a plane, and GeoJSON holds longitude and latitude only", NOTHING, "project them back first, or use toCsv")])
  }

  const points = new Array<Feature<Point | null>>(accounts.length)
  rows.forEach((row, i) => {
    const owned = owners[i] === GAP ? [] : owners[i] >= 0 ? [owners[i]] : (sharers.get(i) as readonly number[])
    const ids = owned.map((t) => territoryIds[t])
    const copied = copyFields(accounts[row], fields as string[], row, issues)
    const place = shared.at.get(i)
    const properties = {
      ...copied,
      kind: "account",
      accountId: table.ids[i],
      territoryId: ids.length === 1 ? ids[0] : null,
      territoryIds: ids,
      ...(place === undefined ? {} : { placeTerritoryIds: place.map((t) => territoryIds[t]) }),
    }
    points[row] = { type: "Feature", id: table.ids[i], geometry: table.space === "none" ? null : { type: "Point", coordinates: [table.first[i], table.second[i]] }, properties }
  })
  throwIssues(issues)
  const centers = territories.flatMap(({ id, name, center, accountCount }, t): Feature<Point>[] => {
    if (center === null || !("longitude" in center)) return []
    const properties = { kind: "territory-center", territoryId: id, name: name ?? id, accountCount, ...(isHidden.has(t) ? { sharesAllPlaces: true } : {}) }
    return [{ type: "Feature", geometry: { type: "Point", coordinates: [center.longitude, center.latitude] }, properties }]
  })
  const warnings = warnOfSharedPlaces(shared, (t) => territoryIds[t])
  return { type: "FeatureCollection", features: [...points, ...centers], ...(warnings.length === 0 ? {} : { warnings }) }
}

function copyFields(account: LocatedAccount, fields: readonly string[], row: number, issues: Issue[]): GeoJsonProperties {
  const entries = fields.map((field): [string, unknown] => {
    const value = fieldOf(account, field) ?? null
    const plain = value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)
    if (!plain) issues.push(issue("property-type", `accounts[${row}].${field}`, "must be text, a finite number, true, false or null", value))
    return [field, value === 0 ? 0 : value] // -0 becomes 0
  })
  return Object.fromEntries(entries)
}
