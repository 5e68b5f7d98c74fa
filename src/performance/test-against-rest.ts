import { probit } from "simple-statistics"
import { adjustFamilyWise, adjustPValues } from "../math/stats/adjust-p-values.js"
import { testGroups } from "../math/stats/permutation-test.js"
import { tailBothSides } from "../math/stats/student-t.js"
import { coarsenRows } from "./coarsen-rows.js"
import { dues, type GroupedRows } from "./compare/dues.js"
import type { Judgement, Verdict } from "./performance-result.js"
import { sumUp, total, welch } from "./compare/row-sums.js"
import { setAside } from "./compare/set-aside.js"
import { testSums, type CaseSums } from "./compare/test-sums.js"
import { findUnlike, type UnlikeRows } from "./compare/unlike-rows.js"

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

/** At most this share of all groups is left out for the skewness of their rows: else nobody is. */
const FEW = 0.25

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
 * Rows of other spread or skewness than those of all are not exchangeable (see {@link findUnlike}): such a group has to differ by standard errors
 * too (Welch 1947), and with too few rows for its skewness there is too little data.
 *
 * @param hasLaw proportions and counts: how rows spread follows from the ratio, and the exchange of rows holds
 * @param cases which groups have few rows and yet cases enough, and are judged from their sums; null: none
 */
export function testAgainstRest(allRows: GroupedRows, tested: readonly boolean[], strictness: Strictness, hasLaw: boolean, cases: CaseSums | null = null): GroupJudgement[] {
  const everyone = Array.from(tested.keys())
  const rows = coarsenRows(allRows, everyone.filter((g) => tested[g] && cases?.isBySums[g] !== true), strictness.seed)
  const found = testAmong(rows, everyone, tested, strictness, cases)
  const byChance = judge(tested, found, strictness)
  if (!byChance.some(({ verdict }) => isOutside(verdict))) return byChance.map((one) => ({ ...one, setAside: [], isTooSkewed: false }))

  const doubtful = hasLaw ? [] : everyone.filter((g) => tested[g] && found[g].pValue <= SINGLE_LEVEL)
  const unlike = doubtful.length === 0 ? new Map<number, UnlikeRows>() : findUnlike(rows, doubtful)
  const skewed = [...unlike].flatMap(([g, { isTooSkewed }]) => (isTooSkewed ? [g] : []))
  // their rows move everybody's yardstick by chance alone
  if (skewed.length > 0 && skewed.length <= FEW * everyone.length) return testWithout(skewed, rows, tested, strictness, hasLaw)
  const judgeable = tested.map((isTested, g) => isTested && unlike.get(g)?.isTooSkewed !== true)
  const sums = unlike.size === 0 ? [] : sumUp(rows)
  /** Whose rows are not like those of all is held to standard errors too. */
  const byErrors = (g: number, pValue: number, others: readonly number[]): number => {
    if (!unlike.has(g)) return pValue
    const { t, degrees } = welch(sums[g], total(others.flatMap((other) => (other === g ? [] : sums[other]))))
    return Math.max(pValue, tailBothSides(t, degrees))
  }
  for (const g of unlike.keys()) found[g] = { ...found[g], pValue: byErrors(g, found[g].pValue, everyone) }
  const first = judge(judgeable, found, strictness)
  const isOut = first.map(({ verdict }) => isOutside(verdict))
  const outCount = isOut.filter(Boolean).length
  const judged = everyone.filter((g) => judgeable[g])
  const { aside, distances } = setAside(rows, judged, cases !== null && judged.every((g) => cases.isBySums[g]) ? cases : null)
  const others = everyone.filter((g) => !aside.includes(g))
  // farther from the middle than anybody of twice as many could be called out for
  const far = NEARLY * probit(1 - (strictness.falseDiscoveryRate * Math.min(1, (2 * outCount + 2) / everyone.length)) / 2)
  const mayBeOut = everyone.map((g) => aside.length > 0 && (isOut[g] || (judgeable[g] && found[g].pValue <= SINGLE_LEVEL && Math.abs(distances[g]) >= far)))
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
    const pValue = middle.beyond * all.beyond > 0 ? byErrors(g, middle.pValue, others) : 1
    return all.pValue > SINGLE_LEVEL && all.pValue > pValue ? { ...all, isByMiddle: false } : { beyond: all.beyond, pValue, isByMiddle: true }
  })
  return judge(judgeable, final, strictness).map((one, g) => ({ ...one, isTooSkewed: tested[g] && !judgeable[g], setAside: final[g].isByMiddle ? aside.filter((other) => other !== g) : [] }))
}

/** The same as if some groups were not there: of these nothing can be said, and for the others they are set aside. */
function testWithout(skewed: readonly number[], rows: GroupedRows, tested: readonly boolean[], strictness: Strictness, hasLaw: boolean): GroupJudgement[] {
  const kept = Array.from(tested.keys()).filter((g) => !skewed.includes(g))
  const inner = testAgainstRest(pick(rows, kept), kept.map((g) => tested[g]), strictness, hasLaw)
  const found = tested.map((): GroupJudgement => ({ pValue: null, adjustedPValue: null, verdict: "too little data", setAside: [], isTooSkewed: true }))
  inner.forEach((one, at) => {
    found[kept[at]] = { ...one, setAside: [...skewed, ...one.setAside.map((other) => kept[other])].sort((a, b) => a - b) }
  })
  return found
}

/** What tests say of one group, and which others were set aside in the test that counts. */
export interface GroupJudgement extends Omit<Judgement, "comparedWith"> {
  readonly setAside: readonly number[]
  /** Stood out by the exchange of rows, which says nothing of rows so few, so skewed and so unlike the others'. */
  readonly isTooSkewed: boolean
}

const isOutside = (verdict: Verdict): boolean => verdict === "above" || verdict === "below"

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

type Bare = Omit<GroupJudgement, "setAside" | "isTooSkewed">

function judge(tested: readonly boolean[], found: readonly Tested[], { falseDiscoveryRate, errorControl }: Strictness): Bare[] {
  const family = Array.from(tested.keys()).filter((g) => tested[g])
  const adjust = errorControl === "family-wise" ? adjustFamilyWise : adjustPValues
  const adjusted = adjust(family.map((g) => found[g].pValue))
  const judgements: Bare[] = tested.map(() => ({ pValue: null, adjustedPValue: null, verdict: "too little data" }))
  family.forEach((g, at) => {
    const verdict: Verdict = adjusted[at] > falseDiscoveryRate ? "consistent with chance" : found[g].beyond > 0 ? "above" : "below"
    judgements[g] = { pValue: found[g].pValue, adjustedPValue: adjusted[at], verdict }
  })
  return judgements
}
