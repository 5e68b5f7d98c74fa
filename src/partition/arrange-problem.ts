import { neighborhoodOrder, sortAccounts } from "../math/index/sort-by-neighborhood.js"
import { inPieces } from "../model/in-pieces.js"
import type { CompiledProblem } from "./compile-problem.js"
import type { FoundPlan } from "./search-plan.js"

/** With fewer accounts all of them fit where a processor reads fast, in any order. */
const MANY = 50_000

/** What a search is to work on. */
export interface ArrangedProblem {
  /**
   * `problem` and `searched` have their accounts in another order. What is by account in the caller's words (ids, rows, activities,
   * current) keeps the order of before: a search must not read it.
   */
  readonly compiled: CompiledProblem
  /** The found plan, by account in the order of before. */
  restore(found: FoundPlan): Generator<undefined, FoundPlan>
}

/**
 * Sorts the accounts of a large problem by neighborhood, so that a search reads memory from front to back. The order follows
 * from places and ids alone, as that of before. O(n).
 *
 * @yields between pieces of some ten thousand accounts
 */
export function* arrangeProblem(compiled: CompiledProblem): Generator<undefined, ArrangedProblem> {
  const { problem, searched } = compiled
  const { tree } = searched
  if (tree === undefined || problem.n < MANY) return { compiled, restore: asItIs }
  const order = neighborhoodOrder(tree)
  const arranged = yield* sortAccounts(problem, order)
  const apart = compiled.apart === null ? null : { ...compiled.apart, unitOf: placesOf(order, compiled.apart.unitOf) }
  return { compiled: { ...compiled, apart, problem: arranged, searched: searched === problem ? arranged : yield* sortAccounts(searched, order) }, restore }

  function* restore(found: FoundPlan): Generator<undefined, FoundPlan> {
    const { allocation } = found
    const splits = allocation.splits.map((split) => ({ ...split, account: order[split.account] })).sort((a, b) => a.account - b.account)
    return { ...found, owner: yield* putBack(found.owner), allocation: { ...allocation, splits, owner: yield* putBack(allocation.owner) } }
  }

  function* putBack(values: Int32Array): Generator<undefined, Int32Array> {
    const back = new Int32Array(values.length)
    yield* inPieces(values.length, (from, to) => {
      for (let p = from; p < to; p++) back[order[p]] = values[p]
    })
    return back
  }
}

function* asItIs(found: FoundPlan): Generator<undefined, FoundPlan> {
  return found
}

/** Where the accounts that `unitOf` names stand in the new order. */
function placesOf(order: Int32Array, unitOf: Int32Array): Int32Array {
  const placeOf = new Int32Array(order.length)
  order.forEach((i, p) => (placeOf[i] = p))
  return unitOf.map((i) => placeOf[i])
}
