import { formatCount } from "../../model/format-amount.js"
import { show } from "../../model/issue.js"
import { correctDigits, createListCorrector, type ListCorrector } from "../correct-text.js"
import type { Value } from "./atom.js"
import type { ReadDimension } from "./read-dimensions.js"
import type { ExcludedValue } from "./routing-result.js"

/** Pairs of an excluded and a declared value up to which near spellings are looked for: half a second's work. */
const MAX_PAIRS = 1e6

/** Whether a dimension is declared to have a value. O(letters). */
export function isAdmitted(dimension: ReadDimension, value: Value): boolean {
  if (value === null) return !dimension.isRequired
  if (typeof value === "number") return value >= dimension.min && value <= dimension.max && (!dimension.isWhole || Number.isInteger(value))
  if (dimension.digits !== null) return value.length === dimension.digits && /^[0-9]+$/.test(value)
  return dimension.values === null || dimension.values.has(value)
}

/**
 * Questions about the excluded values of one dimension: what each was probably meant to be. Every value is looked at once.
 * O(values), and O(excluded values x declared values) for near spellings while that is at most a million.
 *
 * @param values all of the call, also admitted ones
 */
export function questionExcluded(dimension: ReadDimension, values: readonly Value[]): ReadonlyMap<Value, ExcludedValue> {
  const excluded = new Set(values.filter((value) => !isAdmitted(dimension, value)))
  const corrector = dimension.values === null ? null : createListCorrector(dimension.values)
  const isNearWanted = excluded.size * (dimension.values?.size ?? 0) <= MAX_PAIRS
  return new Map([...excluded].map((value) => [value, question(dimension, value, corrector, isNearWanted)]))
}

function question(dimension: ReadDimension, value: Value, corrector: ListCorrector | null, isNearWanted: boolean): ExcludedValue {
  const { name, digits } = dimension
  if (value === null) return { dimension: name, value, why: "is missing, though it is required", meant: null, question: "what is it?" }
  if (typeof value === "number") return questionNumber(dimension, value)
  const correction = digits !== null ? correctDigits(value, digits) : (corrector?.correct(value, isNearWanted) ?? null)
  const why = digits !== null ? `is not made of ${formatCount(digits, "digit")}` : "is not among the declared values"
  return { dimension: name, value, why, meant: correction?.meant ?? null, question: correction?.question ?? "what was meant?" }
}

/** A sign too many, another unit, a share of something whole. */
function questionNumber(dimension: ReadDimension, value: number): ExcludedValue {
  const { name, min, max } = dimension
  const why = value < min ? `is below min ${min}` : value > max ? `is above max ${max}` : "is not a whole number"
  if (isAdmitted(dimension, -value)) return { dimension: name, value, why, meant: -value, question: `was ${show(-value)} meant?` }
  const unknown = value < min || value > max ? "is it in another unit?" : "is it an average?"
  return { dimension: name, value, why, meant: null, question: unknown }
}
