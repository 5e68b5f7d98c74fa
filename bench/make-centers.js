import { createRandom } from "./random.js"

/** Fixed centers as the territories of a call. */
function fixedAt(places) {
  return places.map(({ x, y }, t) => ({ id: `home ${t}`, center: { x, y }, centerFixed: true }))
}

/** On a square grid over the map, whatever lives there: some homes stand in empty land. */
export function gridCenters(k) {
  const side = Math.ceil(Math.sqrt(k))
  return fixedAt(Array.from({ length: k }, (_, t) => ({ x: (((t % side) + 0.5) * 1000) / side, y: ((Math.floor(t / side) + 0.5) * 1000) / side })))
}

/** At the places of k random accounts, as where the representatives happen to live. */
export function homeCenters(accounts, k, seed) {
  const random = createRandom(seed)
  const picked = new Set()
  while (picked.size < k) picked.add(Math.floor(random() * accounts.length))
  return fixedAt([...picked].map((i) => accounts[i]))
}

/** Well spread: the map is halved again and again into k cells of equal workload, and every cell has its mean. O(n log n). */
export function spreadCenters(accounts, k) {
  const n = accounts.length
  const [x, y, workload] = ["x", "y", "workload"].map((field) => Float64Array.from(accounts, (account) => account[field]))
  const isLeft = new Uint8Array(n)
  const cells = []
  /** The accounts of a cell, once from west to east and once from south to north. */
  const divide = (eastward, northward, count) => {
    const weight = sum(eastward, (i) => workload[i])
    if (count === 1) {
      cells.push({ x: sum(eastward, (i) => workload[i] * x[i]) / weight, y: sum(eastward, (i) => workload[i] * y[i]) / weight })
      return
    }
    const isWide = x[eastward.at(-1)] - x[eastward[0]] >= y[northward.at(-1)] - y[northward[0]]
    const left = Math.floor(count / 2)
    let passed = 0
    for (const i of isWide ? eastward : northward) {
      isLeft[i] = passed < (weight * left) / count ? 1 : 0
      passed += workload[i]
    }
    const halves = [1, 0].map((side) => [eastward, northward].map((order) => order.filter((i) => isLeft[i] === side)))
    divide(halves[0][0], halves[0][1], left)
    divide(halves[1][0], halves[1][1], count - left)
  }
  const sorted = (along) => Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => along[a] - along[b])
  divide(sorted(x), sorted(y), k)
  return fixedAt(cells)
}

function sum(rows, of) {
  let total = 0
  for (const row of rows) total += of(row)
  return total
}
