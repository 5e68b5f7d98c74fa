import { log1p } from "../math/exact/log1p.js"
import type { FactorTransform } from "./factor.js"
import type { FactorModel } from "./score-model.js"

/** What a utility needs of a factor. */
type Reference = Pick<FactorModel, "low" | "high" | "direction" | "transform">

/** Where a factor says nothing, everyone stands in the middle. */
const MIDDLE = 0.5

/** The value after the transform; increasing, value >= 0 unless linear. */
function transformValue(value: number, transform: FactorTransform): number {
  return transform === "linear" ? value : transform === "sqrt" ? Math.sqrt(value) : log1p(value)
}

/** True when the bounds are missing or equal (also: after the transform), so that values cannot be told apart. */
export function isConstant({ low, high, transform }: Reference): boolean {
  return low === null || high === null || !(transformValue(low, transform) < transformValue(high, transform))
}

/**
 * The utility of a factor's values: u = (T(value) - T(low)) / (T(high) - T(low)), or with T(high) - T(value) above where lower is
 * better. Values outside the bounds count as the bounds. From 0 (worst) to 1 (best), 0.5 where the bounds say nothing.
 */
export function utilityFunction(reference: Reference): (value: number) => number {
  if (isConstant(reference)) return () => MIDDLE
  const { direction, transform } = reference
  const bottom = transformValue(reference.low as number, transform)
  const top = transformValue(reference.high as number, transform)
  return (value) => {
    const at = transformValue(value, transform)
    const share = (direction === "higher" ? at - bottom : top - at) / (top - bottom)
    return Math.min(Math.max(share, 0), 1)
  }
}

/** The utility of the factor's neutral value. */
export function neutralUtility(factor: FactorModel): number {
  return factor.neutral === null ? MIDDLE : utilityFunction(factor)(factor.neutral)
}
