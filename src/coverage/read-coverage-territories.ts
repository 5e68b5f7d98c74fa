import type { Location } from "../model/account.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { checkTerritoryId } from "../model/check-territory-id.js"
import type { Issue } from "../model/error.js"
import { MAX_LONGITUDE, MAX_PLANE } from "../model/find-account-issues.js"
import { issue } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import type { CoverageTerritory } from "./coverage-options.js"

/** Listed territories, in the order of the list. */
export interface ListedTerritories {
  readonly indexOf: ReadonlyMap<string, number>
  readonly specs: readonly ListedTerritory[]
}

/** A territory as listed; a center of null is left out. */
type ListedTerritory = Omit<CoverageTerritory, "center"> & { readonly center?: Location }

/**
 * The listed territories; null without a list. Keys that coverage does not know are passed over: specs of a partition and territories of
 * a plan are fine. O(k).
 *
 * @param measures names that capacities may have; null: they are not looked at
 */
export function readCoverageTerritories(territories: unknown, measures: readonly string[] | null, issues: Issue[]): ListedTerritories | null {
  if (territories === undefined) return null
  if (!Array.isArray(territories)) {
    issues.push(issue("option-type", "territories", "must be an array of territories or of their ids", territories))
    return null
  }
  const indexOf = new Map<string, number>()
  const specs: ListedTerritory[] = []
  territories.forEach((territory: unknown, t) => {
    const isObject = isPlainObject(territory)
    const path = `territories[${t}]`
    const id = isObject ? territory.id : territory
    checkTerritoryId(id, isObject ? `${path}.id` : path, "territories", t, indexOf, issues)
    specs.push(isObject ? readSpec(territory, path, measures, issues) : makeSpec({ id: territory as string }))
  })
  return { indexOf, specs }
}

/** The overlay of each territory that is one. */
export function overlaysOf(listed: ListedTerritories | null): Map<string, string> {
  return new Map((listed?.specs ?? []).flatMap(({ id, overlay }) => (overlay === undefined ? [] : [[id, overlay] as const])))
}

/** What a territory can take of a measure: its own capacity, else that of all; Infinity where there is none. */
export function capacityOf(listed: ListedTerritories | null, territoryId: string, measure: string, capacity: Readonly<Record<string, number>>): number {
  const own = listed?.specs[listed.indexOf.get(territoryId) ?? -1]?.capacity
  return own !== undefined && Object.hasOwn(own, measure) ? own[measure] : Object.hasOwn(capacity, measure) ? capacity[measure] : Infinity
}

function readSpec(territory: Record<string, unknown>, path: string, measures: readonly string[] | null, issues: Issue[]): ListedTerritory {
  const { id, overlay, repIds, capacity, center } = territory
  if (overlay !== undefined && (typeof overlay !== "string" || overlay.trim() === "")) issues.push(issue("option-type", `${path}.overlay`, "must be the name of a role or product", overlay, "leave it out where there is none"))
  if (repIds !== undefined && !(Array.isArray(repIds) && repIds.every((rep) => typeof rep === "string" && rep.trim() !== ""))) {
    issues.push(issue("option-type", `${path}.repIds`, "must be an array of the ids of who serves it", repIds, "an empty array where nobody does"))
  }
  if (capacity !== undefined && measures !== null) checkCapacity(capacity, `${path}.capacity`, measures, issues)
  if (center !== undefined && center !== null) checkCenter(center, `${path}.center`, issues)
  return makeSpec({
    id: id as string,
    ...(overlay === undefined ? {} : { overlay: overlay as string }),
    ...(repIds === undefined ? {} : { repIds: repIds as string[] }),
    ...(capacity === undefined ? {} : { capacity: capacity as Record<string, number> }),
    ...(center === undefined || center === null ? {} : { center: readLocation(center) ?? ({ x: NaN, y: NaN } as const) }),
  })
}

/** On no prototype: what a polluted `Object.prototype` adds is none of it. */
function makeSpec(spec: ListedTerritory): ListedTerritory {
  return Object.assign(Object.create(null) as ListedTerritory, spec)
}

/** Checks capacities by measure: numbers of 0 or more, of measures that there are. */
export function checkCapacity(capacity: unknown, path: string, measures: readonly string[], issues: Issue[]): void {
  if (!isPlainObject(capacity)) {
    issues.push(issue("option-type", path, "must be an object of amounts by measure, such as { workload: 40 }", capacity))
    return
  }
  for (const [name, amount] of Object.entries(capacity)) {
    if (!measures.includes(name)) issues.push(issue("measure-unknown", `${path}.${name}`, "is the capacity of a measure that the call does not have", amount, suggestName(name, measures, measures.length === 0 ? "give measures" : `measures: ${measures.join(", ")}`)))
    else if (!(typeof amount === "number" && amount >= 0)) issues.push(issue("option-range", `${path}.${name}`, "must be a number of 0 or more", amount))
  }
}

function checkCenter(center: unknown, path: string, issues: Issue[]): void {
  if (!isPlainObject(center)) issues.push(issue("option-type", path, "must be { longitude, latitude }, or { x, y }", center))
  else if (readLocation(center) === null) issues.push(issue("option-type", path, "must be { longitude, latitude } in degrees, or { x, y }, all finite numbers", center))
}

/** A place of which both coordinates are numbers in range, and nothing else of it; null where there is none. */
export function readLocation(center: unknown): Location | null {
  if (!isPlainObject(center)) return null
  const { longitude, latitude, x, y } = center
  const isWithin = (value: unknown, most: number): value is number => typeof value === "number" && Math.abs(value) <= most
  if (isWithin(longitude, MAX_LONGITUDE) && isWithin(latitude, 90)) return { longitude, latitude }
  return isWithin(x, MAX_PLANE) && isWithin(y, MAX_PLANE) ? { x, y } : null
}

/** Keys of an object that belongs to coverage alone. */
export function checkOwnKeys(value: unknown, keys: readonly string[], path: string, form: string, issues: Issue[]): value is Record<string, unknown> {
  if (!isPlainObject(value)) {
    issues.push(issue("option-type", path, `must be an object such as ${form}`, value))
    return false
  }
  checkKeys(value, keys, path, issues)
  return true
}
