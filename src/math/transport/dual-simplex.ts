// Long because the steps of one pivot share one state; apart they would pass twenty arrays to each other.
import { createBasis, pivot, rowNorm, solveBasis } from "./basis.js"
import { createBreakpointHeap } from "./breakpoint-heap.js"
import { reducedCost, type Candidates } from "./candidates.js"
import { createRandom } from "../random.js"
import type { TransportProblem } from "./transport-problem.js"

/** An optimal vertex of the divisible problem on the candidates. */
export interface TransportVertex {
  /** `optimal`; `infeasible`: `prices` then lie on a ray along which the bound grows without end; `work-limit`: neither yet. */
  readonly status: "optimal" | "infeasible" | "work-limit"
  /** K. */
  readonly prices: Float64Array
  /** n: the territory with the largest share of account i among those in the basis. */
  readonly owner: Int32Array
  /** Accounts that the optimum divides: at most K, rows in ascending order. */
  readonly splits: readonly { readonly account: number; readonly territories: readonly number[]; readonly shares: readonly number[] }[]
  /** When infeasible: the direction of the ray, K; its large entries name the bounds that conflict. */
  readonly ray: Float64Array | null
  readonly pivots: number
}

const SLACK = 0
const PLACEHOLDER = 1
const TIE = 2

/** Primal infeasibility below this is rounding: activities are of order one. */
const FEASIBLE = 1e-10
/** A problem that takes more pivots than this, several times the usual, is going round in circles. */
const PATIENCE = 200
const PATIENCE_PER_ROW = 8
/** By about so much costs are made to differ, per unit of price, weight and activity: above rounding, far below what counts. */
const PERTURBATION = 1e-10
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
  const { n, k, measureCount: M, weights, activities, lower, upper } = problem
  const { start, territory } = candidates
  let cost = candidates.cost
  const K = k * M
  /** An account is given another key only for more than this. */
  let drift = 1e-12
  const prices = new Float64Array(startPrices)
  const basis = createBasis(K)
  const kind = new Uint8Array(K)
  const basisAccount = new Int32Array(K)
  const basisEntry = new Int32Array(K)
  const basisRow = new Int32Array(K)
  const basisCost = new Float64Array(K)
  /** Row r: 1 when its slack is nonbasic at the upper bound, 0 at the lower, 2 when it is in the basis. */
  const slackState = new Uint8Array(K)
  for (let r = 0; r < K; r++) {
    kind[r] = prices[r] === 0 ? SLACK : PLACEHOLDER
    basisRow[r] = r
    basisCost[r] = prices[r]
    slackState[r] = prices[r] === 0 ? 2 : prices[r] > 0 ? 0 : 1
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
    }

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
    if (pivots === PATIENCE + PATIENCE_PER_ROW * K) perturbCosts()
  }
  recomputePrices()
  return { status, prices, ...readShares(), ray, pivots }

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
      if (slackState[r] === 2 || d === 0 || isHeld(r)) continue
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

  function isHeld(row: number): boolean {
    return kind[row] === PLACEHOLDER && basisRow[row] === row && row !== leaving
  }

  // ---- ties -----------------------------------------------------------------------------------------------------------

  /**
   * Where accounts are equally well placed in many ways (a regular grid, one place for all), steps of no length may go round
   * in circles. Costs that differ a little, each by its own share of `PERTURBATION`, end that (Charnes 1952). The vertex that
   * comes out is feasible for the true costs, and dearer than the optimum by no more than was added.
   */
  function perturbCosts(): void {
    drift = 1e-15
    const random = createRandom(1)
    cost = cost.slice()
    let unit = 0
    for (const price of prices) unit = Math.max(unit, PERTURBATION * Math.abs(price))
    if (unit === 0) unit = PERTURBATION
    for (let i = 0; i < n; i++) {
      let size = weights[i]
      for (let m = 0; m < M; m++) size += activities[i * M + m]
      for (let e = start[i]; e < start[i + 1]; e++) cost[e] += unit * size * (0.5 + random())
    }
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

  function readShares(): Pick<TransportVertex, "owner" | "splits"> {
    const owner = new Int32Array(n)
    for (let i = 0; i < n; i++) owner[i] = territory[key[i]]
    const byAccount = new Map<number, { territories: number[]; shares: number[] }>()
    for (let p = 0; p < K; p++) {
      if (kind[p] !== TIE || !(x[p] > FEASIBLE)) continue
      const i = basisAccount[p]
      const parts = byAccount.get(i) ?? { territories: [territory[key[i]]], shares: [1] }
      parts.territories.push(territory[basisEntry[p]])
      parts.shares.push(x[p])
      parts.shares[0] -= x[p]
      byAccount.set(i, parts)
    }
    const splits = [...byAccount].sort((a, b) => a[0] - b[0]).map(([account, parts]) => ({ account, ...parts }))
    for (const { account, territories, shares } of splits) owner[account] = territories[shares.indexOf(Math.max(...shares))]
    return { owner, splits }
  }
}
