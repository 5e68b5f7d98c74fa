import { show } from "../../model/issue.js"
import type { Atom, RangeAtom } from "./atom.js"
import type { AttributeRecord, PartMembers, SpacePart } from "./rule-analysis.js"
import type { RuleSpace } from "./rule-space.js"
import type { NumberRange } from "./territory-rule.js"

type Mutable<T> = { -readonly [key in keyof T]: T[key] }

/** Classes per dimension in the words of the rules; dimensions in which nothing is left out are not named. */
export function namePart(space: RuleSpace, part: readonly (readonly number[])[]): SpacePart {
  return Object.fromEntries(
    space.dimensions.flatMap(({ name, classes, possible }, d) => (part[d].length === possible.length ? [] : [[name, nameMembers(part[d].flatMap((c) => classes[c]))]])),
  )
}

/** The named dimensions of a point as attributes: of every class the first value, and one that is given rather than none. */
export function nameWitness(space: RuleSpace, point: readonly number[], named: readonly number[]): AttributeRecord {
  return Object.fromEntries(named.map((d) => [space.dimensions[d].name, space.dimensions[d].classes[point[d]][0].sample]))
}

/** A witness in one line, `employees 12, industry "retail"`. */
export function sayWitness(witness: AttributeRecord): string {
  const words = Object.entries(witness).map(([name, value]) => `${name} ${value === null ? "unspecified" : show(value)}`)
  return words.length === 0 ? "any record" : words.join(", ")
}

function nameMembers(atoms: readonly Atom[]): PartMembers {
  const members: Mutable<PartMembers> = {}
  const values = atoms.flatMap((atom) => (atom.kind === "value" ? [atom.sample] : []))
  const ranges = atoms.filter((atom) => atom.kind === "range")
  const prefixes = atoms.flatMap((atom) => (atom.kind === "prefix" ? [{ prefix: atom.prefix, except: atom.except }] : []))
  if (values.length > 0) members.values = values.sort()
  if (ranges.length > 0) members.ranges = joinRanges(ranges)
  if (prefixes.length > 0) members.prefixes = prefixes
  if (atoms.some((atom) => atom.kind === "other")) members.other = true
  if (atoms.some((atom) => atom.kind === "unspecified")) members.unspecified = true
  return members
}

/** Stretches that touch become one. */
function joinRanges(atoms: readonly RangeAtom[]): NumberRange[] {
  const sorted = [...atoms].sort((a, b) => a.low - b.low || Number(a.isLowOpen) - Number(b.isLowOpen))
  const joined: Mutable<RangeAtom>[] = []
  for (const atom of sorted) {
    const last = joined.at(-1)
    if (last !== undefined && last.high === atom.low && !(last.isHighOpen && atom.isLowOpen)) {
      last.high = atom.high
      last.isHighOpen = atom.isHighOpen
    } else joined.push({ ...atom })
  }
  return joined.map(({ low, isLowOpen, high, isHighOpen }) => ({
    ...(low === -Infinity ? {} : isLowOpen ? { above: low } : { min: low }),
    ...(high === Infinity ? {} : isHighOpen ? { below: high } : { max: high }),
  }))
}
