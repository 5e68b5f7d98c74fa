import { createBootstrap } from "../math/stats/bca-interval.js"
import { addIssue } from "../model/add-issue.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { compareIds } from "../model/compare-ids.js"
import { TerritoryError, throwIssues, type Issue, type Warning } from "../model/error.js"
import { fieldPath } from "../model/field-of.js"
import { issue } from "../model/issue.js"
import { suggestId } from "../model/nearest-name.js"
import { ownOptions } from "../model/own-options.js"
import { readTextField, type TextRule } from "../model/read-text-field.js"
import { checkRows } from "./check-rows.js"
import { findClusters } from "./compare/find-clusters.js"
import { countRepeated } from "./compare/repeated-objects.js"
import { classifyDensity } from "./classify-density.js"
import type { Groupings, JudgedGrouping } from "./judge-kpi.js"
import type { Grouping, RowClusters } from "./kpi-table.js"
import type { ValueRules } from "./kpi-value.js"
import { DEFAULT_PERFORMANCE_OPTIONS, PERFORMANCE_OPTION_KEYS, type PerformanceOptions, type PerformanceRegion } from "./performance-options.js"
import { readKpis, type KpiColumns } from "./read-kpis.js"
import type { Strictness } from "./test-against-rest.js"

/** Everything that a comparison works on, checked, as columns. */
export interface PerformanceInput {
  readonly kpis: readonly KpiColumns[]
  readonly territories: NamedGrouping
  readonly segments: NamedGrouping | null
  readonly regions: readonly PerformanceRegion[]
  readonly groupings: Groupings
  readonly rules: ValueRules & Strictness
  readonly warnings: readonly Warning[]
}

/** Groups by ascending id. */
export interface NamedGrouping extends Grouping {
  readonly ids: readonly string[]
  /** Records of each. */
  readonly sizes: Int32Array
}

/** Territories and segments of records are named by ids. */
const GROUP: TextRule = { noun: "id", row: "record", remedy: "use String(id)" }

/** Fewer resamples leave the ends of an interval to luck, more gain nothing. */
const [MIN_RESAMPLES, MAX_RESAMPLES] = [1000, 100_000]

/** Checks all that `comparePerformance` is given and compiles it. O(n * kpis). @throws TerritoryError with all issues */
export function readPerformance<R>(records: readonly R[], options: PerformanceOptions<R>): PerformanceInput {
  const issues: Issue[] = []
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { territory: \"territoryId\", kpis: { sales: { numerator: \"sales\" } } }", options)])
  const own = ownOptions(options, ["accounts"])
  checkKeys(own, PERFORMANCE_OPTION_KEYS, "", issues)
  const rules = readRules(own, issues)
  checkRows(records, "record", issues)
  const listed = readTerritories(own.territories, issues)
  const regions = readRegions(own.regions, issues)
  const territoryOf = readTextField(records, own.territory, "records", "territory", GROUP, issues)
  const known = listed === null ? null : new Set(listed)
  if (known !== null) findUnknown(territoryOf, known, own.territory, issues)
  const segmentOf = own.segment === undefined ? null : readSegments(records, own.segment, issues)
  const clusterOf = own.cluster === undefined ? null : readTextField(records, own.cluster, "records", "cluster", GROUP, issues)
  findRepeated(records, own.id, issues)
  const kpis = readKpis(records, own.kpis, issues)
  const territories = groupRecords(territoryOf, listed ?? [])
  const territoriesKnown = new Set(territories.ids)
  regions.forEach((region, r) => region.territoryIds.forEach((id, at) => {
    if (id !== "" && !territoriesKnown.has(id)) issues.push(issue("id-unknown", `regions[${r}].territoryIds[${at}]`, "is no territory of the records", id, suggestId(id, territoriesKnown)))
  }))
  throwIssues(issues)

  const segments = segmentOf === null ? null : groupRecords(segmentOf.ids, [])
  const clusters = clusterOf === null ? null : readClusters(clusterOf, segments)
  const warnings = [
    ...missing("territory", territoryOf),
    ...(segmentOf === null ? [] : [...segmentOf.warnings, ...missing("segment", segmentOf.ids)]),
    ...(clusterOf === null ? clusterWarnings(records, territories, kpis, own) : missing("cluster", clusterOf)),
    ...repeatedObjects(records, territories.groupOf, kpis),
    ...(territories.count === 1 ? [{ code: "territory-single", path: "records", message: `records: all are of one territory, ${territories.ids[0]}; there is nothing to compare it with` }] : []),
    ...(territories.count === 0 ? [{ code: "territory-none", path: "records", message: "records: none has a territory; there is nothing to compare" }] : []),
  ]
  return { kpis, territories, segments, regions, rules, warnings, groupings: { territories, segments, regions: regionGrouping(territories, regions), clusters } }
}

