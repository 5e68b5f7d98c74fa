// Long because the steps of one pivot share one state; apart they would pass twenty arrays to each other.
import { createBasis, pivot, rowNorm, solveBasis } from "./basis.js"
import { createBreakpointHeap } from "./breakpoint-heap.js"
import { reducedCost, type Candidates } from "./candidates.js"
import { perturbCosts } from "./perturb-costs.js"
import { closedBounds } from "./closed-bounds.js"
import { readSplits, type Tie } from "./read-splits.js"
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
/** A breakpoint whose rate is below this times the largest is no pivot. */
const SMALL_RATE = 1e-9

/**
 * The dual simplex method for the divisible problem, on a working basis of only K = k M columns. Every account has a key
 * territory, its cheapest at the prices; only accounts that stand exactly between two territories are in the basis, so the
 * n convexity rows never appear (generalised upper bounding: Dantzig & Van Slyke 1967). A step goes along a ray of prices and
 * passes every breakpoint, at which some account changes its key, as long as the bound rises (long-step ratio test: Fourer
 * 1994; Maros 2003). Any start prices are allowed: a price that no column fixes yet is held by a placeholder that must leave.
 *
 * Leaving column: largest violation^2 / |row|^2 (dual steepest edge: Forrest & Goldfarb 1992), exact because the inverse is
 * explicit. Ties: the smaller index. O(K^2 + candidates) a pivot; about 2 K pivots from good prices.
 *
 * @yields after every few pivots, so that the caller can report, abort or stop
 */
