/**
 * Park & Miller's minimal standard generator (1988) with the multiplier that they recommend since 1993: the same numbers everywhere.
 *
 * @param {number} seed
 * @returns {() => number} above 0, below 1
 */
export function createRandom(seed) {
  let state = (seed * 16807 + 1) % 2147483647
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

/**
 * The same items in an order drawn by chance, each order equally likely (Fisher and Yates; Durstenfeld 1964). A comparator that draws would depend on the engine's sort, and prefer some orders.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {() => number} random
 * @returns {T[]}
 */
export function shuffled(items, random) {
  const order = [...items]
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}