function readRules<R>(options: PerformanceOptions<R>, issues: Issue[]): ValueRules & Strictness {
  const { minimumRows, falseDiscoveryRate, errorControl, resamples, seed } = { ...DEFAULT_PERFORMANCE_OPTIONS, ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) } as Required<Pick<PerformanceOptions<R>, keyof typeof DEFAULT_PERFORMANCE_OPTIONS>>
  if (!Number.isSafeInteger(minimumRows) || minimumRows < 2) issues.push(issue("option-range", "minimumRows", "must be a whole number of 2 or more", minimumRows))
  if (typeof falseDiscoveryRate !== "number" || !(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) issues.push(issue("option-range", "falseDiscoveryRate", "must be a fraction above 0 and below 1", falseDiscoveryRate, "5 % is 0.05"))
  if (errorControl !== "false-discovery" && errorControl !== "family-wise") issues.push(issue("option-type", "errorControl", 'must be "false-discovery" or "family-wise"', errorControl))
  if (resamples !== 0 && !(Number.isSafeInteger(resamples) && resamples >= MIN_RESAMPLES && resamples <= MAX_RESAMPLES)) issues.push(issue("option-range", "resamples", `must be 0, or a whole number from ${MIN_RESAMPLES} to ${MAX_RESAMPLES}`, resamples, "2,000 is customary"))
  if (!Number.isSafeInteger(seed)) issues.push(issue("option-range", "seed", "must be a whole number", seed))
  return { minimumRows, falseDiscoveryRate, errorControl, seed, bootstrap: issues.length > 0 || resamples === 0 ? null : createBootstrap(resamples, seed) }
}

function readTerritories(territories: unknown, issues: Issue[]): string[] | null {
  if (territories === undefined) return null
  const seen = new Map<string, string>()
  if (!Array.isArray(territories) || territories.length === 0) {
    issues.push(issue("option-type", "territories", "must be an array of one or more territory ids", territories))
    return null
  }
  return Array.from(territories as unknown[], (id, at) => readId(id, `territories[${at}]`, "a territory id", seen, issues))
}

/** An id that nothing else has; empty where it is none, which is an issue. @param seen where each known one stands; it joins them */
function readId(id: unknown, path: string, what: string, seen: Map<string, string>, issues: Issue[]): string {
  if (typeof id !== "string" || id.trim() === "") {
    issues.push(issue("id-type", path, `must be ${what}`, id, typeof id === "number" ? "use String(id)" : ""))
    return ""
  }
  const before = seen.get(id)
  if (before !== undefined) issues.push(issue("id-duplicate", path, `is ${before} already`, id, "list each once"))
  else seen.set(id, path)
  return id
}

function readRegions(regions: unknown, issues: Issue[]): PerformanceRegion[] {
  if (regions === undefined) return []
  if (!Array.isArray(regions)) {
    issues.push(issue("option-type", "regions", "must be an array of { id, territoryIds }", regions))
    return []
  }
  const names = new Map<string, string>()
  const members = new Map<string, string>()
  return Array.from(regions as unknown[], (region, r) => {
    const path = `regions[${r}]`
    if (!isPlainObject(region) || !Array.isArray(region.territoryIds)) {
      issues.push(issue("option-type", path, "must be an object such as { id: \"west\", territoryIds: [\"t1\", \"t2\"] }", region))
      return { id: "", territoryIds: [] }
    }
    checkKeys(region, ["id", "territoryIds"], path, issues)
    const id = readId(region.id, `${path}.id`, "an id", names, issues)
    return { id, territoryIds: Array.from(region.territoryIds as unknown[], (own, at) => readId(own, `${path}.territoryIds[${at}]`, "a territory id", members, issues)) }
  })
}

const ADD_IT = "add it to the list, or correct the record"

/** Near names are looked for so many ids at most: nobody reads more. */
const MOST_REMEDIES = 1000

function findUnknown(territoryOf: readonly (string | null)[], known: ReadonlySet<string>, field: unknown, issues: Issue[]): void {
  const remedies = new Map<string, string>()
  territoryOf.forEach((id, i) => {
    if (id === null || known.has(id)) return
    const remedy = remedies.get(id) ?? (remedies.size < MOST_REMEDIES ? suggestId(id, known, ADD_IT) : ADD_IT)
    remedies.set(id, remedy)
    addIssue(issues, () => issue("territory-unknown", fieldPath("records", i, field, "territory"), "must be one of `territories`", id, remedy))
  })
}

