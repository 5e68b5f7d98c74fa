export { partitionAccounts } from "./partition-accounts.js"
export { partitionAccountsAsync } from "./partition-accounts-async.js"
export { evaluateAlignment } from "./evaluate-alignment.js"
export { DEFAULT_PARTITION_OPTIONS, type PartitionOptions, type PartitionProgress } from "./partition-options.js"
export type { ConflictElement, Infeasibility, Relaxation, RelaxationChange } from "./infeasible/infeasibility.js"
export type { Certificate, PartitionResult, PlanTerritory, TerritoryMeasure } from "./partition-result.js"

// the words that these functions speak
export type { Field, IdentifiedAccount, LocatedAccount, Location } from "../model/account.js"
export type { Alignment, Assignment } from "../model/alignment.js"
export { TerritoryError, type Issue, type Warning } from "../model/error.js"
export { DEFAULT_TOLERANCE, type Measure } from "../model/measure.js"
export type { TerritorySpec } from "../model/territory.js"
export type { Violation } from "../model/violation.js"
