// Long because the steps of one pivot share one state; apart they would pass twenty arrays to each other.
import { createDenseBasis } from "./dense-basis.js"
import { createEdgeWalk } from "./edge-walk.js"
import { addParts, boundOf, cheapestTerritory, createRelaxedCore, pricedCost, recost, setKey } from "./relaxed-core.js"
import type { WholeProgram } from "./whole-program.js"

/** What stands in the basis: a bound that is not tight, a pair that shares its account with the key, a price that is held. */
const SLACK = 0
const TIE = 1
const HOLD = 2
/** Sums outside their bounds by less than this, in shares of an account or of a territory, are inside. */
const FEASIBLE = 1e-9
/** Exchanges after which the inverse is made anew. */
const EXCHANGES = 80
/** A relaxation that takes more pivots than this for every row and account ends where it is. */
const PIVOTS = 20

/** A state that the relaxation can go back to. */
export interface RelaxedState {
  readonly prices: Float64Array
  readonly key: Int32Array
  readonly tieCount: Int32Array
  readonly kind: Uint8Array
  readonly basisRow: Int32Array
  readonly basisAccount: Int32Array
  readonly basisTerritory: Int32Array
  readonly slackState: Uint8Array
  readonly inverse: Float64Array
  readonly norms: Float64Array
  readonly exchanges: number
}

/** The divisible optimum of a {@link WholeProgram} while pairs are taken away and given back. */
export interface Relaxation {
  /** n x k: 1 where the account may go. Changed by `forbid` and `allow` alone. */
  readonly allowed: Uint8Array
  /** n: how many territories that are. */
  readonly choices: Int32Array
  /** Rows. */
  readonly prices: Float64Array
  /** n: the territory that holds what no tie holds. */
  readonly key: Int32Array
  /** Rows: by place in the basis its account (-1 where it is no tie) and territory, and what share that has. */
  readonly tieAccount: Int32Array
  readonly tieTerritory: Int32Array
  readonly share: Float64Array
  forbid(i: number, t: number): void
  allow(i: number, t: number): void
  /**
   * Prices that rise from where they are to the optimum.
   *
   * @param cutoff `cutoff` as soon as the bound is above it
   * @returns `infeasible`: the prices rise without end; `limit`: too many pivots or too little precision, the prices are good, the shares are not
   */
  solve(cutoff: number): "optimal" | "infeasible" | "cutoff" | "limit"
  /** What no plan of allowed pairs costs less than: true at any prices. O(n k). */
  bound(): number
  /** What pair (i, t) costs at the prices. */
  reduced(i: number, t: number): number
  /** About by how much the bound rises where what stands at place p of the basis becomes 0 (`side` 1) or 1 (`side` -1). */
  foresee(p: number, side: 1 | -1): number
  save(): RelaxedState
  load(state: RelaxedState): void
  /** Entries looked at so far. */
  work(): number
}

/**
 * The linear relaxation by a dual simplex with generalized upper bounds: one price for every row; every account stands at its
 * cheapest pair, the key, and shares with others (ties) only as far as the basis, of one place for every row, says. A pivot goes
 * along an edge of the dual as far as that pays, accounts changing their keys on the way (long steps).
 *
 * Pairs may be forbidden at any time: the next {@link Relaxation.solve} goes on from the same prices, which stay dual feasible.
 * Costs are changed by less than a trifle against ties; bounds are always those of the true ones.
 *
 * Source: Dantzig & Van Slyke (1967) for generalized upper bounds; Lemke (1954) for the dual simplex; Forrest & Goldfarb (1992)
 * for the steepest edge; Fourer (1994) for long steps.
 *
 * @param startPrices rows; of the sign that closed sides allow
 * @param trifle sum that all changes of costs may come to
 */
