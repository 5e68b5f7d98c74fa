import { smallestOf } from "../math/stats/extremes.js"
import { dealRows } from "../math/stats/batch-rows.js"
import { batchSize } from "../math/stats/permutation-test.js"
import { createWords } from "../math/random.js"
import type { GroupedRows } from "./compare/dues.js"

/**
 * Rows added up at random in batches of one group and stratum, of the same size within a stratum: as many as leave each of some groups a
 * hundred there. What a test draws stays as exchangeable as the rows were, at the cost of the batches. O(rows). The same seed deals the same rows alike.
 *
 * @param rows by group; numerators and denominators in the caller's units
 * @param groups whose rows must stay many; the others have at least one batch in every stratum that they have
 * @returns the rows themselves where none of these groups has 200 in a stratum
 */
export function coarsenRows(rows: GroupedRows, groups: readonly number[], seed: number): GroupedRows {
  const { numerators, denominators, starts, stratumOf } = rows
  const cells = cellsOf(starts, stratumOf)
  const strata = cells.reduce((most, one) => Math.max(most, one.length), 0)
  const sizes = Array.from({ length: strata }, (_, s) => batchSize(smallestOf(groups.map((g) => cells[g][s]?.length ?? 0).filter((count) => count > 0))))
  if (sizes.every((size) => size === 1)) return rows

  const parts: { readonly ys: Float64Array; readonly xs: Float64Array; readonly stratum: number }[] = []
  const ends = new Int32Array(starts.length)
  let count = 0
  cells.forEach((ofGroup, g) => {
    ofGroup.forEach((at, s) => {
      if (at.length === 0) return
      const batches = Math.max(1, Math.floor(at.length / sizes[s]))
      // the same random words deal both numbers of a row to the same batch
      const [ys, xs] = [numerators, denominators].map((numbers) => {
        const own = new Float64Array(at.length)
        for (let i = 0; i < at.length; i++) own[i] = numbers[at[i]]
        return batches === at.length ? own : dealRows(own, batches, createWords(seed, 0xc0a + g))
      })
      parts.push({ ys, xs, stratum: s })
      count += ys.length
    })
    ends[g + 1] = count
  })
  const coarse = { numerators: new Float64Array(count), denominators: new Float64Array(count), starts: ends }
  const strataOfBatches = new Int32Array(count)
  let at = 0
  for (const { ys, xs, stratum } of parts) {
    coarse.numerators.set(ys, at)
    coarse.denominators.set(xs, at)
    strataOfBatches.fill(stratum, at, at + ys.length)
    at += ys.length
  }
  return stratumOf === undefined ? coarse : { ...coarse, stratumOf: strataOfBatches }
}

/** The rows of every group by stratum. */
function cellsOf(starts: Int32Array, stratumOf: Int32Array | undefined): Int32Array[][] {
  const strata = stratumOf === undefined ? 1 : stratumOf.reduce((most, s) => Math.max(most, s + 1), 0)
  return Array.from({ length: starts.length - 1 }, (_, g) => {
    const sizes = new Int32Array(strata)
    for (let i = starts[g]; i < starts[g + 1]; i++) sizes[stratumOf === undefined ? 0 : stratumOf[i]]++
    const cells = Array.from(sizes, (size) => new Int32Array(size))
    sizes.fill(0)
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      const s = stratumOf === undefined ? 0 : stratumOf[i]
      cells[s][sizes[s]++] = i
    }
    return cells
  })
}
