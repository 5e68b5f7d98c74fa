import type { Location } from "../model/account.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { checkTerritoryId } from "../model/check-territory-id.js"
import type { Issue } from "../model/error.js"
import { issue } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import type { CoverageTerritory } from "./coverage-options.js"

/** Listed territories, in the order of the list. */
export interface ListedTerritories {
  readonly indexOf: ReadonlyMap<string, number>
  readonly specs: readonly CoverageTerritory[]
}

/**
 * The listed territories; null without a list. Keys that coverage does not know are passed over: specs of a partition and territories of
 * a plan are fine. O(k).
 *
 * @param measures names that capacities may have
 */
export function readCoverageTerritories(territories: unknown, measures: readonly string[], issues: Issue[]): ListedTerritories | null {
  if (territories === undefined) return null
  if (!Array.isArray(territories)) {
    issues.push(issue("option-type", "territories", "must be an array of territories or of their ids", territories))
    return null
  }
  const indexOf = new Map<string, number>()
  const specs: CoverageTerritory[] = []
  territories.forEach((territory: unknown, t) => {
    const isObject = isPlainObject(territory)
    const path = `territories[${t}]`
    const id = isObject ? territory.id : territory
    checkTerritoryId(id, isObject ? `${path}.id` : path, "territories", t, indexOf, issues)
    specs.push(isObject ? readSpec(territory, path, measures, issues) : { id: territory as string })
  })
  return { indexOf, specs }
}

function readSpec(territory: Record<string, unknown>, path: string, measures: readonly string[], issues: Issue[]): CoverageTerritory {
  const { id, overlay, repIds, capacity, center } = territory
  if (overlay !== undefined && (typeof overlay !== "string" || overlay.trim() === "")) issues.push(issue("option-type", `${path}.overlay`, "must be the name of a role or product", overlay, "leave it out where there is none"))
  if (repIds !== undefined && !(Array.isArray(repIds) && repIds.every((rep) => typeof rep === "string" && rep.trim() !== ""))) {
    issues.push(issue("option-type", `${path}.repIds`, "must be an array of the ids of who serves it", repIds, "an empty array where nobody does"))
  }
  if (capacity !== undefined) checkCapacity(capacity, `${path}.capacity`, measures, issues)
  if (center !== undefined) checkCenter(center, `${path}.center`, issues)
  return {
    id: id as string,
    ...(overlay === undefined ? {} : { overlay: overlay as string }),
    ...(repIds === undefined ? {} : { repIds: repIds as string[] }),
    ...(capacity === undefined ? {} : { capacity: capacity as Record<string, number> }),
    ...(center === undefined ? {} : { center: center as Location }),
  }
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
  const { longitude, latitude, x, y } = (isPlainObject(center) ? center : {}) as Record<string, unknown>
  const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value)
  const isGlobe = isNumber(longitude) && isNumber(latitude) && Math.abs(latitude as number) <= 90
  if (!isPlainObject(center)) issues.push(issue("option-type", path, "must be { longitude, latitude }, or { x, y }", center))
  else if (!isGlobe && !(isNumber(x) && isNumber(y))) issues.push(issue("option-type", path, "must be { longitude, latitude } in degrees, or { x, y }, all finite numbers", center))
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
