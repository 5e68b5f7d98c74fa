import { improveOwners } from "./improve-owners.js"
import { createPropagation, type Trail } from "./propagate-rows.js"
import { createRelaxation, type RelaxedState } from "./relaxation.js"
import { costOfOwners, keepsRows, type WholeProgram } from "./whole-program.js"

/** A search through all plans of whole accounts that can be interrupted, and told of better plans. */
export interface BranchAndBound {
  /**
   * Goes on until all plans have been looked through (true), or until so much work is done in all or the time is over
   * (false).
   *
   * @yields after every node
   */
  advance(maxWork: number, outOfTime: () => boolean): Generator<undefined, boolean>
  /** n: the best plan known that keeps all rows; null where none is known. */
  owner(): Int32Array | null
  /** Takes a plan that keeps all rows where it costs less than the best known. */
  offer(owner: Int32Array): void
  /** Entries looked at so far, about. */
  work(): number
  nodes(): number
}

/** Costs that differ by less than this share are the same. */
export const OPTIMAL: number = 1e-9
/** Shares closer to 0 or 1 than this are whole. */
const WHOLE = 1e-7
/** Pairs that are looked at closely before one of them is branched on. */
const LOOKS = 10
/**
 * A cost below this share of what accounts cost where each is dearest is what rounding makes of nothing: no plan costs
 * less.
 */
const FREE = 1e-15
/**
 * What a branch adds to the bound counts as this share of the cost at least: products with 0 would not tell sides
 * apart.
 */
const NOTHING = 1e-6
/** What a node takes besides the entries it looks at, in entries: so work bounds the number of nodes where programs are tiny, too. */
const NODE_WORK = 400

/** A node with one branch still to be looked at. */
interface Frame {
  readonly state: RelaxedState
  readonly trailLength: number
  readonly bound: number
  readonly pair: number
  /** Whether the branch that is left forbids the pair, or leaves its account nothing else. */
  readonly isForbidding: boolean
}

/**
 * Branch and bound over whole accounts, depth first: every node is bounded by its divisible optimum, whose prices also
 * tell which pairs can be in no better plan; a divided account then goes to one of its territories, or never goes
 * there. Complete, given enough work: a finished search proves that no plan costs less than the best known by more
 * than {@link OPTIMAL} of it, or that there is none.
 *
 * @param known n: a plan that keeps all rows; null: none is known
 * @param startPrices rows; the nearer to the optimum, the less work. Of signs that closed sides allow
 *
 * Source: Land & Doig (1960); reduced-cost fixing as in Dantzig, Fulkerson & Johnson (1954); Ross & Soland (1975) for
 * the generalized assignment problem.
 */
