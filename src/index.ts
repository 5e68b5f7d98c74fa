/**
 * Equiterra designs, checks and judges sales territories: functions on plain data, no state, no network, no clock in results.
 *
 * - **Score** accounts so that people believe it: {@link scoreAccounts}, {@link explainScore}, {@link estimateWorkload}
 * - **Partition** them into territories balanced on several measures at once, with a certificate: {@link partitionAccounts},
 *   {@link partitionAccountsAsync}, {@link evaluateAlignment}
 * - **Explore** plans over compactness, balance and disruption: {@link explorePlans}, {@link explorePlansAsync}
 * - **Live** with a plan: place new accounts at its prices, see when balance is lost: {@link assignAccounts}, {@link checkDrift}
 * - **Explain** a plan and improve it by hand: {@link explainPlan}, {@link createExplainer}, {@link topMoves}
 * - **Check** that nothing is owned twice or by nobody: {@link checkCoverage}, {@link alignByLists};
 *   by rules: {@link routeAccounts}, {@link analyzeRules}
 * - **Compare** plans and performance without mistaking luck for skill: {@link compareAlignments},
 *   {@link comparePerformance}, {@link classifyDensity}; against what potential and workload let expect: {@link modelSales},
 *   {@link measureEfficiency}; before and after: {@link evaluateChange}, {@link planTest}; and what to do: {@link recommendActions}
 * - **Report** any result as a page, map, chart, table, CSV or GeoJSON: {@link renderReport}, {@link renderMap}, {@link renderFunnel},
 *   {@link renderCaterpillar}, {@link renderSlope}, {@link toTable}, {@link toCsv}, {@link toGeoJson}
 *
 * @module
 */
export { TerritoryError, type Issue, type Warning } from "./model/error.js"
export type { Account, Field, IdentifiedAccount, LocatedAccount, Location } from "./model/account.js"
export type { Alignment, Assignment } from "./model/alignment.js"
export { DEFAULT_TOLERANCE, type Measure, type MeasureField } from "./model/measure.js"
export type { TextField } from "./model/read-text-field.js"
export type { TerritorySpec } from "./model/territory.js"
export type { Violation } from "./model/violation.js"
export { findAccountIssues } from "./model/find-account-issues.js"
export { distanceKm } from "./criteria/distance-km.js"
export { EARTH_RADIUS_KM } from "./math/geo/sphere.js"

export * from "./scoring/index.js"
export * from "./partition/index.js"
export * from "./coverage/index.js"
export * from "./performance/index.js"
export * from "./report/index.js"
