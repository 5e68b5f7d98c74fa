import { allCentersBound } from "../math/bound/all-centers-bound.js"
import { createSiteProblem, type SiteProblem } from "../math/bound/site-problem.js"
import { isAllowed } from "../math/transport/pair-rules.js"
import { pairCost } from "../math/transport/transport-problem.js"
import type { CompiledProblem } from "./compile-problem.js"
import { gapOf } from "./judge.js"
import type { Certificate, PartitionResult } from "./partition-result.js"

/**
 * Pairs of account and center that are looked at, at most: so many, or so many times the square of the number of accounts. About
 * 10 seconds for 2,000 accounts and less than a minute for 5,000; up to 1,000 it rarely takes as many.
 */
const LEAST_WORK = 200_000_000
const WORK_PER_SQUARE = 50
/** Pairs that a start is made from between two pauses. */
const PAUSE = 1 << 16

/**
 * The certificate over all centers for a plan that is judged already: a proven lower bound on the cost of every plan that keeps
 * the bounds and locks, whichever of their accounts its centers are (given ones stay). See {@link allCentersBound}.
 *
 * @param judged at the plan's own centers; `relaxedCost` stays what it is there
 * @param prices k x M of the divisible optimum at these centers
 * @param outOfTime asked now and then; a bound, if a weak one, is found in any case
 * @yields now and then
 */
export function* proveAllCenters(
  compiled: CompiledProblem,
  judged: Pick<PartitionResult, "cost" | "certificate" | "violations">,
  owner: Int32Array,
  centers: Float64Array,
  prices: Float64Array,
  outOfTime: () => boolean,
): Generator<undefined, Certificate> {
  const { problem, fixed } = compiled
  const cost = judged.cost ?? 0 // places are needed for this proof, so that there is a cost
  const { relaxedCost, lowerBound: given } = judged.certificate
  // bounds that divided accounts cannot meet cannot be met at other centers either
  if (given === null) return { scope: "all-centers", pairs: "all", lowerBound: null, relaxedCost, gap: null, isOptimal: false }
  const isInside = judged.violations.length === 0
  let lowerBound = 0
  if (cost > 0) {
    const costUnit = compiled.costUnit
    const sites = createSiteProblem(problem, fixed, centers)
    const { worths, sitePrices } = yield* startFrom(compiled, sites, owner, centers, prices)
    const bound = yield* allCentersBound(sites, worths, sitePrices, cost / costUnit, isInside, Math.max(LEAST_WORK, WORK_PER_SQUARE * problem.n ** 2), outOfTime)
    // of no plan at all any number is a bound
    lowerBound = Number.isFinite(bound) ? Math.max(0, bound * costUnit) : given
    if (isInside) lowerBound = Math.min(lowerBound, cost)
  }
  const gap = gapOf(cost, lowerBound, compiled.tinyCost)
  const isOptimal = isInside && (gap === 0 || (judged.certificate.isOptimal && !fixed.includes(0)))
  return { scope: "all-centers", pairs: "all", lowerBound, relaxedCost, gap, isOptimal }
}

/** Worths and prices that the plan's own centers suggest: what serves an account there, and what its territory's measures cost. */
function* startFrom({ problem }: CompiledProblem, sites: SiteProblem, owner: Int32Array, centers: Float64Array, prices: Float64Array): Generator<undefined, { worths: Float64Array; sitePrices: Float64Array }> {
  const { n, k, measureCount: M, activities } = problem
  const worths = new Float64Array(n)
  const turn = Math.max(1, Math.floor(PAUSE / k))
  for (let i = 0; i < n; i++) {
    if (i % turn === turn - 1) yield undefined
    worths[i] = Infinity
    for (let t = 0; t < k; t++) {
      if (!isAllowed(problem, i, t)) continue
      let rest = pairCost(problem, centers, i, t)
      for (let m = 0; m < M; m++) rest -= prices[t * M + m] * activities[i * M + m]
      worths[i] = Math.min(worths[i], rest)
    }
  }
  const sitePrices = new Float64Array(sites.siteCount * M)
  for (let s = 0; s < sites.siteCount; s++) {
    const account = sites.siteAccount[s]
    if (account < 0) continue
    for (let m = 0; m < M; m++) sitePrices[s * M + m] = prices[owner[account] * M + m]
  }
  return { worths, sitePrices }
}
