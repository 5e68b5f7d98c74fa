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
