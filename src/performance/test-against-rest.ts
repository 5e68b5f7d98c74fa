import { adjustFamilyWise, adjustPValues } from "../math/stats/adjust-p-values.js"
import { testGroups } from "../math/stats/permutation-test.js"
import { coarsenRows } from "./coarsen-rows.js"
import type { Judgement, Verdict } from "./performance-result.js"

/** How strictly to judge; see `PerformanceOptions`. */
export interface Strictness {
  readonly falseDiscoveryRate: number
  readonly errorControl: "false-discovery" | "family-wise"
  readonly seed: number
}

/** Rows by group. */
export interface GroupedRows {
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  /** The first row of each group, and at the end the number of rows. */
  readonly starts: Int32Array
  /** Of each row; like is compared with like. Absent: all rows are of one stratum. */
  readonly stratumOf?: Int32Array
}

/** Samples that must lie beyond a territory before its p-value stands: known to 14 %, then. */
const EXCEEDANCES = 50

/** Draws per KPI, some tenths of a second's work; beyond it p-values are as fine as they have become. */
const DRAW_LIMIT = 1e7

/** At most this share of all groups is set aside: the others are to be the most. */
const FEW = 0.25

/**
 * Each group of rows against all others, by what its rows bring beyond their due: the ratio of all, in their stratum. A group like all others
 * has the mean score of the others; how far off chance alone would put it, {@link testGroups} samples.
 *
 * Outstanding groups make all others differ from a rest that they are part of. So where some stand out, all are judged again: the farthest of
 * them, a quarter of all groups at most, each against the others, and the others among themselves. Where nobody stands out nothing changes:
 * among equal groups the level is that of the first judgement.
 *
 * @param tested which groups have rows enough
 */
export function testAgainstRest(allRows: GroupedRows, tested: readonly boolean[], strictness: Strictness): Judgement[] {
  const k = tested.length
  const everyone = Array.from(tested.keys())
  const rows = coarsenRows(allRows, everyone.filter((g) => tested[g]), strictness.seed)
  const against = testAmong(rows, everyone, tested, strictness)
  const first = judge(tested, against, strictness)
  const apart = farthest(rows, everyone.filter((g) => isApart(first[g].verdict)), Math.floor(FEW * k))
  if (apart.length === 0) return first
  const others = everyone.filter((g) => !apart.includes(g))
  const again: Tested[] = tested.map(() => ({ pValue: 1, beyond: 0 }))
  testAmong(rows, others, tested, strictness).forEach((one, at) => (again[others[at]] = one))
  for (const g of apart) {
    const among = [...others, g].sort((a, b) => a - b)
    again[g] = testAmong(coarsenRows(rows, [g], strictness.seed), among, everyone.map((other) => other === g), strictness)[among.indexOf(g)]
  }
  // above some and below others is neither
  return judge(tested, again.map((one, g) => (one.beyond * against[g].beyond > 0 ? one : { ...one, pValue: 1 })), strictness)
}

/** Those of some groups that bring, for their denominator, the farthest from what the middle one does beyond its due. Ties by index. */
function farthest({ numerators, denominators, starts, stratumOf }: GroupedRows, groups: readonly number[], most: number): number[] {
  if (groups.length <= most) return [...groups]
  const due = dues(numerators, denominators, stratumOf)
  const excesses = Array.from({ length: starts.length - 1 }, (_, g) => {
    let [beyond, x] = [0, 0]
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      beyond += numerators[i] - due[i]
      x += denominators[i]
    }
    return beyond / x
  })
  const known = excesses.filter(Number.isFinite).sort((a, b) => a - b)
  const distance = (g: number): number => (Number.isFinite(excesses[g]) ? Math.abs(excesses[g] - known[known.length >> 1]) : 0)
  return [...groups].sort((a, b) => distance(b) - distance(a) || a - b).slice(0, most).sort((a, b) => a - b)
}

const isApart = (verdict: Verdict): boolean => verdict === "above" || verdict === "below"

/** A p-value, and what the group brings beyond its due. */
interface Tested {
  readonly pValue: number
  readonly beyond: number
}

