import { probit } from "simple-statistics"
import { adjustFamilyWise, adjustPValues } from "../math/stats/adjust-p-values.js"
import { testGroups } from "../math/stats/permutation-test.js"
import { coarsenRows } from "./coarsen-rows.js"
import { dues, type GroupedRows } from "./compare/dues.js"
import type { Judgement, Verdict } from "./performance-result.js"
import { setAside } from "./compare/set-aside.js"
import { testSums, type CaseSums } from "./compare/test-sums.js"

/** How strictly to judge; see `PerformanceOptions`. */
export interface Strictness {
  readonly falseDiscoveryRate: number
  readonly errorControl: "false-discovery" | "family-wise"
  readonly seed: number
}

/** Samples that must lie beyond a territory before its p-value stands: known to 14 %, then. */
const EXCEEDANCES = 50

/** Draws per KPI, some tenths of a second's work; beyond it p-values are as fine as they have become. */
const DRAW_LIMIT = 1e7

/** Of the single test that a verdict has to pass against all others: as the 95 % interval beside it. */
const SINGLE_LEVEL = 0.05

/** Distances in standard errors are not quite the test's: who comes so near is tested. */
const NEARLY = 0.9

/**
 * Each group of rows against all others, by what its rows bring beyond their due: the ratio of all, in their stratum. A group like all others
 * has the mean score of the others; how far off chance alone would put it, {@link testGroups} samples.
 *
 * Outstanding groups make all others differ from a rest that they are part of. So where some stand out, all who might are judged a second time,
 * against the middle: those that are left when the ones that lie apart are set aside at both ends by one rule (see {@link setAside}). That
 * p-value counts, if the group differs from all others to the same side by a single test at 5 % too, which is what the figure and the interval
 * beside it show; else the larger of the two. Among equal groups nobody stands out, and the level is that of the first judgement; where some are
 * really different the others are judged among themselves.
 *
 * @param cases which groups have few rows and yet cases enough, and are judged from their sums; null: none
 */
export function testAgainstRest(allRows: GroupedRows, tested: readonly boolean[], strictness: Strictness, cases: CaseSums | null = null): GroupJudgement[] {
  const everyone = Array.from(tested.keys())
  const rows = coarsenRows(allRows, everyone.filter((g) => tested[g] && cases?.isBySums[g] !== true), strictness.seed)
  const found = testAmong(rows, everyone, tested, strictness, cases)
  const first = judge(tested, found, strictness)
  const isOut = first.map(({ verdict }) => verdict === "above" || verdict === "below")
  const outCount = isOut.filter(Boolean).length
  if (outCount === 0) return first.map((one) => ({ ...one, setAside: [] }))

  const judged = everyone.filter((g) => tested[g])
  const { aside, distances } = setAside(rows, judged, cases !== null && judged.every((g) => cases.isBySums[g]) ? cases : null)
  const others = everyone.filter((g) => !aside.includes(g))
  // farther from the middle than anybody of twice as many could be called out for
  const far = NEARLY * probit(1 - (strictness.falseDiscoveryRate * Math.min(1, (2 * outCount + 2) / everyone.length)) / 2)
  const mayBeOut = everyone.map((g) => aside.length > 0 && (isOut[g] || (tested[g] && found[g].pValue <= SINGLE_LEVEL && Math.abs(distances[g]) >= far)))
  const again = new Map<number, Tested>()
  if (others.some((g) => mayBeOut[g])) testAmong(rows, others, mayBeOut, strictness, cases).forEach((one, at) => again.set(others[at], one))
  for (const g of aside) {
    if (!mayBeOut[g]) continue
    const among = [...others, g].sort((a, b) => a - b)
    const own = testAmong(coarsenRows(rows, [g], strictness.seed), among, everyone.map((other) => other === g), strictness, cases)
    again.set(g, own[among.indexOf(g)])
  }
  const final = found.map((all, g): Tested & { readonly isByMiddle: boolean } => {
    const middle = again.get(g)
    if (middle === undefined || !mayBeOut[g]) return { ...all, isByMiddle: false }
    const pValue = middle.beyond * all.beyond > 0 ? middle.pValue : 1
    return all.pValue > SINGLE_LEVEL && all.pValue > pValue ? { ...all, isByMiddle: false } : { beyond: all.beyond, pValue, isByMiddle: true }
  })
  return judge(tested, final, strictness).map((one, g) => ({ ...one, setAside: final[g].isByMiddle ? aside.filter((other) => other !== g) : [] }))
}

/** What tests say of one group, and which others were set aside in the test that counts. */
export interface GroupJudgement extends Omit<Judgement, "comparedWith"> {
  readonly setAside: readonly number[]
}

/** A p-value, and what the group brings beyond its due. */
interface Tested {
  readonly pValue: number
  readonly beyond: number
}

/** The tested ones of some groups, each against the rest of them; in the order of the groups. */
function testAmong(all: GroupedRows, groups: readonly number[], tested: readonly boolean[], { falseDiscoveryRate, seed }: Strictness, cases: CaseSums | null): Tested[] {
  const { numerators, denominators, starts, stratumOf } = groups.length === tested.length ? all : pick(all, groups)
  const due = dues(numerators, denominators, stratumOf)
  const scores = new Float64Array(numerators.length)
  for (let i = 0; i < scores.length; i++) {
    const beyond = numerators[i] - due[i]
    scores[i] = Math.abs(beyond) <= 1e-12 * Math.abs(numerators[i]) ? 0 : beyond // rounding is no difference
  }
  const isTested = groups.map((g, at) => tested[g] && cases?.isBySums[g] !== true && starts[at + 1] - starts[at] >= 2 && scores.length - (starts[at + 1] - starts[at]) >= 2)
  // fine enough for one outstanding group among all, three times over
  const maxSamples = Math.max(9999, Math.ceil((6 * tested.length) / falseDiscoveryRate))
  const pValues = testGroups(scores, starts, isTested, { seed, exceedances: EXCEEDANCES, maxSamples, drawLimit: DRAW_LIMIT }, stratumOf)
  return groups.map((g, at) => {
    if (cases !== null && tested[g] && cases.isBySums[g]) {
      const { pValue, side } = testSums(cases, g, groups.filter((other) => other !== g))
      return { pValue, beyond: side }
    }
    let beyond = 0
    for (let i = starts[at]; i < starts[at + 1]; i++) beyond += scores[i]
    return { pValue: pValues[at], beyond }
  })
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

function judge(tested: readonly boolean[], found: readonly Tested[], { falseDiscoveryRate, errorControl }: Strictness): Omit<GroupJudgement, "setAside">[] {
  const family = Array.from(tested.keys()).filter((g) => tested[g])
  const adjust = errorControl === "family-wise" ? adjustFamilyWise : adjustPValues
  const adjusted = adjust(family.map((g) => found[g].pValue))
  const judgements: Omit<GroupJudgement, "setAside">[] = tested.map(() => ({ pValue: null, adjustedPValue: null, verdict: "too little data" }))
  family.forEach((g, at) => {
    const verdict: Verdict = adjusted[at] > falseDiscoveryRate ? "consistent with chance" : found[g].beyond > 0 ? "above" : "below"
    judgements[g] = { pValue: found[g].pValue, adjustedPValue: adjusted[at], verdict }
  })
  return judgements
}
