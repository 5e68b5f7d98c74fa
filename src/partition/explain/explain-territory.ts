import { describeChoice } from "./choices.js"
import type { BorderAccount, MeasureExplanation, TerritoryExplanation } from "./explanation-result.js"
import { costAt, paidAt, type PlanModel } from "./plan-model.js"
import { BOUND_DIGITS, showApart, showRound } from "./show-figures.js"

/** So many accounts are named on each side of a border. */
const NAMED = 3
/** A price that makes less than this share of the cost of what the territory has. */
const ROUNDING = 1e-9

/** Explains one territory, by its place in the plan. O(n + accounts of the territory x k). */
export function explainTerritory(model: PlanModel, t: number): TerritoryExplanation {
  const { compiled, plan } = model
  const measures = compiled.measures.map((name) => explainMeasure(model, t, name))
  const { leaving, entering } = findBorders(model, t)
  const { id, accountCount } = plan.territories[t]
  const priced = measures.filter(({ binding }) => binding !== null)
  const bounds = priced.length === 0 ? "none of its bounds costs anything" : priced.map(({ message }) => message).join("; ")
  return { territoryId: id, measures, leaving, entering, message: `${JSON.stringify(id)} (${accountCount} ${accountCount === 1 ? "account" : "accounts"}): ${bounds}.` }
}

function explainMeasure({ plan, isPriced }: PlanModel, t: number, name: string): MeasureExplanation {
  const { measures, prices } = plan.territories[t]
  const { activity, target, min, max, deviation } = measures[name]
  const price = prices[name]
  // prices that should be 0 may be rounding
  const isZero = Math.abs(price) * Math.max(target, activity) <= ROUNDING * (plan.cost ?? 0)
  const binding = isZero ? null : price > 0 ? "min" : "max"
  return { measure: name, activity, target, min, max, deviation, price, binding, message: wordMeasure(name, activity, binding === null ? null : binding === "min" ? min : max, price, isPriced) }
}

/** "One more": the first unit, at the rate of the price; a bound by at most so much holds for any number of them. */
function wordMeasure(name: string, activity: number, bound: number | null, price: number, isPriced: boolean): string {
  if (!isPriced) return `${name} has no price, since not even divided accounts can meet all bounds`
  if (bound === null) return `the bounds of ${name} cost nothing`
  const [limit, has] = showApart(bound, activity, BOUND_DIGITS)
  const room = `of ${name} (it has ${has})`
  return price < 0
    ? `it may have at most ${limit} ${room}; one more would save up to ${showRound(-price)} of cost`
    : `it is to have at least ${limit} ${room}; one less would save up to ${showRound(price)} of cost`
}

/** The accounts for which crossing the border changes least at the plan's prices. Locked accounts and members of groups stay out. */
function findBorders(model: PlanModel, t: number): Pick<TerritoryExplanation, "leaving" | "entering"> {
  const { problem, owner, rules } = model
  const { n, k } = problem
  const leaving = createShortlist()
  const entering = createShortlist()
  for (let i = 0; i < n; i++) {
    const own = owner[i]
    if (rules.lockedTo[i] === own || rules.groupOf(i).length > 1) continue
    const here = costAt(model, i, own) - paidAt(model, i, own)
    if (own !== t) {
      const change = costAt(model, i, t) - paidAt(model, i, t) - here
      if (entering.isShort(change) && rules.isEligible(i, t)) entering.add(change, i, t)
      continue
    }
    let best = -1
    let least = Infinity
    for (let s = 0; s < k; s++) {
      if (s === t) continue
      const change = costAt(model, i, s) - paidAt(model, i, s) - here
      if (change < least && rules.isEligible(i, s)) [best, least] = [s, change]
    }
    if (best >= 0 && leaving.isShort(least)) leaving.add(least, i, best)
  }
  const describe = ({ i, to }: { readonly i: number; readonly to: number }): BorderAccount => ({ accountId: model.compiled.ids[i], from: model.territoryIds[owner[i]], ...describeChoice(model, i, to) })
  return { leaving: leaving.rows.map(describe), entering: entering.rows.map(describe) }
}

/** The few rows with the least change; at a tie the one that came first. */
function createShortlist(): { readonly rows: { readonly change: number; readonly i: number; readonly to: number }[]; isShort(change: number): boolean; add(change: number, i: number, to: number): void } {
  const rows: { change: number; i: number; to: number }[] = []
  return {
    rows,
    isShort: (change) => rows.length < NAMED || change < rows[NAMED - 1].change,
    add(change, i, to) {
      let at = rows.length
      while (at > 0 && rows[at - 1].change > change) at--
      rows.splice(at, 0, { change, i, to })
      rows.length = Math.min(rows.length, NAMED)
    },
  }
}
