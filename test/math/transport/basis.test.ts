import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { createBasis, type Basis } from "../../../src/math/transport/basis.js"

/** Columns of the basis, kept beside it, dense. */
type Columns = Float64Array[]

/** Solving with column p gives the unit vector of p; solving transposed with c gives c' inverse, which meets every column at c. */
function expectInverse(basis: Basis, columns: Columns, random: () => number): void {
  const { size } = basis
  for (let p = 0; p < size; p++) {
    const image = new Float64Array(size)
    basis.solve(columns[p].slice(), image)
    // up to 60 changes that multiply rounding by at most 1 / 0.2 each; in practice 1e-12
    image.forEach((value, q) => expect(value).toBeCloseTo(q === p ? 1 : 0, 7))
  }
  const c = Float64Array.from({ length: size }, random)
  const z = new Float64Array(size)
  basis.solveTransposed(c.slice(), z)
  columns.forEach((column, p) => expect(column.reduce((sum, v, r) => sum + v * z[r], 0)).toBeCloseTo(c[p], 7))
}

/** The column of an account that stands between two of the territories, as in a basis: measures of one, less those of the other. */
function tieColumn(size: number, M: number, random: () => number): Float64Array {
  const column = new Float64Array(size)
  const k = Math.ceil(size / M)
  const a = Math.floor(random() * k)
  const b = Math.floor(random() * k)
  for (let m = 0; m < M; m++) {
    const w = 0.2 + random()
    if (a * M + m < size) column[a * M + m] += w
    if (b * M + m < size) column[b * M + m] -= w
  }
  return column
}

test("after any number of replacements, subtractions and fresh factors it still solves for its columns", () => {
  let changes = 0
  let refactored = 0
  for (let seed = 0; seed < 60; seed++) {
    const random = createRandom(seed)
    const size = 1 + Math.floor(random() * 24)
    const M = 1 + Math.floor(random() * 3)
    const basis = createBasis(size)
    const columns: Columns = Array.from({ length: size }, (_, p) => Float64Array.from({ length: size }, (_, r) => (r === p ? -1 : 0)))
    for (let step = 0; step < 60; step++) {
      const p = Math.floor(random() * size)
      if (step % 7 === 3 && size > 2) {
        const others = [...new Set([Math.floor(random() * size), Math.floor(random() * size)])].filter((q) => q !== p)
        basis.subtract(p, others)
        for (const q of others) columns[q] = columns[q].map((v, r) => v - columns[p][r])
        columns[p] = columns[p].map((v) => -v)
        changes++
        continue
      }
      if (step % 13 === 7) {
        const answer = basis.refactor((q, push) => columns[q].forEach((v, r) => push(r, v)))
        expect(answer.dependent).toEqual([])
        refactored++
        continue
      }
      const column = tieColumn(size, M, random)
      const alpha = new Float64Array(size)
      basis.solve(column.slice(), alpha)
      // far from 0, so that the basis stays well conditioned
      if (Math.abs(alpha[p]) < 0.2) continue
      basis.replace(p, alpha)
      columns[p] = column
      changes++
    }
    expectInverse(basis, columns, random)
  }
  expect(changes).toBeGreaterThan(1000)
  expect(refactored).toBeGreaterThan(200)
})

test("a singular basis names as many dependent columns as rows that are left, and unit columns there make it regular", () => {
  let singular = 0
  for (let seed = 0; seed < 60; seed++) {
    const random = createRandom(seed)
    const size = 4 + Math.floor(random() * 12)
    const basis = createBasis(size)
    const columns: Columns = Array.from({ length: size }, () => tieColumn(size, 2, random))
    columns[1] = columns[0].map((v) => 2 * v)
    columns[3].fill(0)
    const answer = basis.refactor((q, push) => columns[q].forEach((v, r) => push(r, v)))
    expect(answer.dependent.length).toBe(answer.unserved.length)
    expect(answer.dependent.length).toBeGreaterThan(1)
    singular++
    answer.dependent.forEach((p, at) => (columns[p] = Float64Array.from({ length: size }, (_, r) => (r === answer.unserved[at] ? -1 : 0))))
    expect(basis.refactor((q, push) => columns[q].forEach((v, r) => push(r, v))).dependent).toEqual([])
    expectInverse(basis, columns, random)
  }
  expect(singular).toBe(60)
})
