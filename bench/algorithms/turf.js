import { clustersKmeans } from "@turf/clusters-kmeans"
import { createRandom } from "../random.js"
import { alignmentOf, compile } from "./compile.js"
import { rebalance } from "./rebalance.js"

/**
 * Turf's k-means, then greedy rebalancing around the clusters' means. Turf starts from the first k points it is given and knows
 * neither weights nor the globe: it gets the accounts shuffled, which helps it much, and degrees as if they were a plane.
 *
 * @type {import("./index.js").Algorithm}
 */
export default function (accounts, options) {
  const compiled = compile(accounts, options)
  const { n, k, dimension, points } = compiled
  if (compiled.centers !== null) throw new Error("cannot keep centers where they are")
  const shuffled = shuffle(n)
  const features = shuffled.map((i) => {
    const { x = accounts[i].longitude, y = accounts[i].latitude } = accounts[i]
    return { type: /** @type {const} */ ("Feature"), properties: {}, geometry: { type: /** @type {const} */ ("Point"), coordinates: [x, y] } }
  })
  const clusters = clustersKmeans({ type: "FeatureCollection", features }, { numberOfClusters: k, mutate: true })
  const owner = new Int32Array(n)
  clusters.features.forEach((feature, position) => (owner[shuffled[position]] = feature.properties.cluster ?? 0))

  const centers = new Float64Array(k * dimension)
  const counts = new Float64Array(k)
  for (let i = 0; i < n; i++) {
    counts[owner[i]]++
    for (let d = 0; d < dimension; d++) centers[owner[i] * dimension + d] += points[i * dimension + d]
  }
  for (let t = 0; t < k; t++) for (let d = 0; d < dimension; d++) centers[t * dimension + d] /= Math.max(1, counts[t])
  rebalance(compiled, centers, owner)
  return alignmentOf(accounts, compiled, owner)
}

function shuffle(n) {
  const random = createRandom(5)
  const order = Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1))
    ;[order[i], order[other]] = [order[other], order[i]]
  }
  return order
}
