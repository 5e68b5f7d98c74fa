import type { Interval } from "./interval.js"
import type { TreatedSets } from "./treated-sets.js"

/** How treated units differ from the others, and what chance alone could do. */
export interface ShiftTest {
  /** Mean of the treated - mean of the others. */
  readonly estimate: number
  /** The share of the sets that differ from their others by as many standard errors, either way; the real set is one of them. */
  readonly pValue: number
  /** All shifts that are not refuted at the level; null where so few sets cannot refute any. */
  readonly interval: Interval | null
}

/** Differences that rounding alone tells apart are ties. */
const ROUNDING = 1e-12
/** Halvings of an end of the interval, and doublings until shifts are refuted. */
const HALVINGS = 40
const DOUBLINGS = 60

/**
 * The permutation test of a shift common to all treated units, and the interval of what it does not refute.
 *
 * The statistic is the difference of two means in standard errors with separate variances. Exact where units are exchangeable without the shift,
 * and nearly right where treated units vary more or less than others (Janssen, Statist. Probab. Lett. 36, 1997), where the bare difference is not:
 * of 5 units with twice the spread of 15 others it accuses 16 % of the innocent at 5 %, this one 8 %. Each unit is one number, so what is inside of
 * it (a territory's months that depend on each other) does no harm.
 *
 * Under a shift both parts of a set's statistic are polynomials in it, set up once. The ends are found by bisection from the outside, where the
 * p-value rises beyond the level. O(sets x size), and O(sets) a step.
 *
 * Source: exchange of units, Fisher, The Design of Experiments, 1935, section 21; interval by inversion, Lehmann & Romano, Testing Statistical
 * Hypotheses, 3rd ed. 2005, section 3.5; studentized, Chung & Romano, Annals of Statistics 41, 2013.
 *
 * @param given finite, one number a unit, the treated first
 * @param level above 0 and below 1; the interval holds the shift with 1 - level
 * @param inflation by how much the variance of the difference is larger than that of independent units: the real set's
 * square is divided by it
 */
export function testShift(given: Float64Array, sets: TreatedSets, level: number, inflation = 1): ShiftTest {
  const unit = unitOf(given)
  const changes = given.map((change) => change / unit)
  const means = [changes.subarray(0, sets.size), changes.subarray(sets.size)].map((side) => side.reduce((sum, change) => sum + change, 0) / side.length)
  const estimate = means[0] - means[1]
  const form = formSets(changes, sets, estimate, inflation)
  const scale = changes.reduce((most, change) => Math.max(most, Math.abs(change)), 0)
  const isNone = Math.abs(estimate) <= ROUNDING * scale
  const interval = findInterval(form, sets, estimate, level, HALVINGS)
  return {
    estimate: isNone ? 0 : estimate * unit,
    pValue: isNone ? 1 : countBeyond(form, -estimate, Infinity) / sets.count,
    interval: interval && { low: interval.low * unit, high: interval.high * unit },
  }
}

/** What changes are divided by, so that their squares are neither infinite nor 0. */
export function unitOf(changes: Float64Array): number {
  const widest = changes.reduce((most, change) => Math.max(most, Math.abs(change)), 0)
  return widest > 1e100 || (widest > 0 && widest < 1e-100) ? widest : 1
}

/** As {@link testShift}, the interval alone, in so many halvings. */
export function shiftInterval(changes: Float64Array, sets: TreatedSets, level: number, halvings: number): Interval | null {
  const { size, n } = sets
  let treated = 0
  let others = 0
  for (let i = 0; i < n; i++) {
    if (i < size) treated += changes[i]
    else others += changes[i]
  }
  const estimate = treated / size - others / (n - size)
  return findInterval(formSets(changes, sets, estimate, 1), sets, estimate, level, halvings)
}

/** The real set always counts, and with two halves of equal size its counterpart too. */
export function smallestPValue({ n, size, count, ways }: Pick<TreatedSets, "n" | "size" | "count" | "ways">): number {
  return Math.max(1 / count, (2 * size === n ? 2 : 1) / ways)
}

/** So many sets at least tell what is refuted at a level: fewer have no p-value so small. */
export function setsForLevel(level: number, wanted: number): number {
  return Math.max(wanted, Math.ceil(2 / level))
}

