import type { Random } from "../random.js"
import { createBranchAndBound } from "./branch-and-bound.js"
import { searchNeighborhoods } from "./search-neighborhoods.js"
import type { WholeProgram } from "./whole-program.js"

/** What is known of a program in the end. */
export interface WholeOptimum {
  /** n: the best plan known that keeps all rows; null where none is known. */
  readonly owner: Int32Array | null
  /** Whether no plan costs less by more than a billionth; without a plan: whether there is none. */
  readonly isProven: boolean
  /** Entries looked at, about. */
  readonly work: number
}

/** Of the first so many entries nothing goes to neighborhoods: most programs are done by then. */
const ALONE = 8_000_000
/**
 * Each time that the search through all plans has taken so many times what it had, neighborhoods get that share of it.
 */
const GROWTH = 1.6
const SHARE = 1.5

/**
 * The best plan of whole accounts: a search through all of them, and where that is long, in turns with a search for
 * better plans around the best known one: the better that is, the more the other can leave out.
 *
 * @param known n: a plan that keeps all rows; null: none is known
 * @param prices rows: the nearer to those of the divisible optimum, the less work; of signs that closed sides allow
 * @param maxWork entries looked at, at most, about
 * @yields now and then
 */
export function* findBestWholePlan(
  program: WholeProgram,
  known: Int32Array | null,
  prices: Float64Array,
  random: Random,
  maxWork: number,
  outOfTime: () => boolean,
): Generator<undefined, WholeOptimum> {
  const search = createBranchAndBound(program, known, prices)
  let around = 0
  for (let stage = ALONE; ; stage *= GROWTH) {
    const isProven = yield* search.advance(Math.min(stage, maxWork - around), outOfTime)
    const owner = search.owner()
    const work = search.work() + around
    if (isProven || work >= maxWork || outOfTime()) return { owner, isProven, work }
    if (owner === null) continue
    const share = Math.min(SHARE * search.work() - around, maxWork - work)
    search.offer(yield* searchNeighborhoods(program, owner, prices, random, share, outOfTime))
    around += Math.max(0, share)
  }
}
