import { makeFinding } from "../../src/coverage/finding.js"
import type { CoverageResult } from "../../src/coverage/coverage-result.js"
import type { Account } from "../../src/model/account.js"
import type { Alignment } from "../../src/model/alignment.js"
import type { PartitionResult, TerritoryMeasure } from "../../src/partition/partition-result.js"
import type { ActionsResult } from "../../src/performance/actions/actions-result.js"
import type { AlignmentComparison, AlignmentFigures, KpiVerdict, PerformanceResult } from "../../src/performance/performance-result.js"

/** Strings by which everything in a sample is called. */
export interface SampleWords {
  readonly territories: readonly [string, string, string]
  readonly measure: string
  readonly kpi: string
  readonly accountId: (i: number) => string
  readonly accountName: string
  readonly message: string
}

export const PLAIN: SampleWords = {
  territories: ["north", "south", "west"],
  measure: "visits",
  kpi: "revenue per visit",
  accountId: (i) => `a${String(i).padStart(2, "0")}`,
  accountName: "Corner shop",
  message: "is wrong",
}

export const HOSTILE = `"><img src=x onerror=1>`

/** What a sample holds. */
export interface Sample {
  readonly accounts: readonly Account[]
  readonly alignment: Alignment
  /** The same with two gaps (the fifth account and the 45th) and two overlaps (the eighth and the 34th). */
  readonly flawed: Alignment
  readonly plan: PartitionResult
  readonly coverage: CoverageResult
  readonly comparison: AlignmentComparison
  readonly verdict: PerformanceResult
  readonly actions: ActionsResult
}

