/**
 * Adds `factor` x the outer product of a row of `activities` with itself to the M x M block at `at`.
 *
 * @param row where the row begins
 */
export function addBlock(blocks: Float64Array, at: number, activities: Float64Array, row: number, M: number, factor: number): void {
  const w0 = activities[row]
  if (M === 1) {
    blocks[at] += factor * w0 * w0
    return
  }
  if (M === 2) {
    const w1 = activities[row + 1]
    blocks[at] += factor * w0 * w0
    blocks[at + 1] += factor * w0 * w1
    blocks[at + 2] += factor * w0 * w1
    blocks[at + 3] += factor * w1 * w1
    return
  }
  for (let m = 0; m < M; m++) {
    const wm = activities[row + m] * factor
    for (let q = 0; q < M; q++) blocks[at + m * M + q] += wm * activities[row + q]
  }
}
