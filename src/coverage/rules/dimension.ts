import type { TextField } from "../../model/read-text-field.js"

/** A number of an account, by the name of the field or by a function of the account; null or undefined: it has none. */
export type OptionalNumberField<A> = string | ((account: A) => number | null | undefined)

/** What all kinds of dimensions may say. */
interface AnyDimension {
  /** Every account has a value: `UNSPECIFIED` cannot occur. Default false. */
  readonly required?: boolean
}

/** Values compared to the letter: an industry, a county, the id of an area. */
export interface SetDimension<A> extends AnyDimension {
  readonly kind: "set"
  /** Where an account has it; default: the field that is called like the dimension. */
  readonly field?: TextField<A>
  /** All values that there are. Default: any text may occur. */
  readonly values?: readonly string[]
}

/** Numbers on a line: employees, revenue, a longitude. */
export interface NumberDimension<A> extends AnyDimension {
  readonly kind: "number"
  /** Where an account has it; default: the field that is called like the dimension. */
  readonly field?: OptionalNumberField<A>
  /** The least value that there is. Default: none. */
  readonly min?: number
  /** The greatest value that there is. Default: none. */
  readonly max?: number
  /** Whole numbers only, so that nothing lies between 9 and 10. Default false. */
  readonly whole?: boolean
}

/** Codes that are told apart by how they begin, such as ZIP codes by their first three digits. */
export interface PrefixDimension<A> extends AnyDimension {
  readonly kind: "prefix"
  /** Where an account has it; default: the field that is called like the dimension. */
  readonly field?: TextField<A>
  /** All values that there are. Default: any text may occur. */
  readonly values?: readonly string[]
  /** Every value has exactly so many digits, 1 to 15, and nothing else: 5 for ZIP codes. Default: any text may occur. */
  readonly digits?: number
}

/**
 * One attribute that rules may ask for. Every kind has two more members than those that rules list: `OTHER`, a value that no rule lists
 * in this dimension, and `UNSPECIFIED`, no value at all. `values`, `min`, `max`, `whole`, `digits` and `required` say what cannot occur;
 * what `analyzeRules` proves holds for the rest.
 *
 * An area is a set dimension over the ids of areas; a box of longitudes and latitudes is two number dimensions.
 */
export type Dimension<A> = SetDimension<A> | NumberDimension<A> | PrefixDimension<A>

/** Dimensions by name. */
export type Dimensions<A> = Readonly<Record<string, Dimension<A>>>
