import { addBit, emptyBits, hasBit, keepBits, keyOfBits, type Bits } from "../../math/cover/bits.js"
import { turnBoxes, type Boxes } from "../../math/cover/find-uncovered.js"
import type { Atom, Value } from "./atom.js"
import { isAdmitted } from "./excluded-value.js"
import { numberAtoms } from "./number-atoms.js"
import { prefixAtoms } from "./prefix-atoms.js"
import type { ReadDimension } from "./read-dimensions.js"
import type { ReadRule } from "./read-rules.js"
import { setAtoms } from "./set-atoms.js"

/** One dimension, its atoms gathered into classes: what the same rules hold is one class. */
export interface SpaceDimension {
  readonly name: string
  /** Atoms of every class, in the order of the dimension. */
  readonly classes: readonly (readonly Atom[])[]
  /** Classes that an account may be in, ascending. */
  readonly possible: readonly number[]
  /** By class, the rules that hold there. */
  readonly holders: readonly Bits[]
  /** The class of any value, and whether the dimension is declared to have it. */
  classOf(value: Value): number
  admits(value: Value): boolean
}

/** The space of attributes as rules divide it. Rules are numbered by their place. */
export interface RuleSpace extends Boxes {
  readonly dimensions: readonly SpaceDimension[]
  readonly rules: readonly ReadRule[]
  /** Rules with conditions; the others hold nowhere. */
  readonly conditional: Bits
}

/** Divides every dimension. O(members of all rules x rules / 32). */
export function compileSpace(dimensions: readonly ReadDimension[], rules: readonly ReadRule[]): RuleSpace {
  const conditional = emptyBits(rules.length)
  rules.forEach(({ when }, r) => {
    if (when !== null) addBit(conditional, r)
  })
  const compiled = dimensions.map((dimension) => compileDimension(dimension, rules))
  return { dimensions: compiled, rules, conditional, ...turnBoxes(rules.length, compiled.map(({ holders }) => holders)) }
}

function compileDimension(dimension: ReadDimension, rules: readonly ReadRule[]): SpaceDimension {
  const conditions = rules.flatMap(({ when }, r) => {
    const condition = when?.get(dimension.name)
    return condition === undefined ? [] : [{ r, condition }]
  })
  const unasked = emptyBits(rules.length)
  rules.forEach(({ when }, r) => {
    if (when !== null && !when.has(dimension.name)) addBit(unasked, r)
  })
  const { atoms, isPossible, rulesAt, atomOf } = (dimension.kind === "set" ? setAtoms : dimension.kind === "number" ? numberAtoms : prefixAtoms)(dimension, conditions)

  const byKey = new Map<string, number>()
  const classes: Atom[][] = []
  const holders: Bits[] = []
  const possible: number[] = []
  const classOfAtom = atoms.map((atom, a) => {
    const bits = unasked.slice()
    for (const r of rulesAt[a]) addBit(bits, r)
    const key = (isPossible[a] ? "+" : "-") + keyOfBits(bits)
    const known = byKey.get(key)
    if (known !== undefined) {
      classes[known].push(atom)
      return known
    }
    byKey.set(key, classes.length)
    if (isPossible[a]) possible.push(classes.length)
    holders.push(bits)
    return classes.push([atom]) - 1
  })
  return {
    name: dimension.name,
    classes,
    possible,
    holders,
    classOf: (value) => classOfAtom[atomOf(value)],
    admits: (value) => isAdmitted(dimension, value),
  }
}

/** All that can be. */
export function wholeSpace(space: RuleSpace): (readonly number[])[] {
  return space.dimensions.map(({ possible }) => possible)
}

/** What several rules hold at once, as classes per dimension. */
export function sharedPart(space: RuleSpace, rules: readonly number[]): (readonly number[])[] {
  return space.dimensions.map(({ possible, holders }) => possible.filter((c) => rules.every((r) => hasBit(holders[c], r))))
}

/** The rules that hold at a point. */
export function rulesAtPoint(space: RuleSpace, point: readonly number[]): Bits {
  const bits = space.conditional.slice()
  point.forEach((c, d) => keepBits(bits, space.holders[d][c]))
  return bits
}
