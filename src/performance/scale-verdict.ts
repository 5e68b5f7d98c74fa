import type { KpiValue, KpiVerdict } from "./performance-result.js"

type Span = { readonly low: number; readonly high: number }

/** A number as an index where `whole` is 100; null where it is beyond the range of numbers. */
const indexOf = (number: number | null, whole: number): number | null => {
  const index = number === null ? null : number === whole ? 100 : (number * 100) / whole
  return index === null || !Number.isFinite(index) ? null : index
}

/** A value as an index where 100 is the whole. Sums stay as they are. @param whole > 0; null: there is no such unit, and no value */
export function scaleValue<V extends KpiValue>(value: V, whole: number | null): V {
  const index = whole === null ? null : indexOf(value.value, whole)
  const atLeast = whole === null ? null : indexOf(value.atLeast, whole)
  if (whole === null || (index === null && value.value !== null)) return { ...value, value: null, interval: null, intervalMethod: null, atLeast, flag: value.flag === "no-denominator" ? value.flag : "out-of-range" }
  const interval = scaleSpan(value.interval, whole)
  return { ...value, value: index, interval, intervalMethod: interval && value.intervalMethod, atLeast }
}

/** The same for a verdict; indices of like with like have no unit, mix and rate have. */
export function scaleVerdict(verdict: KpiVerdict, whole: number | null): KpiVerdict {
  const { funnel, likeForLike } = verdict
  const scaled = scaleValue(verdict, whole)
  const shrunken = whole === null ? null : scaleSpan(verdict.shrunken, whole)
  const drawn = shrunken === null || whole === null ? null : indexOf(shrunken.value, whole)
  const limits = funnel === null || whole === null ? [] : [scaleSpan(funnel.limits95, whole), scaleSpan(funnel.limits998, whole)]
  const [limits95 = null, limits998 = null] = limits
  const mix = likeForLike === null || whole === null ? null : indexOf(likeForLike.mix, whole)
  const rate = likeForLike === null || whole === null ? null : indexOf(likeForLike.rate, whole)
  return {
    ...scaled,
    shrunken: shrunken === null || drawn === null ? null : { ...shrunken, value: drawn },
    rank: scaled.value === null ? null : verdict.rank,
    funnel: funnel === null || limits95 === null || limits998 === null ? null : { ...funnel, limits95, limits998 },
    deviation: scaled.value === null ? null : verdict.deviation,
    comparedWith: verdict.comparedWith && { ...verdict.comparedWith, value: whole === null ? null : indexOf(verdict.comparedWith.value, whole) },
    likeForLike: likeForLike && { ...likeForLike, mix: rate === null ? null : mix, rate: mix === null ? null : rate },
  }
}

/** Null where an end is beyond the range of numbers. */
function scaleSpan<S extends Span>(span: S | null, whole: number): S | null {
  if (span === null) return null
  const [low, high] = [indexOf(span.low, whole), indexOf(span.high, whole)]
  return low === null || high === null ? null : { ...span, low, high }
}
