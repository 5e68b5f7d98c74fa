import { alignmentOf, compile, costIn } from "./compile.js"
import { rebalance } from "./rebalance.js"

/**
 * Every account to its nearest center, then greedy rebalancing. Needs fixed centers; inside the bounds if greed gets there.
 *
 * @type {import("./index.js").Algorithm}
 */
export default function (accounts, options) {
  const compiled = compile(accounts, options)
  const { n, k, centers } = compiled
  if (centers === null) throw new Error("needs a center for every territory")
  const unweighted = { ...compiled, weights: new Float64Array(n).fill(1) }
  const owner = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    let best = Infinity
    for (let t = 0; t < k; t++) {
      const cost = costIn(unweighted, centers, i, t)
      if (cost < best) {
        best = cost
        owner[i] = t
      }
    }
  }
  rebalance(compiled, centers, owner)
  return alignmentOf(accounts, compiled, owner)
}
