/**
 * The matching of rows to columns that makes the sum of the chosen profits as large as possible, each row and column at most
 * once.
 *
 * Shortest augmenting paths with dual prices (Jonker & Volgenant, Computing 38, 1987, section 3; in the form of Crouse, IEEE
 * Trans. Aerospace 52(4), 2016, algorithm 1) on the cost -profit, the smaller side being the one that is matched whole.
 * O(s^2 l) for the smaller side s and the larger l: 1,000 x 1,000 in well under a second on plans that resemble each other.
 *
 * Tie rule: deterministic for a given matrix; among equally good columns the smaller index is tried first. Give integer
 * profits (up to 2^53 in sum) and the arithmetic is exact.
 *
 * @param profits row-major, `rowCount * columnCount` numbers, finite and >= 0; 0: nothing is gained by the pair
 * @returns for every row its column, or -1; a pair without profit is never chosen
 */
export function matchMaximum(rowCount: number, columnCount: number, profits: Float64Array): Int32Array {
  const columnOf = new Int32Array(rowCount).fill(-1)
  if (rowCount === 0 || columnCount === 0) return columnOf
  const tall = rowCount > columnCount
  const smaller = tall ? columnCount : rowCount
  const larger = tall ? rowCount : columnCount
  const cost = tall ? transposeNegated(profits, rowCount, columnCount) : profits.map((p) => -p)

  const match = matchAll(smaller, larger, cost)
  for (let s = 0; s < smaller; s++) {
    const row = tall ? match[s] : s
    const column = tall ? s : match[s]
    if (profits[row * columnCount + column] > 0) columnOf[row] = column
  }
  return columnOf
}

function transposeNegated(profits: Float64Array, rowCount: number, columnCount: number): Float64Array {
  const cost = new Float64Array(profits.length)
  for (let r = 0; r < rowCount; r++) {
    for (let c = 0; c < columnCount; c++) cost[c * rowCount + r] = -profits[r * columnCount + c]
  }
  return cost
}

/** Cheapest matching of every row to a column of its own; needs rowCount <= columnCount. Returns each row's column. */
function matchAll(rowCount: number, columnCount: number, cost: Float64Array): Int32Array {
  const rowPrice = new Float64Array(rowCount)
  const columnPrice = new Float64Array(columnCount)
  const columnOf = new Int32Array(rowCount).fill(-1)
  const rowOf = new Int32Array(columnCount).fill(-1)
  const distance = new Float64Array(columnCount)
  const before = new Int32Array(columnCount) // the row from which a column was reached
  const open = new Int32Array(columnCount) // columns not yet settled, the first `openCount` of them
  const settledRows = new Int32Array(rowCount)

  for (let start = 0; start < rowCount; start++) {
    // Dijkstra over columns by reduced cost, from `start` to the nearest column without a row
    distance.fill(Infinity)
    for (let c = 0; c < columnCount; c++) open[c] = c
    let openCount = columnCount
    let settledCount = 0
    let row = start
    let reach = 0
    let sink = -1
    while (sink === -1) {
      settledRows[settledCount++] = row
      const offset = reach - rowPrice[row]
      let best = -1
      let bestDistance = Infinity
      for (let o = 0; o < openCount; o++) {
        const c = open[o]
        const d = offset + cost[row * columnCount + c] - columnPrice[c]
        if (d < distance[c]) {
          distance[c] = d
          before[c] = row
        }
        // among equals a column without a row ends the search; else the smaller index
        const better = distance[c] < bestDistance || (distance[c] === bestDistance && isPreferred(c, open[best], rowOf))
        if (better) {
          best = o
          bestDistance = distance[c]
        }
      }
      reach = bestDistance
      const column = open[best]
      open[best] = open[--openCount]
      open[openCount] = column // settled columns gather behind the open ones
      if (rowOf[column] === -1) sink = column
      else row = rowOf[column]
    }

    // prices: every settled row and column moves by how much nearer than the sink it was
    rowPrice[start] += reach
    for (let s = 1; s < settledCount; s++) rowPrice[settledRows[s]] += reach - distance[columnOf[settledRows[s]]]
    for (let o = openCount; o < columnCount; o++) columnPrice[open[o]] -= reach - distance[open[o]]

    // turn the path round
    let column = sink
    for (let r = -1; r !== start; ) {
      r = before[column]
      rowOf[column] = r
      const next = columnOf[r]
      columnOf[r] = column
      column = next
    }
  }
  return columnOf
}

function isPreferred(column: number, other: number, rowOf: Int32Array): boolean {
  const free = rowOf[column] === -1
  const otherFree = rowOf[other] === -1
  return free === otherFree ? column < other : free
}
