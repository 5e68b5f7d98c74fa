import { costIn } from "./compile.js"

/** Rounds over all territories, at most: a surplus travels about one territory a round. */
const ROUNDS = 500

/**
 * Greedy rebalancing, as one writes it first: out of every territory above its maximum, and into every one below its minimum,
 * go the accounts whose move costs least per unit of activity, to or from any territory that is off by less, so that a surplus can
 * travel over several. A move must lower the squared violations of the two. Ends when all are inside, nothing moves, or after
 * 500 rounds. Centers stay. O(n k) a round.
 *
 * @param {import("./compile.js").Compiled} compiled
 * @param {Float64Array} centers k x dimension
 * @param {Int32Array} owner n, changed in place
 */
export function rebalance(compiled, centers, owner) {
  const { n, k, M, activities, min, max, totals } = compiled
  const activity = new Float64Array(k * M)
  const members = Array.from({ length: k }, () => new Set())
  for (let i = 0; i < n; i++) {
    members[owner[i]].add(i)
    for (let m = 0; m < M; m++) activity[owner[i] * M + m] += activities[i * M + m]
  }
  /** How far an amount is outside, in targets: above 0 over, below 0 under. */
  const off = (r, amount) => {
    const target = totals[r % M] / k
    return amount > max[r] * (1 + 1e-12) ? (amount - max[r]) / target : amount < min[r] * (1 - 1e-12) ? (amount - min[r]) / target : 0
  }
  const squareAdded = (r, amount) => off(r, activity[r] + amount) ** 2 - off(r, activity[r]) ** 2
  /** What a move adds to the squared violations of giver and taker; below 0 is better. */
  const harm = (i, from, to) => {
    let change = 0
    for (let m = 0; m < M; m++) {
      const amount = activities[i * M + m]
      change += squareAdded(from * M + m, -amount) + squareAdded(to * M + m, amount)
    }
    return change
  }
  const move = (i, to) => {
    const from = owner[i]
    members[from].delete(i)
    members[to].add(i)
    owner[i] = to
    for (let m = 0; m < M; m++) {
      activity[from * M + m] -= activities[i * M + m]
      activity[to * M + m] += activities[i * M + m]
    }
  }
  /** The moves that help t in measure m, cheapest first; of those of one account, the cheapest. */
  const listOffers = (t, m) => {
    const offers = []
    const price = (i, to) => (costIn(compiled, centers, i, to) - costIn(compiled, centers, i, owner[i])) / activities[i * M + m]
    if (off(t * M + m, activity[t * M + m]) > 0) {
      for (const i of members[t]) {
        let best = { i, to: -1, price: Infinity }
        for (let to = 0; to < k; to++) {
          if (to === t || activities[i * M + m] === 0) continue
          const own = price(i, to)
          if (own < best.price && harm(i, t, to) < 0) best = { i, to, price: own }
        }
        if (best.to >= 0) offers.push(best)
      }
    } else {
      for (let i = 0; i < n; i++) if (owner[i] !== t && activities[i * M + m] > 0 && harm(i, owner[i], t) < 0) offers.push({ i, to: t, price: price(i, t) })
    }
    return offers.sort((a, b) => a.price - b.price)
  }

  let moved = true
  for (let round = 0; moved && round < ROUNDS; round++) {
    moved = false
    for (let t = 0; t < k; t++) {
      for (let m = 0; m < M; m++) {
        if (off(t * M + m, activity[t * M + m]) === 0) continue
        for (const { i, to } of listOffers(t, m)) {
          if (off(t * M + m, activity[t * M + m]) === 0) break
          if (harm(i, owner[i], to) >= -1e-15) continue
          move(i, to)
          moved = true
        }
      }
    }
  }
}
