import type { Issue, Warning } from "../../model/error.js"
import { accessorFailure, fieldPath, fieldReader, hasField, absentField } from "../../model/field-of.js"
import { formatCount } from "../../model/format-amount.js"
import { issue, show } from "../../model/issue.js"
import { suggestName } from "../../model/nearest-name.js"
import { AS_TEXT } from "../value-lists.js"
import type { Value } from "./atom.js"
import type { ReadDimension } from "./read-dimensions.js"
import type { SpaceDimension } from "./rule-space.js"

/**
 * Reads one attribute of every account, each exactly once; null where there is none. Empty text is none. A field that no account has is an
 * issue where it looks misspelt or the dimension is required, else a warning. O(n).
 */
export function readValues<A>(accounts: readonly A[], { name, kind, field, isRequired }: ReadDimension, issues: Issue[], warnings: Warning[]): Value[] {
  const isAbsent = typeof field === "string" && accounts.length > 0 && !accounts.some((account) => hasField(account, field))
  if (isAbsent) {
    const isMisspelt = suggestName(field, Object.keys(accounts[0] as object)) !== ""
    if (isRequired || isMisspelt) issues.push(absentField(accounts[0], "account", field, `dimensions.${name}.field`))
    else warnings.push({ code: "field-absent", path: `dimensions.${name}`, message: `dimensions.${name}: no account has the field ${show(field)}; all count as unspecified` })
    return accounts.map(() => null)
  }
  const read = typeof field === "string" ? fieldReader(field) : (field as (account: unknown) => unknown)
  return accounts.map((account, i) => {
    let value: unknown
    try {
      value = read(account)
    } catch (error) {
      issues.push(accessorFailure(fieldPath("accounts", i, field, name), error))
      return null
    }
    if (value === undefined || value === null || value === "") return null
    if (kind === "number") {
      if (typeof value === "number" && Number.isFinite(value)) return value + 0
      issues.push(issue("value-type", fieldPath("accounts", i, field, name), "must be a finite number", value, "null where there is none"))
    } else {
      if (typeof value === "string") return value
      issues.push(issue("value-type", fieldPath("accounts", i, field, name), "must be a string", value, typeof value === "number" ? AS_TEXT : ""))
    }
    return null
  })
}

/** One warning per dimension for values that it is declared not to have; names the account with the smallest id. */
export function warnOfUndeclared(dimension: SpaceDimension, values: readonly Value[], ids: readonly string[], order: Int32Array): Warning[] {
  const strange: number[] = []
  for (const i of order) if (!dimension.admits(values[i])) strange.push(i)
  if (strange.length === 0) return []
  const path = `dimensions.${dimension.name}`
  const value = values[strange[0]]
  const more = strange.length === 1 ? "" : ` (and ${formatCount(strange.length - 1, "more account")})`
  const what = value === null ? "no value" : show(value)
  return [{ code: "value-undeclared", path, message: `${path}: account ${show(ids[strange[0]])} has ${what}, which the dimension is declared not to have; what is proved of the rules does not hold for it${more}` }]
}
