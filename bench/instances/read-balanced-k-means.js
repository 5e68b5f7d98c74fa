import { readNumbers } from "./read-numbers.js"

/** The number of clusters that the points are published with. */
const CLUSTERS_OF = { s1: 15, s2: 15, a1: 20, birch1: 100, unbalance_half: 8 }

/**
 * `x y` a line. Every cluster has floor(n / k) or ceil(n / k) points; the cost is the sum of squared distances to the mean.
 *
 * @param {string} text
 * @param {string} _folder
 * @param {string} instance
 */
export function readBalancedKMeans(text, _folder, instance) {
  const numbers = readNumbers(text)
  const n = numbers.length / 2
  const k = CLUSTERS_OF[instance]
  if (k === undefined) throw new Error(`it is not known how many clusters ${instance} has; known are ${Object.keys(CLUSTERS_OF).join(", ")}`)
  return {
    accounts: Array.from({ length: n }, (_, i) => ({ id: `a${i + 1}`, x: numbers[2 * i], y: numbers[2 * i + 1] })),
    options: {
      territories: k,
      measures: { points: { value: () => 1, min: Math.floor(n / k), max: Math.ceil(n / k) } },
      compactness: { weight: () => 1, power: /** @type {const} */ (2) },
      centers: /** @type {const} */ ("mean"),
    },
  }
}
