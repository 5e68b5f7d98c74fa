/** Estimates within so many of their standard errors of 1 are luck. */
const LUCK = 2

/** By how much the variance of figures is larger than that of independent cases. */
export interface DesignEffects {
  /** Over all groups; 1 where cases are independent. */
  readonly all: number
  /** Of each group, by the sizes of its own rows: rows of many cases weigh more. */
  readonly groups: Float64Array
  /** Degrees of freedom of the estimate: rows - groups. */
  readonly degrees: number
}

/** How cases come: yes or no out of so many, or one by one. */
export type CaseLaw = "proportion" | "count"

/**
 * By how much the variance of proportions, or of counts, is larger than that of independent cases, because the cases
 * of a row go together (of a planned round of visits all are made, or none): the spread of rows around their group's
 * figure, over what independent cases would have. 1 where every row is one case, and where luck explains more. Divided
 * by it, cases count for what they are worth.
 *
 * A row of x cases has the variance v (1 + c (x - 1)), v that of x independent ones (beta-binomial), or v (1 + c v) as
 * a count (gamma-Poisson). The common c is fitted to all groups by moments, and says what the rows of each group are
 * worth. O(rows).
 *
 * Source: Kish, Survey Sampling, 1965, section 8.2; for intervals of proportions, Korn & Graubard, Survey Methodology 24, 1998.
 *
 * @param events and @param exposures by row, by group; of a proportion 0 <= event <= exposure
 * @param starts where each group begins, and at the end the number of rows
 * @param isCertain the caller knows that cases of a row may go together: every estimate above 1 counts, not only what
 * luck does not explain
 */
export function designEffects(
  events: Float64Array,
  exposures: Float64Array,
  starts: Int32Array,
  law: CaseLaw,
  isCertain: boolean,
): DesignEffects {
  const groups = starts.length - 1
  const none = { all: 1, groups: new Float64Array(groups).fill(1), degrees: 0 }
  if (law === "proportion" && isSingle(events, exposures)) return none
  const independent = new Float64Array(groups)
  const shared = new Float64Array(groups)
  let [spread, ofIndependent, ofShared, degrees] = [0, 0, 0, 0]
  for (let g = 0; g < groups; g++) {
    const n = starts[g + 1] - starts[g]
    let [y, x] = [0, 0]
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      y += events[i]
      x += exposures[i]
    }
    if (!(x > 0)) continue
    const rate = law === "proportion" ? Math.min(1, y / x) : y / x
    let squares = 0
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const expected = rate * exposures[i]
      squares += (events[i] - expected) ** 2
      independent[g] += law === "proportion" ? expected * (1 - rate) : expected
      shared[g] += law === "proportion" ? expected * (1 - rate) * (exposures[i] - 1) : expected * expected
    }
    if (n < 2) continue
    spread += (squares * n) / (n - 1)
    ofIndependent += independent[g]
    ofShared += shared[g]
    degrees += n - 1
  }
  const all = spread / ofIndependent
  if (!Number.isFinite(all) || !(all > (isCertain ? 1 : 1 + LUCK * Math.sqrt(2 / degrees)))) return { ...none, degrees }
  const common = ofShared > 0 ? (spread - ofIndependent) / ofShared : NaN
  const effectOf = (g: number): number => {
    const own = Number.isFinite(common) && independent[g] > 0 ? 1 + (common * shared[g]) / independent[g] : all
    return Number.isFinite(own) ? Math.max(1, own) : all
  }
  return { all, groups: none.groups.map((_, g) => effectOf(g)), degrees }
}

function isSingle(events: Float64Array, exposures: Float64Array): boolean {
  for (let i = 0; i < events.length; i++) if (exposures[i] !== 1 || (events[i] !== 0 && events[i] !== 1)) return false
  return true
}
