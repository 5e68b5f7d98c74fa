import { createRandom } from "./random.js"

/**
 * Accounts in towns of different size on a plane, with workload and potential that differ by a heavy-tailed factor.
 *
 * @param {number} n
 * @param {number} seed
 */
export function makeAccounts(n, seed) {
  const random = createRandom(seed)
  const towns = Array.from({ length: 60 }, () => ({ x: random() * 1000, y: random() * 1000, spread: 5 + 60 * random() ** 2 }))
  return Array.from({ length: n }, (_, i) => {
    const town = towns[Math.floor(random() ** 2 * towns.length)]
    const workload = 1 + 9 * random()
    return {
      id: `a${i}`,
      x: town.x + town.spread * (random() + random() + random() - 1.5),
      y: town.y + town.spread * (random() + random() + random() - 1.5),
      workload,
      potential: workload * Math.exp(1.2 * (random() + random() + random() - 1.5)),
    }
  })
}
