import { aggregateAccounts } from "../math/index/aggregate-accounts.js"
import { growAccountTree, LEAF_OF_FEW } from "../math/index/grow-account-tree.js"
import { centerSpacing } from "../math/transport/center-spacing.js"
import { createSmoothDual } from "../math/transport/smooth-dual.js"
import { smoothAscent } from "../math/transport/smooth-ascent.js"
import { changeProblem, type TransportProblem } from "../math/transport/transport-problem.js"
import { allocateAccounts } from "./allocate.js"

/** Accounts per territory of the smaller problems that are solved first, coarse to fine. */
const LEVELS = [1, 4, 16, 64]
/** A level pays when it has at most this share of the accounts of the whole. */
const SMALLER = 0.5
/** How exact these prices are, in units of the spacing, at one account a territory; more accounts tell them more exactly. */
const SLACK = 0.4
/** Softness of the accounts' choice and of the bounds in the last steps, on all accounts; how balanced they end, after how many. */
const STEPS = [
  { soft: 0.005, bend: 1e-3 },
  { soft: 0.002, bend: 1e-4 },
]
const PRECISE = 1e-3
const MOST = 4
/** Below this share of the spacing a price is 0: a few bends. */
const NEAR_ZERO = 4e-4

/**
 * A good guess at the prices of centers that stay where they are: the exact prices of the same problem with neighbors taken
 * together, coarse to fine, then Newton's steps on all accounts. It follows from the problem alone, however unevenly the centers
 * lie. O(n log n) and little beside the exact allocation.
 *
 * @yields after every pass over the accounts, and now and then
 */
export function* priceCenters(problem: TransportProblem, centers: Float64Array): Generator<undefined, Float64Array> {
  const { n, k, measureCount: M, dimension, power, tree } = problem
  const spacing = centerSpacing(centers, k, dimension, power)
  let prices: Float64Array = new Float64Array(k * M)
  if (tree !== undefined) {
    for (const perTerritory of LEVELS) {
      const coarse = aggregateAccounts(problem, tree, perTerritory)
      yield undefined
      if (coarse.n > SMALLER * n) break
      const planted = changeProblem(coarse, { tree: yield* growAccountTree(coarse, LEAF_OF_FEW) })
      prices = (yield* allocateAccounts(planted, centers, prices, spacing.map((s) => (SLACK * s) / perTerritory))).prices.slice()
    }
  }
  const dual = createSmoothDual(problem)
  yield undefined
  for (const { soft, bend } of STEPS) yield* smoothAscent(dual, problem, centers, prices, spacing, soft, PRECISE, MOST, bend)
  // bounds that do not bind have a price of 0, not about 0
  for (let r = 0; r < k * M; r++) if (Math.abs(prices[r]) < NEAR_ZERO * spacing[Math.floor(r / M)]) prices[r] = 0
  return prices
}
