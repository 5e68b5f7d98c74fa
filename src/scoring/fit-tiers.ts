import type { Warning } from "../model/error.js"
import type { TierModel } from "./score-model.js"
import type { TierRule } from "./tier-rule.js"

/** Sums of shares and of values that differ by less than this, relatively, are the same. */
const TOLERANCE = 1e-9

/**
 * Finds the number from which each tier starts. An account is in the first tier whose cumulative share lies above what the
 * strictly better accounts take up, so equal accounts share a tier and the account that crosses a line is still in. O(n log n).
 *
 * @param keys what the tiers are cut by: scores of the scored accounts, or for `value-share` the values of all, >= 0
 */
export function fitTiers<A>(rule: TierRule<A>, keys: Float64Array, warnings: Warning[]): TierModel {
  if (rule.method === "score-cuts") {
    return { method: rule.method, field: null, levels: rule.levels.map(({ tier, minScore }) => ({ tier, share: null, from: minScore ?? null })) }
  }
  const best = keys.slice().sort().reverse()
  const amount = (key: number): number => (rule.method === "value-share" ? key : 1)
  const total = best.reduce((sum, key) => sum + amount(key), 0)
  const from = new Array<number | null>(rule.levels.length).fill(null)
  const ends = rule.levels.map((_, l) => rule.levels.slice(0, l + 1).reduce((sum, level) => sum + level.share, 0))
  let before = 0 // amount of the strictly better accounts
  let level = 0
  for (let r = 0; r < best.length;) {
    while (level < ends.length - 1 && !(before < (ends[level] - TOLERANCE) * total)) level++
    from[level] = best[r]
    const key = best[r]
    for (; r < best.length && best[r] === key; r++) before += amount(key)
  }
  rule.levels.forEach(({ tier }, l) => {
    if (from[l] !== null || best.length === 0) return
    const message = `tiers.levels[${l}]: no account is in tier "${tier}": equal ${rule.method === "value-share" ? "values" : "scores"} or a single large one take up its share`
    warnings.push({ code: "tier-empty", path: `tiers.levels[${l}]`, message })
  })
  from[from.length - 1] = null // the last tier takes everything below
  const field = rule.method === "value-share" && typeof rule.value === "string" ? rule.value : null
  return { method: rule.method, field, levels: rule.levels.map(({ tier, share }, l) => ({ tier, share, from: from[l] })) }
}

/** The tier of a score or value: the first one whose start it reaches, else the last. */
export function tierOf(key: number, { levels }: TierModel): string {
  const level = levels.find(({ from }) => from !== null && key >= from) ?? levels[levels.length - 1]
  return level.tier
}

/** The rule in words. */
export function describeTiers({ method, levels }: TierModel): string {
  const shares = levels.map(({ tier, share }) => `${tier} ${Math.round((share ?? 0) * 1e4) / 100} %`).join(", ")
  if (method === "account-share") return `Best scores first: ${shares} of the scored accounts. Equal scores share the better tier.`
  if (method === "value-share") return `Largest values first: ${shares} of the summed value. Equal values share the better tier; the account that crosses a line is in.`
  const cuts = levels.map(({ tier, from }) => `${tier} ${from === null ? "below" : `from ${from}`}`).join(", ")
  return `By score: ${cuts}.`
}
