/** Eigenvalues of a symmetric matrix, and of each its vector of length 1: the columns of `vectors`. */
export interface SymmetricEigen {
  readonly values: Float64Array
  /** Row by row. */
  readonly vectors: Float64Array
}

/** Sweeps: they converge quadratically, and matrices of a hundred rows need less than ten. */
const SWEEPS = 50

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations, each of which makes one element
 * outside the diagonal 0; ends when what is left there is rounding. O(n^3) a sweep.
 *
 * Source: Golub & Van Loan, Matrix Computations, 4th ed. 2013, section 8.5.
 *
 * @param given n x n, row by row, finite; its upper triangle is read
 */
export function symmetricEigen(given: Float64Array, n: number): SymmetricEigen {
  const a = given.slice()
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    vectors[i * n + i] = 1
    for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i]
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let [outside, all] = [0, 0]
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        all += a[i * n + j] * a[i * n + j]
        if (i !== j) outside += a[i * n + j] * a[i * n + j]
      }
    }
    if (!(outside > 1e-32 * all)) break
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q)
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), vectors }
}

function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const off = a[p * n + q]
  if (off === 0) return
  const half = (a[q * n + q] - a[p * n + p]) / (2 * off)
  // the smaller of the two angles
  const tangent = half === 0 ? 1 : Math.sign(half) / (Math.abs(half) + Math.sqrt(1 + half * half))
  const cosine = 1 / Math.sqrt(1 + tangent * tangent)
  const sine = tangent * cosine
  const turn = (values: Float64Array, at: number, to: number): void => {
    const [x, y] = [values[at], values[to]]
    values[at] = cosine * x - sine * y
    values[to] = sine * x + cosine * y
  }
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q)
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k)
  for (let k = 0; k < n; k++) turn(vectors, k * n + p, k * n + q)
}
