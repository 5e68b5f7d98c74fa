import type { Shape } from "../model/check-shape.js"

const texts: Shape = { listOf: "text" }
const warnings: Shape = { listOf: { fields: { message: "text" } } }
const kpi = {
  value: "number or null",
  numerator: "number",
  denominator: "number",
  n: "number",
  interval: { nullOr: { fields: { low: "number", high: "number" } } },
  flag: "text or null",
  intervalMethod: "text or null",
  atLeast: "number or null",
  cautions: { listOf: { fields: { code: "text", rowCount: "number" } } },
} as const

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

/** Of one KPI of one territory what a recommendation rests on; the parts that an older version did not have may be missing. */
export const RECOMMENDED_ON: Shape = {
  fields: {
    value: kpi.value,
    numerator: kpi.numerator,
    denominator: kpi.denominator,
    n: kpi.n,
    interval: kpi.interval,
    neededRows: place.neededRows,
    adjustedPValue: judgement.adjustedPValue,
    verdict: judgement.verdict,
  },
  optional: { likeForLike },
}

/** What `comparePerformance` returns. */
export const PERFORMANCE_SHAPE: Shape = {
  fields: {
    territories: { listOf: { fields: { id: "text", kpis: verdicts } } },
    kpis: { recordOf: { fields: { ...kpi, kind: "text", better: "text", overDispersion: "number or null", spread: "number or null", designEffect: "number" } } },
    segments: { listOf: { fields: { id: "text", kpis: { recordOf: { fields: kpi } } } } },
    regions: { listOf: { fields: { id: "text", territoryIds: texts, kpis: verdicts } } },
    warnings,
  },
}
