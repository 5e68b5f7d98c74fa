import { Z_95, Z_998 } from "../math/stats/normal-limits.js"
import type { KpiValue, KpiVerdict } from "../performance/performance-result.js"

type Funnel = NonNullable<KpiVerdict["funnel"]>

/** Limits of a funnel at one size. */
export type FunnelLimits = Pick<Funnel, "limits95" | "limits998">

/** A territory's size and its limits. */
export interface FunnelPoint {
  readonly size: number
  readonly funnel: FunnelLimits
}

/** Of the width of the limits. */
const TOLERANCE = 1e-6

/** How the limits of a funnel follow from size, and where they end. */
export interface FunnelCurve extends LimitEnds {
  readonly limitsAt: (size: number) => FunnelLimits
}

/** Limits do not go beyond: a proportion lies between 0 and 1, a count is not below 0. */
export interface LimitEnds {
  readonly floor: number
  readonly ceiling: number
}

/** Limits of money may lie anywhere. */
export const NO_ENDS: LimitEnds = Object.freeze({ floor: -Infinity, ceiling: Infinity })

/** What the figure is over everything: its value in the unit that is shown, and the sums it comes from. */
export type FunnelTarget = Pick<KpiValue, "numerator" | "denominator"> & { readonly value: number }

/**
 * The limits as a function of size, where the stored limits of all territories lie on one: target +- z sqrt(variance / size + spread^2).
 * By the denominator they do so for proportions, variance p (1 - p), and for counts, p; by the numerator for amounts per count, p^3; for
 * any other figure only if its rows vary alike everywhere, which three sizes or more must show. Null where they do not: a curve would
 * show limits that no territory has. O(k log k).
 *
 * @param points k, sizes > 0
 */
export function funnelCurve(points: readonly FunnelPoint[], target: FunnelTarget): FunnelCurve | null {
  if (points.length < 2) return null
  const byError = points.map(({ size, funnel }) => ({ inverse: 1 / size, error: standardError(funnel, target.value), funnel })).sort((a, b) => a.inverse - b.inverse)
  for (const { variance, floor, ceiling } of candidates(byError, target)) {
    const first = byError.find(({ error, funnel }) => error !== null && !(funnel.limits95.low <= floor && funnel.limits95.high >= ceiling))
    if (first === undefined || first.error === null) continue
    const spread2 = Math.max(0, first.error ** 2 - variance * first.inverse)
    const limits = (inverse: number): FunnelLimits => limitsAround(target.value, Math.sqrt(variance * inverse + spread2), { floor, ceiling })
    if (byError.every(({ inverse, funnel }) => isSame(limits(inverse), funnel))) return { floor, ceiling, limitsAt: (size) => limits(1 / size) }
  }
  return null
}

type Candidate = LimitEnds & { readonly variance: number }

function candidates(points: readonly { readonly inverse: number; readonly error: number | null }[], { value, numerator, denominator }: FunnelTarget): Candidate[] {
  const p = numerator / denominator
  // 1, or what makes an index of it
  const unit = value / p
  const known: Candidate[] = [{ variance: p * (1 - p), floor: 0, ceiling: 1 }, { variance: p, floor: 0, ceiling: Infinity }, { variance: p * p * p, floor: 0, ceiling: Infinity }]
  const inUnit = known.map((one) => ({ variance: one.variance * unit ** 2, floor: 0, ceiling: one.ceiling * unit }))
  const [first, last] = [points.at(0), points.at(-1)]
  const isSeen = first?.error != null && last?.error != null && new Set(points.map((point) => point.inverse)).size >= 3
  const seen = isSeen ? [{ variance: ((last.error ?? 0) ** 2 - (first.error ?? 0) ** 2) / (last.inverse - first.inverse), ...NO_ENDS }] : []
  return [...inUnit, ...seen].filter(({ variance, ceiling }) => variance >= 0 && Number.isFinite(variance) && ceiling > 0)
}

/** Limits at a standard error, kept between the ends. */
export function limitsAround(target: number, error: number, { floor, ceiling }: LimitEnds): FunnelLimits {
  const limit = (z: number): { low: number; high: number } => ({ low: Math.max(floor, target - z * error), high: Math.min(ceiling, target + z * error) })
  return { limits95: limit(Z_95), limits998: limit(Z_998) }
}

/** The standard error that the limits stand for, by the side that is farther from the target: the other may be cut. */
export function standardError({ limits95 }: FunnelLimits, target: number): number | null {
  const error = Math.max(limits95.high / Z_95 - target / Z_95, target / Z_95 - limits95.low / Z_95)
  return error > 0 && Number.isFinite(error) ? error : null
}

function isSame(a: FunnelLimits, b: FunnelLimits): boolean {
  const width = Math.max(b.limits998.high - b.limits998.low, a.limits998.high - a.limits998.low)
  const pairs = [[a.limits95.low, b.limits95.low], [a.limits95.high, b.limits95.high], [a.limits998.low, b.limits998.low], [a.limits998.high, b.limits998.high]]
  return Number.isFinite(width) && pairs.every(([x, y]) => Math.abs(x - y) <= TOLERANCE * width)
}
