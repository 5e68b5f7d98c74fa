import { checkShape, type Shape } from "../model/check-shape.js"
import type { Issue } from "../model/error.js"
import { PLAN_SHAPE } from "../partition/plan-shape.js"

const texts: Shape = { listOf: "text" }
const warnings: Shape = { listOf: { fields: { message: "text" } } }
const moves = { kept: "number", takenOver: "number", handedOff: "number", newlyOwned: "number" } as const
const kpi = { value: "number or null", numerator: "number", denominator: "number", n: "number", interval: { nullOr: { fields: { low: "number", high: "number" } } }, flag: "text or null", intervalMethod: "text or null", atLeast: "number or null", cautions: { listOf: { fields: { code: "text", rowCount: "number" } } } } as const

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

const limits = { fields: { low: "number", high: "number" } } as const
/** Where a figure stands among the others. */
const place = {
  shrunken: { nullOr: { fields: { value: "number", low: "number", high: "number" } } },
  rank: { nullOr: { fields: { low: "number", high: "number", topQuarterChance: "number" } } },
  funnel: { nullOr: { fields: { z: "number", adjustedZ: "number", limits95: limits, limits998: limits } } },
  neededRows: "number or null",
} as const

const judgement = { pValue: "number or null", adjustedPValue: "number or null", verdict: "text" } as const
/** Absent from results that an older version stored. */
const comparedWith: Shape = { nullOr: { fields: { value: "number or null", setAside: texts } } }
const clusterCount: Shape = "number or null"
const likeForLike: Shape = {
  nullOr: {
    fields: {
      expected: "number",
      index: "number or null",
      interval: { nullOr: limits },
      shrunken: { nullOr: { fields: { value: "number", low: "number", high: "number" } } },
      mix: "number or null",
      rate: "number or null",
      isReversed: "flag",
      ...judgement,
    },
    optional: { comparedWith },
  },
}
const verdicts: Shape = { recordOf: { fields: { ...kpi, ...place, deviation: "number or null", ...judgement, likeForLike }, optional: { clusterCount, comparedWith } } }

/** What `comparePerformance` returns. */
const performance: Shape = {
  fields: {
    territories: { listOf: { fields: { id: "text", kpis: verdicts } } },
    kpis: { recordOf: { fields: { ...kpi, kind: "text", better: "text", overDispersion: "number or null", spread: "number or null", designEffect: "number" } } },
    segments: { listOf: { fields: { id: "text", kpis: { recordOf: { fields: kpi } } } } },
    regions: { listOf: { fields: { id: "text", territoryIds: texts, kpis: verdicts } } },
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

const SHAPES: Readonly<Record<ResultKind, Shape>> = { plan: PLAN_SHAPE, coverage: coverage, comparison: comparison, performance: performance, actions: actions }

/**
 * Lists what a result lacks to be shown: one that was stored, edited or sent may have lost parts, or gained parts that are no
 * text where text is shown. More parts than are known are fine. O(size), without the alignment.
 */
export function findResultIssues(value: unknown, kind: ResultKind, path: string): Issue[] {
  const issues: Issue[] = []
  checkShape(value, SHAPES[kind], path, issues)
  return issues
}
