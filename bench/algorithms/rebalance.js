import { costIn } from "./compile.js"

/**
 * Greedy rebalancing, as one writes it first: out of every territory above its maximum go the accounts whose move to another
 * territory with room costs least per unit of activity; into every one below its minimum come those that cost least and that
 * their owner can spare. Again and again until all are inside or nothing moves. Centers stay. O(n k) a round.
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
  const slack = (m) => 1e-12 * totals[m]
  const over = (t, m) => activity[t * M + m] > max[t * M + m] + slack(m)
  const under = (t, m) => activity[t * M + m] < min[t * M + m] - slack(m)
  const measures = Array.from({ length: M }, (_, m) => m)
  /** Would the giver stay above its minima and the taker below its maxima? */
  const fits = (i, from, to) =>
    measures.every((m) => {
      const amount = activities[i * M + m]
      return amount === 0 || (activity[from * M + m] - amount >= min[from * M + m] && activity[to * M + m] + amount <= max[to * M + m])
    })
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
  const price = (i, m, to) => (costIn(compiled, centers, i, to) - costIn(compiled, centers, i, owner[i])) / activities[i * M + m]

  for (let moved = true; moved; ) {
    moved = false
    for (let t = 0; t < k; t++) {
      for (let m = 0; m < M; m++) {
        if (over(t, m)) {
          const offers = []
          for (const i of members[t]) {
            if (activities[i * M + m] === 0) continue
            let best = -1
            for (let to = 0; to < k; to++) if (to !== t && fits(i, t, to) && (best < 0 || price(i, m, to) < price(i, m, best))) best = to
            if (best >= 0) offers.push({ i, to: best, price: price(i, m, best) })
          }
          for (const { i, to } of offers.sort((a, b) => a.price - b.price)) {
            if (!over(t, m)) break
            if (!fits(i, t, to)) continue
            move(i, to)
            moved = true
          }
        }
        if (under(t, m)) {
          const offers = []
          for (let i = 0; i < n; i++) if (owner[i] !== t && activities[i * M + m] > 0 && fits(i, owner[i], t)) offers.push({ i, price: price(i, m, t) })
          for (const { i } of offers.sort((a, b) => a.price - b.price)) {
            if (!under(t, m)) break
            if (!fits(i, owner[i], t)) continue
            move(i, t)
            moved = true
          }
        }
      }
    }
  }
}
