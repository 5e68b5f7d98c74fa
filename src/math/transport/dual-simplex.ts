// Long because the steps of one pivot share one state; apart they would pass twenty arrays to each other.
import { isTooLate } from "../lateness.js"
import { createBreakpointHeap } from "./breakpoint-heap.js"
import type { Candidates } from "./candidates.js"
import { closedBounds } from "./closed-bounds.js"
import { createEdgeBasis } from "./edge-basis.js"
import { createKeyedAccounts } from "./keyed-accounts.js"
import { createMoveRows } from "./move-rows.js"
import { advanceClock, aimClock, isDue } from "./price-clock.js"
import { perturbCosts } from "./perturb-costs.js"
import { testRatios } from "./ratio-test.js"
import { readSplits, type Tie } from "./read-splits.js"
import type { FurtherPairs, SimplexSource } from "./simplex-source.js"
import type { TransportProblem } from "./transport-problem.js"
import type { TransportVertex } from "./transport-vertex.js"

const SLACK = 0
const PLACEHOLDER = 1
const TIE = 2

/** Primal infeasibility below this is rounding: activities are of order one. */
const FEASIBLE = 1e-10
/** How often an optimum is reviewed for what rounding has left, at most. */
const MAX_REVIEWS = 30
/** A problem that takes more pivots than this, several times the usual, is going round in circles. */
const PATIENCE = 200
const PATIENCE_PER_ROW = 8
/** Pivots between two pauses, and two checks of the prices; of so many accounts every pivot takes milliseconds, and has a pause. */
const TURN = 16
const LARGE = 20_000
/** Accounts looked at between two pauses where all of them are; with more columns than MANY_COLUMNS every change of the basis has one. */
const LOOKED = 1 << 15
const MANY_COLUMNS = 400

/**
 * The dual simplex method for the divisible problem, on a working basis of only K = k M columns. Every account has a key
 * territory, its cheapest at the prices; only accounts that stand exactly between two territories are in the basis, so the
 * n convexity rows never appear (generalized upper bounding: Dantzig & Van Slyke 1967). A step goes along a ray of prices and
 * passes every breakpoint, at which some account changes its key, as long as the bound rises (long-step ratio test: Fourer
 * 1994; Maros 2003). Any start prices are allowed: a price that no column fixes yet is held by a placeholder that must leave.
 *
 * The basis is as sparse as a map of neighbors, and so are its factors. Leaving column: largest violation^2 / |row of the
 * inverse|^2, the norms kept up to date (dual steepest edge: Forrest & Goldfarb 1992). Ties: the smaller index. A pivot takes
 * about K log K and a look at every account with a choice; about 2 K pivots from good prices.
 *
 * Limits on moves are rows behind those of the measures: prices are then K and so many more.
 *
 * @param source where further pairs come from; without it the candidates are all there is
 * @yields after every few pivots, so that the caller can report, abort or stop
 */
