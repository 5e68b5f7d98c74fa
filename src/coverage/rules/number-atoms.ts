import type { Atom, Atoms, RangeAtom, Value } from "./atom.js"
import type { ReadRange } from "./read-condition.js"
import type { ReadDimension } from "./read-dimensions.js"
import { rulesWith, type RuleConditions } from "./set-atoms.js"

/**
 * The ends of all ranges cut the line into points and the open stretches between them: atom 2e + 1 is end e, atom 2e the stretch before it.
 * O(ends log ends + atoms of all ranges).
 */
export function numberAtoms(dimension: ReadDimension, conditions: RuleConditions): Atoms {
  const ranges = conditions.flatMap(({ condition }) => condition.ranges)
  const ends = [...new Set([...ranges.flatMap(({ low, high }) => [low, high]), dimension.min + 0, dimension.max + 0])].filter(Number.isFinite).sort((a, b) => a - b)
  const place = new Map(ends.map((end, e) => [end, e]))
  const stretches = Array.from({ length: 2 * ends.length + 1 }, (_, a) => (a % 2 === 1 ? pointAtom(ends[(a - 1) / 2]) : openAtom(ends[a / 2 - 1] ?? -Infinity, ends[a / 2] ?? Infinity)))

  const rulesAt: number[][] = stretches.map(() => [])
  for (const { r, condition } of conditions) {
    const own = new Set(condition.ranges.flatMap((range) => atomsWithin(range, place, stretches.length)))
    for (const a of own) rulesAt[a].push(r)
  }
  // OTHER is what no range of any rule holds
  const others = rulesWith(conditions, "other")
  const withOthers = rulesAt.map((rules) => (rules.length === 0 ? others : rules))
  return {
    atoms: [...stretches.map((stretch): Atom => stretch.atom), { kind: "unspecified", sample: null }],
    isPossible: [...stretches.map(({ atom, isEmpty }) => !isEmpty && atom.low >= dimension.min && atom.high <= dimension.max && (!dimension.isWhole || Number.isInteger(atom.sample))), !dimension.isRequired],
    rulesAt: [...withOthers, rulesWith(conditions, "unspecified")],
    atomOf: (value: Value): number => (value === null ? stretches.length : atomAt(value as number, ends)),
  }
}

interface Stretch {
  readonly atom: RangeAtom
  /** There is no number between two that follow one another. */
  readonly isEmpty: boolean
}

function pointAtom(end: number): Stretch {
  return { atom: { kind: "range", low: end, isLowOpen: false, high: end, isHighOpen: false, sample: end }, isEmpty: false }
}

function openAtom(low: number, high: number): Stretch {
  const sample = numberBetween(low, high)
  return { atom: { kind: "range", low, isLowOpen: true, high, isHighOpen: true, sample: sample ?? low }, isEmpty: sample === null }
}

/** A number between two others, a whole one if there is one, near to one of them; null: there is none. */
function numberBetween(low: number, high: number): number | null {
  const candidates = low === -Infinity ? (high === Infinity ? [0] : [Math.ceil(high) - 1, -Number.MAX_VALUE]) : [Math.floor(low) + 1, low / 2 + high / 2, Number.MAX_VALUE]
  const found = candidates.find((candidate) => candidate > low && candidate < high)
  return found === undefined ? null : found + 0
}

function atomsWithin(range: ReadRange, place: ReadonlyMap<number, number>, count: number): number[] {
  const first = range.low === -Infinity ? 0 : 2 * (place.get(range.low) as number) + (range.isLowOpen ? 2 : 1)
  const last = range.high === Infinity ? count - 1 : 2 * (place.get(range.high) as number) + (range.isHighOpen ? 0 : 1)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, a) => first + a)
}

/** Halves the ends. */
function atomAt(value: number, ends: readonly number[]): number {
  let from = 0
  let to = ends.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if (ends[middle] < value) from = middle + 1
    else to = middle
  }
  return from < ends.length && ends[from] === value ? 2 * from + 1 : 2 * from
}
