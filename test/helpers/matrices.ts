/** By rows. */
export type Matrix = readonly (readonly number[])[]

/** A^(-1) by Gauss and Jordan, without pivoting: for symmetric positive matrices. */
export function inverse(given: Matrix): number[][] {
  const n = given.length
  const rows = given.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => Number(i === j))])
  for (let j = 0; j < n; j++) {
    const pivot = rows[j][j]
    rows[j] = rows[j].map((value) => value / pivot)
    rows.forEach((row, i) => {
      if (i !== j) rows[i] = row.map((value, at) => value - row[j] * rows[j][at])
    })
  }
  return rows.map((row) => row.slice(n))
}

/** A^(-1/2) of a symmetric positive matrix, by Newton's iteration of Denman & Beavers (1976). */
export function inverseRoot(matrix: Matrix): number[][] {
  let [y, z] = [matrix.map((row) => [...row]), matrix.map((_, i) => matrix.map((__, j) => Number(i === j)))]
  for (let step = 0; step < 60; step++) {
    const [yInverse, zInverse] = [inverse(y), inverse(z)]
    ;[y, z] = [y.map((row, i) => row.map((value, j) => (value + zInverse[i][j]) / 2)), z.map((row, i) => row.map((value, j) => (value + yInverse[i][j]) / 2))]
  }
  return z
}
