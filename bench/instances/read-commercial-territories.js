import { readNumbers } from "./read-numbers.js"

/**
 * `n`; n times `id x y w1 w2 w3 0`; `m`; m edges `u v`; `k`; again k and the tolerances; flags. Three measures, each within its
 * tolerance of 5 %; the cost is the sum of straight distances to a central account. The edges, for contiguity, are left out.
 *
 * @param {string} text
 */
export function readCommercialTerritories(text) {
  const numbers = readNumbers(text)
  const n = numbers[0]
  const edges = numbers[1 + 7 * n]
  return {
    accounts: Array.from({ length: n }, (_, i) => {
      const [id, x, y, customers, demand, workload] = numbers.slice(1 + 7 * i, 7 + 7 * i)
      return { id: `a${id}`, x, y, customers, demand, workload }
    }),
    options: {
      territories: numbers[2 + 7 * n + 2 * edges],
      measures: { customers: { value: "customers" }, demand: { value: "demand" }, workload: { value: "workload" } },
      compactness: { weight: () => 1, power: /** @type {const} */ (1) },
      centers: /** @type {const} */ ("account"),
    },
  }
}
