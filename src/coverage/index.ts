export { checkCoverage } from "./check-coverage.js"
export { alignByLists, type ListOptions } from "./align-by-lists.js"
export { resolveAreas, type AreaProposal, type AreaResolution } from "./areas/resolve-areas.js"
export { resolveCoverage, type ResolveOptions } from "./resolve/resolve-coverage.js"
export { findWhiteSpaces, DEFAULT_WHITE_SPACE_OPTIONS, type WhiteSpaceOptions } from "./find-white-spaces.js"
export type { WhiteSpace, WhiteSpaceResult } from "./white-space-result.js"
export type { CoverageResolution, Proposal } from "./resolve/proposal.js"
export type { PricedPlan } from "./resolve/territory-costs.js"
export { DEFAULT_COVERAGE_OPTIONS, type CoverageOptions, type CoverageTerritory, type LocatedAlignment, type OwnerOptions, type Tenure, type TenureOptions } from "./coverage-options.js"
export type { CoverageResult } from "./coverage-result.js"
export { checkAreas } from "./areas/check-areas.js"
export { drawTerritories, type DrawnPlan, type DrawOptions } from "./areas/draw-territories.js"
export { dissolveAreas, type BoundaryProperties, type TerritoryBoundaries } from "./areas/dissolve-areas.js"
export { DEFAULT_AREA_OPTIONS, type AreaLists, type AreaNames, type AreaOptions, type AreaTopology, type MarketShape, type PolygonGeometry, type TerritoryShapes } from "./areas/area-options.js"
export type { AreaCollection, AreaCoverageResult, AreaProperties } from "./areas/area-result.js"
export { FINDING_CODES, type CoveragePlane, type Finding, type FindingCode } from "./finding.js"
export type { ListAlignment, ListedValue } from "./list-alignment.js"
export { analyzeRules } from "./rules/analyze-rules.js"
export { routeAccounts, type RouteOptions } from "./rules/route-accounts.js"
export type { ExcludedValue, NearestMiss, RoutedRule, RoutingDecision, RoutingReason, RoutingResult } from "./rules/routing-result.js"
export { DEFAULT_RULE_OPTIONS, type AnalyzeRulesOptions } from "./rules/analyze-options.js"
export type { Dimension, Dimensions, NumberDimension, OptionalNumberField, PrefixDimension, SetDimension } from "./rules/dimension.js"
export type { Condition, ConditionOf, Conditions, NumberCondition, NumberRange, PrefixCondition, RulePrecedence, SetCondition, TerritoryRule } from "./rules/territory-rule.js"
export {
  RULE_FINDING_CODES,
  type AttributeRecord,
  type OpenQuestion,
  type PartMembers,
  type RuleAnalysis,
  type RuleFinding,
  type RuleFindingCode,
  type RuleVerdict,
  type SpacePart,
} from "./rules/rule-analysis.js"

// the words that these functions speak
export type { Field, IdentifiedAccount } from "../model/account.js"
export type { Alignment, Assignment } from "../model/alignment.js"
export { TerritoryError, type Issue, type Warning } from "../model/error.js"
export type { Measure, MeasureField } from "../model/measure.js"
export type { TextField } from "../model/read-text-field.js"
