export { measureEfficiency } from "./efficiency/measure-efficiency.js"
export { DEFAULT_EFFICIENCY_OPTIONS, type AssuranceRegion, type EfficiencyOptions } from "./efficiency/efficiency-options.js"
export type { EfficiencyResult, UnitEfficiency } from "./efficiency/efficiency-result.js"
export { modelSales } from "./expected/model-sales.js"
export { DEFAULT_SALES_MODEL_OPTIONS, type SalesModelOptions } from "./expected/sales-model-options.js"
export type { Coefficient, DriverCoefficient, SalesModelResult, TerritoryExpectation } from "./expected/sales-model-result.js"
export { recommendActions } from "./actions/recommend-actions.js"
export { DEFAULT_ACTIONS_OPTIONS, type ActionsOptions, type TerritoryCapacity } from "./actions/actions-options.js"
export type { Action, ActionKind, ActionReason, ActionsResult, Evidence, Gain, NoAction, NoActionReason } from "./actions/actions-result.js"
export { evaluateChange } from "./change/evaluate-change.js"
export { DEFAULT_CHANGE_OPTIONS, type ChangeOptions } from "./change/change-options.js"
export type { ChangeTransform, HistoryOptions } from "./change/history-options.js"
export type {
  ChangeEffect,
  ChangeResult,
  ChangeSlope,
  ChangeVerdict,
  Contamination,
  HistoryFlag,
  HistoryRow,
  MinimumDetectableEffect,
  PeriodTotal,
  PreTrend,
} from "./change/change-result.js"
export { planTest } from "./change/plan-test.js"
export { DEFAULT_TEST_PLAN_OPTIONS, type TestPlanOptions } from "./change/test-plan-options.js"
export type { TestFit, TestMatch, TestPlanResult } from "./change/test-plan-result.js"
export { comparePerformance } from "./compare-performance.js"
export { compareAlignments } from "./compare-alignments.js"
export { classifyDensity } from "./classify-density.js"
export { DEFAULT_COMPARE_OPTIONS, type CompareOptions } from "./compare-options.js"
export { DEFAULT_DENSITY_OPTIONS, type DensityOptions } from "./density-options.js"
export type { AccountDensity, DensityClass, DensityResult } from "./density-result.js"
export { conversionRate, pipelineCoverage, valueWinRate, winRate, type ConversionRows, type DealOutcome } from "./catalog/deal-kpis.js"
export { coverageCompliance, marketPenetration, potentialIndex, potentialShare } from "./catalog/market-kpis.js"
export { acquisitionCost, quotaAttainment, quotaParticipation, revenueGrowth, revenuePer, salesEfficiency } from "./catalog/money-kpis.js"
export type { RecordTest } from "./catalog/read-record.js"
export { pipelineVelocity, type PipelineVelocity, type VelocityOptions, type VelocityResult } from "./catalog/pipeline-velocity.js"
export { type Kpi, type KpiKind, DEFAULT_KPI } from "./kpi.js"
export { DEFAULT_PERFORMANCE_OPTIONS, type DensitySegment, type PerformanceOptions, type PerformanceRegion } from "./performance-options.js"
export type {
  AlignmentComparison,
  AlignmentFigures,
  IntervalMethod,
  Judgement,
  KpiCaution,
  KpiFlag,
  KpiPlace,
  KpiSummary,
  KpiValue,
  KpiVerdict,
  LikeForLike,
  MoveAmounts,
  PerformanceResult,
  RegionVerdict,
  TerritoryMoves,
  TerritoryVerdict,
  Verdict,
  Yardstick,
} from "./performance-result.js"
export type { TerritoryShare } from "./read-territory-shares.js"

// the words that these functions speak
export type { Interval } from "../math/stats/interval.js"
export type { Field, IdentifiedAccount, LocatedAccount } from "../model/account.js"
export type { Alignment, Assignment } from "../model/alignment.js"
export { TerritoryError, type Issue, type Warning } from "../model/error.js"
export type { Measure, MeasureField } from "../model/measure.js"
export type { TextField } from "../model/read-text-field.js"
