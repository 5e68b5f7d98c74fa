/**
 * The number nearest to 10^k for an integer k: read from its decimal digits, which every engine rounds alike (10 ** -5
 * is not 0.00001 in all).
 */
export function powerOfTen(k: number): number {
  return Number(`1e${k}`)
}
