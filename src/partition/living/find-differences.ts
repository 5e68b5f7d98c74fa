import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import type { Issue } from "../../model/error.js"
import { issue, NOTHING, show } from "../../model/issue.js"
import { MEASURE_KEYS } from "../../model/measure.js"
import { suggestName } from "../../model/nearest-name.js"
import { ownOptions } from "../../model/own-options.js"
import { OPTION_KEYS, TERRITORY_KEYS } from "../check-options.js"
import { DATA_OPTIONS, type PartitionOptions } from "../partition-options.js"
import { findWayIssues } from "./plan-ways.js"
import { BY_FUNCTION, digestOptions, type PlanDigest } from "./plan-digest.js"

/** The options that say what a plan means. Without any of them the plan's own are taken. */
const PLAN_OPTIONS = ["territories", "measures", "compactness", "centers"] as const

/** Whether a caller states what the plan means, or leaves it to the plan. */
export function statesPlanOptions(options: Readonly<Record<string, unknown>>): boolean {
  return PLAN_OPTIONS.some((key) => options[key] !== undefined && !(key === "compactness" && isOnlyDistance(options[key])))
}

/** Distances are given anew in every call: by themselves they say nothing of weight and power. */
function isOnlyDistance(compactness: unknown): boolean {
  return isPlainObject(compactness) && compactness.distance !== undefined && Object.keys(compactness).every((key) => key === "distance" || compactness[key] === undefined)
}

/** One option of a plan by a key that does not depend on the order of lists, and by its path in the caller's words. */
interface Leaf {
  readonly path: string
  readonly value: unknown
  readonly isDefault: boolean
}

/**
 * Where options are not those that a plan was made with: an issue for each, which names the option and both values. Defaults
 * count as given; what has no default (`territories`, `measures`) may be left to the plan. Nothing else is asked of the options:
 * what equals the plan's is sound. O(options).
 *
 * @param options with own keys only, checked for nothing yet
 * @param extraKeys what the calling function takes besides
 */
export function findDifferences(options: unknown, digest: PlanDigest, extraKeys: readonly string[]): Issue[] {
  const issues: Issue[] = []
  if (!isRecord(options, "options", issues)) return issues
  checkKeys(options, [...OPTION_KEYS, ...extraKeys], "", issues)
  findWayIssues(options, digest, issues)
  if (!statesPlanOptions(options)) return issues
  findFormIssues(options, digest, issues)
  if (issues.length > 0) return issues
  const own = completed(options, digest)
  const given = leavesOf(own, options, own)
  const planned = leavesOf(digest, digest, own)
  for (const key of new Set([...planned.keys(), ...given.keys()])) {
    const had = planned.get(key)
    const has = given.get(key)
    if (had?.value !== has?.value) issues.push(difference((has ?? had) as Leaf, had?.value, has))
  }
  return issues
}

const REMEDY = "pass the options that the plan was made with, or make a new plan with partitionAccounts"

function difference({ path }: Leaf, planned: unknown, given: Leaf | undefined): Issue {
  const rule = planned === undefined ? "must be left out, as in the plan" : `must be ${planned === BY_FUNCTION ? "a function of the account" : show(planned)}, as in the plan`
  const got = given?.value === BY_FUNCTION ? BY_FUNCTION_GIVEN : given?.value
  return issue("option-differs", path, rule, got, `${given?.isDefault === true ? "by default; " : ""}${REMEDY}`)
}

/** Is shown as "a function". */
const BY_FUNCTION_GIVEN = (): void => undefined

/** Options but for those of many rows, which say nothing of what a plan means. */
function withoutRows(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !DATA_OPTIONS.includes(key)))
}

/** The digest that a plan of these options would have; what is left out and has no default is the plan's. */
function completed(options: Readonly<Record<string, unknown>>, digest: PlanDigest): PlanDigest {
  const { compactness } = options
  // that there are distances is all that a plan keeps of them
  const known = isPlainObject(compactness) && compactness.distance !== undefined ? { compactness: { ...compactness, distance: [] } } : {}
  const whole = { ...withoutRows(options), ...known, territories: options.territories ?? digest.territories, measures: options.measures ?? digest.measures }
  // twice: neither what is read nor what is left out may come from a prototype
  return ownOptions(digestOptions(ownOptions(whole) as unknown as PartitionOptions<unknown>, digest.space))
}

