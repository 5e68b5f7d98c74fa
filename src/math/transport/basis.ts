/**
 * The working basis of the dual simplex: K columns, held as an explicit inverse, K x K by rows. It starts as minus the unit
 * matrix (every row has its slack or its placeholder in the basis).
 */
export interface Basis {
  readonly size: number
  readonly inverse: Float64Array
}

export function createBasis(size: number): Basis {
  const inverse = new Float64Array(size * size)
  for (let r = 0; r < size; r++) inverse[r * size + r] = -1
  return { size, inverse }
}

/** y = inverse x. */
export function solveBasis(basis: Basis, x: Float64Array, y: Float64Array): void {
  const { size, inverse } = basis
  for (let p = 0; p < size; p++) {
    let sum = 0
    for (let r = 0, at = p * size; r < size; r++, at++) sum += inverse[at] * x[r]
    y[p] = sum
  }
}

/** Sum of squares of row p: the squared length of the dual step that leaves at p. */
export function rowNorm(basis: Basis, p: number): number {
  const { size, inverse } = basis
  let sum = 0
  for (let at = p * size; at < (p + 1) * size; at++) sum += inverse[at] * inverse[at]
  return sum
}

/** Replaces column p of the basis by the column whose image under the inverse is `alpha`. Needs alpha[p] != 0. */
export function pivot(basis: Basis, p: number, alpha: Float64Array): void {
  const { size, inverse } = basis
  const row = p * size
  const scale = 1 / alpha[p]
  for (let r = 0; r < size; r++) inverse[row + r] *= scale
  for (let q = 0; q < size; q++) {
    const factor = alpha[q]
    if (q === p || factor === 0) continue
    const at = q * size
    for (let r = 0; r < size; r++) inverse[at + r] -= factor * inverse[row + r]
  }
}
