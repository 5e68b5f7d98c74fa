// Long because the steps of one pivot share one state; apart they would pass twenty arrays to each other.
import { createDenseBasis } from "./dense-basis.js"
import type { WholeProgram } from "./whole-program.js"

/** What stands in the basis: a bound that is not tight, a pair that shares its account with the key, a price that is held. */
const SLACK = 0
const TIE = 1
const HOLD = 2
/** Sums outside their bounds by less than this, in shares of an account or of a territory, are inside. */
const FEASIBLE = 1e-9
/** Slopes below this are none. */
const FLAT = 1e-9
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
  /** n x k: 1 where the account may go. Changed by {@link forbid} and {@link allow} alone. */
  readonly allowed: Uint8Array
  /** n: how many territories that are. */
  readonly choices: Int32Array
  /** Rows. */
  readonly prices: Float64Array
  /** n: the territory that holds what no tie holds. */
  readonly key: Int32Array
  /** n: ties of the account in the basis. */
  readonly tieCount: Int32Array
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
   * @returns `infeasible`: the prices rise without end; `limit`: too many pivots, the prices are good, the shares are not
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
  const { n, k, rowCount: R, cost, start, row, part, lower, upper } = program
  const costs = perturbed(program, trifle)
  const basis = createDenseBasis(R)
  const { inverse, norms } = basis
  const allowed = new Uint8Array(n * k)
  const choices = new Int32Array(n)
  const prices = new Float64Array(R)
  const key = new Int32Array(n)
  const tieCount = new Int32Array(n)
  const kind = new Uint8Array(R)
  const basisRow = new Int32Array(R)
  const basisAccount = new Int32Array(R).fill(-1)
  const basisTerritory = new Int32Array(R)
  const slackState = new Uint8Array(R) // 0: at its lower bound, 1: at its upper one, 2: in the basis
  const x = new Float64Array(R)
  const activity = new Float64Array(R)
  const direction = new Float64Array(R)
  const rest = new Float64Array(R)
  const solved = new Float64Array(R)
  const reducedCost = new Float64Array(n * k)
  const slope = new Float64Array(n * k)
  const active = new Int32Array(n)
  let activeCount = 0
  // breakpoints ahead: by slot (account, or n + row) how far, and for an account the territory
  const ahead = new Float64Array(n + R)
  const aheadTerritory = new Int32Array(n)
  const slots = new Int32Array(n + R)
  let exchanges = 0
  let work = 0

  for (let p = 0; p < n * k; p++) {
    if (!(costs[p] < Infinity)) continue
    allowed[p] = 1
    choices[(p / k) | 0]++
  }
  begin()

  return {
    allowed,
    choices,
    prices,
    key,
    tieCount,
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
    bound: () => boundOf(cost),
    reduced: (i, t) => priced(cost, i, t),
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
      work += R * R + n
    },
    work: () => work,
  }

  /** Every price is held where it is, those of 0 by their slack; every account is where it is cheapest. */
  function begin(): void {
    prices.set(startPrices)
    holdAll()
    for (let i = 0; i < n; i++) key[i] = cheapest(i)
  }

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
    let value = boundOf(costs)
    const limit = PIVOTS * (R + n)
    for (let pivots = 0; pivots < limit; pivots++) {
      if (value > cutoff && boundOf(cost) > cutoff) return "cutoff"
      computePrimal()
      if (swapOverdrawn()) computePrimal()
      const p = chooseLeaving()
      if (p < 0) return "optimal"
      const gain = pivot(p, x[p] < lowOf(p) ? -1 : 1)
      if (gain === Infinity) return "infeasible"
      value += gain
    }
    return "limit"
  }

  /** Accounts with a choice, what their pairs cost at the prices, and keys and ties that are allowed. */
  function open(): void {
    activeCount = 0
    activity.fill(0)
    for (let i = 0; i < n; i++) {
      if (choices[i] > 1 || tieCount[i] > 0) active[activeCount++] = i
      if (allowed[i * k + key[i]] === 0) replaceKey(i)
      addParts(activity, i, key[i], 1)
    }
    if (exchanges > EXCHANGES) refactor()
    else recost()
  }

  /** A key that is no longer allowed: a tie takes its place, or the cheapest that is left, once no tie stands. */
  function replaceKey(i: number): void {
    if (tieCount[i] > 0) {
      for (let p = 0; p < R; p++) {
        if (basisAccount[p] !== i || allowed[i * k + basisTerritory[p]] === 0) continue
        swapKey(i, p)
        return
      }
      for (let p = 0; p < R; p++) if (basisAccount[p] === i) holdInstead(p)
    }
    key[i] = cheapest(i)
  }

  /** Place p of the basis leaves towards its bound; answers by how much the bound rises, Infinity where that has no end. */
  function pivot(p: number, side: 1 | -1): number {
    const i = basisAccount[p]
    let steepness = side === -1 ? lowOf(p) - x[p] : x[p] - highOf(p)
    aim(p, side)
    if (kind[p] === TIE) {
      tieCount[i]--
      const t = basisTerritory[p]
      if (side === 1 && allowed[i * k + t] === 1) {
        addParts(activity, i, key[i], -1)
        key[i] = t
        addParts(activity, i, t, 1)
      }
    } else if (kind[p] === SLACK) slackState[basisRow[p]] = side === -1 ? 0 : 1
    let slotCount = 0
    for (let a = 0; a < activeCount; a++) if (foreseeAccount(active[a])) slots[slotCount++] = active[a]
    slotCount = foreseeRows(slotCount)
    let gain = 0
    let at = 0
    for (;;) {
      const next = nearest(slotCount)
      // whoever asked goes back to a saved state
      if (next < 0) return Infinity
      const slot = slots[next]
      const loss = lossBeyond(slot)
      gain += steepness * (ahead[slot] - at)
      at = ahead[slot]
      if (steepness - loss <= 0) {
        enter(p, slot, at)
        return gain
      }
      steepness -= loss
      if (!pass(slot)) slots[next] = slots[--slotCount]
    }
  }

  /** Bounds whose price comes to 0 along the direction join the breakpoints ahead; answers how many there are. */
  function foreseeRows(slotCount: number): number {
    let count = slotCount
    for (let r = 0; r < R; r++) {
      const step = direction[r]
      if (slackState[r] === 2 || !(slackState[r] === 0 ? step < -FLAT : step > FLAT)) continue
      ahead[n + r] = Math.max(0, -prices[r] / step)
      slots[count++] = n + r
    }
    return count
  }

  /** Place among the slots of the nearest breakpoint, ties: the first; -1 where none is ahead. */
  function nearest(slotCount: number): number {
    let next = -1
    for (let s = 0; s < slotCount; s++) if (next < 0 || ahead[slots[s]] < ahead[slots[next]]) next = s
    work += slotCount
    return next
  }

  /** How much less the bound rises beyond a breakpoint; Infinity where that cannot be passed. */
  function lossBeyond(slot: number): number {
    if (slot >= n) return (upper[slot - n] - lower[slot - n]) * Math.abs(direction[slot - n])
    return tieCount[slot] > 0 ? Infinity : slope[slot * k + aheadTerritory[slot]] - slope[slot * k + key[slot]]
  }

  /** Passes a breakpoint; answers whether the same account has a further one. */
  function pass(slot: number): boolean {
    if (slot >= n) {
      slackState[slot - n] = 1 - slackState[slot - n]
      return false
    }
    addParts(activity, slot, key[slot], -1)
    key[slot] = aheadTerritory[slot]
    addParts(activity, slot, key[slot], 1)
    return foreseeAccount(slot)
  }

  /** Where account i meets its next cheaper pair along the direction; false where it meets none. */
  function foreseeAccount(i: number): boolean {
    const base = i * k
    const now = reducedCost[base + key[i]]
    const along = slope[base + key[i]]
    let best = Infinity
    for (let t = 0; t < k; t++) {
      if (allowed[base + t] === 0 || !(slope[base + t] - along > FLAT)) continue
      const theta = (reducedCost[base + t] - now) / (slope[base + t] - along)
      if (theta < best) {
        best = theta
        aheadTerritory[i] = t
      }
    }
    ahead[i] = Math.max(0, best)
    return best < Infinity
  }

  /** Direction of prices along which place p leaves to that side, and what pairs of accounts with a choice lose along it. */
  function aim(p: number, side: 1 | -1): void {
    for (let r = 0; r < R; r++) {
      const value = side * inverse[p * R + r]
      direction[r] = Math.abs(value) > 1e-12 ? value : 0
    }
    for (let a = 0; a < activeCount; a++) {
      const base = active[a] * k
      for (let t = 0; t < k; t++) {
        if (allowed[base + t] === 0 && key[active[a]] !== t) continue
        let sum = 0
        for (let e = start[base + t]; e < start[base + t + 1]; e++) sum += part[e] * direction[row[e]]
        slope[base + t] = sum
      }
    }
    work += 2 * activeCount * k + R
  }

  function enter(p: number, slot: number, at: number): void {
    for (let r = 0; r < R; r++) {
      const value = prices[r] + at * direction[r]
      // no price of a sign that an open side forbids, from rounding
      prices[r] = (value > 0 && lower[r] === -Infinity) || (value < 0 && upper[r] === Infinity) ? 0 : value
    }
    for (let a = 0; a < activeCount; a++) {
      const base = active[a] * k
      for (let t = 0; t < k; t++) reducedCost[base + t] -= at * slope[base + t]
    }
    if (kind[p] === TIE) basisAccount[p] = -1
    rest.fill(0)
    if (slot >= n) {
      kind[p] = SLACK
      basisRow[p] = slot - n
      slackState[slot - n] = 2
      prices[slot - n] = 0
      rest[slot - n] = -1
    } else {
      kind[p] = TIE
      basisAccount[p] = slot
      basisTerritory[p] = aheadTerritory[slot]
      tieCount[slot]++
      addParts(rest, slot, basisTerritory[p], 1)
      addParts(rest, slot, key[slot], -1)
    }
    basis.solve(rest, solved)
    basis.exchange(p, solved)
    work += 3 * R * R + n * k
    if (++exchanges > EXCHANGES) refactor()
  }

  // ---- a look ahead ---------------------------------------------------------------------------------------------------

  function foresee(p: number, side: 1 | -1): number {
    const i = basisAccount[p]
    const pair = i * k + basisTerritory[p]
    let steepness = side === 1 ? x[p] : 1 - x[p]
    aim(p, side)
    let slotCount = 0
    // what becomes 0 is gone; what becomes 1 takes its account out of the play
    const wasAllowed = allowed[pair]
    const ties = tieCount[i]
    allowed[pair] = 0
    tieCount[i] = ties - 1
    for (let a = 0; a < activeCount; a++) {
      if ((active[a] !== i || side === 1) && foreseeAccount(active[a])) slots[slotCount++] = active[a]
    }
    slotCount = foreseeRows(slotCount)
    let gain = 0
    let at = 0
    while (steepness > 0) {
      const next = nearest(slotCount)
      if (next < 0) {
        gain = Infinity
        break
      }
      const slot = slots[next]
      gain += steepness * (ahead[slot] - at)
      at = ahead[slot]
      steepness -= lossBeyond(slot)
      // further breakpoints of the same account are left out: the answer is a guess
      slots[next] = slots[--slotCount]
    }
    allowed[pair] = wasAllowed
    tieCount[i] = ties
    return gain
  }

  // ---- primal ---------------------------------------------------------------------------------------------------------

  function computePrimal(): void {
    for (let r = 0; r < R; r++) rest[r] = (slackState[r] === 2 ? 0 : slackState[r] === 1 ? upper[r] : lower[r]) - activity[r]
    basis.solve(rest, x)
    work += R * R
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
      addParts(activity, i, key[i], -1)
      swapKey(i, largest)
      addParts(activity, i, key[i], 1)
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
      const column = columns.subarray(p * R, (p + 1) * R)
      if (kind[p] !== TIE) {
        column[basisRow[p]] = -1
        tied[p] = kind[p] === SLACK ? 0 : -prices[basisRow[p]]
        continue
      }
      const i = basisAccount[p]
      addParts(column, i, basisTerritory[p], 1)
      addParts(column, i, key[i], -1)
      tied[p] = costs[i * k + basisTerritory[p]] - costs[i * k + key[i]]
    }
    work += R * R * R
    exchanges = 0
    if (basis.invert(columns)) basis.solveTransposed(tied, prices)
    else holdAll()
    for (let r = 0; r < R; r++) {
      if (slackState[r] === 2 || (prices[r] > 0 && lower[r] === -Infinity) || (prices[r] < 0 && upper[r] === Infinity)) prices[r] = 0
      if (slackState[r] !== 2 && prices[r] !== 0) slackState[r] = prices[r] > 0 ? 0 : 1
    }
    recost()
  }

  // ---- costs at the prices --------------------------------------------------------------------------------------------

  /** Afresh at the prices; accounts without ties go to their cheapest territory, which rounding may have changed. */
  function recost(): void {
    for (let a = 0; a < activeCount; a++) {
      const i = active[a]
      for (let t = 0; t < k; t++) if (allowed[i * k + t] === 1 || t === key[i]) reducedCost[i * k + t] = priced(costs, i, t)
      if (tieCount[i] === 0) toCheapest(i)
    }
    work += 2 * activeCount * k
  }

  function toCheapest(i: number): void {
    const base = i * k
    let best = key[i]
    for (let t = 0; t < k; t++) if (allowed[base + t] === 1 && reducedCost[base + t] < reducedCost[base + best]) best = t
    if (best === key[i]) return
    addParts(activity, i, key[i], -1)
    key[i] = best
    addParts(activity, i, best, 1)
  }

  function cheapest(i: number): number {
    let best = -1
    let least = Infinity
    for (let t = 0; t < k; t++) {
      if (allowed[i * k + t] === 0) continue
      const value = priced(costs, i, t)
      if (value < least || best < 0) {
        best = t
        least = value
      }
    }
    return best
  }

  function priced(of: Float64Array, i: number, t: number): number {
    const p = i * k + t
    let sum = of[p]
    for (let e = start[p]; e < start[p + 1]; e++) sum -= part[e] * prices[row[e]]
    return sum
  }

  function boundOf(of: Float64Array): number {
    let sum = 0
    for (let i = 0; i < n; i++) {
      if (choices[i] === 1 && tieCount[i] === 0) {
        sum += priced(of, i, key[i])
        continue
      }
      let least = Infinity
      for (let t = 0; t < k; t++) if (allowed[i * k + t] === 1) least = Math.min(least, priced(of, i, t))
      sum += least
    }
    for (let r = 0; r < R; r++) if (prices[r] !== 0) sum += prices[r] * (prices[r] > 0 ? lower[r] : upper[r])
    work += start[n * k]
    return sum
  }

  function addParts(to: Float64Array, i: number, t: number, sign: 1 | -1): void {
    for (let e = start[i * k + t]; e < start[i * k + t + 1]; e++) to[row[e]] += sign * part[e]
  }
}

/** Costs that are all a little different, by a sum of at most `trifle`: so ties do not send the simplex round in circles. */
function perturbed({ n, k, cost }: WholeProgram, trifle: number): Float64Array {
  const costs = cost.slice()
  for (let p = 0; p < n * k; p++) {
    // equidistributed: multiples of the golden section
    const share = (p + 1) * 0.6180339887498949
    costs[p] += (trifle / n) * (share - Math.floor(share))
  }
  return costs
}
