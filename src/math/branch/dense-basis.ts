/** The inverse of a small square basis, row by row, and what its rows measure. */
export interface DenseBasis {
  /** R x R: row p belongs to the column at place p. */
  readonly inverse: Float64Array
  /** R: sum of the squares of every row. */
  readonly norms: Float64Array
  /** Of columns that are all minus a unit: -1 at (p, rows[p]). */
  reset(rows: Int32Array): void
  /** result = inverse x column. */
  solve(column: Float64Array, result: Float64Array): void
  /** result = values by place x inverse. */
  solveTransposed(values: Float64Array, result: Float64Array): void
  /** The column at place p is replaced by one that reads `solved` (inverse x column); `solved[p]` must not be 0. */
  exchange(p: number, solved: Float64Array): void
  /** Row p becomes minus the sum of itself and the rows of `others`. */
  negate(p: number, others: readonly number[]): void
  /**
   * The inverse of given columns, R x R, column p from p * R on; false where they are dependent: the inverse is then
   * useless.
   */
  invert(columns: Float64Array): boolean
}

/** A pivot below this, of columns of order one, is none. */
const SINGULAR = 1e-11

/** A basis of R rows, held as its dense inverse: every change is O(R^2), a fresh start O(R^3). */
export function createDenseBasis(R: number): DenseBasis {
  const inverse = new Float64Array(R * R)
  const norms = new Float64Array(R)

  function measure(p: number): void {
    let sum = 0
    for (let at = p * R; at < (p + 1) * R; at++) sum += inverse[at] * inverse[at]
    norms[p] = sum
  }

  return {
    inverse,
    norms,
    reset(rows) {
      inverse.fill(0)
      for (let p = 0; p < R; p++) inverse[p * R + rows[p]] = -1
      norms.fill(1)
    },
    solve(column, result) {
      for (let p = 0; p < R; p++) {
        let sum = 0
        for (let r = 0, at = p * R; r < R; r++, at++) sum += inverse[at] * column[r]
        result[p] = sum
      }
    },
    solveTransposed(values, result) {
      result.fill(0, 0, R)
      for (let p = 0; p < R; p++) {
        const value = values[p]
        if (value !== 0) for (let r = 0, at = p * R; r < R; r++, at++) result[r] += value * inverse[at]
      }
    },
    exchange(p, solved) {
      const pivot = 1 / solved[p]
      for (let at = p * R; at < (p + 1) * R; at++) inverse[at] *= pivot
      for (let q = 0; q < R; q++) {
        const factor = solved[q]
        if (q === p || factor === 0) continue
        let sum = 0
        for (let r = 0, at = q * R, from = p * R; r < R; r++, at++, from++) {
          const value = inverse[at] - factor * inverse[from]
          inverse[at] = value
          sum += value * value
        }
        norms[q] = sum
      }
      measure(p)
    },
    negate(p, others) {
      for (let r = 0; r < R; r++) {
        let sum = inverse[p * R + r]
        for (const q of others) sum += inverse[q * R + r]
        inverse[p * R + r] = -sum
      }
      measure(p)
    },
    invert(columns) {
      // Gauss & Jordan on the matrix and the identity, the largest pivot of every column
      const work = new Float64Array(R * R)
      for (let p = 0; p < R; p++) for (let r = 0; r < R; r++) work[r * R + p] = columns[p * R + r]
      inverse.fill(0)
      for (let r = 0; r < R; r++) inverse[r * R + r] = 1
      for (let c = 0; c < R; c++) {
        let best = c
        for (let r = c + 1; r < R; r++) if (Math.abs(work[r * R + c]) > Math.abs(work[best * R + c])) best = r
        if (!(Math.abs(work[best * R + c]) > SINGULAR)) return false
        if (best !== c) swapRows(work, best, c)
        if (best !== c) swapRows(inverse, best, c)
        const pivot = 1 / work[c * R + c]
        for (let at = c * R; at < (c + 1) * R; at++) {
          work[at] *= pivot
          inverse[at] *= pivot
        }
        for (let r = 0; r < R; r++) {
          const factor = work[r * R + c]
          if (r === c || factor === 0) continue
          for (let at = r * R, from = c * R, left = R; left > 0; left--, at++, from++) {
            work[at] -= factor * work[from]
            inverse[at] -= factor * inverse[from]
          }
        }
      }
      for (let p = 0; p < R; p++) measure(p)
      return true
    },
  }

  function swapRows(matrix: Float64Array, a: number, b: number): void {
    for (let r = 0; r < R; r++) {
      const value = matrix[a * R + r]
      matrix[a * R + r] = matrix[b * R + r]
      matrix[b * R + r] = value
    }
  }
}
