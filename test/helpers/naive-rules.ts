import fc from "fast-check"
import type { AttributeRecord, Dimension, Dimensions, NumberCondition, NumberRange, PrefixCondition, SetCondition, SpacePart, TerritoryRule } from "../../src/coverage/index.js"

/** Rules by definition, value by value: what the classes and bitsets of the library are held against. */
type Value = string | number | null
export type RuleSet = { readonly dimensions: Dimensions<unknown>; readonly rules: readonly TerritoryRule[]; readonly precedence: "rank" | "list-order" }

const inRange = (value: number, { min, above, max, below }: NumberRange): boolean =>
  (min === undefined || value >= min) && (above === undefined || value > above) && (max === undefined || value <= max) && (below === undefined || value < below)

function lists(condition: SetCondition & NumberCondition & PrefixCondition, value: string | number): boolean {
  if (typeof value === "number") return (condition.ranges ?? []).some((range) => inRange(value, range))
  return (condition.values ?? []).includes(value) || (condition.prefixes ?? []).some((prefix) => value.startsWith(prefix))
}

function meets(value: Value, name: string, condition: SetCondition & NumberCondition & PrefixCondition, rules: readonly TerritoryRule[]): boolean {
  if (value === null) return condition.unspecified === true
  if (lists(condition, value)) return true
  return condition.other === true && !rules.some((rule) => rule.when?.[name] !== undefined && lists(rule.when[name], value))
}

export function meetsAll(record: AttributeRecord, rule: TerritoryRule, rules: readonly TerritoryRule[]): boolean {
  return rule.when !== undefined && Object.entries(rule.when).every(([name, condition]) => meets(record[name] ?? null, name, condition as SetCondition, rules))
}

/** Rules that decide for an account, first all that match: none is before another. */
export function deciding(id: string, record: AttributeRecord, { rules, precedence }: RuleSet, meeting: readonly TerritoryRule[] = rules.filter((rule) => meetsAll(record, rule, rules))): TerritoryRule[] {
  const included = rules.filter((rule) => rule.include?.includes(id))
  const matching = included.length > 0 ? included : meeting.filter((rule) => rule.exclude?.includes(id) !== true)
  const place = (rule: TerritoryRule): number => (precedence === "list-order" ? rules.indexOf(rule) : (rule.rank ?? Infinity))
  const best = Math.min(...matching.map(place))
  return matching.filter((rule) => place(rule) === best)
}

/** Values that tell all classes of the arbitrary rules below apart. */
export function valuesOf(dimension: Dimension<unknown>): Value[] {
  const texts = dimension.kind === "number" ? [] : (dimension.values ?? (dimension.kind === "set" ? ["a", "b", "c", "zz"] : ["1", "11", "12", "13", "21", "9"]))
  const numbers = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4].filter((value) => dimension.kind === "number" && value >= (dimension.min ?? -9) && value <= (dimension.max ?? 9) && (dimension.whole !== true || Number.isInteger(value)))
  const known: readonly Value[] = dimension.kind === "number" ? numbers : dimension.kind === "prefix" && dimension.digits !== undefined ? ["10", "11", "12", "21", "90"] : texts
  return dimension.required === true ? [...known] : [...known, null]
}

export function allRecords(dimensions: Dimensions<unknown>): AttributeRecord[] {
  return Object.entries(dimensions).reduce<AttributeRecord[]>((all, [name, dimension]) => all.flatMap((record) => valuesOf(dimension).map((value) => ({ ...record, [name]: value }))), [{}])
}

/** Whether a record lies in a part, by what its members say. */
export function isInPart(record: AttributeRecord, part: SpacePart, rules: readonly TerritoryRule[]): boolean {
  return Object.entries(part).every(([name, members]) => {
    const value = record[name]
    const others = { other: members.other === true, unspecified: members.unspecified === true, values: members.values ?? [], ranges: members.ranges ?? [] }
    if (meets(value, name, others, rules)) return true
    return typeof value === "string" && (members.prefixes ?? []).some(({ prefix, except }) => value.startsWith(prefix) && !except.some((one) => value.startsWith(one)))
  })
}