export function createRelaxation(program: WholeProgram, startPrices: Float64Array, trifle: number): Relaxation {
  const { n, k, rowCount: R, cost, lower, upper } = program
  const core = createRelaxedCore(program, trifle)
  const { costs, allowed, choices, prices, key, tieCount, slackState, activity, active } = core
  const basis = createDenseBasis(R)
  const { inverse, norms } = basis
  const walk = createEdgeWalk(core)
  const kind = new Uint8Array(R)
  const basisRow = new Int32Array(R)
  const basisAccount = new Int32Array(R).fill(-1)
  const basisTerritory = new Int32Array(R)
  const x = new Float64Array(R)
  const column = new Float64Array(R)
  const solved = new Float64Array(R)
  let exchanges = 0

  prices.set(startPrices)
  holdAll()
  for (let i = 0; i < n; i++) key[i] = cheapestTerritory(core, i)

  return {
    allowed,
    choices,
    prices,
    key,
    tieAccount: basisAccount,
    tieTerritory: basisTerritory,
    share: x,
    forbid(i, t) {
      if (allowed[i * k + t] === 0) return
      allowed[i * k + t] = 0
      choices[i]--
    },
    allow(i, t) {
      if (allowed[i * k + t] === 1) return
      allowed[i * k + t] = 1
      choices[i]++
    },
    solve,
    bound: () => boundOf(core, cost),
    reduced: (i, t) => pricedCost(core, cost, i, t),
    foresee,
    save: () => ({
      prices: prices.slice(),
      key: key.slice(),
      tieCount: tieCount.slice(),
      kind: kind.slice(),
      basisRow: basisRow.slice(),
      basisAccount: basisAccount.slice(),
      basisTerritory: basisTerritory.slice(),
      slackState: slackState.slice(),
      inverse: inverse.slice(),
      norms: norms.slice(),
      exchanges,
    }),
    load(state) {
      prices.set(state.prices)
      key.set(state.key)
      tieCount.set(state.tieCount)
      kind.set(state.kind)
      basisRow.set(state.basisRow)
      basisAccount.set(state.basisAccount)
      basisTerritory.set(state.basisTerritory)
      slackState.set(state.slackState)
      inverse.set(state.inverse)
      norms.set(state.norms)
      exchanges = state.exchanges
      core.work += R * R + n
    },
    work: () => core.work,
  }

  /** Every price is held where it is, those of 0 by their slack. */
  function holdAll(): void {
    tieCount.fill(0)
    basisAccount.fill(-1)
    for (let r = 0; r < R; r++) {
      basisRow[r] = r
      kind[r] = prices[r] === 0 ? SLACK : HOLD
      slackState[r] = prices[r] === 0 ? 2 : prices[r] > 0 ? 0 : 1
    }
    basis.reset(basisRow)
    exchanges = 0
  }

  // ---- the way up -----------------------------------------------------------------------------------------------------

  function solve(cutoff: number): "optimal" | "infeasible" | "cutoff" | "limit" {
    open()
    let value = boundOf(core, costs)
    const limit = PIVOTS * (R + n)
    for (let pivots = 0; pivots < limit; pivots++) {
      if (value > cutoff && boundOf(core, cost) > cutoff) return "cutoff"
      computePrimal()
      if (swapOverdrawn()) computePrimal()
      const p = chooseLeaving()
      if (p < 0) return "optimal"
      const gain = pivot(p, x[p] < lowOf(p) ? -1 : 1)
      if (gain === Infinity) return walk.isEndless() ? "infeasible" : "limit"
      value += gain
    }
    return "limit"
  }

  /** Accounts with a choice, what their pairs cost at the prices, and keys and ties that are allowed. */
  function open(): void {
    core.activeCount = 0
    activity.fill(0)
    for (let i = 0; i < n; i++) {
      if (choices[i] > 1 || tieCount[i] > 0) active[core.activeCount++] = i
      if (allowed[i * k + key[i]] === 0) replaceKey(i)
      addParts(program, activity, i, key[i], 1)
    }
    if (exchanges > EXCHANGES) refactor()
    else recost(core)
  }

  /** A key that is no longer allowed: a tie takes its place, or the cheapest that is left, once no tie stands. */
  function replaceKey(i: number): void {
    for (let p = 0; tieCount[i] > 0 && p < R; p++) {
      if (basisAccount[p] !== i || allowed[i * k + basisTerritory[p]] === 0) continue
      swapKey(i, p)
      return
    }
    for (let p = 0; tieCount[i] > 0 && p < R; p++) if (basisAccount[p] === i) holdInstead(p)
    key[i] = cheapestTerritory(core, i)
  }

  /** Place p of the basis leaves towards its bound; answers by how much the bound rises, Infinity where that has no end. */
  function pivot(p: number, side: 1 | -1): number {
    let steepness = side === -1 ? lowOf(p) - x[p] : x[p] - highOf(p)
    walk.aim(inverse, p * R, side)
    if (kind[p] === TIE) {
      const i = basisAccount[p]
      tieCount[i]--
      if (side === 1 && allowed[i * k + basisTerritory[p]] === 1) setKey(core, i, basisTerritory[p])
    } else if (kind[p] === SLACK) slackState[basisRow[p]] = side === -1 ? 0 : 1
    walk.collect(-1)
    let gain = 0
    let at = 0
    for (;;) {
      const slot = walk.nearest()
      // whoever asked goes back to a saved state
      if (slot < 0) return Infinity
      gain += steepness * (walk.distance(slot) - at)
      at = walk.distance(slot)
      steepness -= walk.loss(slot)
      if (!(steepness > 0)) {
        walk.move(at)
        enter(p, slot)
        return gain
      }
      walk.pass()
    }
  }

  function enter(p: number, slot: number): void {
    if (kind[p] === TIE) basisAccount[p] = -1
    column.fill(0)
    if (slot >= n) {
      kind[p] = SLACK
      basisRow[p] = slot - n
      slackState[slot - n] = 2
      prices[slot - n] = 0
      column[slot - n] = -1
    } else {
      kind[p] = TIE
      basisAccount[p] = slot
      basisTerritory[p] = walk.territory(slot)
      tieCount[slot]++
      addParts(program, column, slot, basisTerritory[p], 1)
      addParts(program, column, slot, key[slot], -1)
    }
    basis.solve(column, solved)
    basis.exchange(p, solved)
    core.work += 3 * R * R
    if (++exchanges > EXCHANGES) refactor()
  }

  function foresee(p: number, side: 1 | -1): number {
    const i = basisAccount[p]
    const pair = i * k + basisTerritory[p]
    let steepness = side === 1 ? x[p] : 1 - x[p]
    walk.aim(inverse, p * R, side)
    // what becomes 0 is gone; what becomes 1 takes its account out of the play
    allowed[pair] = 0
    tieCount[i]--
    walk.collect(side === 1 ? -1 : i)
    let gain = 0
    let at = 0
    while (steepness > 0 && gain < Infinity) {
      const slot = walk.nearest()
      if (slot < 0) gain = Infinity
      else {
        gain += steepness * (walk.distance(slot) - at)
        at = walk.distance(slot)
        steepness -= walk.loss(slot)
        // further breakpoints of the same account are left out: the answer is a guess
        walk.skip()
      }
    }
    allowed[pair] = 1
    tieCount[i]++
    return gain
  }

  // ---- primal ---------------------------------------------------------------------------------------------------------

  function computePrimal(): void {
    for (let r = 0; r < R; r++) column[r] = (slackState[r] === 2 ? 0 : slackState[r] === 1 ? upper[r] : lower[r]) - activity[r]
    basis.solve(column, x)
    core.work += R * R
  }

  function lowOf(p: number): number {
    return kind[p] === SLACK ? lower[basisRow[p]] : 0
  }

  function highOf(p: number): number {
    if (kind[p] === SLACK) return upper[basisRow[p]]
    if (kind[p] === HOLD) return 0
    const i = basisAccount[p]
    return allowed[i * k + basisTerritory[p]] === 0 ? 0 : tieCount[i] === 1 ? 1 : Infinity
  }

  function chooseLeaving(): number {
    let best = -1
    let bestRatio = 0
    for (let p = 0; p < R; p++) {
      const violation = Math.max(lowOf(p) - x[p], x[p] - highOf(p))
      if (!(violation > FEASIBLE)) continue
      const ratio = (violation * violation) / norms[p]
      if (ratio > bestRatio) {
        bestRatio = ratio
        best = p
      }
    }
    return best
  }

  /** Where several ties take more than the whole of an account, the largest becomes the key. */
  function swapOverdrawn(): boolean {
    let isSwapped = false
    for (let p = 0; p < R; p++) {
      const i = basisAccount[p]
      if (i < 0 || tieCount[i] < 2) continue
      let sum = 0
      let largest = p
      let isFirst = true
      for (let q = 0; q < R; q++) {
        if (basisAccount[q] !== i) continue
        if (q < p) isFirst = false
        sum += x[q]
        if (x[q] > x[largest] && allowed[i * k + basisTerritory[q]] === 1) largest = q
      }
      if (!isFirst || sum <= 1 + FEASIBLE || allowed[i * k + basisTerritory[largest]] === 0) continue
      addParts(program, activity, i, key[i], -1)
      swapKey(i, largest)
      addParts(program, activity, i, key[i], 1)
      isSwapped = true
    }
    return isSwapped
  }

  // ---- basis ----------------------------------------------------------------------------------------------------------

  /** The tie at place p and the key of its account change places. */
  function swapKey(i: number, p: number): void {
    const others: number[] = []
    for (let q = 0; q < R; q++) if (q !== p && basisAccount[q] === i) others.push(q)
    basis.negate(p, others)
    const before = key[i]
    key[i] = basisTerritory[p]
    basisTerritory[p] = before
  }

  /** The tie at place p gives way to a price that is held, in the row where it weighs most. */
  function holdInstead(p: number): void {
    let r = 0
    for (let q = 1; q < R; q++) if (Math.abs(inverse[p * R + q]) > Math.abs(inverse[p * R + r])) r = q
    for (let q = 0; q < R; q++) solved[q] = -inverse[q * R + r]
    tieCount[basisAccount[p]]--
    basisAccount[p] = -1
    kind[p] = HOLD
    basisRow[p] = r
    if (slackState[r] === 2) slackState[r] = lower[r] > -Infinity ? 0 : 1
    basis.exchange(p, solved)
    exchanges++
  }

  /** A fresh inverse, and the prices that go with it. */
  function refactor(): void {
    const columns = new Float64Array(R * R)
    const tied = new Float64Array(R)
    for (let p = 0; p < R; p++) {
      const own = columns.subarray(p * R, (p + 1) * R)
      if (kind[p] !== TIE) {
        own[basisRow[p]] = -1
        tied[p] = kind[p] === SLACK ? 0 : -prices[basisRow[p]]
        continue
      }
      const i = basisAccount[p]
      addParts(program, own, i, basisTerritory[p], 1)
      addParts(program, own, i, key[i], -1)
      tied[p] = costs[i * k + basisTerritory[p]] - costs[i * k + key[i]]
    }
    core.work += R * R * R
    exchanges = 0
    if (basis.invert(columns)) basis.solveTransposed(tied, prices)
    else holdAll()
    for (let r = 0; r < R; r++) {
      if (slackState[r] === 2 || (prices[r] > 0 && lower[r] === -Infinity) || (prices[r] < 0 && upper[r] === Infinity)) prices[r] = 0
      if (slackState[r] !== 2 && prices[r] !== 0) slackState[r] = prices[r] > 0 ? 0 : 1
    }
    recost(core)
  }
}