export function createBranchAndBound(
  program: WholeProgram,
  known: Int32Array | null,
  startPrices: Float64Array,
): BranchAndBound {
  const { n, k, rowCount: R } = program
  let best = known
  let cost = known === null ? Infinity : costOfOwners(program, known)
  const ends = endsOfCost(program)
  const scale = known === null ? Math.max(ends.least, 1e-3 * ends.most) : cost
  const relaxation = createRelaxation(program, startPrices, (OPTIMAL / 4) * scale)
  const { allowed, choices, key, tieAccount, tieTerritory, share } = relaxation
  const trail: Trail = { pairs: [] }
  const propagate = createPropagation(program, relaxation, trail)
  const everywhere = allowed.slice()
  const frames: Frame[] = []
  let nodes = 0

  // whether the node where the search stands is still to be looked at
  let isOpen = true

  return { advance, owner: () => best, offer: accept, work, nodes: () => nodes }

  function work(): number {
    return relaxation.work() + NODE_WORK * nodes
  }

  function* advance(maxWork: number, outOfTime: () => boolean): Generator<undefined, boolean> {
    while (isOpen && cost > FREE * ends.most) {
      if (work() > maxWork || outOfTime()) return false
      nodes++
      const branch = examine()
      if (branch !== null) {
        frames.push(branch)
        take(branch.pair, !branch.isForbidding)
      } else isOpen = goBack()
      yield undefined
    }
    isOpen = false
    return true
  }

  /** To the last branch that is left and may hold something better; false where there is none. */
  function goBack(): boolean {
    let frame = frames.pop()
    while (frame !== undefined && frame.bound > cutoff()) frame = frames.pop()
    if (frame === undefined) return false
    undo(frame.trailLength)
    relaxation.load(frame.state)
    take(frame.pair, frame.isForbidding)
    return true
  }

  function cutoff(): number {
    return cost < Infinity ? cost - OPTIMAL * Math.abs(cost) : Infinity
  }

  /** Bounds the node; answers how it is to be divided, null where nothing better is in it. */
  function examine(): Frame | null {
    if (!propagate()) return null
    const status = relaxation.solve(cutoff())
    if (status === "infeasible" || status === "cutoff") return null
    const bound = relaxation.bound()
    if (bound > cutoff()) return null
    const owner = rounded()
    const isKept = keepsRows(program, owner)
    if (isKept) accept(owner)
    if (bound > cutoff()) return null
    const divided = dividedPlaces()
    if (divided.length === 0 && isKept && status === "optimal") return null
    fix(bound)
    if (divided.length > 0) return choose(divided, bound)
    // whole, and yet outside by a hair or not solved to its end: any account that has a choice
    for (let i = 0; i < n; i++) if (choices[i] > 1) return frame(i * k + key[i], bound, true)
    return null
  }

  function frame(pair: number, bound: number, isForbidding: boolean): Frame {
    return { state: relaxation.save(), trailLength: trail.pairs.length, bound, pair, isForbidding }
  }

  /**
   * The pair whose two branches raise the bound the most, as far as one pivot tells; the branch that raises it less
   * comes first.
   */
  function choose(divided: readonly number[], bound: number): Frame {
    const least = NOTHING * Math.max(Math.abs(bound), scale) + Number.MIN_VALUE
    let best = { place: divided[0], score: -1, isForbidding: true }
    for (const place of divided) {
      const without = relaxation.foresee(place, 1)
      const within = relaxation.foresee(place, -1)
      const score = Math.max(least, Math.min(without, scale)) * Math.max(least, Math.min(within, scale))
      if (score > best.score) best = { place, score, isForbidding: within <= without }
    }
    return frame(tieAccount[best.place] * k + tieTerritory[best.place], bound, best.isForbidding)
  }

  /** Places of the basis whose account is divided there, the most divided ones. */
  function dividedPlaces(): number[] {
    const places: number[] = []
    for (let p = 0; p < R; p++) {
      const i = tieAccount[p]
      if (i >= 0 && choices[i] > 1 && allowed[i * k + tieTerritory[p]] === 1 && share[p] > WHOLE && share[p] < 1 - WHOLE) places.push(p)
    }
    const even = (p: number): number => Math.min(share[p], 1 - share[p])
    return places.length <= LOOKS ? places : places.sort((a, b) => even(b) - even(a) || a - b).slice(0, LOOKS)
  }

  function rounded(): Int32Array {
    const owner = key.slice()
    const most = new Float64Array(n).fill(1)
    for (let p = 0; p < R; p++) if (tieAccount[p] >= 0) most[tieAccount[p]] -= share[p]
    for (let p = 0; p < R; p++) {
      const i = tieAccount[p]
      if (i < 0 || !(share[p] > most[i]) || allowed[i * k + tieTerritory[p]] === 0) continue
      most[i] = share[p]
      owner[i] = tieTerritory[p]
    }
    return owner
  }

  function accept(owner: Int32Array): void {
    if (!(costOfOwners(program, owner) < cost)) return
    const better = owner.slice()
    improveOwners(program, better, everywhere)
    cost = costOfOwners(program, better)
    best = better
  }

  /** Forbids pairs that no plan better than the best known can have. */
  function fix(bound: number): void {
    const room = cutoff() - bound
    if (!(room < Infinity)) return
    for (let i = 0; i < n; i++) {
      if (choices[i] < 2) continue
      let least = Infinity
      for (let t = 0; t < k; t++) if (allowed[i * k + t] === 1) least = Math.min(least, relaxation.reduced(i, t))
      for (let t = 0; t < k; t++) {
        if (allowed[i * k + t] === 1 && relaxation.reduced(i, t) - least > room) forbid(i, t)
      }
    }
  }

  function take(pair: number, isForbidding: boolean): void {
    const i = Math.floor(pair / k)
    if (isForbidding) forbid(i, pair % k)
    else for (let t = 0; t < k; t++) if (t !== pair % k) forbid(i, t)
  }

  function forbid(i: number, t: number): void {
    if (allowed[i * k + t] === 0) return
    relaxation.forbid(i, t)
    trail.pairs.push(i * k + t)
  }

  function undo(length: number): void {
    while (trail.pairs.length > length) {
      const pair = trail.pairs.pop() as number
      relaxation.allow(Math.floor(pair / k), pair % k)
    }
  }
}

/** What all accounts cost where each is cheapest, and where each is dearest. */
function endsOfCost({ n, k, cost }: WholeProgram): { readonly least: number; readonly most: number } {
  let least = 0
  let most = 0
  for (let i = 0; i < n; i++) {
    let [low, high] = [Infinity, 0]
    for (let t = 0; t < k; t++) {
      const own = cost[i * k + t]
      if (!(own < Infinity)) continue
      low = Math.min(low, own)
      high = Math.max(high, own)
    }
    least += low
    most += high
  }
  return { least, most }
}
