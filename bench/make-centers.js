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

/** Well spread: the map is halved again and again into k cells of equal workload, and every cell has its mean. */
export function spreadCenters(accounts, k) {
  const cells = []
  const divide = (rows, count) => {
    if (count === 1) {
      const weight = sum(rows, (row) => row.workload)
      cells.push({ x: sum(rows, (row) => row.workload * row.x) / weight, y: sum(rows, (row) => row.workload * row.y) / weight })
      return
    }
    const axis = width(rows, "x") >= width(rows, "y") ? "x" : "y"
    rows.sort((a, b) => a[axis] - b[axis])
    const left = Math.floor(count / 2)
    const half = (sum(rows, (row) => row.workload) * left) / count
    let cut = 0
    for (let passed = 0; passed < half; cut++) passed += rows[cut].workload
    divide(rows.slice(0, cut), left)
    divide(rows.slice(cut), count - left)
  }
  divide([...accounts], k)
  return fixedAt(cells)
}

function sum(rows, of) {
  let total = 0
  for (const row of rows) total += of(row)
  return total
}

function width(rows, axis) {
  let [low, high] = [Infinity, -Infinity]
  for (const row of rows) {
    low = Math.min(low, row[axis])
    high = Math.max(high, row[axis])
  }
  return high - low
}
