import { compareIds } from "../../model/compare-ids.js"
import type { Atom, Atoms, Value } from "./atom.js"
import type { ReadCondition } from "./read-condition.js"
import type { ReadDimension } from "./read-dimensions.js"

/** Conditions on one dimension, each with the number of its rule. */
export type RuleConditions = readonly { readonly r: number; readonly condition: ReadCondition }[]

/** Rules that ask for one of the two special members. */
export function rulesWith(conditions: RuleConditions, member: "other" | "unspecified"): readonly number[] {
  return conditions.filter(({ condition }) => condition[member]).map(({ r }) => r)
}

/** Rules by the text that they list, ascending by text. */
export function rulesByText(conditions: RuleConditions): Map<string, number[]> {
  const rules = new Map<string, number[]>()
  for (const { r, condition } of conditions) {
    for (const text of condition.texts) {
      const own = rules.get(text)
      if (own === undefined) rules.set(text, [r])
      else own.push(r)
    }
  }
  return new Map([...rules].sort(([a], [b]) => compareIds(a, b)))
}

/** Every listed value is an atom. O(listed values). */
export function setAtoms(dimension: ReadDimension, conditions: RuleConditions): Atoms {
  const listed = rulesByText(conditions)
  const unlisted = dimension.values === null ? freshText((text) => listed.has(text)) : leastUnlisted(dimension.values, listed)
  const values = [...listed.keys()].map((sample): Atom => ({ kind: "value", sample }))
  const at = new Map([...listed.keys()].map((value, a) => [value, a]))
  return {
    atoms: [...values, { kind: "other", sample: unlisted ?? "OTHER" }, { kind: "unspecified", sample: null }],
    isPossible: [...values.map(() => true), unlisted !== null, !dimension.isRequired],
    rulesAt: [...listed.values(), rulesWith(conditions, "other"), rulesWith(conditions, "unspecified")],
    atomOf: (value: Value): number => (value === null ? values.length + 1 : (at.get(value as string) ?? values.length)),
  }
}

function leastUnlisted(values: ReadonlySet<string>, listed: ReadonlyMap<string, unknown>): string | null {
  let least: string | null = null
  for (const value of values) if (!listed.has(value) && (least === null || value < least)) least = value
  return least
}

/** A text that is not taken: "OTHER", or "OTHER 2", and so on. */
function freshText(isTaken: (text: string) => boolean): string {
  let text = "OTHER"
  for (let n = 2; isTaken(text); n++) text = `OTHER ${n}`
  return text
}
