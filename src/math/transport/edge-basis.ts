import { createBasis, type Basis } from "./basis.js"

/** A basis that knows how long the rows of its inverse are: what one unit of a violation is worth in a dual step. */
export interface EdgeBasis extends Pick<Basis, "solve" | "solveTransposed" | "subtract" | "isWorn" | "hasChanged" | "refactor"> {
  /** By position: squared length of the row of the inverse. */
  readonly norms: Float64Array
  /** Fills `direction` with `sign` times row p of the inverse. */
  readRow(p: number, sign: number, direction: Float64Array): void
  /** Takes the norm of row p anew. */
  measureRow(p: number): void
  /**
   * Prepares the exchange of the column at p, whose row is `sign` times `direction`, for another. Answers whether the pivot is
   * as accurate as the row demands, and not next to nothing.
   */
  enter(p: number, sign: number, direction: Float64Array, column: Float64Array): boolean
  /** Does what was prepared. O(size and changes). */
  exchange(): void
}

/** A pivot that comes out this far from what its row says needs fresh factors. */
const INACCURATE = 1e-8
/** Norms stay above this, whatever rounding makes of them. */
const LEAST_NORM = 1e-12

/** Minus the unit matrix to begin with. Norms are kept up to date by the recurrence of Forrest & Goldfarb (1992). */
export function createEdgeBasis(size: number): EdgeBasis {
  const basis = createBasis(size)
  const norms = new Float64Array(size).fill(1)
  const alpha = new Float64Array(size)
  const row = new Float64Array(size)
  const work = new Float64Array(size)
  const tau = new Float64Array(size)
  let position = -1

  function readRow(p: number, sign: number, direction: Float64Array): void {
    work.fill(0)
    work[p] = sign
    basis.solveTransposed(work, direction)
  }

  return {
    norms,
    solve: (x, y) => basis.solve(x, y),
    solveTransposed: (c, z) => basis.solveTransposed(c, z),
    subtract: (p, others) => basis.subtract(p, others),
    isWorn: () => basis.isWorn(),
    hasChanged: () => basis.hasChanged(),
    refactor: (columnOf) => basis.refactor(columnOf),
    readRow,
    measureRow(p) {
      readRow(p, 1, row)
      norms[p] = squareOf(row)
    },
    enter(p, sign, direction, column) {
      position = p
      let wanted = 0
      for (let r = 0; r < size; r++) {
        row[r] = sign * direction[r]
        wanted += row[r] * column[r]
      }
      work.set(column)
      basis.solve(work, alpha)
      return Math.abs(wanted - alpha[p]) <= INACCURATE * (1 + Math.abs(alpha[p])) && Math.abs(alpha[p]) > INACCURATE
    },
    exchange() {
      const norm = squareOf(row)
      basis.solve(row, tau)
      for (let q = 0; q < size; q++) {
        if (q === position || alpha[q] === 0) continue
        const ratio = alpha[q] / alpha[position]
        const least = Math.max(ratio * ratio * norm * 1e-4, LEAST_NORM)
        norms[q] = Math.max(norms[q] - 2 * ratio * tau[q] + ratio * ratio * norm, least)
      }
      norms[position] = norm / (alpha[position] * alpha[position])
      basis.replace(position, alpha)
    },
  }
}

function squareOf(x: Float64Array): number {
  let sum = 0
  for (let r = 0; r < x.length; r++) sum += x[r] * x[r]
  return sum
}
