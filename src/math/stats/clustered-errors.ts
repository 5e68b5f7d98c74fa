import { symmetricEigen } from "./symmetric-eigen.js"

/** The error of a coefficient of a regression whose rows go together. */
export interface ClusteredError {
  /** Standard error; null where one cluster alone tells the coefficient. */
  readonly error: number | null
  /** Degrees of freedom of Student's t for it, above 0. */
  readonly degrees: number
}

/** A direction that a cluster tells alone but for this share. */
const ALONE = 1e-9

/**
 * Standard errors of a least squares fit with an intercept where rows of a cluster go together in any manner and
 * clusters are independent: the sandwich with each cluster's residuals multiplied by (I - H_gg)^(-1/2), which makes it
 * unbiased where rows are independent after all (CR2), and the degrees of freedom of Satterthwaite's approximation for
 * each coefficient. In an orthonormal basis Q of the drivers the cluster's part is (I - Q_g'Q_g)^(-1/2) Q_g'e_g, a
 * matrix as small as the number of drivers. O(rows p^2 + clusters p^3).
 *
 * Source: Bell & McCaffrey, Survey Methodology 28, 2002; Pustejovsky & Tipton, Journal of Business & Economic
 * Statistics 36, 2018.
 *
 * @param drivers p columns of n finite numbers, none a sum of multiples of the others and a constant
 * @param residuals of the fit
 * @param clusterOf each row's, 0 to count - 1
 * @returns the intercept first, then a driver each
 */
export function clusteredErrors(
  drivers: readonly Float64Array[], residuals: Float64Array, clusterOf: Int32Array, count: number,
): ClusteredError[] {
  const n = residuals.length
  const { basis, weights } = orthonormal(drivers, n)
  const size = basis.length
  // in units of the largest, so that squares stay in range
  const unit = residuals.reduce((most, own) => Math.max(most, Math.abs(own)), 0)
  const scores = new Float64Array(count * size)
  const grams = new Float64Array(count * size * size)
  for (let i = 0; i < n; i++) {
    const g = clusterOf[i]
    const e = unit > 0 ? residuals[i] / unit : 0
    for (let a = 0; a < size; a++) {
      scores[g * size + a] += basis[a][i] * e
      for (let b = 0; b < size; b++) grams[(g * size + a) * size + b] += basis[a][i] * basis[b][i]
    }
  }
  const clusters = Array.from({ length: count }, (_, g) => {
    const gram = grams.subarray(g * size * size, (g + 1) * size * size)
    return { gram, score: scores.subarray(g * size, (g + 1) * size), ...symmetricEigen(gram, size) }
  })
  return weights.map((weight) => {
    let [variance, trace, squares, own] = [0, 0, 0, 0]
    let isAlone = false
    const products = new Float64Array(size * size)
    for (const { gram, score, values, vectors } of clusters) {
      const turned = new Float64Array(size)
      for (let k = 0; k < size; k++) {
        let along = 0
        for (let a = 0; a < size; a++) along += vectors[a * size + k] * weight[a]
        const left = 1 - values[k]
        if (left > ALONE) for (let a = 0; a < size; a++) turned[a] += (vectors[a * size + k] * along) / Math.sqrt(left)
        else if (along * along > ALONE * dot(weight, weight)) isAlone = true
      }
      variance += dot(turned, score) ** 2
      const moved = new Float64Array(size)
      for (let a = 0; a < size; a++) moved[a] = dot(gram.subarray(a * size, (a + 1) * size), turned)
      const within = dot(moved, turned) - dot(moved, moved)
      trace += within
      squares += within * within
      own += dot(moved, moved) ** 2
      for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) products[a * size + b] += moved[a] * moved[b]
    }
    const all = squares + dot(products, products) - own
    const degrees = (trace * trace) / all
    const isKnown = Number.isFinite(degrees) && degrees > 0
    return { error: isAlone ? null : Math.sqrt(variance) * unit, degrees: isKnown ? degrees : 1 }
  })
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** An orthonormal basis, and of each coefficient what it is of the basis's products with the outcome. */
interface Orthonormal {
  readonly basis: readonly Float64Array[]
  readonly weights: readonly Float64Array[]
}

/**
 * Columns of length 1 and at right angles, the first a constant; and of each coefficient, what it is of the columns'
 * products with the outcome.
 */
function orthonormal(drivers: readonly Float64Array[], n: number): Orthonormal {
  const size = drivers.length + 1
  const basis = [new Float64Array(n).fill(1 / Math.sqrt(n))]
  // of each driver, what it is made of
  const parts: Float64Array[] = []
  for (const driver of drivers) {
    const column = driver.slice()
    const part = new Float64Array(size)
    // twice, so that what rounding leaves is taken out too (Gram & Schmidt)
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((before, b) => {
        const along = dot(before, column)
        part[b] += along
        for (let i = 0; i < n; i++) column[i] -= along * before[i]
      })
    }
    const largest = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const scaled = column.map((value) => value / largest)
    const length = Math.sqrt(dot(scaled, scaled))
    part[basis.length] = largest * length
    parts.push(part)
    basis.push(scaled.map((value) => value / length))
  }
  // R^-1 by rows: coefficient j = sum of weights[j][b] x (basis b . outcome)
  const rows = [Float64Array.from({ length: size }, (_, b) => (b === 0 ? Math.sqrt(n) : 0)), ...parts]
  const weights = Array.from({ length: size }, () => new Float64Array(size))
  for (let b = 0; b < size; b++) {
    const x = new Float64Array(size)
    x[b] = 1 / rows[b][b]
    for (let j = b - 1; j >= 0; j--) {
      let sum = 0
      for (let k = j + 1; k <= b; k++) sum += rows[k][j] * x[k]
      x[j] = 0 - sum / rows[j][j]
    }
    for (let j = 0; j <= b; j++) weights[j][b] = x[j]
  }
  return { basis, weights }
}
