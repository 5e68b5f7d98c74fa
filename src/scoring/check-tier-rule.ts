import { checkKeys, isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { issue, NOTHING } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import type { TierModel } from "./score-model.js"

const METHODS = ["score-cuts", "account-share", "value-share"]

/** Lists what is wrong with a tier rule; `scale` is null when it is itself unusable. Never throws on plain data. */
export function checkTierRule(rule: unknown, scale: { readonly low: number; readonly high: number } | null, issues: Issue[]): void {
  if (!isPlainObject(rule)) return void issues.push(issue("option-type", "tiers", "must be { method, levels }", rule))
  const { method, levels, value } = rule
  if (typeof method !== "string" || !METHODS.includes(method)) {
    return void issues.push(issue("option-value", "tiers.method", `must be one of ${METHODS.join(", ")}`, method, suggestName(method, METHODS)))
  }
  checkKeys(rule, method === "value-share" ? ["method", "levels", "value"] : ["method", "levels"], "tiers", issues)
  if (method === "value-share" && typeof value !== "string" && typeof value !== "function") {
    issues.push(issue("option-type", "tiers.value", "must be a field name or a function of the account", value))
  }
  if (!Array.isArray(levels) || levels.length === 0) {
    return void issues.push(issue("option-type", "tiers.levels", "must be an array of tiers, best first", levels))
  }
  const names = new Map<string, number>()
  const before = issues.length
  levels.forEach((level: unknown, l) => {
    const path = `tiers.levels[${l}]`
    const isLast = l === levels.length - 1
    if (!isPlainObject(level)) return void issues.push(issue("option-type", path, method === "score-cuts" ? "must be { tier, minScore }" : "must be { tier, share }", level))
    checkKeys(level, ["tier", method === "score-cuts" ? "minScore" : "share"], path, issues)
    const { tier } = level
    if (typeof tier !== "string" || tier.trim() === "") issues.push(issue("option-type", `${path}.tier`, "must be a name that is not empty", tier))
    else if (names.has(tier)) issues.push(issue("tier-duplicate", `${path}.tier`, `must be unique, but tiers.levels[${names.get(tier)}] has the same`, tier))
    else names.set(tier, l)
    if (method !== "score-cuts") checkShare(level.share, `${path}.share`, issues)
    else if (!(isLast && level.minScore === undefined)) {
      const above: unknown = isPlainObject(levels[l - 1]) ? levels[l - 1].minScore : undefined
      checkCut(level.minScore, above, isLast, `${path}.minScore`, scale, issues)
    }
  })
  if (method === "score-cuts" || issues.length > before) return
  const sum = levels.reduce((total: number, level: { share: number }) => total + level.share, 0)
  if (Math.abs(sum - 1) > 1e-9) issues.push(issue("tier-shares", "tiers.levels", "must have shares that sum to 1", sum, "shares are fractions: 80 % is 0.8"))
}

function checkShare(share: unknown, path: string, issues: Issue[]): void {
  if (typeof share !== "number" || !(share > 0 && share <= 1)) {
    issues.push(issue("option-range", path, "must be a fraction greater than 0 and at most 1", share, typeof share === "number" && share > 1 ? "80 % is 0.8" : ""))
  }
}

function checkCut(cut: unknown, above: unknown, isLast: boolean, path: string, scale: { readonly low: number; readonly high: number } | null, issues: Issue[]): void {
  if (typeof cut !== "number" || !Number.isFinite(cut)) issues.push(issue("option-type", path, "must be a number, the lowest score of the tier", cut))
  else if (isLast && (scale === null || cut > scale.low)) {
    issues.push(issue("option-range", path, "must be left out: the last tier takes every score below the others", cut, "add a tier for the rest"))
  } else if (scale !== null && (cut < scale.low || cut > scale.high)) {
    issues.push(issue("option-range", path, `must be between ${scale.low} and ${scale.high}, the ends of the scale`, cut))
  } else if (typeof above === "number" && !(cut < above)) {
    issues.push(issue("option-range", path, `must be less than the ${above} of the tier above`, cut, "list the best tier first"))
  }
}

/** Whether a rule is the one that a stored model was cut by: the same method, names and shares or cuts. */
export function checkTierConflict(rule: unknown, stored: TierModel, issues: Issue[]): void {
  if (!isPlainObject(rule) || !Array.isArray(rule.levels)) return
  const levels = rule.levels as readonly { tier?: unknown; share?: unknown; minScore?: unknown }[]
  const same = rule.method === stored.method && levels.length === stored.levels.length && stored.levels.every((level, l) => {
    const isSameCut = stored.method === "score-cuts" ? (levels[l]?.minScore ?? null) === level.from : levels[l]?.share === level.share
    return levels[l]?.tier === level.tier && isSameCut
  })
  if (!same) issues.push(issue("model-conflict", "tiers", "differs from the tiers of the model", NOTHING, "leave tiers out, or fit a new model without `model`"))
}
