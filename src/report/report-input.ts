import type { CoverageResult } from "../coverage/coverage-result.js"
import type { Account } from "../model/account.js"
import type { Alignment } from "../model/alignment.js"
import { checkKeys, isPlainObject } from "../model/check-keys.js"
import { throwIssues, type Issue } from "../model/error.js"
import { findIdIssues } from "../model/find-id-issues.js"
import { issue, NOTHING } from "../model/issue.js"
import type { PartitionResult } from "../partition/partition-result.js"
import type { ActionsResult } from "../performance/actions/actions-result.js"
import type { AlignmentComparison, PerformanceResult } from "../performance/performance-result.js"
import { checkMapOptions, type MapOptions } from "./map-options.js"
import { isPlan } from "./ownership.js"
import type { Boundary } from "./read-boundary.js"
import { isActions, isComparison, isCoverage, isPerformance } from "./result-rows.js"
import { findResultIssues, type ResultKind } from "./result-shape.js"
import type { Names } from "./territory-names.js"

/** One of several results of a kind, with a heading of its own. */
export interface Titled<R> {
  readonly title: string
  readonly result: R
}

/** Something that the reader should know: a sentence, or a heading with text and a list. */
export type ReportNote = string | { readonly title: string; readonly text?: string; readonly items?: readonly string[] }

/** A level above territories. */
export interface ReportRegion {
  readonly id: string
  readonly name?: string
  readonly territoryIds: readonly string[]
}

/** What `renderReport` puts on the page: any part alone makes one. Maps and names of accounts need `accounts`. */
export interface ReportInput<A = Account> {
  /** Default: "Territory plan", or what the page is about without a plan. */
  readonly title?: string
  /** All accounts of the plan, on the globe or on a plane. A field `name` is shown beside the id. Default: none, and no map. */
  readonly accounts?: readonly A[]
  /** What `partitionAccounts` or `evaluateAlignment` returned. Default: none. */
  readonly plan?: PartitionResult
  /** The existing alignment, or the judgement on it; drawn beside the plan, or alone. Needs `accounts`. Default: none. */
  readonly before?: Alignment | PartitionResult
  /** One check, or several with a heading each. Default: none. */
  readonly coverage?: CoverageResult | readonly Titled<CoverageResult>[]
  /** What `compareAlignments` returned for `before` and the plan. Default: none. */
  readonly comparison?: AlignmentComparison
  /** One comparison of performance, or several with a heading each. Default: none. */
  readonly verdict?: PerformanceResult | readonly Titled<PerformanceResult>[]
  /** What `recommendActions` returned. Default: none. */
  readonly actions?: ActionsResult
  /** What else the reader should know, in this order. Default: nothing. */
  readonly notes?: readonly ReportNote[]
  /** A level above territories; sums are shown by region. Needs `plan`. Default: none. */
  readonly regions?: readonly ReportRegion[]
  /** Base map in the accounts' coordinates, GeoJSON. Default: none. */
  readonly boundary?: Boundary
  /** Names to show instead of ids, by territory id; default: the plan's. */
  readonly names?: Names
  /** Further options of the maps, with the defaults of `MapOptions`. */
  readonly map?: Pick<MapOptions<A>, "projection" | "size" | "colors" | "areas" | "labels" | "legend" | "maxDots">
  /** Rows that a list of findings, violations or moves shows before "and x more"; default 20. */
  readonly maxRows?: number
}

/** What holds where `renderReport` is told nothing else. */
export const DEFAULT_REPORT_INPUT: Readonly<Required<Pick<ReportInput, "title" | "maxRows">>> = Object.freeze({
  title: "Territory plan",
  /** One screen of a list; the whole of it belongs in a CSV. */
  maxRows: 20,
})

/** Parts of the input that are data, not options: read where they are, not copied. */
export const DATA_PARTS: readonly string[] = Object.freeze(["accounts", "plan", "before", "coverage", "comparison", "verdict", "actions", "boundary"])

/** Parts that make a page. */
const SHOWN = ["plan", "before", "coverage", "comparison", "verdict", "actions", "notes"] as const
const KEYS = ["title", "accounts", "plan", "before", "coverage", "comparison", "verdict", "actions", "notes", "regions", "boundary", "names", "map", "maxRows"]
const MAP_KEYS = ["projection", "size", "colors", "areas", "labels", "legend", "maxDots"]