/** What would keep options from being compared at all: other kinds of values, and other measures or territories than the plan's. */
function findFormIssues(options: Readonly<Record<string, unknown>>, digest: PlanDigest, issues: Issue[]): void {
  const { measures, compactness, territories } = options
  if (isRecord(measures, "measures", issues)) {
    for (const [name, measure] of Object.entries(measures)) {
      const path = `measures.${name}`
      if (!Object.hasOwn(digest.measures, name)) issues.push(issue("option-differs", path, "is no measure of the plan", NOTHING, suggestName(name, Object.keys(digest.measures), REMEDY)))
      else if (isRecord(measure, path, issues)) {
        checkKeys(measure, MEASURE_KEYS, path, issues)
        checkField(measure.value, `${path}.value`, issues)
      } else if (measure === undefined) issues.push(issue("option-type", path, "must be an object such as { value: \"hours\" }", measure))
    }
    for (const name of Object.keys(digest.measures)) if (!Object.hasOwn(measures, name)) issues.push(issue("option-differs", "measures", `lacks ${show(name)}, a measure of the plan`, NOTHING, REMEDY))
  }
  if (isRecord(compactness, "compactness", issues)) {
    checkKeys(compactness, ["weight", "power", "distance"], "compactness", issues)
    if (compactness.weight !== undefined) checkField(compactness.weight, "compactness.weight", issues)
  }
  if (territories !== undefined) findTerritoryIssues(territories, digest, issues)
}

/** Whether an option is given as an object; what is given as something else is an issue. */
function isRecord(value: unknown, path: string, issues: Issue[]): value is Record<string, unknown> {
  if (value === undefined || isPlainObject(value)) return value !== undefined
  issues.push(issue("option-type", path, "must be an object", value))
  return false
}

function checkField(value: unknown, path: string, issues: Issue[]): void {
  if (typeof value !== "string" && typeof value !== "function") issues.push(issue("field-type", path, "must be a field name or a function of the account", value))
}

function findTerritoryIssues(territories: unknown, digest: PlanDigest, issues: Issue[]): void {
  const planned = digest.territories
  if (typeof planned === "number" || !Array.isArray(territories)) {
    if (territories === planned) return
    const was = typeof planned === "number" ? show(planned) : `the list of the plan's ${planned.length} territories`
    issues.push(issue("option-differs", "territories", `must be ${was}, as in the plan`, territories, REMEDY))
    return
  }
  const ids = new Set(planned.map((spec) => spec.id))
  const seen = new Set<unknown>()
  territories.forEach((spec: unknown, t) => {
    const path = `territories[${t}]`
    if (!isPlainObject(spec)) {
      issues.push(issue("option-type", path, "must be an object with an id", spec))
      return
    }
    checkKeys(spec, TERRITORY_KEYS, path, issues)
    for (const key of ["min", "max"]) isRecord(spec[key], `${path}.${key}`, issues)
    if (spec.share !== undefined && typeof spec.share !== "number") isRecord(spec.share, `${path}.share`, issues)
    if (spec.center !== undefined && spec.center !== null) isRecord(spec.center, `${path}.center`, issues)
    if (!ids.has(spec.id as string)) issues.push(issue("option-differs", `${path}.id`, "is no territory of the plan", spec.id, suggestName(spec.id, ids, REMEDY)))
    else if (seen.has(spec.id)) issues.push(issue("id-duplicate", `${path}.id`, "must be unique", spec.id, "remove one"))
    seen.add(spec.id)
  })
  for (const id of ids) if (!seen.has(id)) issues.push(issue("option-differs", "territories", `lacks ${show(id)}, a territory of the plan`, NOTHING, REMEDY))
}

/**
 * @param stated where the digest is of options: these, to tell what is a default
 * @param listed the digest in whose order territories are numbered in paths
 */
function leavesOf(digest: PlanDigest, stated: object, listed: PlanDigest): ReadonlyMap<string, Leaf> {
  const raw = stated as { readonly measures?: Readonly<Record<string, Readonly<Record<string, unknown>>>>; readonly compactness?: Readonly<Record<string, unknown>>; readonly centers?: unknown }
  const leaves = new Map<string, Leaf>()
  const add = (path: string, value: unknown, isDefault = false, key = path): void => {
    if (value !== undefined) leaves.set(key, { path, value, isDefault })
  }
  for (const [name, measure] of Object.entries(digest.measures)) {
    for (const key of MEASURE_KEYS) add(`measures.${name}.${key}`, measure[key], raw.measures !== undefined && raw.measures[name][key] === undefined)
  }
  add("compactness.weight", digest.compactness.weight, raw.compactness?.weight === undefined)
  add("compactness.power", digest.compactness.power, raw.compactness?.power === undefined)
  add("maxDistance", digest.maxDistance)
  add("centers", digest.centers, raw.centers === undefined)
  if (typeof digest.territories === "number" || typeof listed.territories === "number") return leaves
  const placeOf = new Map(listed.territories.map((spec, t) => [spec.id, t]))
  for (const { id, center, centerFixed, centerAnchor, share, min, max } of digest.territories) {
    const path = `territories[${placeOf.get(id)}]`
    const parts: Readonly<Record<string, object | null | undefined>> = { center, share: share as object | undefined, min, max }
    add(`${path}.centerFixed`, centerFixed, false, JSON.stringify([id, "centerFixed"]))
    add(`${path}.centerAnchor`, centerAnchor, false, JSON.stringify([id, "centerAnchor"]))
    for (const [part, record] of Object.entries(parts)) {
      for (const [key, value] of Object.entries(record ?? {})) add(`${path}.${part}.${key}`, value, false, JSON.stringify([id, part, key]))
    }
  }
  return leaves
}
