/**
 * A random number of a normal distribution, from two of a generator (Box & Muller 1958).
 *
 * @param {() => number} random
 */
function normal(random) {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
}

/**
 * A seeded problem of 6 to 45 accounts with a limit on distances: 2 to 5 fixed centers, weights that are log-normal with a standard
 * deviation of 0.5 to 3 (a few 0), one or two measures that need not be the weight, tolerances of 5 to 60 %, and a limit that is
 * sometimes below what the most distant account needs.
 *
 * @param {() => number} random
 */
export function randomDistances(random) {
  const n = 6 + Math.floor(40 * random())
  const k = 2 + Math.floor(4 * random())
  const spread = [0.5, 1, 2, 3][Math.floor(4 * random())]
  const measureCount = random() < 0.3 ? 2 : 1
  const power = random() < 0.5 ? 1 : 2
  const isWeight = random() < 0.4
  const accounts = Array.from({ length: n }, (_, i) => ({
    id: `a${i}`,
    x: 100 * random(),
    y: 60 * random(),
    revenue: random() < 0.05 ? 0 : Math.exp(spread * normal(random)),
    visits: 1 + Math.floor(3 * random()),
  }))
  if (accounts.every(({ revenue }) => revenue === 0)) accounts[0].revenue = 1
  const territories = Array.from({ length: k }, (_, t) => ({ id: `T${t}`, center: { x: 100 * random(), y: 60 * random() }, centerFixed: true }))
  const tolerance = [0.05, 0.15, 0.3, 0.6][Math.floor(4 * random())]
  const first = isWeight ? "revenue" : "visits"
  const names = measureCount === 1 ? [first] : [first, first === "visits" ? "revenue" : "visits"]
  const nearest = accounts.map(({ x, y }) => Math.min(...territories.map(({ center }) => Math.hypot(x - center.x, y - center.y)))).sort((a, b) => a - b)
  const needed = nearest[random() < 0.25 ? Math.floor(0.8 * n) : n - 1]
  return {
    accounts,
    options: {
      territories,
      measures: Object.fromEntries(names.map((name) => [name, { value: name, tolerance }])),
      compactness: { weight: "revenue", power: /** @type {1 | 2} */ (power) },
      maxDistance: needed * (1.0001 + random() ** 2),
    },
  }
}
