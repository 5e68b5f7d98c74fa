import { factorize, type SparseLu } from "./sparse-lu.js"

/** Changes after which the basis is factorized anew: by then they take about as long as the factors. */
const MANY_CHANGES = 64

/**
 * The working basis of the dual simplex: a square sparse matrix, one column a position, as factors and the changes since
 * (product form of the inverse: Dantzig & Orchard-Hays 1954). It starts as minus the unit matrix (every row has its slack or its
 * placeholder in the basis).
 */
export interface Basis {
  readonly size: number
  /** y = inverse x. Destroys x (by row); fills y (by position). */
  solve(x: Float64Array, y: Float64Array): void
  /** z = c' inverse. Destroys c (by position); fills z (by row). */
  solveTransposed(c: Float64Array, z: Float64Array): void
  /** Replaces column p by the column whose image under the inverse is `alpha`. Needs alpha[p] != 0. */
  replace(p: number, alpha: Float64Array): void
  /** Takes column p from those at `others`, and then turns its sign. */
  subtract(p: number, others: readonly number[]): void
  /** Whether enough has changed to factorize anew. */
  isWorn(): boolean
  /** Whether it has changed at all since. */
  hasChanged(): boolean
  /** Factorizes the columns that `columnOf` pushes as (row, value); answers what was singular. */
  refactor(columnOf: (p: number, push: (row: number, value: number) => void) => void): Pick<SparseLu, "dependent" | "unserved">
}

export function createBasis(size: number): Basis {
  let lu = unit()
  /** Change c: at position at[c]; its entries stand from start[c] to start[c + 1]. A subtraction has pivot 0. */
  const at: number[] = []
  const pivots: number[] = []
  const start: number[] = [0]
  let place = new Int32Array(1024)
  let entry = new Float64Array(1024)
  let used = 0

  function record(p: number, pivot: number): void {
    at.push(p)
    pivots.push(pivot)
    start.push(used)
  }

  function add(q: number, value: number): void {
    if (used === place.length) {
      const morePlaces = new Int32Array(2 * used)
      const moreEntries = new Float64Array(2 * used)
      morePlaces.set(place)
      moreEntries.set(entry)
      place = morePlaces
      entry = moreEntries
    }
    place[used] = q
    entry[used++] = value
  }

  return {
    size,
    solve(x, y) {
      lu.solve(x, y)
      for (let c = 0; c < at.length; c++) {
        const p = at[c]
        if (pivots[c] === 0) {
          let sum = y[p]
          for (let e = start[c]; e < start[c + 1]; e++) sum += y[place[e]]
          y[p] = -sum
          continue
        }
        if (y[p] === 0) continue
        const v = y[p] / pivots[c]
        y[p] = v
        for (let e = start[c]; e < start[c + 1]; e++) y[place[e]] -= entry[e] * v
      }
    },
    solveTransposed(c, z) {
      for (let change = at.length - 1; change >= 0; change--) {
        const p = at[change]
        if (pivots[change] === 0) {
          for (let e = start[change]; e < start[change + 1]; e++) c[place[e]] -= c[p]
          c[p] = -c[p]
          continue
        }
        let v = c[p]
        for (let e = start[change]; e < start[change + 1]; e++) v -= entry[e] * c[place[e]]
        c[p] = v / pivots[change]
      }
      lu.solveTransposed(c, z)
    },
    replace(p, alpha) {
      for (let q = 0; q < size; q++) if (q !== p && Math.abs(alpha[q]) > 1e-14) add(q, alpha[q])
      record(p, alpha[p])
    },
    subtract(p, others) {
      for (const q of others) add(q, 1)
      record(p, 0)
    },
    isWorn: () => at.length >= MANY_CHANGES,
    hasChanged: () => at.length > 0,
    refactor(columnOf) {
      const starts = new Int32Array(size + 1)
      const rows: number[] = []
      const values: number[] = []
      for (let p = 0; p < size; p++) {
        columnOf(p, (row, value) => {
          rows.push(row)
          values.push(value)
        })
        starts[p + 1] = rows.length
      }
      lu = factorize(size, starts, Int32Array.from(rows), Float64Array.from(values))
      at.length = 0
      pivots.length = 0
      start.length = 1
      used = 0
      return lu
    },
  }

  function unit(): SparseLu {
    const starts = Int32Array.from({ length: size + 1 }, (_, p) => p)
    return factorize(size, starts, starts.slice(0, size), new Float64Array(size).fill(-1))
  }
}
