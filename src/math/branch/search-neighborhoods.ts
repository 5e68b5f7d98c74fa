import type { Random } from "../random.js"
import { createBranchAndBound } from "./branch-and-bound.js"
import type { WholeProgram } from "./whole-program.js"

/** Accounts of the territories that are looked at together, at least where there are so many. */
const ACCOUNTS = 24
/** Entries that are looked at for one neighborhood, at most. */
const WORK = 8_000_000

/**
 * A better plan in the neighborhood of a known one: some territories at a time, drawn around an account, divide their
 * accounts anew among themselves, by branch and bound, while all others keep theirs.
 *
 * @param owner n: keeps all rows
 * @param prices rows: a guess
 * @param maxWork entries looked at, at most, about
 * @yields after every node
 *
 * Source: Shaw (1998), large neighborhood search; Fischetti & Lodi (2003) for subproblems by branch and bound.
 */
export function* searchNeighborhoods(
  program: WholeProgram,
  owner: Int32Array,
  prices: Float64Array,
  random: Random,
  maxWork: number,
  outOfTime: () => boolean,
): Generator<undefined, Int32Array> {
  const { n, k, cost } = program
  let best = owner
  let work = 0
  while (work < maxWork && !outOfTime()) {
    const isIn = pickTerritories(best)
    const some = new Float64Array(n * k).fill(Infinity)
    for (let i = 0; i < n; i++) {
      if (isIn[best[i]] === 0) some[i * k + best[i]] = cost[i * k + best[i]]
      else for (let t = 0; t < k; t++) if (isIn[t] === 1) some[i * k + t] = cost[i * k + t]
    }
    const search = createBranchAndBound({ ...program, cost: some }, best, prices)
    yield* search.advance(WORK, outOfTime)
    work += search.work() + n * k
    best = search.owner() ?? best
  }
  return best

  /**
   * The territory of an account drawn, and those that are cheapest for that account, until they have enough accounts;
   * two at least.
   */
  function pickTerritories(owners: Int32Array): Uint8Array {
    const count = new Int32Array(k)
    for (const t of owners) count[t]++
    const i = Math.floor(random() * n)
    const limit = ACCOUNTS * (0.5 + random())
    const order = Array.from({ length: k }, (_, t) => t).sort((a, b) => compare(cost[i * k + a], cost[i * k + b]) || a - b)
    const isIn = new Uint8Array(k)
    isIn[owners[i]] = 1
    let accounts = count[owners[i]]
    let territories = 1
    for (const t of order) {
      if (isIn[t] === 1 || (territories > 1 && accounts + count[t] > limit)) continue
      isIn[t] = 1
      accounts += count[t]
      territories++
      if (accounts >= limit) break
    }
    return isIn
  }
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