const special = { other: fc.constantFrom(true, false, false), unspecified: fc.constantFrom(true, false) }
const isGiven = (condition: object): boolean => Object.values(condition).some((member) => (Array.isArray(member) ? member.length > 0 : member === true))
const end = fc.constantFrom(0, 1, 2, 3)
const range: fc.Arbitrary<NumberRange> = fc
  .oneof(fc.record({ min: end }), fc.record({ above: end }), fc.record({ max: end }), fc.record({ below: end }), fc.record({ min: end, max: end }), fc.record({ min: end, below: end }), fc.record({ above: end, max: end }))
  .filter((one: NumberRange) => { const [low, high] = [one.min ?? one.above ?? -9, one.max ?? one.below ?? 9]; return low < high || (low === high && one.min !== undefined && one.max !== undefined) })

const kinds: Record<string, { dimension: fc.Arbitrary<Dimension<unknown>>; condition: fc.Arbitrary<object> }> = {
  s: {
    dimension: fc.record({ kind: fc.constant("set" as const), required: fc.boolean(), values: fc.constantFrom(["a", "b", "c"], ["a", "b", "c", "d", "e"]) }, { requiredKeys: ["kind"] }),
    condition: fc.record({ values: fc.subarray(["a", "b", "c"]), ...special }).filter(isGiven),
  },
  n: {
    dimension: fc.record({ kind: fc.constant("number" as const), required: fc.boolean(), min: fc.constant(0), max: fc.constantFrom(2, 4), whole: fc.boolean() }, { requiredKeys: ["kind"] }),
    condition: fc.record({ ranges: fc.array(range, { maxLength: 2 }), ...special }).filter(isGiven),
  },
  p: {
    dimension: fc.oneof(
      fc.record({ kind: fc.constant("prefix" as const), required: fc.boolean(), values: fc.constantFrom(["11", "12", "21"], ["1", "12", "123", "3"]) }, { requiredKeys: ["kind"] }),
      fc.record({ kind: fc.constant("prefix" as const), required: fc.boolean(), digits: fc.constant(2) }),
    ),
    condition: fc.record({ prefixes: fc.subarray(["1", "11", "12", "2"]), ...special }).filter(isGiven),
  },
}
kinds.t = kinds.s

/** Small rule sets on up to four dimensions, over values that {@link valuesOf} tells apart. */
export const ruleSets: fc.Arbitrary<RuleSet> = fc.subarray(["s", "n", "p", "t"], { minLength: 1, maxLength: 3 }).chain((names) => {
  const when = fc.record(Object.fromEntries(names.map((name) => [name, kinds[name].condition])), { requiredKeys: [] })
  return fc.record({
    dimensions: fc.record(Object.fromEntries(names.map((name) => [name, kinds[name].dimension]))),
    precedence: fc.constantFrom("rank" as const, "rank" as const, "list-order" as const),
    drafts: fc.array(fc.record({ territoryId: fc.constantFrom("north", "south", "west"), rank: fc.constantFrom(null, 1, 2, 3), when, names: fc.array(fc.constantFrom("in x", "ex x", "ex y", "ex y", "no", "no", "no", "no"), { maxLength: 2 }) }), { minLength: 1, maxLength: 7 }),
  }).map(({ dimensions, precedence, drafts }) => ({
    dimensions: dimensions as Dimensions<unknown>,
    precedence,
    rules: drafts.map(({ territoryId, rank, when, names }, r): TerritoryRule => {
      const include = names.includes("in x") ? ["x"] : []
      const exclude = [...new Set(names.filter((name) => name.startsWith("ex")).map((name) => name.slice(3)))].filter((id) => !include.includes(id))
      return { id: `r${r}`, territoryId, when, include, exclude, ...(rank === null || precedence === "list-order" ? {} : { rank }) }
    }),
  }))
})
