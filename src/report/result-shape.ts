import { checkShape, type Shape } from "../model/check-shape.js"
import type { Issue } from "../model/error.js"
import { PLAN_SHAPE } from "../partition/plan-shape.js"
import { PERFORMANCE_SHAPE } from "../performance/performance-shape.js"

const texts: Shape = { listOf: "text" }
const warnings: Shape = { listOf: { fields: { message: "text" } } }
const moves = { kept: "number", takenOver: "number", handedOff: "number", newlyOwned: "number" } as const

const figures: Shape = {
  fields: {
    territoryCount: "number",
    assignedCount: "number",
    measures: { recordOf: { fields: { total: "number", imbalance: "number or null", maxOverMean: "number or null", mean: "number", cv: "number or null", gini: "number or null" } } },
    cost: "number or null",
    typicalDistance: "number or null",
  },
}

/** What `checkCoverage` returns. */
const coverage: Shape = {
  fields: {
    complete: "flag",
    exclusive: "flag",
    findings: {
      listOf: {
        fields: {
          plane: "text",
          code: "text",
          accountId: "text or null",
          territoryIds: texts,
          ownerIds: texts,
          areaIds: texts,
          from: "text or null",
          until: "text or null",
          areaKm2: "number or null",
          severity: { recordOf: "number" },
          message: "text",
          suggestion: "text",
        },
      },
    },
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

/** What `recommendActions` returns. */
const actions: Shape = {
  fields: {
    kpi: "text",
    actions: {
      listOf: {
        fields: {
          territoryId: "text",
          action: "text",
          reason: "text",
          evidence: { listOf: { fields: { figure: "text", value: "number", low: "number or null", high: "number or null" } } },
          gain: { fields: { low: "number", value: "number", high: "number", isTransfer: "flag" } },
          heads: "number or null",
          message: "text",
        },
      },
    },
    noActions: { listOf: { fields: { territoryId: "text", reason: "text", neededRows: "number or null", message: "text" } } },
    warnings,
  },
}

/** Every kind of result that can be shown. */
export type ResultKind = "plan" | "coverage" | "comparison" | "performance" | "actions"

const SHAPES: Readonly<Record<ResultKind, Shape>> = { plan: PLAN_SHAPE, coverage: coverage, comparison: comparison, performance: PERFORMANCE_SHAPE, actions: actions }

/**
 * Lists what a result lacks to be shown: one that was stored, edited or sent may have lost parts, or gained parts that are no
 * text where text is shown. More parts than are known are fine. O(size), without the alignment.
 */
export function findResultIssues(value: unknown, kind: ResultKind, path: string): Issue[] {
  const issues: Issue[] = []
  checkShape(value, SHAPES[kind], path, issues)
  return issues
}
