import { createRandom } from "../random.js"

const AMERICA = { west: -1_240_000, south: 250_000, width: 560_000, height: 240_000 }

/**
 * Accounts around towns in degrees, with two measures that do not go together, from a generator of integers: no function that
 * engines round differently, and no sort by chance. Degrees have four decimals.
 *
 * @param {number} count
 * @param {number} seed
 */
export function makePlaces(count, seed) {
  const draw = createRandom(seed)
  const whole = (/** @type {number} */ top) => Math.floor(top * draw())
  const towns = Array.from({ length: 400 }, () => ({ west: whole(AMERICA.width), south: whole(AMERICA.height), spread: 2000 + whole(20_000) }))
  return Array.from({ length: count }, (_, i) => {
    const town = towns[whole(whole(towns.length) + 1)]
    const away = () => whole(town.spread) + whole(town.spread) - town.spread
    const people = 1 + whole(20) * whole(20) * whole(20)
    return {
      id: `a${String(i).padStart(6, "0")}`,
      longitude: (AMERICA.west + town.west + away()) / 10_000,
      latitude: (AMERICA.south + town.south + away()) / 10_000,
      people,
      visits: 1 + whole(12) + Math.floor(people / (500 + whole(1500))),
    }
  })
}

/**
 * Deals of territories that differ a little: won or lost, worth an amount, after some days. The amount is skewed by a product of three.
 *
 * @param {number} territories
 * @param {number} rows of each
 * @param {number} seed
 */
export function makeDeals(territories, rows, seed) {
  const draw = createRandom(seed)
  const whole = (/** @type {number} */ top) => Math.floor(top * draw())
  return Array.from({ length: territories * rows }, (_, i) => ({
    deal: `d${i}`,
    territory: `t${i % territories}`,
    won: whole(100) < 20 + (i % territories) ? 1 : 0,
    amount: (1 + whole(30)) * (1 + whole(30)) * (1 + whole(30)),
    calls: 1 + whole(5),
    days: 10 + whole(90),
    segment: whole(3) === 0 ? "large" : "small",
  }))
}

/**
 * Sales by account and month: a level, a season, and noise.
 *
 * @param {number} territories
 * @param {number} months
 * @param {number} seed
 */
export function makeHistory(territories, months, seed) {
  const draw = createRandom(seed)
  const whole = (/** @type {number} */ top) => Math.floor(top * draw())
  const levels = Array.from({ length: territories }, () => 500 + whole(1000))
  const month = (/** @type {number} */ p) => `${2020 + Math.floor(p / 12)}-${String((p % 12) + 1).padStart(2, "0")}`
  return {
    month,
    alignment: levels.map((_, t) => ({ accountId: `a${t}`, territoryId: `t${t}` })),
    records: levels.flatMap((level, t) =>
      Array.from({ length: months }, (_, p) => ({ account: `a${t}`, month: month(p), sales: level + 20 * Math.abs((p % 12) - 6) + whole(120) })),
    ),
  }
}
