export { checkCoverage } from "./check-coverage.js"
export { alignByLists, type ListOptions } from "./align-by-lists.js"
export { DEFAULT_COVERAGE_OPTIONS, type CoverageOptions, type CoverageTerritory, type OwnerOptions, type Tenure, type TenureOptions } from "./coverage-options.js"
export type { CoverageResult } from "./coverage-result.js"
export { FINDING_CODES, type CoveragePlane, type Finding, type FindingCode } from "./finding.js"
export type { ListAlignment, ListedValue } from "./list-alignment.js"

// the words that these functions speak
export type { Field, IdentifiedAccount } from "../model/account.js"
export type { Alignment, Assignment } from "../model/alignment.js"
export { TerritoryError, type Issue, type Warning } from "../model/error.js"
export type { Measure, MeasureField } from "../model/measure.js"
export type { TextField } from "../model/read-text-field.js"
