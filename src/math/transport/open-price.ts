/**
 * A price of a sign that the closed sides of its bound allow: an open lower side is 0, an open upper side the total.
 */
export function openPrice(price: number, lower: number, upper: number, total: number): number {
  if (price > 0 && lower === 0) return 0
  return price < 0 && upper >= total * (1 - 1e-12) ? 0 : price
}
