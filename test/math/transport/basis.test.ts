import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { createBasis, pivot, rowNorm, solveBasis } from "../../../src/math/transport/basis.js"

test("after any number of pivots the inverse is still the inverse of the columns", () => {
  for (let seed = 0; seed < 30; seed++) {
    const random = createRandom(seed)
    const size = 1 + Math.floor(random() * 8)
    const basis = createBasis(size)
    // the columns themselves, kept beside it
    const columns = Array.from({ length: size }, (_, p) => Float64Array.from({ length: size }, (_, r) => (r === p ? -1 : 0)))
    let pivots = 0
    for (let step = 0; step < 40; step++) {
      const column = Float64Array.from({ length: size }, () => (random() < 0.4 ? 0 : random() * 2 - 1))
      const alpha = new Float64Array(size)
      solveBasis(basis, column, alpha)
      const p = Math.floor(random() * size)
      // far from 0, so that the inverse stays well conditioned
      if (Math.abs(alpha[p]) < 0.3) continue
      pivot(basis, p, alpha)
      columns[p] = column
      pivots++
    }
    expect(pivots).toBeGreaterThan(3)
    for (let p = 0; p < size; p++) {
      const unit = new Float64Array(size)
      solveBasis(basis, columns[p], unit)
      // up to 40 pivots that multiply rounding by at most 1 / 0.3 each; in practice 1e-12
      unit.forEach((x, q) => expect(x).toBeCloseTo(q === p ? 1 : 0, 8))
      expect(rowNorm(basis, p)).toBeCloseTo(basis.inverse.slice(p * size, (p + 1) * size).reduce((sum, x) => sum + x * x, 0), 10)
    }
  }
})
