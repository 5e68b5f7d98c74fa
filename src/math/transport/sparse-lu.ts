/** A square sparse matrix as a product of triangles, B = L U up to the order of rows and columns. */
export interface SparseLu {
  /** Solves B y = x. Destroys x (by row); fills y (by column). O(entries of L and U). */
  solve(x: Float64Array, y: Float64Array): void
  /** Solves B' z = c. Destroys c (by column); fills z (by row). */
  solveTransposed(c: Float64Array, z: Float64Array): void
  /** Columns that depend on the others, and as many rows that only a unit column could serve; both empty for a regular matrix. */
  readonly dependent: readonly number[]
  readonly unserved: readonly number[]
}

/** A pivot is at least this share of the largest entry of its column: less would let rounding grow. */
const THRESHOLD = 0.05
/** Entries below this are what cancelling leaves. */
const NOTHING = 1e-13
/** Rows and columns of one length that are looked at for a pivot, at most. */
const TRIES = 4

/**
 * Factorizes by elimination with pivots that promise little fill: the least (entries of the row - 1) x (entries of the column - 1)
 * among a few of the shortest rows and columns (Markowitz 1957; Suhl & Suhl 1990). Columns and rows with a single entry cost
 * nothing, and what two measures leave after them is as sparse as a map of neighbors. Ties: the smaller count first, then first come.
 *
 * @param start size + 1: column c has entries start[c] to start[c + 1]
 */