/** Sixty accounts around Iowa in three territories, and every kind of result about them, small enough to reckon by hand. */
export function sample(words: SampleWords = PLAIN): Sample {
  const accounts = Array.from({ length: 60 }, (_, i): Account => ({
    id: words.accountId(i),
    name: words.accountName,
    longitude: -96 + (i % 10) * 0.5,
    latitude: 40.8 + Math.floor(i / 10) * 0.4 + (i % 3) * 0.05,
    visits: 1 + (i % 4),
  }))
  const ownerOf = (i: number): number => (i % 10 < 3 ? 2 : i < 30 ? 1 : 0)
  const alignment = accounts.map((account, i) => ({ accountId: account.id, territoryId: words.territories[ownerOf(i)] }))
  const record = <V>(value: V): Record<string, V> => Object.fromEntries([[words.measure, value]])
  const figures = (activity: number): TerritoryMeasure => ({ activity, target: 50, min: 47.5, max: 52.5, deviation: activity / 50 - 1 })
  const plan: PartitionResult = {
    alignment,
    territories: words.territories.map((id, t) => ({
      id,
      center: { longitude: -95.5 + t, latitude: 42 - t * 0.5 },
      accountCount: 20 + t,
      cost: 1000 * (t + 1),
      measures: record(figures(49 + t * 2)),
      prices: record(0),
    })),
    imbalance: record(0.06),
    disruption: null,
    cost: 6000,
    digest: { space: "globe", territories: words.territories.length, measures: record({ value: words.measure, tolerance: 0.05 }), compactness: { weight: words.measure, power: 2 }, centers: "mean", eligible: false },
    certificate: { scope: "given-centers", pairs: "all", lowerBound: 5950, relaxedCost: 5950, gap: 50 / 5950, isOptimal: false },
    violations: [{ criterion: "balance", territoryId: words.territories[2], measure: words.measure, amount: 53, limit: 52.5, message: words.message }],
    infeasibility: { kind: "indivisible", message: words.message, measures: [words.measure], territoryIds: [words.territories[0]], accountIds: [accounts[0].id], conflict: [], isConflictMinimal: false, relaxations: [{ message: words.message, changes: [{ kind: "tolerance", measure: words.measure, from: 0.05, to: 0.06 }], provenBy: "plan", isMinimal: false }], reachable: null },
    warnings: [{ code: "odd", path: "accounts[0]", message: words.message }],
    stoppedBy: "converged",
    iterations: 12,
    seed: 0,
  }
  const findings = [0, 1, 2].map((i) => makeFinding({ plane: "accounts", code: "account-gap", accountId: accounts[i].id, severity: record(i + 1), message: words.message, suggestion: words.message }))
  const coverage: CoverageResult = {
    complete: false,
    exclusive: false,
    findings: [...findings, makeFinding({ plane: "accounts", code: "account-overlap", accountId: accounts[5].id, territoryIds: [words.territories[0], words.territories[1]], severity: record(2), message: words.message, suggestion: words.message })],
    summary: { accountCount: 60, territoryCount: 3, coveredCount: 57, gapCount: 3, overlapCount: 1, counts: { "account-gap": 3, "account-overlap": 1 }, measures: record({ total: 150, inGaps: 6, inOverlaps: 2 }) },
    warnings: [],
  }
  const shared = (imbalance: number): AlignmentFigures => ({
    territoryCount: 3,
    assignedCount: 57,
    measures: record({ total: 150, imbalance, maxOverMean: 1.2, mean: 50, cv: 0.1, gini: 0.05 }),
    cost: 6000,
    typicalDistance: 6.3,
  })
  const moves = { kept: 15, takenOver: 10, handedOff: 10, newlyOwned: 1 }
  const comparison: AlignmentComparison = {
    before: shared(0.4),
    after: shared(0.06),
    matches: words.territories.map((id) => ({ before: id, after: id, keptCount: 15 })),
    moved: accounts.slice(10, 40).map((account) => ({ accountId: account.id, from: words.territories[0], to: words.territories[1] })),
    movedCount: 30,
    keptCount: 26,
    unownedCount: 3,
    sharedCount: 1,
    movedActivity: record({ amount: 75, share: 0.5 }),
    territories: words.territories.map((id) => ({ id, heirOf: id, ...moves, measures: record(moves) })),
    warnings: [],
  }
  const value: KpiVerdict = { value: 12.5, numerator: 250, denominator: 20, n: 20, clusterCount: null, interval: { low: 11, high: 14 }, intervalMethod: "linearized", atLeast: null, flag: null, cautions: [{ code: words.message, rowCount: 2 }], deviation: 0.1, pValue: 0.1, adjustedPValue: 0.2, shrunken: { value: 12.4, low: 11.1, high: 13.8 }, rank: { low: 1, high: 3, topQuarterChance: 0.4 }, funnel: { z: 1, adjustedZ: 0.9, limits95: { low: 11, high: 13 }, limits998: { low: 10, high: 14 } }, neededRows: 40, verdict: "consistent with chance", comparedWith: { value: 12.4, setAside: [words.territories[1]] }, likeForLike: { expected: 240, index: 1.04, interval: { low: 0.95, high: 1.14 }, shrunken: { value: 1.02, low: 0.95, high: 1.1 }, mix: 0.1, rate: 0.4, isReversed: false, pValue: 0.4, adjustedPValue: 0.5, verdict: "consistent with chance", comparedWith: { value: 1, setAside: [] } } }
  const kpi = <V>(one: V): Record<string, V> => Object.fromEntries([[words.kpi, one]])
  const verdict: PerformanceResult = {
    territories: words.territories.map((id, t) => ({ id, rowCount: 20, kpis: kpi(t === 1 ? { ...value, value: 20, verdict: "above" as const } : value) })),
    kpis: kpi({ ...value, kind: "ratio" as const, better: "higher" as const, overDispersion: 1.2, spread: 0.3, designEffect: 1 }),
    segments: [{ id: words.message, kpis: kpi(value) }],
    regions: [],
    warnings: [],
    seed: 0,
  }
  const actions: ActionsResult = {
    kpi: words.kpi,
    actions: [{ territoryId: words.territories[0], action: "coach", reason: "rate", evidence: [{ figure: "value", value: 3, low: 2, high: null }], gain: { low: 1, value: 2, high: 3, isTransfer: false }, heads: null, message: words.message }],
    noActions: [{ territoryId: words.territories[1], reason: "too-little-data", neededRows: 40, message: words.message }, { territoryId: words.territories[2], reason: "doing-well", neededRows: null, message: words.message }],
    capacity: { overload: 5, room: 3, heads: 1 },
    warnings: [{ code: "segment-missing", path: "performance", message: words.message }],
  }
  const flawed = alignment.filter((_, i) => i !== 4 && i !== 44).concat([7, 33].map((i) => ({ accountId: accounts[i].id, territoryId: words.territories[2] })))
  return { accounts, alignment, flawed, plan, coverage, comparison, verdict, actions }
}

/** Everything inside frozen, to show that nothing is changed. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

/** All names of an object's keys that trip up a library which indexes plain objects by id. */
export const TRICKY_IDS = ["__proto__", "constructor", "toString"] as const
