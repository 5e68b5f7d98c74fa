import { checkKeys, isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import { MAX_VALUE } from "./read-factor-values.js"
import type { ScoreModel } from "./score-model.js"

const FACTOR_KEYS = ["factor", "field", "weight", "share", "direction", "transform", "missing", "low", "high", "neutral", "bounds", "tailShare"]

/**
 * Checks a stored model, which may come from a file and a careless hand; answers null, with issues, when it cannot be used.
 */
export function checkScoreModel(model: unknown, issues: Issue[]): ScoreModel | null {
  const before = issues.length
  const remedy = "store result.model as it is"
  const bad = (path: string, rule: string, got: unknown): void => void issues.push(issue("model-invalid", path, rule, got, remedy))
  if (!isPlainObject(model)) {
    bad("model", "must be the model of an earlier result", model)
    return null
  }
  checkKeys(model, ["method", "version", "scale", "factors", "tiers"], "model", issues)
  const { method, version, scale, factors, tiers } = model
  if (method !== "weighted-factors") bad("model.method", 'must be "weighted-factors"', method)
  if (version !== 1) bad("model.version", "must be 1", version)
  if (!isPlainObject(scale) || !isNumber(scale.low) || !isNumber(scale.high) || !(scale.low < scale.high)) bad("model.scale", "must be { low, high }, low below high", scale)
  if (!Array.isArray(factors) || factors.length === 0) bad("model.factors", "must be an array of factors", factors)
  else {
    const names = new Set<unknown>()
    factors.forEach((factor: unknown, j) => {
      const path = `model.factors[${j}]`
      if (!isPlainObject(factor)) return bad(path, "must be an object", factor)
      checkKeys(factor, FACTOR_KEYS, path, issues)
      const { weight, low, high, neutral, transform } = factor
      if (typeof factor.factor !== "string" || names.has(factor.factor)) bad(`${path}.factor`, "must be a name, once", factor.factor)
      names.add(factor.factor)
      if (factor.field !== null && typeof factor.field !== "string") bad(`${path}.field`, "must be a field name or null", factor.field)
      if (!isNumber(weight) || weight <= 0) bad(`${path}.weight`, "must be a finite number greater than 0", weight)
      if (!isNumber(factor.share)) bad(`${path}.share`, "must be a fraction", factor.share)
      if (factor.direction !== "higher" && factor.direction !== "lower") bad(`${path}.direction`, "must be higher or lower", factor.direction)
      if (!["linear", "log1p", "sqrt"].includes(transform as string)) bad(`${path}.transform`, "must be linear, log1p or sqrt", transform)
      if (!["neutral", "penalize", "renormalize", "exclude"].includes(factor.missing as string)) bad(`${path}.missing`, "must be neutral, penalize, renormalize or exclude", factor.missing)
      if (!["given", "min-max", "quantiles"].includes(factor.bounds as string)) bad(`${path}.bounds`, "must be given, min-max or quantiles", factor.bounds)
      for (const [key, bound] of [["low", low], ["high", high], ["neutral", neutral]] as const) {
        if (bound !== null && (!isNumber(bound) || (bound < 0 && transform !== "linear"))) bad(`${path}.${key}`, "must be a finite number, 0 or more with a transform, or null", bound)
      }
      if (isNumber(low) && isNumber(high) && low > high) bad(`${path}.high`, `must be low, ${low}, or more`, high)
    })
  }
  if (tiers !== null && !isTierModel(tiers)) bad("model.tiers", "must be null or { method, field, levels }", tiers === undefined ? tiers : NOTHING)
  return issues.length > before ? null : (model as unknown as ScoreModel)
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Math.abs(value) <= MAX_VALUE

function isTierModel(tiers: unknown): boolean {
  if (!isPlainObject(tiers) || !["score-cuts", "account-share", "value-share"].includes(tiers.method as string)) return false
  if (tiers.field !== null && typeof tiers.field !== "string") return false
  if (!Array.isArray(tiers.levels) || tiers.levels.length === 0) return false
  return tiers.levels.every((level: unknown) => isPlainObject(level) && typeof level.tier === "string"
    && (level.share === null || isNumber(level.share)) && (level.from === null || isNumber(level.from)))
}