export function factorize(size: number, start: Int32Array, row: Int32Array, value: Float64Array): SparseLu {
  // the matrix that is left, by columns with values and by rows without
  const colRows: number[][] = []
  const colValues: number[][] = []
  const rowCols: number[][] = Array.from({ length: size }, () => [])
  const columnQueue = createCountQueue(size)
  const rowQueue = createCountQueue(size)
  for (let c = 0; c < size; c++) {
    const rows: number[] = []
    const values: number[] = []
    for (let e = start[c]; e < start[c + 1]; e++) {
      if (value[e] === 0) continue
      rows.push(row[e])
      values.push(value[e])
      rowCols[row[e]].push(c)
    }
    colRows.push(rows)
    colValues.push(values)
    columnQueue.put(c, rows.length)
  }
  for (let r = 0; r < size; r++) rowQueue.put(r, rowCols[r].length)

  // the factors: by step its pivot, the multipliers below it, and by column what stands above its pivot
  const pivotRow = new Int32Array(size)
  const pivotColumn = new Int32Array(size)
  const pivotValue = new Float64Array(size)
  const lowerStart = new Int32Array(size + 1)
  const lowerRow: number[] = []
  const lowerValue: number[] = []
  const upperRows: number[][] = Array.from({ length: size }, () => [])
  const upperValues: number[][] = Array.from({ length: size }, () => [])
  const placeOf = new Int32Array(size).fill(-1)
  let steps = 0
  let foundRow = -1
  let foundColumn = -1
  while (findPivot()) {
    const [r, c] = [foundRow, foundColumn]
    eliminate(r, c)
  }
  const dependent: number[] = []
  const unserved: number[] = []
  if (steps < size) {
    const hasRow = new Uint8Array(size)
    const hasColumn = new Uint8Array(size)
    for (let s = 0; s < steps; s++) hasRow[pivotRow[s]] = hasColumn[pivotColumn[s]] = 1
    for (let c = 0; c < size; c++) {
      if (hasColumn[c] === 0) dependent.push(c)
      if (hasRow[c] === 0) unserved.push(c)
    }
  }
  const lowerRows = Int32Array.from(lowerRow)
  const lowerValues = Float64Array.from(lowerValue)
  const upperStart = new Int32Array(size + 1)
  for (let s = 0; s < steps; s++) upperStart[s + 1] = upperStart[s] + upperRows[pivotColumn[s]].length
  const upperRow = new Int32Array(upperStart[steps])
  const upperValue = new Float64Array(upperStart[steps])
  for (let s = 0; s < steps; s++) {
    upperRow.set(upperRows[pivotColumn[s]], upperStart[s])
    upperValue.set(upperValues[pivotColumn[s]], upperStart[s])
  }
  return { solve, solveTransposed, dependent, unserved }

  function solve(x: Float64Array, y: Float64Array): void {
    for (let s = 0; s < size; s++) {
      const v = x[pivotRow[s]]
      if (v === 0) continue
      for (let e = lowerStart[s]; e < lowerStart[s + 1]; e++) x[lowerRows[e]] -= lowerValues[e] * v
    }
    for (let s = size - 1; s >= 0; s--) {
      const v = x[pivotRow[s]] / pivotValue[s]
      y[pivotColumn[s]] = v
      if (v === 0) continue
      for (let e = upperStart[s]; e < upperStart[s + 1]; e++) x[upperRow[e]] -= upperValue[e] * v
    }
  }

  function solveTransposed(c: Float64Array, z: Float64Array): void {
    for (let s = 0; s < size; s++) {
      let v = c[pivotColumn[s]]
      for (let e = upperStart[s]; e < upperStart[s + 1]; e++) v -= upperValue[e] * z[upperRow[e]]
      z[pivotRow[s]] = v / pivotValue[s]
    }
    for (let s = size - 1; s >= 0; s--) {
      let v = z[pivotRow[s]]
      for (let e = lowerStart[s]; e < lowerStart[s + 1]; e++) v -= lowerValues[e] * z[lowerRows[e]]
      z[pivotRow[s]] = v
    }
  }

  /** Looks at the shortest columns and rows for the pivot that promises the least fill. */
  function findPivot(): boolean {
    let least = Infinity
    for (let count = 1; count <= size - steps && least > (count - 1) * (count - 1); count++) {
      if (least === 0) break
      let tries = 0
      for (let c = columnQueue.first(count); c >= 0 && tries < TRIES; c = columnQueue.next(c), tries++) {
        const rows = colRows[c]
        const values = colValues[c]
        let largest = 0
        for (const v of values) largest = Math.max(largest, Math.abs(v))
        if (largest <= NOTHING) continue
        for (let e = 0; e < rows.length; e++) {
          if (Math.abs(values[e]) < THRESHOLD * largest) continue
          propose(rows[e], c)
        }
      }
      tries = 0
      for (let r = rowQueue.first(count); r >= 0 && tries < TRIES; r = rowQueue.next(r), tries++) {
        for (const c of rowCols[r]) {
          const values = colValues[c]
          let largest = 0
          for (const v of values) largest = Math.max(largest, Math.abs(v))
          const own = Math.abs(values[colRows[c].indexOf(r)])
          // alone in its row a pivot changes nothing else
          if (own <= NOTHING || own < (count === 1 ? 1e-3 : 1) * THRESHOLD * largest) continue
          propose(r, c)
        }
      }
    }
    return least < Infinity

    function propose(r: number, c: number): void {
      const fill = (rowCols[r].length - 1) * (colRows[c].length - 1)
      if (fill >= least) return
      least = fill
      foundRow = r
      foundColumn = c
    }
  }

  function eliminate(r: number, c: number): void {
    const rows = colRows[c]
    const values = colValues[c]
    const pivot = values[rows.indexOf(r)]
    pivotRow[steps] = r
    pivotColumn[steps] = c
    pivotValue[steps] = pivot
    columnQueue.remove(c)
    rowQueue.remove(r)
    const firstMultiplier = lowerRow.length
    for (let e = 0; e < rows.length; e++) {
      if (rows[e] === r) continue
      lowerRow.push(rows[e])
      lowerValue.push(values[e] / pivot)
      removeFrom(rowCols[rows[e]], c)
    }
    lowerStart[++steps] = lowerRow.length
    for (const j of rowCols[r]) {
      if (j === c) continue
      const jRows = colRows[j]
      const jValues = colValues[j]
      for (let e = 0; e < jRows.length; e++) placeOf[jRows[e]] = e
      const u = jValues[placeOf[r]]
      upperRows[j].push(r)
      upperValues[j].push(u)
      for (let f = firstMultiplier; f < lowerRow.length; f++) {
        const i = lowerRow[f]
        const at = placeOf[i]
        if (at >= 0) jValues[at] -= lowerValue[f] * u
        else {
          placeOf[i] = jRows.length
          jRows.push(i)
          jValues.push(-lowerValue[f] * u)
          rowCols[i].push(j)
        }
      }
      for (const i of jRows) placeOf[i] = -1
      // the pivot's row leaves the column, and so does what has canceled
      let kept = 0
      for (let e = 0; e < jRows.length; e++) {
        if (jRows[e] === r) continue
        if (Math.abs(jValues[e]) <= NOTHING) {
          removeFrom(rowCols[jRows[e]], j)
          rowQueue.put(jRows[e], rowCols[jRows[e]].length)
          continue
        }
        jRows[kept] = jRows[e]
        jValues[kept++] = jValues[e]
      }
      jRows.length = kept
      jValues.length = kept
      columnQueue.put(j, kept)
    }
    for (let f = firstMultiplier; f < lowerRow.length; f++) rowQueue.put(lowerRow[f], rowCols[lowerRow[f]].length)
    rowCols[r].length = 0
    rows.length = 0
  }
}

function removeFrom(list: number[], item: number): void {
  const at = list.indexOf(item)
  const last = list.pop() as number
  if (at < list.length) list[at] = last
}

/** Items in lists by their count; the last one put is the first of its list. */
function createCountQueue(size: number): {
  put(item: number, count: number): void
  remove(item: number): void
  first(count: number): number
  next(item: number): number
} {
  const head = new Int32Array(size + 1).fill(-1)
  const after = new Int32Array(size).fill(-1)
  const before = new Int32Array(size).fill(-1)
  const countOf = new Int32Array(size).fill(-1)

  function remove(item: number): void {
    if (countOf[item] < 0) return
    if (before[item] >= 0) after[before[item]] = after[item]
    else head[countOf[item]] = after[item]
    if (after[item] >= 0) before[after[item]] = before[item]
    countOf[item] = -1
  }

  return {
    put(item, count) {
      if (countOf[item] === count) return
      remove(item)
      countOf[item] = count
      before[item] = -1
      after[item] = head[count]
      if (head[count] >= 0) before[head[count]] = item
      head[count] = item
    },
    remove,
    first: (count) => head[count],
    next: (item) => after[item],
  }
}
