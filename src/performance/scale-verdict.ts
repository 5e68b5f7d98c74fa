import type { KpiValue, KpiVerdict } from "./performance-result.js"

type Span = { readonly low: number; readonly high: number }

/** A value in another unit: an index where 100 is the whole. Sums stay as they are. @param factor null: there is no such unit, and no value */
export function scaleValue<V extends KpiValue>(value: V, factor: number | null): V {
  if (factor === null) return { ...value, value: null, interval: null, intervalMethod: null, atLeast: null, flag: value.flag ?? "out-of-range" }
  return {
    ...value,
    value: value.value === null ? null : value.value * factor,
    interval: scaleSpan(value.interval, factor),
    atLeast: value.atLeast === null ? null : value.atLeast * factor,
  }
}

/** The same for a verdict; indices of like with like have no unit, mix and rate have. */
export function scaleVerdict(verdict: KpiVerdict, factor: number | null): KpiVerdict {
  const { shrunken, funnel, likeForLike } = verdict
  if (factor === null) return { ...scaleValue(verdict, null), shrunken: null, rank: null, funnel: null, deviation: null }
  return {
    ...scaleValue(verdict, factor),
    shrunken: shrunken && { ...scaleSpan(shrunken, factor), value: shrunken.value * factor },
    funnel: funnel && { ...funnel, limits95: scaleSpan(funnel.limits95, factor), limits998: scaleSpan(funnel.limits998, factor) },
    likeForLike: likeForLike && {
      ...likeForLike,
      mix: likeForLike.mix === null ? null : likeForLike.mix * factor,
      rate: likeForLike.rate === null ? null : likeForLike.rate * factor,
    },
  }
}

function scaleSpan<S extends Span | null>(span: S, factor: number): S {
  return span && { ...span, low: span.low * factor, high: span.high * factor }
}
