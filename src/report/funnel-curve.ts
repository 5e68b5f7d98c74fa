import type { KpiVerdict } from "../performance/performance-result.js"

type Funnel = NonNullable<KpiVerdict["funnel"]>

/** Limits of a funnel at one size. */
export type FunnelLimits = Pick<Funnel, "limits95" | "limits998">

/** A territory's size and its limits. */
export interface FunnelPoint {
  readonly size: number
  readonly funnel: FunnelLimits
}

export const Z_95 = 1.959963984540054
export const Z_998 = 3.090232306167813

/** Of the width of the limits. */
const TOLERANCE = 1e-6

/**
 * The limits as a function of size, where the stored limits of all territories lie on one: target +- z sqrt(variance / size + spread^2). So
 * they do for proportions, by the number of trials, where the variance is target (1 - target); for any other figure only if its rows vary
 * alike everywhere, which three sizes or more must show. Null where they do not: a curve would show limits that no territory has. O(k).
 *
 * @param points k, sizes > 0
 */
export function funnelCurve(points: readonly FunnelPoint[], target: number): ((size: number) => FunnelLimits) | null {
  if (points.length < 2) return null
  const byError = points.map(({ size, funnel }) => ({ inverse: 1 / size, error: standardError(funnel, target), funnel })).sort((a, b) => a.inverse - b.inverse)
  const open = byError.filter(({ error, funnel }) => error !== null && isOpen(funnel, target))
  const [first, last] = [open.at(0), open.at(-1)]
  if (first?.error == null || last?.error == null) return null
  const candidates = target > 0 && target < 1 ? [{ variance: target * (1 - target), isProportion: true }] : []
  const sizes = new Set(open.map((point) => point.inverse))
  if (sizes.size >= 3) candidates.push({ variance: Math.max(0, (last.error ** 2 - first.error ** 2) / (last.inverse - first.inverse)), isProportion: false })
  for (const { variance, isProportion } of candidates) {
    const spread2 = Math.max(0, first.error ** 2 - variance * first.inverse)
    const limits = (inverse: number): FunnelLimits => limitsAround(target, Math.sqrt(variance * inverse + spread2), isProportion)
    if (byError.every(({ inverse, funnel }) => isSame(limits(inverse), funnel))) return (size) => limits(1 / size)
  }
  return null
}

/** Limits at a standard error, of a proportion kept between 0 and 1. */
export function limitsAround(target: number, error: number, isProportion: boolean): FunnelLimits {
  const limit = (z: number): { low: number; high: number } => {
    const [low, high] = [target - z * error, target + z * error]
    return isProportion ? { low: Math.max(0, low), high: Math.min(1, high) } : { low, high }
  }
  return { limits95: limit(Z_95), limits998: limit(Z_998) }
}

/** The standard error that the limits stand for, by the side that is farther from the target: the other may be cut at 0 or 1. */
export function standardError({ limits95 }: FunnelLimits, target: number): number | null {
  const error = Math.max(limits95.high / Z_95 - target / Z_95, target / Z_95 - limits95.low / Z_95)
  return error > 0 && Number.isFinite(error) ? error : null
}

/** Not cut on both sides. */
function isOpen({ limits95 }: FunnelLimits, target: number): boolean {
  return !(limits95.low === 0 && limits95.high === 1) || target <= 0 || target >= 1
}

function isSame(a: FunnelLimits, b: FunnelLimits): boolean {
  const width = Math.max(b.limits998.high - b.limits998.low, a.limits998.high - a.limits998.low)
  const pairs = [[a.limits95.low, b.limits95.low], [a.limits95.high, b.limits95.high], [a.limits998.low, b.limits998.low], [a.limits998.high, b.limits998.high]]
  return Number.isFinite(width) && pairs.every(([x, y]) => Math.abs(x - y) <= TOLERANCE * width)
}