/** The tested ones of some groups, each against the rest of them; in the order of the groups. */
function testAmong(all: GroupedRows, groups: readonly number[], tested: readonly boolean[], { falseDiscoveryRate, seed }: Strictness): Tested[] {
  const { numerators, denominators, starts, stratumOf } = groups.length === tested.length ? all : pick(all, groups)
  const due = dues(numerators, denominators, stratumOf)
  const scores = new Float64Array(numerators.length)
  for (let i = 0; i < scores.length; i++) {
    const beyond = numerators[i] - due[i]
    scores[i] = Math.abs(beyond) <= 1e-12 * Math.abs(numerators[i]) ? 0 : beyond // rounding is no difference
  }
  const isTested = groups.map((g, at) => tested[g] && starts[at + 1] - starts[at] >= 2 && scores.length - (starts[at + 1] - starts[at]) >= 2)
  // fine enough for one outstanding group among all, three times over
  const maxSamples = Math.max(9999, Math.ceil((6 * tested.length) / falseDiscoveryRate))
  const pValues = testGroups(scores, starts, isTested, { seed, exceedances: EXCEEDANCES, maxSamples, drawLimit: DRAW_LIMIT }, stratumOf)
  return groups.map((_, at) => {
    let beyond = 0
    for (let i = starts[at]; i < starts[at + 1]; i++) beyond += scores[i]
    return { pValue: pValues[at], beyond }
  })
}

/** What each row is due: its denominator at the ratio of all rows of its stratum. */
export function dues(numerators: Float64Array, denominators: Float64Array, stratumOf?: Int32Array): Float64Array {
  const count = stratumOf === undefined ? 1 : stratumOf.reduce((most, s) => Math.max(most, s + 1), 0)
  const y = new Float64Array(count)
  const x = new Float64Array(count)
  for (let i = 0; i < numerators.length; i++) {
    const s = stratumOf === undefined ? 0 : stratumOf[i]
    y[s] += numerators[i]
    x[s] += denominators[i]
  }
  const rates = y.map((sum, s) => (x[s] > 0 && Number.isFinite(sum / x[s]) ? sum / x[s] : 0))
  const due = new Float64Array(numerators.length)
  for (let i = 0; i < due.length; i++) due[i] = rates[stratumOf === undefined ? 0 : stratumOf[i]] * denominators[i]
  return due
}

/** The rows of some groups, in their order. */
function pick({ numerators, denominators, starts, stratumOf }: GroupedRows, groups: readonly number[]): GroupedRows {
  const ends = new Int32Array(groups.length + 1)
  groups.forEach((g, at) => (ends[at + 1] = ends[at] + starts[g + 1] - starts[g]))
  const n = ends[groups.length]
  const picked = { numerators: new Float64Array(n), denominators: new Float64Array(n), starts: ends }
  const strata = stratumOf === undefined ? null : new Int32Array(n)
  groups.forEach((g, at) => {
    picked.numerators.set(numerators.subarray(starts[g], starts[g + 1]), ends[at])
    picked.denominators.set(denominators.subarray(starts[g], starts[g + 1]), ends[at])
    if (stratumOf !== undefined) strata?.set(stratumOf.subarray(starts[g], starts[g + 1]), ends[at])
  })
  return strata === null ? picked : { ...picked, stratumOf: strata }
}

function judge(tested: readonly boolean[], found: readonly Tested[], { falseDiscoveryRate, errorControl }: Strictness): Judgement[] {
  const family = Array.from(tested.keys()).filter((g) => tested[g])
  const adjust = errorControl === "family-wise" ? adjustFamilyWise : adjustPValues
  const adjusted = adjust(family.map((g) => found[g].pValue))
  const judgements: Judgement[] = tested.map(() => ({ pValue: null, adjustedPValue: null, verdict: "too little data" }))
  family.forEach((g, at) => {
    const verdict: Verdict = adjusted[at] > falseDiscoveryRate ? "consistent with chance" : found[g].beyond > 0 ? "above" : "below"
    judgements[g] = { pValue: found[g].pValue, adjustedPValue: adjusted[at], verdict }
  })
  return judgements
}
