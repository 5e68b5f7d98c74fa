import { expect, test } from "vitest"
import { createRandom } from "../../../src/math/random.js"
import { createCrossingHeaps } from "../../../src/math/transport/crossing-heaps.js"

test("whatever comes, goes and comes again: the least that counts is on top, and no heap outgrows what may count", () => {
  const K = 3
  const ITEMS = 40
  for (let seed = 0; seed < 4; seed++) {
    const random = createRandom(seed)
    const keyOf = Float64Array.from({ length: ITEMS }, () => Math.floor(8 * random()))
    /** Whether an item counts at a territory; the target of an item is fixed. */
    const isThere = new Uint8Array(ITEMS * K)
    const to = (item: number): number => item % K
    const heaps = createCrossingHeaps(K, (item, a) => isThere[item * K + a] === 1)
    let largest = 0
    let wrong = 0
    for (let step = 0; step < 3000; step++) {
      const item = Math.floor(random() * ITEMS)
      const a = Math.floor(random() * K)
      if (a === to(item)) continue
      if (isThere[item * K + a] === 1) {
        isThere[item * K + a] = 0
        heaps.review(a, to(item))
      } else {
        isThere[item * K + a] = 1
        heaps.add(a, to(item), keyOf[item], item)
      }
      for (let from = 0; from < K; from++) {
        for (const arc of heaps.leaving[from]) {
          const living = Array.from({ length: ITEMS }, (_, i) => i).filter((i) => to(i) === heaps.head[arc] && isThere[i * K + from] === 1)
          living.sort((x, y) => keyOf[x] - keyOf[y] || x - y)
          if (heaps.least[arc] !== (living.length === 0 ? Infinity : keyOf[living[0]])) wrong++
          if (living.length > 0 && heaps.top(arc) !== living[0]) wrong++
          largest = Math.max(largest, heaps.size(arc))
        }
      }
    }
    expect(wrong).toBe(0)
    // at most ITEMS / K + 1 count on an arc
    expect(largest).toBeLessThanOrEqual(2 * (ITEMS / K + 1) + 16)
  }
})
