/** How far a figure is from what all have in common, in standard errors of its size. */
export interface FunnelPosition {
  readonly z: number
  /** The same if figures differ by more than chance alone: with their over-dispersion. */
  readonly adjustedZ: number
}

/** Positions of all, and what they have in common. */
export interface Funnel {
  readonly positions: readonly FunnelPosition[]
  /** Mean of the winsorized squares: 1 where chance alone tells figures apart. */
  readonly overDispersion: number
  /** Standard deviation of the true figures beyond chance; 0 where there is no over-dispersion. */
  readonly spread: number
}

/** The share of figures at each end that are drawn in before the dispersion is taken. */
const WINSORIZED = 0.1

/**
 * Figures against a target, by what each is worth: z = (figure - target) / error; where the winsorized mean square phi exceeds (k - 1) / k, the
 * figures have a spread of their own, tau^2 = (k phi - (k - 1)) / (sum w - sum w^2 / sum w) with w = 1 / error^2, which adds to every variance.
 * O(k log k).
 *
 * Source: Spiegelhalter, Statist. Med. 24, 2005, sections 2 and 3 and appendix A.
 *
 * @param values and @param errors k; errors > 0
 */
export function placeInFunnel(values: readonly number[], errors: readonly number[], target: number): Funnel {
  const k = values.length
  const zs = values.map((value, t) => (value - target) / errors[t])
  const sorted = [...zs].sort((a, b) => a - b)
  const cut = Math.floor(WINSORIZED * k)
  const [least, most] = [sorted[cut] ?? 0, sorted[k - 1 - cut] ?? 0]
  const overDispersion = k === 0 ? 1 : zs.reduce((sum, z) => sum + Math.min(most, Math.max(least, z)) ** 2, 0) / k
  const weights = errors.map((error) => 1 / error ** 2)
  const weight = weights.reduce((sum, w) => sum + w, 0)
  const room = weight - weights.reduce((sum, w) => sum + w * w, 0) / weight
  const spread2 = room > 0 ? Math.max(0, (k * overDispersion - (k - 1)) / room) : 0
  return {
    overDispersion,
    spread: Math.sqrt(spread2),
    positions: zs.map((z, t) => ({ z, adjustedZ: (values[t] - target) / Math.sqrt(errors[t] ** 2 + spread2) })),
  }
}
