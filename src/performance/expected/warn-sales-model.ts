import { log } from "../../math/exact/log.js"
import type { Warning } from "../../model/error.js"
import { formatAmount, formatCount } from "../../model/format-amount.js"
import { show } from "../../model/issue.js"
import type { SalesModelInput } from "./read-sales-model.js"
import type { SalesModelResult } from "./sales-model-result.js"

/** Variance inflation above which a coefficient is not to be told from the others': Marquardt, Technometrics 12, 1970. */
const MOST_INFLATION = 10
/** Territories per driver below which coefficients rarely hold for others: Harrell, Regression Modeling Strategies, 2001, section 4.4. */
const PER_DRIVER = 10
/** A territory that lies beyond all others by more than this share of their range is one that they do not tell of. */
const BEYOND = 0.5
/** Names that a warning lists. */
const MOST_NAMED = 5

/** What is odd about a model, but usable; the order of the territories does not matter. */
export function warnSalesModel(input: SalesModelInput, result: Omit<SalesModelResult, "warnings">): Warning[] {
  const { drivers } = input
  const n = input.ids.length
  const warnings: Warning[] = []
  const warn = (code: string, path: string, text: string): void => void warnings.push({ code, path, message: `${path}: ${text}` })
  const many = formatCount(drivers.length, "driver")
  if (!result.isReliable) warn("too-few-territories", "territories", `${n} are too few for verdicts with ${many}: ${result.neededCount} are needed`)
  if (n < PER_DRIVER * drivers.length) warn("few-per-driver", "drivers", `${formatCount(n, "territory", "territories")} for ${many}: with fewer than ${PER_DRIVER} for each the coefficients may not hold for others`)
  for (const [name, { vif }] of Object.entries(result.drivers)) {
    if (vif > MOST_INFLATION) warn("driver-inflated", `drivers.${name}`, `the other drivers tell it so well (variance inflation ${formatAmount(vif)}, above ${MOST_INFLATION}) that its coefficient means little; leave one of them out`)
  }
  warnLeverage(input, result, warn)
  for (const { name, values } of drivers) warnExtrapolation(input, name, values, warn)
  if (result.rSquared === null) warn("outcome-constant", "outcome", "is the same everywhere: there is nothing to explain")
  else if (result.residualError === 0) warn("fit-exact", "outcome", "follows from the drivers without any residual; is a driver computed from it, or it from them?")
  return warnings
}

type Warn = (code: string, path: string, text: string) => void

/** More than half of its own fit, or three times the mean (Belsley, Kuh & Welsch 1980, section 2.1: two; three with few rows). */
function warnLeverage({ ids, order, drivers }: SalesModelInput, { territories }: Omit<SalesModelResult, "warnings">, warn: Warn): void {
  const limit = Math.min(0.5, (3 * (drivers.length + 1)) / ids.length)
  const sorted = order.map((i) => territories[i])
  const list = (rows: readonly { readonly id: string }[]): string => rows.slice(0, MOST_NAMED).map(({ id }) => show(id)).join(", ")
  const alone = sorted.filter(({ expected }) => expected === null)
  if (alone.length > 0) warn("alone", "territories", `without ${list(alone)} the others do not tell all coefficients, or nothing within the range of numbers: no expectation`)
  const high = sorted.filter(({ leverage, expected }) => leverage > limit && expected !== null)
  if (high.length > 0) warn("leverage-high", "territories", `${formatCount(high.length, "territory is", "territories are")} unlike all others, with a leverage above ${formatAmount(limit)}: the model bends to ${high.length === 1 ? "it" : "each"}, and the others tell little of ${high.length === 1 ? "it" : "each"}: ${list(high)}`)
}

/** Only the largest and the smallest value of a driver can lie beyond all others. */
function warnExtrapolation({ ids, order, isLog }: SalesModelInput, name: string, values: Float64Array, warn: Warn): void {
  const scale = isLog ? log : (value: number): number => value
  const sorted = [...order].sort((i, j) => values[i] - values[j])
  const n = sorted.length
  const check = (own: number, low: number, high: number, gap: number): void => {
    const range = scale(values[high]) - scale(values[low])
    if (gap > BEYOND * range) warn("extrapolation", `drivers.${name}`, `${show(ids[own])} has ${formatAmount(values[own])}, far from all others (${formatAmount(values[low])} to ${formatAmount(values[high])}): its expectation is extrapolated`)
  }
  check(sorted[0], sorted[1], sorted[n - 1], scale(values[sorted[1]]) - scale(values[sorted[0]]))
  check(sorted[n - 1], sorted[0], sorted[n - 2], scale(values[sorted[n - 1]]) - scale(values[sorted[n - 2]]))
}