/** Throws for everything that is wrong with the form of the input; accounts and alignments are checked where they are read. */
export function checkReportInput<A>(input: ReportInput<A>): void {
  const issues: Issue[] = []
  if (!isPlainObject(input)) throwIssues([issue("input-type", "input", "must be { accounts, plan, ... }", input)])
  checkKeys(input, KEYS, "", issues)
  const need = (isGood: boolean, path: string, rule: string, value: unknown): void => {
    if (!isGood) issues.push(issue("input-type", path, rule, value))
  }
  const title: unknown = input.title
  const { maxRows, map, names } = input
  need(title === undefined || typeof title === "string", "title", "must be a string", title)
  need(maxRows === undefined || (Number.isInteger(maxRows) && maxRows >= 0), "maxRows", "must be a whole number, 0 or more", maxRows)
  const needResult: NeedResult = (isResult, kind, path, maker, value) => {
    if (!isResult(value)) need(false, path, `must be what ${maker} returns`, value)
    else for (const one of findResultIssues(value, kind, path)) issues.push(one)
  }
  const isNothing = (part: unknown): boolean => part === undefined || (Array.isArray(part) && part.length === 0)
  if (SHOWN.every((part) => isNothing(input[part]))) {
    issues.push(issue("input-missing", "input", `must have something to show: ${SHOWN.join(", ")}`, NOTHING, "accounts alone are no result"))
  }
  if (input.before !== undefined && input.accounts === undefined) issues.push(issue("input-missing", "accounts", "must be given where before is", NOTHING))
  if (input.plan !== undefined) needResult(isPlan, "plan", "plan", "partitionAccounts or evaluateAlignment", input.plan)
  // with a plan or what was before, they are read with their places
  if (input.accounts !== undefined && input.plan === undefined && input.before === undefined) for (const one of findIdIssues(input.accounts)) issues.push(one)
  if (input.comparison !== undefined) needResult(isComparison, "comparison", "comparison", "compareAlignments", input.comparison)
  needEach(input.coverage, isCoverage, "coverage", "coverage", "checkCoverage", need, needResult)
  needEach(input.verdict, isPerformance, "performance", "verdict", "comparePerformance", need, needResult)
  if (input.actions !== undefined) needResult(isActions, "actions", "actions", "recommendActions", input.actions)
  if (map !== undefined && isPlainObject(map)) checkKeys(map, MAP_KEYS, "map", issues)
  if (map !== undefined && issues.length === 0) checkMapOptions(map, "map", issues)
  if (names !== undefined) checkMapOptions({ names }, "", issues)
  checkNotes(input.notes, need)
  checkRegions(input.regions, input.plan, issues, need)
  throwIssues(issues)
}

type Need = (isGood: boolean, path: string, rule: string, value: unknown) => void

type NeedResult = (isResult: (value: unknown) => boolean, kind: ResultKind, path: string, maker: string, value: unknown) => void

function needEach(given: unknown, isResult: (value: unknown) => boolean, kind: "coverage" | "performance", path: string, maker: string, need: Need, needResult: NeedResult): void {
  if (given === undefined) return
  if (!Array.isArray(given)) {
    if (isResult(given)) needResult(isResult, kind, path, maker, given)
    else need(false, path, `must be what ${maker} returns, or a list of { title, result }`, given)
    return
  }
  for (const [p, part] of (given as unknown[]).entries()) {
    need(isPlainObject(part) && typeof part.title === "string", `${path}[${p}]`, "must be { title, result }", part)
    if (isPlainObject(part)) needResult(isResult, kind, `${path}[${p}].result`, maker, part.result)
  }
}

function checkNotes(notes: unknown, need: Need): void {
  if (notes === undefined) return
  need(Array.isArray(notes), "notes", "must be an array of sentences or { title, text?, items? }", notes)
  if (Array.isArray(notes)) notes.forEach((note: unknown, n) => {
    if (typeof note === "string") return
    const isSection = isPlainObject(note) && typeof note.title === "string" && (note.text === undefined || typeof note.text === "string")
    const items = isSection ? note.items : undefined
    const isListed = items === undefined || (Array.isArray(items) && items.every((item) => typeof item === "string"))
    need(isSection && isListed, `notes[${n}]`, "must be a string or { title, text?, items? } of strings", note)
  })
}

function checkRegions(regions: unknown, plan: unknown, issues: Issue[], need: Need): void {
  if (regions === undefined) return
  need(Array.isArray(regions), "regions", "must be an array of { id, name?, territoryIds }", regions)
  if (plan === undefined) issues.push(issue("input-missing", "plan", "must be given where regions are", NOTHING))
  // of a plan that lost its parts, no region is known
  if (!Array.isArray(regions) || !isPlan(plan) || issues.length > 0) return
  const known = new Set(plan.territories.map((territory) => territory.id))
  const regionOf = new Map<string, number>()
  regions.forEach((region: unknown, r) => {
    const isGood = isPlainObject(region) && typeof region.id === "string" && (region.name === undefined || typeof region.name === "string") && Array.isArray(region.territoryIds)
    need(isGood, `regions[${r}]`, "must be { id, name?, territoryIds }", region)
    if (isGood) (region.territoryIds as unknown[]).forEach((id, place) => {
      const path = `regions[${r}].territoryIds[${place}]`
      if (typeof id !== "string" || !known.has(id)) issues.push(issue("id-unknown", path, "is no territory of the plan", id))
      else if (regionOf.has(id)) issues.push(issue("id-duplicate", path, `is in regions[${regionOf.get(id) as number}] already`, id))
      else regionOf.set(id, r)
    })
  })
}

/** One result or several: always a list, the single one without a heading. */
export function titledResults<R extends object>(given: R | readonly Titled<R>[] | undefined): readonly Titled<R>[] {
  if (given === undefined) return []
  return Array.isArray(given) ? (given as readonly Titled<R>[]) : [{ title: "", result: given as R }]
}
