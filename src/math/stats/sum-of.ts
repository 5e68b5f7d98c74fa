/**
 * The sum of numbers, with what each addition rounds away added up beside it: amounts in cents sum to cents, where plain addition
 * of some thousands shows 427987050.53000015.
 *
 * Neumaier, Z. angew. Math. Mech. 54, 1974, algorithm IV: the error does not grow with the number of terms unless they cancel
 * almost wholly. In a given order the result is always the same. O(n).
 *
 * @param values finite numbers whose sum is in range
 * @param rows which of them, in this order; default: all
 */
export function sumOf(values: ArrayLike<number>, rows?: ArrayLike<number>): number {
  const n = rows === undefined ? values.length : rows.length
  let sum = 0
  let lost = 0
  for (let i = 0; i < n; i++) {
    const value = rows === undefined ? values[i] : values[rows[i]]
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}
