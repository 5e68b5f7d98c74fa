import { checkKeys, isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import { checkScoreModel } from "./check-score-model.js"
import { checkTierConflict, checkTierRule } from "./check-tier-rule.js"
import { MAX_VALUE } from "./read-factor-values.js"
import type { FactorModel, ScoreModel } from "./score-model.js"
import { DEFAULT_SCALE } from "./score-options.js"

const FACTOR_KEYS = ["value", "weight", "direction", "transform", "low", "high", "tailShare", "neutral", "missing"]
const WORDS: Readonly<Record<"direction" | "transform" | "missing", readonly string[]>> = {
  direction: ["higher", "lower"],
  transform: ["linear", "log1p", "sqrt"],
  missing: ["neutral", "penalize", "renormalize", "exclude"],
}

/** Lists everything that is wrong with the options of `scoreAccounts` by themselves; never throws on plain data. */
export function checkScoreOptions(options: unknown): Issue[] {
  const issues: Issue[] = []
  if (!isPlainObject(options)) return [issue("option-type", "options", "must be an object such as { factors: { sales: { value: \"sales\" } } }", options)]
  checkKeys(options, ["factors", "tiers", "scale", "model"], "", issues)
  const { factors, tiers, scale, model } = options
  const stored = model === undefined ? null : checkScoreModel(model, issues)
  const range = scale === undefined ? (stored?.scale ?? DEFAULT_SCALE) : checkScale(scale, stored, issues)
  checkFactors(factors, stored, issues)
  if (tiers !== undefined) {
    checkTierRule(tiers, range, issues)
    if (stored !== null && stored.tiers !== null) checkTierConflict(tiers, stored.tiers, issues)
  } else if (stored?.tiers?.method === "value-share" && stored.tiers.field === null) {
    issues.push(issue("option-missing", "tiers", "must be given again: the model's tiers read their value by a function, which JSON cannot hold", NOTHING))
  }
  return issues
}

function checkScale(scale: unknown, stored: ScoreModel | null, issues: Issue[]): { low: number; high: number } | null {
  if (!isPlainObject(scale)) {
    issues.push(issue("option-type", "scale", "must be { low, high }", scale))
    return null
  }
  const before = issues.length
  checkKeys(scale, ["low", "high"], "scale", issues)
  const { low, high } = scale
  for (const [key, end] of [["low", low], ["high", high]] as const) {
    if (typeof end !== "number" || !Number.isFinite(end)) issues.push(issue("option-type", `scale.${key}`, "must be a finite number", end))
    else if (Math.abs(end) > 1e12) issues.push(issue("option-range", `scale.${key}`, "must be between -1e12 and 1e12", end))
  }
  if (issues.length > before) return null
  const range = { low: low as number, high: high as number }
  if (!(range.high - range.low >= 1e-6 * Math.max(Math.abs(range.low), Math.abs(range.high), 1))) {
    issues.push(issue("option-range", "scale.high", `must be above scale.low, ${range.low}, by a millionth of it or of 1 at least`, range.high))
    return null
  }
  if (stored !== null && (stored.scale.low !== low || stored.scale.high !== high)) {
    issues.push(issue("model-conflict", "scale", `differs from the model's ${stored.scale.low} to ${stored.scale.high}`, NOTHING, "leave scale out, or fit a new model without `model`"))
  }
  return range
}

function checkFactors(factors: unknown, stored: ScoreModel | null, issues: Issue[]): void {
  if (!isPlainObject(factors)) return void issues.push(issue(factors === undefined ? "option-missing" : "option-type", "factors", "must be an object of factors by name", factors))
  const names = Object.keys(factors)
  if (names.length === 0) issues.push(issue("no-factors", "factors", "must have at least one factor", NOTHING))
  const known = stored === null ? null : new Map(stored.factors.map((factor) => [factor.factor, factor]))
  for (const name of names) {
    const model = known?.get(name)
    if (known !== null && model === undefined) {
      issues.push(issue("factor-unknown", `factors.${name}`, "is no factor of the model", NOTHING, suggestName(name, known.keys(), `known: ${[...known.keys()].join(", ")}`)))
    }
    checkFactor(factors[name], `factors.${name}`, model, issues)
  }
  for (const name of known?.keys() ?? []) {
    if (!Object.hasOwn(factors, name)) issues.push(issue("option-missing", `factors.${name}`, "is a factor of the model and must be given, at least as { value }", NOTHING))
  }
}

function checkFactor(factor: unknown, path: string, model: FactorModel | undefined, issues: Issue[]): void {
  if (!isPlainObject(factor)) return void issues.push(issue("option-type", path, "must be { value, weight, ... }", factor))
  checkKeys(factor, FACTOR_KEYS, path, issues)
  const { value, weight, low, high, neutral, tailShare } = factor
  if (typeof value !== "string" && typeof value !== "function") {
    issues.push(issue(value === undefined ? "option-missing" : "option-type", `${path}.value`, "must be a field name or a function of the account", value))
  }
  if (typeof weight === "number" && weight > MAX_VALUE && Number.isFinite(weight)) issues.push(issue("factor-weight", `${path}.weight`, `must be at most ${MAX_VALUE}`, weight))
  else if (weight !== undefined && !(typeof weight === "number" && weight > 0 && weight < Infinity)) {
    const isNegative = typeof weight === "number" && weight < 0
    const remedy = weight === 0 ? "leave the factor out instead" : isNegative ? 'direction "lower" turns a factor around' : ""
    issues.push(issue("factor-weight", `${path}.weight`, "must be a finite number greater than 0", weight, remedy))
  }
  for (const [key, words] of Object.entries(WORDS)) {
    const word = factor[key]
    if (word === undefined || (typeof word === "string" && words.includes(word))) continue
    issues.push(issue("option-value", `${path}.${key}`, `must be one of ${words.join(", ")}`, word, suggestName(word, words)))
  }
  if (tailShare !== undefined && (typeof tailShare !== "number" || !(tailShare >= 0 && tailShare < 0.5))) {
    issues.push(issue("option-range", `${path}.tailShare`, "must be a fraction of 0 or more and below 0.5", tailShare, "5 % on each side is 0.05"))
  }
  const transform = (factor.transform ?? model?.transform ?? "linear") as string
  for (const [key, bound] of [["low", low], ["high", high], ["neutral", neutral]] as const) {
    if (bound === undefined) continue
    if (typeof bound !== "number" || !(Math.abs(bound) <= MAX_VALUE)) issues.push(issue("option-type", `${path}.${key}`, `must be a number between -${MAX_VALUE} and ${MAX_VALUE}`, bound))
    else if (bound < 0 && transform !== "linear") issues.push(issue("factor-domain", `${path}.${key}`, `must be 0 or more for the transform "${transform}"`, bound))
  }
  if (typeof low === "number" && typeof high === "number" && low >= high) {
    issues.push(issue("option-range", `${path}.high`, `must be greater than low, ${low}`, high, low > high ? 'direction "lower" turns a factor around' : ""))
  }
  if (model !== undefined) checkConflict(factor, model, path, issues)
}

/** What a factor states beside its value must be what the stored model says. */
function checkConflict(factor: Readonly<Record<string, unknown>>, model: FactorModel, path: string, issues: Issue[]): void {
  const stated: Readonly<Record<string, unknown>> = { ...model }
  for (const key of FACTOR_KEYS) {
    const mine = key === "value" ? (typeof factor.value === "string" && model.field !== null ? factor.value : undefined) : factor[key]
    const theirs = key === "value" ? model.field : stated[key]
    if (mine === undefined || mine === theirs) continue
    issues.push(issue("model-conflict", `${path}.${key}`, `differs from the model's ${JSON.stringify(theirs)}`, mine, "leave it out, or fit a new model without `model`"))
  }
}
