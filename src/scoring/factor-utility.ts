import { log1p } from "../math/stats/log1p.js"
import type { FactorTransform } from "./factor.js"
import type { FactorModel } from "./score-model.js"

/** What a utility needs of a factor. */
type Reference = Pick<FactorModel, "low" | "high" | "direction" | "transform">

/** Where a factor says nothing, everyone stands in the middle. */
const MIDDLE = 0.5

/** The value after the transform; increasing, value >= 0 unless linear. */
export function transformValue(value: number, transform: FactorTransform): number {
  return transform === "linear" ? value : transform === "sqrt" ? Math.sqrt(value) : log1p(value)
}

/** True when the bounds are missing or equal (also: after the transform), so that values cannot be told apart. */
export function isConstant({ low, high, transform }: Reference): boolean {
  return low === null || high === null || !(transformValue(low, transform) < transformValue(high, transform))
}

/**
 * u = (T(value) - T(low)) / (T(high) - T(low)), or with T(high) - T(value) above where lower is better; the value is clamped to
 * the bounds first. From 0 (worst) to 1 (best), 0.5 where the bounds say nothing. Never against the direction.
 */
export function utilityOf(value: number, reference: Reference): number {
  if (isConstant(reference)) return MIDDLE
  const { low, high, direction, transform } = reference as { low: number; high: number } & Reference
  const at = transformValue(Math.min(Math.max(value, low), high), transform)
  const bottom = transformValue(low, transform)
  const top = transformValue(high, transform)
  const share = (direction === "higher" ? at - bottom : top - at) / (top - bottom)
  return Math.min(Math.max(share, 0), 1)
}

/** The utility of the factor's neutral value. */
export function neutralUtility(factor: FactorModel): number {
  return factor.neutral === null ? MIDDLE : utilityOf(factor.neutral, factor)
}
