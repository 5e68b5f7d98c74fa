/**
 * A part of a dimension that no rule divides: a listed value, a stretch between two ends of ranges, what begins with a prefix and with no
 * longer one that is listed, `OTHER`, `UNSPECIFIED`. Every value is in exactly one.
 */
export type Atom = ValueAtom | RangeAtom | PrefixAtom | OtherAtom | UnspecifiedAtom

export interface ValueAtom {
  readonly kind: "value"
  readonly sample: string
}
export interface RangeAtom {
  readonly kind: "range"
  readonly low: number
  readonly isLowOpen: boolean
  readonly high: number
  readonly isHighOpen: boolean
  readonly sample: number
}
export interface PrefixAtom {
  readonly kind: "prefix"
  readonly prefix: string
  /** Longer prefixes that are listed, and begin with no other such. */
  readonly except: readonly string[]
  readonly sample: string
}
export interface OtherAtom {
  readonly kind: "other"
  readonly sample: string
}
export interface UnspecifiedAtom {
  readonly kind: "unspecified"
  readonly sample: null
}

/** A value of an account; null: none. */
export type Value = string | number | null

/** The atoms of one dimension. */
export interface Atoms {
  readonly atoms: readonly Atom[]
  /** Whether an account may have such a value, as the dimension is declared. */
  readonly isPossible: readonly boolean[]
  /** By atom, the rules whose condition holds there; rules without a condition on the dimension are not among them. */
  readonly rulesAt: readonly (readonly number[])[]
  /** The atom of any value, also of one that is declared impossible. */
  atomOf(value: Value): number
}