function readSegments<R>(records: readonly R[], segment: NonNullable<PerformanceOptions<R>["segment"]>, issues: Issue[]): { readonly ids: readonly (string | null)[]; readonly warnings: readonly Warning[] } {
  if (typeof segment !== "object" || segment === null || Array.isArray(segment)) return { ids: readTextField(records, segment, "records", "segment", GROUP, issues), warnings: [] }
  checkKeys(segment, ["accounts", "account", "density"], "segment", issues)
  const accountOf = readTextField(records, segment.account, "records", "segment.account", GROUP, issues)
  try {
    const { accounts, warnings } = classifyDensity(segment.accounts, segment.density)
    const classOf = new Map(accounts.map((account) => [account.accountId, account.class]))
    const unknown = accountOf.filter((id) => id !== null && !classOf.has(id)).length
    const lost = unknown === 0 ? [] : [{ code: "account-unknown", path: "records", message: `records: ${unknown} of ${records.length} are of an account that segment.accounts does not have; they count in no segment` }]
    return { ids: accountOf.map((id) => (id === null ? null : (classOf.get(id) ?? null))), warnings: [...warnings, ...lost] }
  } catch (error) {
    if (!(error instanceof TerritoryError)) throw error
    for (const one of error.issues) issues.push({ code: one.code, path: `segment.${one.path}`, message: `segment.${one.message}` })
    return { ids: records.map(() => null), warnings: [] }
  }
}

/** The same id twice is an issue of the second record. */
function findRepeated<R>(records: readonly R[], id: unknown, issues: Issue[]): void {
  if (id === undefined) return
  const firstOf = new Map<string, number>()
  readTextField(records, id, "records", "id", GROUP, issues).forEach((own, i) => {
    if (own === null) return
    const first = firstOf.get(own)
    if (first === undefined) firstOf.set(own, i)
    else addIssue(issues, () => issue("record-duplicate", fieldPath("records", i, id, "id"), `is the id of records[${first}] already`, own, "count each record once"))
  })
}

/** The same object twice was most probably read twice. */
function repeatedObjects(records: readonly unknown[], groupOf: Int32Array, kpis: readonly KpiColumns[]): Warning[] {
  const repeated = countRepeated(records, groupOf, kpis)
  return repeated === 0 ? [] : [{ code: "record-repeated", path: "records", message: `records: ${repeated} of ${records.length} are the same object as another one; each counts, so a list may have been joined twice` }]
}

/** @param listed groups that exist without records too */
function groupRecords(ids: readonly (string | null)[], listed: readonly string[]): NamedGrouping {
  const indexOf = new Map<string, number>()
  for (const id of listed) indexOf.set(id, 0)
  for (const id of ids) if (id !== null && !indexOf.has(id)) indexOf.set(id, 0)
  const sorted = [...indexOf.keys()].sort(compareIds)
  sorted.forEach((id, g) => indexOf.set(id, g))
  const groupOf = new Int32Array(ids.length)
  const sizes = new Int32Array(sorted.length)
  ids.forEach((id, i) => {
    groupOf[i] = id === null ? -1 : (indexOf.get(id) as number)
    if (groupOf[i] !== -1) sizes[groupOf[i]]++
  })
  return { groupOf, count: sorted.length, ids: sorted, sizes }
}

function regionGrouping(territories: NamedGrouping, regions: readonly PerformanceRegion[]): JudgedGrouping {
  const regionOf = new Map(regions.flatMap((region, r) => region.territoryIds.map((id) => [id, r] as const)))
  const regionOfTerritory = Int32Array.from(territories.ids, (id) => regionOf.get(id) ?? -1)
  return { count: regions.length, ids: regions.map(({ id }) => id), groupOf: territories.groupOf.map((t) => (t === -1 ? -1 : regionOfTerritory[t])) }
}

function readClusters(ids: readonly (string | null)[], segments: Grouping | null): RowClusters {
  const { groupOf, count } = groupRecords(ids, [])
  return { clusterOf: groupOf, count, segmentOf: segments === null ? null : segments.groupOf }
}

/** Rows that look as if they were of few customers, where that is not said. */
function clusterWarnings<R>(records: readonly R[], territories: NamedGrouping, kpis: readonly KpiColumns[], { territory, segment, id, kpis: given }: PerformanceOptions<R>): Warning[] {
  const fields = [territory, segment, id, ...Object.values(given).flatMap(({ numerator, denominator }) => [numerator, denominator])]
  const found = findClusters(records, territories, kpis, new Set(fields.filter((field) => typeof field === "string")))
  if (found === null) return []
  const { field, option, kpi, effect, rowCount, valueCount } = found
  const worth = `${Math.round(effect * 10) / 10} rows of one ${field} are worth about as much as one that is independent (design effect of ${kpi}, estimated from ${rowCount} rows of ${valueCount} values)`
  return [{ code: "rows-clustered", path: `records.${field}`, message: `records.${field}: repeats within territories, and rows that share it go together: ${worth}; territories are called above or below too often. Say ${option}` }]
}

const WITHOUT: Readonly<Record<"territory" | "segment" | "cluster", string>> = Object.freeze({
  territory: "they count nowhere",
  segment: "they count in no segment, and as one of their own where like is compared with like",
  cluster: "each counts for itself",
})

function missing(option: keyof typeof WITHOUT, ids: readonly (string | null)[]): Warning[] {
  let count = 0
  for (const id of ids) if (id === null) count++
  return count === 0 ? [] : [{ code: `${option}-missing`, path: "records", message: `records: ${count} of ${ids.length} have no ${option}; ${WITHOUT[option]}` }]
}
