import { powerOfTwo } from "../math/exact/float-words.js"

/**
 * Points as whole numbers of a quantum that is a power of two. Every score, baseline and contribution is such a number of at
 * most 2^46 quanta, so that their sums and differences are exact in double precision, in any order: contributions add up to
 * score - baseline by construction, not by luck.
 */
export interface PointGrid {
  readonly quantum: number
  /** The lowest score, in quanta. */
  readonly low: number
  /** Quanta between the lowest and the highest score. */
  readonly span: number
}

/** Bits for the larger end of the scale: points are resolved to about 1e-13 of it. */
const BITS = 44

/** The grid of a scale, low < high. Ends that are whole numbers are hit exactly; others from inside, to 2^-43 of the larger. */
export function pointGrid(low: number, high: number): PointGrid {
  const largest = Math.max(Math.abs(low), Math.abs(high))
  let quantum = powerOfTwo(-BITS)
  while (largest / quantum > powerOfTwo(BITS)) quantum *= 2
  while (largest / quantum <= powerOfTwo(BITS - 1)) quantum /= 2
  return { quantum, low: Math.ceil(low / quantum), span: Math.floor(high / quantum) - Math.ceil(low / quantum) }
}

/**
 * Divides whole quanta in proportion to weights > 0 by largest remainders (Hamilton), ties to the earlier one: parts are
 * whole and sum to `total` exactly.
 */
export function divideQuanta(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const wanted = weights.map((weight) => total * (weight / sum))
  const parts = wanted.map(Math.floor)
  const left = total - parts.reduce((a, b) => a + b, 0)
  const order = wanted.map((_, j) => j).sort((a, b) => wanted[b] - parts[b] - (wanted[a] - parts[a]) || a - b)
  // rounding may leave a little more or less than one quantum each
  for (let r = 0; r < Math.abs(left); r++) parts[order[r % order.length]] += Math.sign(left)
  return parts
}
