import type { WholeProgram } from "./whole-program.js"

/**
 * The state that all parts of a relaxation share: who may go where, the prices, and where everybody stands at these.
 */
export interface RelaxedCore {
  readonly program: WholeProgram
  /** n x k: costs that differ from the true ones by a trifle. */
  readonly costs: Float64Array
  /** n x k: 1 where the account may go; n: how many territories that are. */
  readonly allowed: Uint8Array
  readonly choices: Int32Array
  /** Rows. */
  readonly prices: Float64Array
  /** n: the territory that holds what no tie holds; how many ties the account has in the basis. */
  readonly key: Int32Array
  readonly tieCount: Int32Array
  /** Rows: 0 where the sum is held at its lower bound, 1 at its upper one, 2 where it is in the basis. */
  readonly slackState: Uint8Array
  /** Rows: sums of the keys. */
  readonly activity: Float64Array
  /** n x k, of accounts with a choice: what pairs cost at the prices. */
  readonly reducedCost: Float64Array
  /** The accounts with a choice, and how many they are. */
  readonly active: Int32Array
  activeCount: number
  /** Entries looked at so far. */
  work: number
}

/** A core with nobody anywhere yet: prices of 0, all pairs allowed that have a cost. */
export function createRelaxedCore(program: WholeProgram, trifle: number): RelaxedCore {
  const { n, k, rowCount: R } = program
  const costs = perturbed(program, trifle)
  const allowed = new Uint8Array(n * k)
  const choices = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < k; t++) {
      if (!(costs[i * k + t] < Infinity)) continue
      allowed[i * k + t] = 1
      choices[i]++
    }
  }
  return {
    program,
    costs,
    allowed,
    choices,
    prices: new Float64Array(R),
    key: new Int32Array(n),
    tieCount: new Int32Array(n),
    slackState: new Uint8Array(R),
    activity: new Float64Array(R),
    reducedCost: new Float64Array(n * k),
    active: new Int32Array(n),
    activeCount: 0,
    work: 0,
  }
}

/** What pair (i, t) of these costs costs at the prices. */
export function pricedCost({ program, prices }: RelaxedCore, of: Float64Array, i: number, t: number): number {
  const { k, start, row, part } = program
  const p = i * k + t
  let sum = of[p]
  for (let e = start[p]; e < start[p + 1]; e++) sum -= part[e] * prices[row[e]]
  return sum
}

/** The allowed territory where account i is cheapest at the prices, ties: the smaller; -1 where there is none. */
export function cheapestTerritory(core: RelaxedCore, i: number): number {
  const { program, allowed, costs } = core
  let best = -1
  let least = Infinity
  for (let t = 0; t < program.k; t++) {
    if (allowed[i * program.k + t] === 0) continue
    const value = pricedCost(core, costs, i, t)
    if (value < least || best < 0) {
      best = t
      least = value
    }
  }
  return best
}

/** What no plan of allowed pairs costs less than, at any prices. O(n k). */
export function boundOf(core: RelaxedCore, of: Float64Array): number {
  const { program, prices, allowed, choices, tieCount, key } = core
  const { n, k, rowCount, lower, upper, start } = program
  let sum = 0
  for (let i = 0; i < n; i++) {
    if (choices[i] === 1 && tieCount[i] === 0) {
      sum += pricedCost(core, of, i, key[i])
      continue
    }
    let least = Infinity
    for (let t = 0; t < k; t++) if (allowed[i * k + t] === 1) least = Math.min(least, pricedCost(core, of, i, t))
    sum += least
  }
  for (let r = 0; r < rowCount; r++) if (prices[r] !== 0) sum += prices[r] * (prices[r] > 0 ? lower[r] : upper[r])
  core.work += start[n * k]
  return sum
}

/** Reduced costs afresh; accounts without ties go to their cheapest territory, which rounding may have changed. */
export function recost(core: RelaxedCore): void {
  const { program, costs, allowed, key, tieCount, reducedCost, active, activeCount } = core
  const { k } = program
  for (let a = 0; a < activeCount; a++) {
    const i = active[a]
    let best = key[i]
    for (let t = 0; t < k; t++) if (allowed[i * k + t] === 1 || t === best) reducedCost[i * k + t] = pricedCost(core, costs, i, t)
    if (tieCount[i] > 0) continue
    for (let t = 0; t < k; t++) if (allowed[i * k + t] === 1 && reducedCost[i * k + t] < reducedCost[i * k + best]) best = t
    if (best !== key[i]) setKey(core, i, best)
  }
  core.work += 2 * activeCount * k
}

/** Account i's key becomes t, and sums change with it. */
export function setKey(core: RelaxedCore, i: number, t: number): void {
  addParts(core.program, core.activity, i, core.key[i], -1)
  core.key[i] = t
  addParts(core.program, core.activity, i, t, 1)
}

/** Adds what pair (i, t) gives to the rows. */
export function addParts(
  { k, start, row, part }: WholeProgram,
  to: Float64Array,
  i: number,
  t: number,
  sign: 1 | -1,
): void {
  for (let e = start[i * k + t]; e < start[i * k + t + 1]; e++) to[row[e]] += sign * part[e]
}

/**
 * Costs that are all a little different, by a sum of at most `trifle`: so ties do not send the simplex round in
 * circles.
 */
function perturbed({ n, k, cost }: WholeProgram, trifle: number): Float64Array {
  const costs = cost.slice()
  for (let p = 0; p < n * k; p++) {
    // equidistributed: multiples of the golden section
    const share = (p + 1) * 0.6180339887498949
    costs[p] += (trifle / n) * (share - Math.floor(share))
  }
  return costs
}
