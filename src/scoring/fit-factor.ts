import { quantileSorted } from "simple-statistics"
import type { Warning } from "../model/error.js"
import { formatAmount, formatCount } from "../model/format-amount.js"
import { DEFAULT_FACTOR, type Factor } from "./factor.js"
import { isConstant, utilityFunction } from "./factor-utility.js"
import type { FactorModel } from "./score-model.js"

/** The middle half of the accounts within this share of the scale: the factor hardly tells them apart. */
const SQUEEZED = 0.05

/**
 * Completes one factor: what the caller left open is fitted to the values of this call (NaN: missing), and what is odd about
 * them becomes a warning. Bounds are min and max, or the quantiles `tailShare` and 1 - `tailShare` (linear interpolation, type 7
 * of Hyndman & Fan 1996); the neutral value is the median. Row order does not matter. O(n log n).
 */
export function fitFactor<A>(name: string, factor: Factor<A>, share: number, values: Float64Array, warnings: Warning[]): FactorModel {
  const known = Array.from(values.filter((value) => !Number.isNaN(value)).sort())
  const warn = (code: string, text: string): void => {
    warnings.push({ code, path: `factors.${name}`, message: `factors.${name}: ${text}` })
  }
  const tailShare = factor.tailShare ?? DEFAULT_FACTOR.tailShare
  const given = factor.low !== undefined && factor.high !== undefined
  const empty = known.length === 0
  const fittedLow = empty ? null : quantileSorted(known, tailShare)
  const fittedHigh = empty ? null : quantileSorted(known, 1 - tailShare)
  // one bound given and all values beyond it: the other one falls on it, and the factor is constant
  const low = factor.low ?? (fittedLow !== null && factor.high !== undefined ? Math.min(fittedLow, factor.high) : fittedLow)
  const high = factor.high ?? (fittedHigh !== null && factor.low !== undefined ? Math.max(fittedHigh, factor.low) : fittedHigh)
  const model: FactorModel = {
    factor: name,
    field: typeof factor.value === "string" ? factor.value : null,
    weight: factor.weight ?? DEFAULT_FACTOR.weight,
    share,
    direction: factor.direction ?? DEFAULT_FACTOR.direction,
    transform: factor.transform ?? DEFAULT_FACTOR.transform,
    missing: factor.missing ?? DEFAULT_FACTOR.missing,
    low,
    high,
    neutral: factor.neutral ?? (given || empty ? null : quantileSorted(known, 0.5)),
    bounds: given ? "given" : tailShare === 0 ? "min-max" : "quantiles",
    tailShare: given ? 0 : tailShare,
  }
  if (empty && !given) warn("factor-empty", "no account has a value; the factor is neutral for all of them")
  else if (isConstant(model)) warn("factor-constant", `all values count as ${short(low)}; the factor is neutral for all accounts`)
  else if (!given && known.length >= 20) {
    const utilityOf = utilityFunction(model)
    const spread = Math.abs(utilityOf(quantileSorted(known, 0.75)) - utilityOf(quantileSorted(known, 0.25)))
    if (spread < SQUEEZED) {
      const remedy = model.transform === "linear" && known[0] >= 0 ? 'transform "log1p" or a tailShare such as 0.01' : "a tailShare such as 0.01, or bounds of your own,"
      warn("factor-squeezed", `the middle half of the accounts lies within ${Math.ceil(spread * 1000) / 10} % of the span from ${short(low)} to ${short(high)} (${remedy} spreads them)`)
    }
  }
  return model
}

/** Warns when fixed bounds meet no value at all, and counts the values outside the bounds, which count as the bound. */
export function warnOfClamping(factor: FactorModel, values: Float64Array, warnings: Warning[]): void {
  const { factor: name, low, high } = factor
  const path = `factors.${name}`
  if (low === null || high === null) return
  if (values.every((value) => Number.isNaN(value))) {
    warnings.push({ code: "factor-empty", path, message: `${path}: no account has a value; the policy "${factor.missing}" holds for all of them` })
  }
  if (isConstant(factor)) return
  const below = values.reduce((count, value) => count + (value < low ? 1 : 0), 0)
  const above = values.reduce((count, value) => count + (value > high ? 1 : 0), 0)
  if (below + above === 0) return
  const message = `${path}: ${formatCount(below, "value")} below ${short(low)} and ${formatAmount(above)} above ${short(high)} count as these bounds`
  warnings.push({ code: "factor-clamped", path, message })
}

/** A number as a message shows it. */
const short = (value: number | null): string => (value === null ? "none" : formatAmount(value))