export function* dualSimplex(problem: TransportProblem, candidates: Candidates, startPrices: Float64Array, maxPivots: number): Generator<undefined, TransportVertex> {
  const { n, k, measureCount: M, activities } = problem
  const { start, territory } = candidates
  let cost = candidates.cost
  const K = k * M
  /** An account is given another key only for more than this. */
  let drift = 1e-12
  const { lower, upper } = closedBounds(problem)
  const prices = startPrices.map((price, r) => ((price > 0 && lower[r] === -Infinity) || (price < 0 && upper[r] === Infinity) ? 0 : price))
  const basis = createBasis(K)
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

  // accounts: key entry, base activity of all keys, number of ties; accounts with one candidate never take part again
  const key = new Int32Array(n)
  const tieCount = new Int32Array(n)
  const activity = new Float64Array(K)
  const active: number[] = []
  for (let i = 0; i < n; i++) {
    key[i] = cheapestEntry(i)
    addActivity(i, key[i], 1)
    let total = 0
    for (let m = 0; m < M; m++) total += activities[i * M + m]
    if (start[i + 1] - start[i] > 1 && total > 0) active.push(i)
  }

  const x = new Float64Array(K)
  const rhs = new Float64Array(K)
  const column = new Float64Array(K)
  const alpha = new Float64Array(K)
  const direction = new Float64Array(K)
  const heap = createBreakpointHeap()
  let ray: Float64Array | null = null
  let status: TransportVertex["status"] = "work-limit"
  let pivots = 0
  let reviews = 0
  let leaving = -1
  /** Second answer of `nextOvertaker`: the step at which it happens. */
  let nextStep = 0

  for (; pivots < maxPivots; pivots++) {
    if (pivots % 16 === 15) {
      recomputePrices()
      rekeyDrifted()
      yield undefined
    }
    computePrimal()
    if (rekeyOverdrawn()) computePrimal()
    leaving = chooseLeaving()
    if (leaving < 0) {
      recomputePrices() // where rounding has left an account a cheaper territory than its own, this is not the end yet
      if (reviews++ < MAX_REVIEWS && makeDualFeasible()) continue
      status = "optimal"
      break
    }
    const low = x[leaving] < lowOf(leaving)
    const sign = low ? -1 : 1
    const slope = low ? lowOf(leaving) - x[leaving] : x[leaving] - highOf(leaving)
    for (let r = 0; r < K; r++) direction[r] = sign * basis.inverse[leaving * K + r]
    if (kind[leaving] === TIE) {
      const i = basisAccount[leaving]
      tieCount[i]--
      if (!low) setKey(i, basisEntry[leaving])
    } else if (kind[leaving] === SLACK) {
      slackState[basisRow[leaving]] = low ? 0 : 1
    } else held[basisRow[leaving]] = 0

    const entering = ratioTest(slope)
    if (entering === null) {
      ray = direction.slice()
      status = "infeasible"
      break
    }
    for (let r = 0; r < K; r++) prices[r] += entering.step * direction[r]
    column.fill(0)
    if (entering.row >= 0) {
      column[entering.row] = -1
      kind[leaving] = SLACK
      basisRow[leaving] = entering.row
      basisCost[leaving] = 0
      slackState[entering.row] = 2
      prices[entering.row] = 0
    } else {
      const i = entering.account
      addColumn(i, entering.entry, 1)
      addColumn(i, key[i], -1)
      kind[leaving] = TIE
      basisAccount[leaving] = i
      basisEntry[leaving] = entering.entry
      basisCost[leaving] = cost[entering.entry] - cost[key[i]]
      tieCount[i]++
    }
    solveBasis(basis, column, alpha)
    pivot(basis, leaving, alpha)
    if (pivots === PATIENCE + PATIENCE_PER_ROW * K) perturb()
  }
  recomputePrices()
  const ties: Tie[] = []
  for (let p = 0; p < K; p++) {
    if (kind[p] === TIE && x[p] > FEASIBLE) ties.push({ account: basisAccount[p], territory: territory[basisEntry[p]], share: x[p] })
  }
  return { status, prices, ...readSplits(key.map((e) => territory[e]), ties), ray, pivots }

  // ---- accounts -------------------------------------------------------------------------------------------------------

  function cheapestEntry(i: number): number {
    let best = start[i]
    let least = Infinity
    for (let e = start[i]; e < start[i + 1]; e++) {
      const f = reducedCost(cost[e], prices, territory[e], activities, i, M)
      if (f < least) {
        least = f
        best = e
      }
    }
    return best
  }

  function addActivity(i: number, entry: number, factor: number): void {
    const r = territory[entry] * M
    for (let m = 0; m < M; m++) activity[r + m] += factor * activities[i * M + m]
  }

  function addColumn(i: number, entry: number, factor: number): void {
    const r = territory[entry] * M
    for (let m = 0; m < M; m++) column[r + m] += factor * activities[i * M + m]
  }

  function setKey(i: number, entry: number): void {
    addActivity(i, key[i], -1)
    key[i] = entry
    addActivity(i, entry, 1)
  }

  // ---- primal ---------------------------------------------------------------------------------------------------------

  /** Row r reads: activity_r + ties - slack_r - placeholder_r = 0, with nonbasic slacks at their bounds. */
  function computePrimal(): void {
    for (let r = 0; r < K; r++) rhs[r] = -activity[r] + (slackState[r] === 2 ? 0 : slackState[r] === 1 ? upper[r] : lower[r])
    solveBasis(basis, rhs, x)
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
      const ratio = (violation * violation) / rowNorm(basis, p)
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
      const row = largest * K
      for (let r = 0; r < K; r++) basis.inverse[row + r] = -basis.inverse[row + r]
      for (let q = 0; q < K; q++) {
        if (q === largest || kind[q] !== TIE || basisAccount[q] !== i) continue
        for (let r = 0; r < K; r++) basis.inverse[row + r] -= basis.inverse[q * K + r]
      }
      setKey(i, basisEntry[largest])
      basisEntry[largest] = old
      for (let q = 0; q < K; q++) if (kind[q] === TIE && basisAccount[q] === i) basisCost[q] = cost[basisEntry[q]] - cost[key[i]]
      changed = true
    }
    return changed
  }

  // ---- ratio test -----------------------------------------------------------------------------------------------------

  /** How fast entry e of account i becomes cheaper against its key along the direction. */
  function rateOf(i: number, e: number): number {
    const a = territory[key[i]] * M
    const b = territory[e] * M
    let rate = 0
    for (let m = 0; m < M; m++) rate += (direction[b + m] - direction[a + m]) * activities[i * M + m]
    return rate
  }

  /** The next entry that overtakes the key of account i at a step of `from` or more; none: -1. */
  function nextOvertaker(i: number, from: number): number {
    const own = reducedCost(cost[key[i]], prices, territory[key[i]], activities, i, M)
    let best = -1
    nextStep = Infinity
    for (let e = start[i]; e < start[i + 1]; e++) {
      if (e === key[i]) continue
      const rate = rateOf(i, e)
      if (rate <= 1e-13) continue
      const behind = reducedCost(cost[e], prices, territory[e], activities, i, M) - own
      const step = Math.max(from, behind / rate)
      if (step < nextStep && !isTied(i, e)) {
        nextStep = step
        best = e
      }
    }
    return best
  }

  function isTied(i: number, entry: number): boolean {
    if (tieCount[i] === 0) return false
    for (let p = 0; p < K; p++) if (kind[p] === TIE && basisAccount[p] === i && basisEntry[p] === entry && p !== leaving) return true
    return false
  }

  /**
   * Walks the breakpoints along the direction while the bound rises. Accounts that pass are given their new key; the account
   * or the slack at which the bound would fall enters the basis. A split account cannot pass: its ties would break.
   */
  function ratioTest(slopeAtStart: number): { step: number; row: number; account: number; entry: number } | null {
    let slope = slopeAtStart
    let largest = 0
    heap.clear()
    for (let r = 0; r < K; r++) {
      const d = direction[r]
      if (slackState[r] === 2 || d === 0 || held[r] === 1) continue
      const falling = slackState[r] === 0 ? d < 0 : d > 0
      if (Math.abs(d) > largest) largest = Math.abs(d)
      if (falling && Math.abs(d) > 1e-13) heap.push(Math.max(0, -prices[r] / d), -1 - r)
    }
    for (const i of active) {
      const e = nextOvertaker(i, 0)
      if (e >= 0) heap.push(nextStep, i)
    }
    while (heap.pop()) {
      const step = heap.step()
      const item = heap.item()
      if (item < 0) {
        const r = -1 - item
        const drop = Math.abs(direction[r]) * (upper[r] - lower[r])
        if (slope - drop <= 0) return { step, row: r, account: -1, entry: -1 }
        slope -= drop
        slackState[r] = 1 - slackState[r]
        continue
      }
      const e = nextOvertaker(item, step)
      if (e < 0) continue
      const rate = rateOf(item, e)
      const small = rate < SMALL_RATE * largest
      if (!small && (tieCount[item] > 0 || slope - rate <= 0)) return { step: nextStep, row: -1, account: item, entry: e }
      if (tieCount[item] > 0) continue
      slope -= rate
      setKey(item, e)
      if (nextOvertaker(item, step) >= 0) heap.push(nextStep, item)
    }
    return null
  }

  // ---- ties -----------------------------------------------------------------------------------------------------------

  /** Ends walks in circles: costs differ a little from here on. */
  function perturb(): void {
    drift = 1e-15
    cost = perturbCosts(problem, candidates, prices)
    recomputePrices()
    rekeyDrifted()
  }

  // ---- repair of rounding ---------------------------------------------------------------------------------------------

  /** Recomputes the prices from the basis, so that rounding does not pile up. */
  function recomputePrices(): void {
    prices.fill(0)
    for (let p = 0; p < K; p++) {
      if (kind[p] === SLACK) continue
      const c = kind[p] === TIE ? cost[basisEntry[p]] - cost[key[basisAccount[p]]] : basisCost[p]
      const factor = kind[p] === TIE ? c : -c
      for (let r = 0, at = p * K; r < K; r++, at++) prices[r] += factor * basis.inverse[at]
    }
    for (let p = 0; p < K; p++) if (kind[p] === SLACK) prices[basisRow[p]] = 0
  }

  /** Gives whole accounts whose key is no longer the cheapest, beyond rounding, their cheapest. */
  function rekeyDrifted(): void {
    for (const i of active) {
      if (tieCount[i] > 0) continue
      const e = cheapestEntry(i)
      const gain = reducedCost(cost[key[i]], prices, territory[key[i]], activities, i, M) - reducedCost(cost[e], prices, territory[e], activities, i, M)
      if (gain > drift) setKey(i, e)
    }
  }

  /**
   * Gives every account its cheapest territory at the prices; a split account whose ties are not the cheapest loses them to
   * placeholders, which hold the prices where they are. Answers whether anything changed.
   */
  function makeDualFeasible(): boolean {
    let changed = false
    for (const i of active) {
      const e = cheapestEntry(i)
      const gain = reducedCost(cost[key[i]], prices, territory[key[i]], activities, i, M) - reducedCost(cost[e], prices, territory[e], activities, i, M)
      if (!(gain > 10 * drift)) continue
      for (let p = 0; tieCount[i] > 0 && p < K; p++) if (kind[p] === TIE && basisAccount[p] === i && !holdInstead(p)) return changed
      setKey(i, e)
      changed = true
    }
    return changed
  }

  /** Replaces the tie at p by a placeholder in the row where it weighs most. */
  function holdInstead(p: number): boolean {
    let row = -1
    for (let r = 0; r < K; r++) {
      if (slackState[r] === 2 || held[r] === 1) continue
      if (row < 0 || Math.abs(basis.inverse[p * K + r]) > Math.abs(basis.inverse[p * K + row])) row = r
    }
    if (row < 0 || basis.inverse[p * K + row] === 0) return false
    column.fill(0)
    column[row] = -1
    solveBasis(basis, column, alpha)
    pivot(basis, p, alpha)
    tieCount[basisAccount[p]]--
    kind[p] = PLACEHOLDER
    basisRow[p] = row
    basisCost[p] = prices[row]
    held[row] = 1
    return true
  }
}
