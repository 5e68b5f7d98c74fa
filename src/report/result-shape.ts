import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue } from "../model/issue.js"

/** What a part of a result has to be; "or null" where the type says so. Parts that are drawn nowhere are not looked at. */
type Shape =
  | "text"
  | "text or null"
  | "number"
  | "number or null"
  | "flag"
  | "place"
  | { readonly listOf: Shape }
  | { readonly recordOf: Shape }
  | { readonly nullOr: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly optional?: Readonly<Record<string, Shape>> }

const texts: Shape = { listOf: "text" }
const warnings: Shape = { listOf: { fields: { message: "text" } } }
const moves = { kept: "number", takenOver: "number", handedOff: "number", newlyOwned: "number" } as const
const kpi = { value: "number or null", numerator: "number", denominator: "number", n: "number", interval: { nullOr: { fields: { low: "number", high: "number" } } }, flag: "text or null" } as const

const figures: Shape = {
  fields: {
    territoryCount: "number",
    assignedCount: "number",
    measures: { recordOf: { fields: { total: "number", imbalance: "number or null", maxOverMean: "number or null", mean: "number", cv: "number or null", gini: "number or null" } } },
    cost: "number",
    typicalDistance: "number or null",
  },
}

/** What `partitionAccounts` and `evaluateAlignment` return, but for the alignment, which is checked against the accounts. */
const plan: Shape = {
  fields: {
    territories: {
      listOf: {
        fields: {
          id: "text",
          center: "place",
          accountCount: "number",
          cost: "number",
          measures: { recordOf: { fields: { activity: "number", target: "number", min: "number or null", max: "number or null", deviation: "number or null" } } },
          prices: { recordOf: "number" },
        },
        optional: { name: "text" },
      },
    },
    imbalance: { recordOf: "number or null" },
    cost: "number",
    certificate: { fields: { scope: "text", lowerBound: "number or null", relaxedCost: "number or null", gap: "number or null" } },
    violations: { listOf: { fields: { criterion: "text", territoryId: "text", message: "text" } } },
    infeasibility: { nullOr: { fields: { kind: "text", message: "text", measures: texts, territoryIds: texts, accountIds: texts, relaxations: warnings } } },
    warnings,
    stoppedBy: "text",
    iterations: "number",
    seed: "number",
  },
}

/** What `checkCoverage` returns. */
const coverage: Shape = {
  fields: {
    complete: "flag",
    exclusive: "flag",
    findings: { listOf: { fields: { code: "text", accountId: "text or null", territoryIds: texts, severity: { recordOf: "number" }, message: "text" } } },
    summary: {
      fields: {
        accountCount: "number",
        coveredCount: "number",
        gapCount: "number",
        overlapCount: "number",
        measures: { recordOf: { fields: { total: "number", inGaps: "number", inOverlaps: "number" } } },
      },
    },
    warnings,
  },
}

/** What `compareAlignments` returns. */
const comparison: Shape = {
  fields: {
    before: figures,
    after: figures,
    matches: { listOf: { fields: { before: "text or null", after: "text or null" } } },
    moved: { listOf: { fields: { accountId: "text", from: "text or null", to: "text or null" } } },
    movedCount: "number",
    keptCount: "number",
    unownedCount: "number",
    sharedCount: "number",
    movedActivity: { recordOf: { fields: { amount: "number", share: "number or null" } } },
    territories: { listOf: { fields: { id: "text", ...moves } } },
    warnings,
  },
}

/** What `comparePerformance` returns. */
const performance: Shape = {
  fields: {
    territories: { listOf: { fields: { id: "text", kpis: { recordOf: { fields: { ...kpi, deviation: "number or null", pValue: "number or null", adjustedPValue: "number or null", verdict: "text" } } } } } },
    kpis: { recordOf: { fields: kpi } },
    segments: { listOf: { fields: { id: "text", kpis: { recordOf: { fields: kpi } } } } },
    warnings,
  },
}

/** Every kind of result that can be shown. */
export type ResultKind = "plan" | "coverage" | "comparison" | "performance"

const SHAPES: Readonly<Record<ResultKind, Shape>> = { plan: plan, coverage: coverage, comparison: comparison, performance: performance }

/**
 * Lists what a result lacks to be shown: one that was stored, edited or sent may have lost parts, or gained parts that are no
 * text where text is shown. More parts than are known are fine. O(size), without the alignment.
 */
export function findResultIssues(value: unknown, kind: ResultKind, path: string): Issue[] {
  const issues: Issue[] = []
  check(value, SHAPES[kind], path, issues)
  return issues
}

function check(value: unknown, shape: Shape, path: string, issues: Issue[]): void {
  if (typeof shape === "string") {
    if (!isOfKind(value, shape)) issues.push(unlike(path, `must be ${WORDS[shape]}`, value))
  } else if ("nullOr" in shape) {
    if (value !== null) check(value, shape.nullOr, path, issues)
  } else if ("listOf" in shape) {
    if (!Array.isArray(value)) issues.push(unlike(path, "must be an array", value))
    else for (let i = 0; i < value.length; i++) check(value[i], shape.listOf, `${path}[${i}]`, issues)
  } else if (!isPlainObject(value)) {
    issues.push(unlike(path, "must be an object", value))
  } else if ("recordOf" in shape) {
    for (const [key, part] of Object.entries(value)) check(part, shape.recordOf, `${path}.${key}`, issues)
  } else {
    for (const [key, part] of Object.entries(shape.fields)) check(value[key], part, `${path}.${key}`, issues)
    for (const [key, part] of Object.entries(shape.optional ?? {})) if (value[key] !== undefined) check(value[key], part, `${path}.${key}`, issues)
  }
}

const WORDS = {
  "text": "a string",
  "text or null": "a string or null",
  "number": "a finite number",
  "number or null": "a finite number or null",
  "flag": "true or false",
  "place": "{ longitude, latitude } or { x, y }",
} as const

function isOfKind(value: unknown, kind: keyof typeof WORDS): boolean {
  if (value === null) return kind === "text or null" || kind === "number or null"
  if (kind === "text" || kind === "text or null") return typeof value === "string"
  if (kind === "flag") return typeof value === "boolean"
  if (kind !== "place") return Number.isFinite(value)
  if (!isPlainObject(value)) return false
  return (Number.isFinite(value.longitude) && Number.isFinite(value.latitude)) || (Number.isFinite(value.x) && Number.isFinite(value.y))
}

const unlike = (path: string, rule: string, got: unknown): Issue => issue("result-invalid", path, rule, got, "pass the result as it was returned, or its JSON copy")
