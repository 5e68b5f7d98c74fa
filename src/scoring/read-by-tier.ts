import { isPlainObject } from "../model/check-keys.js"
import type { Issue } from "../model/error.js"
import { accessorFailure, fieldOf, fieldPath } from "../model/field-of.js"
import { issue, NOTHING } from "../model/issue.js"
import { suggestName } from "../model/nearest-name.js"
import { readField } from "../model/read-field.js"
import { MAX_VALUE } from "./read-factor-values.js"
import type { ByTier } from "./workload-options.js"

/** True for the form `{ A: 24, B: 12 }`. */
export function isByTier(value: unknown): value is Readonly<Record<string, number>> {
  return isPlainObject(value)
}

/** Lists what is wrong with a number that may be stated by tier, before any account is read. */
export function checkByTier(value: unknown, path: string, issues: Issue[]): void {
  if (typeof value === "string" || typeof value === "function") return
  if (value === undefined) return void issues.push(issue("option-missing", path, "must be a number, a record by tier, a field name or a function", value))
  if (!isByTier(value)) return checkNumber(value, path, issues)
  const tiers = Object.keys(value)
  if (tiers.length === 0) issues.push(issue("option-type", path, "must state at least one tier", NOTHING))
  for (const tier of tiers) checkNumber(value[tier], `${path}.${tier}`, issues)
}

function checkNumber(value: unknown, path: string, issues: Issue[]): void {
  if (typeof value !== "number") issues.push(issue("option-type", path, "must be a number, 0 or more", value))
  else if (!(value >= 0 && value <= MAX_VALUE)) issues.push(issue("option-range", path, "must be a finite number, 0 or more", value))
}

/** One number of every account, >= 0. `tiers` is null when none were read. O(n). */
export function readByTier<A>(
  accounts: readonly A[], value: ByTier<A>, tiers: readonly (string | null)[] | null, tierPath: (i: number) => string, label: string, issues: Issue[],
): Float64Array {
  if (typeof value === "number") return new Float64Array(accounts.length).fill(value)
  if (!isByTier(value)) {
    const noun = label === "visits" ? "visits" : "hours"
    const numbers = readField(accounts, value, "accounts", label, { noun, minimum: 0 }, issues)
    numbers.forEach((number, i) => {
      if (number > MAX_VALUE) issues.push(issue(`${noun}-out-of-range`, fieldPath("accounts", i, value, label), `must be at most ${MAX_VALUE}`, number))
    })
    return numbers
  }
  const byTier = new Map(Object.entries(value))
  return Float64Array.from(accounts, (_, i) => {
    const tier = tiers?.[i] ?? null
    if (tier === null) return 0 // is an issue already
    const number = byTier.get(tier)
    if (number === undefined) {
      const remedy = suggestName(tier, byTier.keys(), `${label} states ${[...byTier.keys()].slice(0, 20).join(", ")}`)
      issues.push(issue("tier-unknown", tierPath(i), `is a tier that ${label} does not state`, tier, remedy))
    }
    return number ?? 0
  })
}

/** The tier of every account, null where it is unusable. O(n). */
export function readTiers<A>(accounts: readonly A[], tier: string | ((account: A) => string), tierPath: (i: number) => string, issues: Issue[]): (string | null)[] {
  return Array.from(accounts, (account, i) => {
    let value: unknown
    try {
      value = typeof tier === "string" ? fieldOf(account, tier) : tier(account)
    } catch (error) {
      issues.push(accessorFailure(tierPath(i), error))
      return null
    }
    if (typeof value === "string" && value.trim() !== "") return value
    const isMissing = value === undefined || value === null || value === ""
    const remedy = isMissing ? "accounts that have no tier need one here, or visits by a field" : typeof value === "number" ? "use String(tier)" : ""
    issues.push(issue(isMissing ? "tier-missing" : "tier-type", tierPath(i), "must be the name of a tier", value, remedy))
    return null
  })
}
