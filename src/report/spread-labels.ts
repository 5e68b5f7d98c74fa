/**
 * Moves labels along a line so that none covers another: the least squares of what they move, in the order in which they want to
 * stand, all between low and high. Equal wishes keep their order. O(k log k).
 *
 * Source: pool adjacent violators, Ayer, Brunk, Ewing, Reid & Silverman, Ann. Math. Statist. 26, 1955, on wishes less i times the gap.
 *
 * @param wishes k places, where each label would stand alone
 * @param gap between neighbors, at least; where k labels need more than there is, they share what there is
 */
export function spreadLabels(wishes: readonly number[], gap: number, low: number, high: number): number[] {
  const order = Array.from(wishes.keys()).sort((a, b) => wishes[a] - wishes[b] || a - b)
  const room = Math.max(0, high - low)
  const step = order.length > 1 ? Math.min(gap, room / (order.length - 1)) : 0
  const last = low + room - step * (order.length - 1)
  const blocks: { sum: number; count: number }[] = []
  order.forEach((i, rank) => {
    let block = { sum: wishes[i] - rank * step, count: 1 }
    for (let before = blocks.at(-1); before !== undefined && before.sum / before.count >= block.sum / block.count; before = blocks.at(-1)) {
      block = { sum: before.sum + block.sum, count: before.count + block.count }
      blocks.pop()
    }
    blocks.push(block)
  })
  const placed = new Array<number>(wishes.length).fill(0)
  let rank = 0
  for (const { sum, count } of blocks) {
    // the bounds on all shifted places are the same two numbers, so cutting keeps the optimum
    const at = Math.max(low, Math.min(last, sum / count))
    for (let i = 0; i < count; i++, rank++) placed[order[rank]] = at + rank * step
  }
  return placed
}