/**
 * By set: its difference a + b u and its squared error v0 + v1 u + v2 u^2 when the true shift is the estimate + u. The real set's are -u and a
 * constant, `error`.
 */
interface Forms {
  readonly count: number
  readonly error: number
  /** a, b, v0, v1, v2 of each set. */
  readonly terms: Float64Array
}

function formSets(
  changes: Float64Array,
  { n, size, count, members }: TreatedSets,
  estimate: number,
  inflation: number,
): Forms {
  const rest = n - size
  // with one unit on a side, the other alone tells the error
  const inside = size > 1 ? 1 / (size * (size - 1)) : 0
  const outside = rest > 1 ? 1 / (rest * (rest - 1)) : 0
  const centered = changes.map((change, i) => (i < size ? change - estimate : change))
  let mean = 0
  for (const change of centered) mean += change / n
  let allSquares = 0
  let all = 0
  let ofTreated = 0
  let widest = 0
  for (let i = 0; i < n; i++) {
    centered[i] -= mean
    all += centered[i]
    allSquares += centered[i] ** 2
    if (i < size) ofTreated += centered[i]
    widest = Math.max(widest, Math.abs(changes[i]))
  }
  const terms = new Float64Array(5 * count)
  const least = (ROUNDING * widest) ** 2
  for (let s = 0; s < count; s++) {
    let sum = 0
    let squares = 0
    let treated = 0
    let overlap = 0
    for (let j = 0; j < size; j++) {
      const unit = members[s * size + j]
      const change = centered[unit]
      sum += change
      squares += change * change
      if (unit >= size) continue
      treated += change
      overlap++
    }
    const [sumOut, treatedOut, overlapOut] = [all - sum, ofTreated - treated, size - overlap]
    const at = 5 * s
    terms[at] = sum / size - sumOut / rest
    terms[at + 1] = -(overlap / size - overlapOut / rest)
    const v0 = inside * (squares - (sum * sum) / size) + outside * (allSquares - squares - (sumOut * sumOut) / rest)
    terms[at + 2] = v0 > least ? v0 : 0
    terms[at + 3] = 2 * (inside * ((sum * overlap) / size - treated) + outside * ((sumOut * overlapOut) / rest - treatedOut))
    terms[at + 4] = inside * (overlap - (overlap * overlap) / size) + outside * (overlapOut - (overlapOut * overlapOut) / rest)
  }
  return { count, error: terms[2] * inflation, terms }
}

/** How many sets lie as far off as the real one, itself among them, if the shift is the estimate + u; counting ends beyond `enough`. */
function countBeyond({ count, error, terms }: Forms, u: number, enough: number): number {
  const real = u * u * (1 - 1e-9)
  let beyond = 1 // the real set
  for (let at = 5; at < 5 * count && beyond <= enough; at += 5) {
    const difference = terms[at] + terms[at + 1] * u
    const squared = terms[at + 2] + (terms[at + 3] + terms[at + 4] * u) * u
    if (difference * difference * error >= real * squared) beyond++
  }
  return beyond
}

function findInterval(form: Forms, sets: TreatedSets, estimate: number, level: number, halvings: number): Interval | null {
  if (smallestPValue(sets) > level) return null
  const start = Math.sqrt(form.error)
  const allowed = Math.floor(level * form.count + 1e-9)
  const isRefuted = (u: number): boolean => countBeyond(form, u, allowed) <= allowed
  const ends = [-1, 1].map((side): number | null => {
    // outside in: the outermost shift that is not refuted
    let step = start > 0 ? 8 * start : 0
    let doublings = 0
    while (step > 0 && !isRefuted(side * step)) {
      if (doublings++ === DOUBLINGS) return null
      step *= 2
    }
    let inner = step / 2
    while (inner > start / 1e6 && isRefuted(side * inner)) inner /= 2
    let outer = 2 * inner
    for (let half = 0; half < halvings; half++) {
      const middle = (inner + outer) / 2
      if (middle <= inner || middle >= outer) break
      if (isRefuted(side * middle)) outer = middle
      else inner = middle
    }
    const end = estimate + side * outer
    return end === 0 ? 0 : end
  })
  const [low, high] = ends
  return low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high) ? null : { low, high }
}
