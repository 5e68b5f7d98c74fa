import { powerOfTen } from "../../math/exact/power-of-ten.js"
import type { Atom, Atoms, Value } from "./atom.js"
import type { ReadDimension } from "./read-dimensions.js"
import { rulesByText, rulesWith, type RuleConditions } from "./set-atoms.js"

/**
 * Every listed prefix is an atom: what begins with it, and with no longer one that is listed. A rule that lists "50" holds there on "506"
 * too. O(letters of all prefixes + rules at all atoms).
 */
export function prefixAtoms(dimension: ReadDimension, conditions: RuleConditions): Atoms {
  const listed = rulesByText(conditions)
  const prefixes = [...listed.keys()]
  const at = new Map(prefixes.map((prefix, a) => [prefix, a]))
  const lengths = [...new Set(prefixes.map((prefix) => prefix.length))].sort((a, b) => b - a)
  const longest = (text: string, below: number): number => {
    for (const length of lengths) {
      const found = length < below && length <= text.length ? at.get(text.slice(0, length)) : undefined
      if (found !== undefined) return found
    }
    return prefixes.length
  }

  // shorter prefixes sort before the longer ones that begin with them
  const rulesAt: number[][] = []
  const longer: string[][] = [...prefixes.map(() => []), []]
  prefixes.forEach((prefix, a) => {
    const parent = longest(prefix, prefix.length)
    longer[parent].push(prefix)
    rulesAt[a] = [...new Set([...(rulesAt[parent] ?? []), ...(listed.get(prefix) as number[])])]
  })
  const samples = sampleAll(dimension, prefixes, longer, (text) => longest(text, Infinity))
  const cells = prefixes.map((prefix, a): Atom => ({ kind: "prefix", prefix, except: longer[a], sample: samples[a] ?? prefix }))
  return {
    atoms: [...cells, { kind: "other", sample: samples[prefixes.length] ?? "OTHER" }, { kind: "unspecified", sample: null }],
    isPossible: [...samples.map((sample) => sample !== null), !dimension.isRequired],
    rulesAt: [...rulesAt, rulesWith(conditions, "other"), rulesWith(conditions, "unspecified")],
    atomOf: (value: Value): number => (value === null ? prefixes.length + 1 : longest(value as string, Infinity)),
  }
}

/** A value in every atom but `UNSPECIFIED`; null: none can be there. */
function sampleAll(dimension: ReadDimension, prefixes: readonly string[], longer: readonly (readonly string[])[], atomOf: (text: string) => number): (string | null)[] {
  if (dimension.values !== null) {
    const samples = longer.map((): string | null => null)
    for (const value of dimension.values) {
      const a = atomOf(value)
      const least = samples[a]
      if (least === null || value < least) samples[a] = value
    }
    return samples
  }
  const { digits } = dimension
  if (digits !== null) return [...prefixes, ""].map((prefix, a) => digitsBeside(prefix, longer[a], digits))
  return [...prefixes, freshBeginning(prefixes)]
}

/** The smallest number of so many digits that begins with one prefix and with none of the longer ones; null: these take all. */
function digitsBeside(prefix: string, longer: readonly string[], digits: number): string | null {
  const taken = longer.reduce((count, one) => count + powerOfTen(digits - one.length), 0)
  if (taken >= powerOfTen(digits - prefix.length)) return null
  if (longer.length === 0) return prefix.padEnd(digits, "0")
  for (let digit = 0; digit < 10; digit++) {
    const next = prefix + String(digit)
    const inside = longer.filter((one) => one.startsWith(next))
    const found = inside.includes(next) ? null : digitsBeside(next, inside, digits)
    if (found !== null) return found
  }
  return null
}

/** A text that begins with no prefix: "OTHER", or the first visible character that none begins with. */
function freshBeginning(prefixes: readonly string[]): string {
  if (!prefixes.some((prefix) => "OTHER".startsWith(prefix))) return "OTHER"
  const firsts = new Set(prefixes.map((prefix) => prefix[0]))
  let code = 0x30
  while (firsts.has(String.fromCharCode(code))) code++
  return String.fromCharCode(code)
}