export function* dualSimplex(
  problem: TransportProblem,
  centers: Float64Array,
  candidates: Candidates,
  startPrices: Float64Array,
  maxPivots: number,
  source: SimplexSource | null = null,
): Generator<undefined, TransportVertex> {
  const { k, measureCount: M, activities } = problem
  const rows = createMoveRows(problem)
  const measured = k * M
  const K = measured + (rows?.count ?? 0)
  /** An account is given another key only for more than this. */
  let drift = 1e-12
  const { lower, upper } = closedBounds(problem, rows)
  const prices = Float64Array.from({ length: K }, (_, r) => startPrices[r] ?? 0).map((price, r) => ((price > 0 && lower[r] === -Infinity) || (price < 0 && upper[r] === Infinity) ? 0 : price))
  const basis = createEdgeBasis(K)
  const kind = new Uint8Array(K)
  const basisAccount = new Int32Array(K)
  const basisEntry = new Int32Array(K)
  const basisRow = new Int32Array(K)
  const basisCost = new Float64Array(K)
  /** Row r: 1 when its slack is nonbasic at the upper bound, 0 at the lower, 2 when it is in the basis. */
  const slackState = new Uint8Array(K)
  /** Row r: 1 when a placeholder in the basis holds its price. */
  const held = new Uint8Array(K)
  for (let r = 0; r < K; r++) {
    kind[r] = prices[r] === 0 ? SLACK : PLACEHOLDER
    basisRow[r] = r
    basisCost[r] = prices[r]
    slackState[r] = prices[r] === 0 ? 2 : prices[r] > 0 ? 0 : 1
    held[r] = kind[r] === PLACEHOLDER ? 1 : 0
  }
  const accounts = yield* createKeyedAccounts(problem, centers, candidates, prices, rows)
  const { key, tieCount, standings, clock } = accounts

  const x = new Float64Array(K)
  const column = new Float64Array(K)
  const work = new Float64Array(K)
  const before = new Float64Array(K)
  const direction = new Float64Array(K)
  const heap = createBreakpointHeap()
  let ray: Float64Array | null = null
  let status: TransportVertex["status"] = "work-limit"
  let pivots = 0
  let reviews = 0
  const isLarge = problem.n > LARGE

  let isOver = false
  for (; pivots < maxPivots && !isOver; pivots++) {
    if (pivots % TURN === TURN - 1) {
      if (basis.isWorn()) refactor()
      recomputePrices()
      rekeyDrifted()
      isOver = isTooLate(yield undefined)
    } else if (isLarge) isOver = isTooLate(yield undefined)
    computePrimal()
    if (rekeyOverdrawn()) computePrimal()
    const leaving = chooseLeaving()
    if (leaving < 0) {
      if (basis.hasChanged()) refactor()
      recomputePrices() // where rounding has left an account a cheaper territory than its own, this is not the end yet
      if (reviews++ < MAX_REVIEWS && (yield* makeDualFeasible())) continue
      const more = source === null ? null : yield* source.cheaper(accounts.candidates, prices)
      if (more !== null && more.accounts.length > 0) {
        yield* extend(more)
        reviews = 0
        isOver = isTooLate(yield undefined)
        continue
      }
      status = "optimal"
      break
    }
    const low = x[leaving] < lowOf(leaving)
    const sign = low ? -1 : 1
    const slope = low ? lowOf(leaving) - x[leaving] : x[leaving] - highOf(leaving)
    basis.readRow(leaving, sign, direction)
    const undo = { slackState: slackState.slice(), isHeld: held[basisRow[leaving]], key: kind[leaving] === TIE ? key[basisAccount[leaving]] : -1 }
    if (kind[leaving] === TIE) {
      const i = basisAccount[leaving]
      accounts.untie(i, basisEntry[leaving])
      if (!low) accounts.setKey(i, basisEntry[leaving])
    } else if (kind[leaving] === SLACK) {
      slackState[basisRow[leaving]] = low ? 0 : 1
    } else held[basisRow[leaving]] = 0

    const { entering, slopeLeft } = testRatios(direction, slope, { accounts, prices, lower, upper, slackState, held, heap })
    if (entering === null) {
      const more = source === null ? null : yield* source.overtaking(accounts.candidates, prices, direction, slopeLeft)
      if (more === null || more.accounts.length === 0) {
        ray = direction.slice()
        status = "infeasible"
        break
      }
      takeBack(leaving, undo)
      yield* extend(more)
      isOver = isTooLate(yield undefined)
      continue
    }
    column.fill(0)
    if (entering.row >= 0) column[entering.row] = -1
    else {
      addColumn(entering.account, entering.entry, 1)
      addColumn(entering.account, key[entering.account], -1)
    }
    if (!basis.enter(leaving, sign, direction, column) && basis.hasChanged()) {
      takeBack(leaving, undo)
      refactor()
      recomputePrices()
      continue
    }
    for (let r = 0; r < K; r++) prices[r] += entering.step * direction[r]
    advanceClock(clock, entering.step)
    if (entering.row >= 0) {
      kind[leaving] = SLACK
      basisRow[leaving] = entering.row
      basisCost[leaving] = 0
      slackState[entering.row] = 2
      prices[entering.row] = 0
    } else {
      const i = entering.account
      kind[leaving] = TIE
      basisAccount[leaving] = i
      basisEntry[leaving] = entering.entry
      basisCost[leaving] = standings.cost[entering.entry] - standings.cost[key[i]]
      accounts.tie(i, entering.entry)
    }
    basis.exchange()
    if (pivots === PATIENCE + PATIENCE_PER_ROW * K) perturb()
  }
  recomputePrices()
  const ties: Tie[] = []
  const { territory } = accounts.candidates
  for (let p = 0; p < K; p++) {
    if (kind[p] === TIE && x[p] > FEASIBLE) ties.push({ account: basisAccount[p], territory: territory[basisEntry[p]], share: x[p] })
  }
  return { status, prices, ...readSplits(key.map((e) => territory[e]), ties), ray, pivots }

  // ---- accounts -------------------------------------------------------------------------------------------------------

  function addColumn(i: number, entry: number, factor: number): void {
    const r = accounts.candidates.territory[entry] * M
    for (let m = 0; m < M; m++) column[r + m] += factor * activities[i * M + m]
    rows?.each(i, accounts.candidates.territory[entry], (row, part) => (column[measured + row] += factor * part))
  }

  /** Further pairs join; accounts that find a cheaper one go there, divided ones with what they held. */
  function* extend({ accounts: more, territories }: FurtherPairs): Generator<undefined, void> {
    const moved = yield* accounts.extend(more, territories)
    for (let p = 0; p < K; p++) if (kind[p] === TIE) basisEntry[p] += moved[basisAccount[p]]
    // an account without activity is in no list of those with a choice, but may find a cheaper place
    for (const i of more) if (tieCount[i] === 0) accounts.setKey(i, accounts.cheapest(i))
    yield* makeDualFeasible()
  }

  /** Undoes what a pivot has begun: the leaving column stays, and what has passed its breakpoint goes back. */
  function takeBack(leaving: number, undo: { readonly slackState: Uint8Array; readonly isHeld: number; readonly key: number }): void {
    slackState.set(undo.slackState)
    if (kind[leaving] === TIE) {
      accounts.tie(basisAccount[leaving], basisEntry[leaving])
      if (key[basisAccount[leaving]] !== undo.key) accounts.setKey(basisAccount[leaving], undo.key)
    } else if (kind[leaving] === PLACEHOLDER) held[basisRow[leaving]] = undo.isHeld
    rekeyDrifted()
  }

  // ---- basis ----------------------------------------------------------------------------------------------------------

  /** Fresh factors; a column that has become dependent makes room for a placeholder. */
  function refactor(): void {
    const { dependent, unserved } = basis.refactor(pushColumn)
    if (dependent.length === 0) return
    dependent.forEach((p, at) => {
      if (kind[p] === TIE) accounts.untie(basisAccount[p], basisEntry[p])
      else if (kind[p] === SLACK) slackState[basisRow[p]] = prices[basisRow[p]] > 0 ? 0 : 1
      else held[basisRow[p]] = 0
      kind[p] = PLACEHOLDER
      basisRow[p] = unserved[at]
      basisCost[p] = prices[unserved[at]]
      held[unserved[at]] = 1
    })
    basis.refactor(pushColumn)
    for (let p = 0; p < K; p++) basis.measureRow(p)
  }

  function pushColumn(p: number, push: (row: number, value: number) => void): void {
    if (kind[p] !== TIE) {
      push(basisRow[p], -1)
      return
    }
    const i = basisAccount[p]
    const { territory } = accounts.candidates
    const a = territory[key[i]] * M
    const b = territory[basisEntry[p]] * M
    for (let m = 0; m < M; m++) {
      push(b + m, activities[i * M + m])
      push(a + m, -activities[i * M + m])
    }
    if (rows !== null) pushMoves(i, territory[key[i]], territory[basisEntry[p]], push)
  }

  /** What a tie changes of the limited moves, each row once. */
  function pushMoves(i: number, a: number, b: number, push: (row: number, value: number) => void): void {
    const change = new Map<number, number>()
    rows?.each(i, b, (row, part) => change.set(row, part))
    rows?.each(i, a, (row, part) => change.set(row, (change.get(row) ?? 0) - part))
    for (const [row, value] of change) if (value !== 0) push(measured + row, value)
  }

  // ---- primal ---------------------------------------------------------------------------------------------------------

  /** Row r reads: activity_r + ties - slack_r - placeholder_r = 0, with nonbasic slacks at their bounds. */
  function computePrimal(): void {
    for (let r = 0; r < K; r++) work[r] = -accounts.activity[r] + (slackState[r] === 2 ? 0 : slackState[r] === 1 ? upper[r] : lower[r])
    basis.solve(work, x)
  }

  function lowOf(p: number): number {
    return kind[p] === SLACK ? lower[basisRow[p]] : 0
  }

  function highOf(p: number): number {
    return kind[p] === SLACK ? upper[basisRow[p]] : kind[p] === TIE ? (tieCount[basisAccount[p]] === 1 ? 1 : Infinity) : 0
  }

  function chooseLeaving(): number {
    let best = -1
    let bestRatio = 0
    for (let p = 0; p < K; p++) {
      const violation = Math.max(lowOf(p) - x[p], x[p] - highOf(p))
      if (violation <= FEASIBLE) continue
      const ratio = (violation * violation) / basis.norms[p]
      if (ratio > bestRatio) {
        bestRatio = ratio
        best = p
      }
    }
    return best
  }

  /**
   * Where several ties of one account take more than the whole of it, its key would go negative: the largest tie becomes the
   * key instead. With the columns key -> q of that account, row p of the inverse becomes minus the sum of their rows.
   */
  function rekeyOverdrawn(): boolean {
    let changed = false
    for (let p = 0; p < K; p++) {
      if (kind[p] !== TIE || tieCount[basisAccount[p]] < 2) continue
      const i = basisAccount[p]
      let sum = 0
      let largest = p
      let first = true
      for (let q = 0; q < K; q++) {
        if (kind[q] !== TIE || basisAccount[q] !== i) continue
        if (q < p) first = false
        sum += x[q]
        if (x[q] > x[largest]) largest = q
      }
      if (!first || sum <= 1 + FEASIBLE) continue
      const old = key[i]
      const others: number[] = []
      for (let q = 0; q < K; q++) if (q !== largest && kind[q] === TIE && basisAccount[q] === i) others.push(q)
      basis.subtract(largest, others)
      accounts.retie(basisEntry[largest], old)
      accounts.setKey(i, basisEntry[largest])
      basisEntry[largest] = old
      for (const q of [largest, ...others]) basisCost[q] = standings.cost[basisEntry[q]] - standings.cost[key[i]]
      basis.measureRow(largest)
      changed = true
    }
    return changed
  }

  // ---- ties -----------------------------------------------------------------------------------------------------------

  /** Ends walks in circles: costs differ a little from here on. */
  function perturb(): void {
    drift = 1e-15
    accounts.setCosts(perturbCosts(problem, accounts.candidates, prices))
    recomputePrices()
    rekeyDrifted()
  }

  // ---- repair of rounding ---------------------------------------------------------------------------------------------

  /** Recomputes the prices from the basis, so that rounding does not pile up. */
  function recomputePrices(): void {
    before.set(prices)
    for (let p = 0; p < K; p++) {
      work[p] = kind[p] === SLACK ? 0 : kind[p] === TIE ? standings.cost[basisEntry[p]] - standings.cost[key[basisAccount[p]]] : -basisCost[p]
    }
    basis.solveTransposed(work, prices)
    for (let p = 0; p < K; p++) if (kind[p] === SLACK) prices[basisRow[p]] = 0
    for (let r = 0; r < K; r++) before[r] -= prices[r]
    aimClock(clock, before, M, standings.limits)
    advanceClock(clock, 1)
  }

  /** Gives whole accounts whose key is no longer the cheapest, beyond rounding, their cheapest. */
  function rekeyDrifted(): void {
    for (const i of accounts.active) {
      if (tieCount[i] > 0 || !isDue(clock, i, 0)) continue
      const e = accounts.cheapest(i)
      if (accounts.gain(i, e) > drift) accounts.setKey(i, e)
    }
  }

  /**
   * Gives every account its cheapest territory at the prices; a split account whose ties are not the cheapest loses them to
   * placeholders, which hold the prices where they are. Answers whether anything changed.
   */
  function* makeDualFeasible(): Generator<undefined, boolean> {
    let changed = false
    let looked = 0
    for (const i of accounts.active) {
      if (++looked % LOOKED === 0) yield undefined
      const e = accounts.cheapest(i)
      if (!(accounts.gain(i, e) > 10 * drift)) continue
      for (let p = 0; tieCount[i] > 0 && p < K; p++) {
        if (kind[p] !== TIE || basisAccount[p] !== i) continue
        if (!holdInstead(p)) return changed
        if (K > MANY_COLUMNS) yield undefined
      }
      accounts.setKey(i, e)
      changed = true
    }
    return changed
  }

  /** Replaces the tie at p by a placeholder in the row where it weighs most. */
  function holdInstead(p: number): boolean {
    basis.readRow(p, 1, direction)
    let row = -1
    for (let r = 0; r < K; r++) {
      if (slackState[r] === 2 || held[r] === 1) continue
      if (row < 0 || Math.abs(direction[r]) > Math.abs(direction[row])) row = r
    }
    if (row < 0 || direction[row] === 0) return false
    column.fill(0)
    column[row] = -1
    basis.enter(p, 1, direction, column)
    basis.exchange()
    accounts.untie(basisAccount[p], basisEntry[p])
    kind[p] = PLACEHOLDER
    basisRow[p] = row
    basisCost[p] = prices[row]
    held[row] = 1
    return true
  }
}
