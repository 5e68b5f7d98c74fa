import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { checkTerritoryId } from "../../model/check-territory-id.js"
import { compareIds } from "../../model/compare-ids.js"
import type { Issue } from "../../model/error.js"
import { issue, NOTHING } from "../../model/issue.js"
import { suggestId, suggestName } from "../../model/nearest-name.js"
import { readCondition, type ReadCondition } from "./read-condition.js"
import type { ReadDimension } from "./read-dimensions.js"

/** A rule that was checked. */
export interface ReadRule {
  readonly id: string
  readonly territoryId: string
  /** The smaller wins; equal: none does. Infinity without a rank. */
  readonly precedence: number
  /** By dimension; null: no account matches by conditions. */
  readonly when: ReadonlyMap<string, ReadCondition> | null
  readonly include: ReadonlySet<string>
  readonly exclude: ReadonlySet<string>
}

const RULE_KEYS: readonly string[] = Object.freeze(["id", "territoryId", "rank", "when", "include", "exclude"])

/** Checks the option `precedence`; what it leaves out is "rank". */
export function readPrecedence(precedence: unknown, issues: Issue[]): "rank" | "list-order" {
  if (precedence === undefined || precedence === "rank") return "rank"
  if (precedence !== "list-order") issues.push(issue("option-value", "precedence", 'must be "rank" or "list-order"', precedence))
  return "list-order"
}

/** Checks rules; ascending by id, whatever the order of the list. O(members). */
export function readRules(
  rules: unknown,
  dimensions: readonly ReadDimension[],
  precedence: "rank" | "list-order",
  territories: ReadonlyMap<string, number> | null,
  issues: Issue[],
): readonly ReadRule[] {
  if (!Array.isArray(rules) || rules.length === 0) {
    issues.push(issue("option-type", "rules", "must be an array of one rule or more", rules))
    return []
  }
  const placeOf = new Map<string, number>()
  const byName = new Map(dimensions.map((dimension) => [dimension.name, dimension]))
  const read = Array.from(rules as readonly unknown[], (rule, r): ReadRule | null => {
    const path = `rules[${r}]`
    if (!isPlainObject(rule)) {
      issues.push(issue("option-type", path, "must be an object such as { id, territoryId, when }", rule))
      return null
    }
    checkKeys(rule, RULE_KEYS, path, issues)
    if (!checkTerritoryId(rule.id, `${path}.id`, "rules", r, placeOf, issues)) return null
    // from here on the rule goes by its id
    const at = `rules[${JSON.stringify(rule.id)}]`
    const { territoryId, rank } = rule
    if (checkTerritoryId(territoryId, `${at}.territoryId`, "rules", r, new Map(), issues) && territories !== null && !territories.has(territoryId)) {
      issues.push(issue("id-unknown", `${at}.territoryId`, "is not among the territories", territoryId, suggestId(territoryId, territories)))
    }
    if (rank !== undefined && !Number.isFinite(rank)) issues.push(issue("option-type", `${at}.rank`, "must be a finite number", rank, "leave it out for a rule that comes last"))
    if (rank !== undefined && precedence === "list-order") {
      issues.push(issue("option-conflict", `${at}.rank`, 'says nothing where the order of the list decides', rank, 'leave it out, or set precedence to "rank"'))
    }
    const include = readIds(rule.include, `${at}.include`, issues)
    const exclude = readIds(rule.exclude, `${at}.exclude`, issues)
    for (const id of include) if (exclude.has(id)) issues.push(issue("rule-contradiction", `${at}.include`, "must not name an account that exclude names", id, "leave it in one of them"))
    const when = rule.when === undefined ? null : readWhen(rule.when, byName, `${at}.when`, issues)
    if (rule.when === undefined && include.size === 0) {
      issues.push(issue("rule-empty", at, "has neither conditions nor inclusions, so that nothing can match", NOTHING, "when: {} stands for every account"))
    }
    const position = precedence === "list-order" ? r : typeof rank === "number" ? rank : Infinity
    return { id: rule.id, territoryId: territoryId as string, precedence: position, when, include, exclude }
  })
  return read.filter((rule) => rule !== null).sort((a, b) => compareIds(a.id, b.id))
}

function readWhen(when: unknown, dimensions: ReadonlyMap<string, ReadDimension>, path: string, issues: Issue[]): ReadonlyMap<string, ReadCondition> {
  const read = new Map<string, ReadCondition>()
  if (!isPlainObject(when)) {
    issues.push(issue("option-type", path, "must be an object of conditions by dimension", when))
    return read
  }
  for (const name of Object.keys(when).sort(compareIds)) {
    const dimension = dimensions.get(name)
    if (when[name] === undefined) continue
    if (dimension !== undefined) read.set(name, readCondition(when[name], dimension, `${path}.${name}`, issues))
    else issues.push(issue("dimension-unknown", `${path}.${name}`, "is not among the dimensions", NOTHING, suggestName(name, dimensions.keys(), `known: ${[...dimensions.keys()].join(", ")}`)))
  }
  return read
}

function readIds(ids: unknown, path: string, issues: Issue[]): ReadonlySet<string> {
  if (ids === undefined) return new Set()
  if (!Array.isArray(ids)) {
    issues.push(issue("option-type", path, "must be an array of account ids", ids))
    return new Set()
  }
  return new Set(
    Array.from(ids as readonly unknown[], (id, i) => {
      if (typeof id !== "string") issues.push(issue("id-type", `${path}[${i}]`, "must be a string", id, typeof id === "number" ? "use String(id)" : ""))
      else if (id.trim() === "") issues.push(issue("id-empty", `${path}[${i}]`, "must not be empty", id))
      return id as string
    }),
  )
}
