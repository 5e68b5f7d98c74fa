/** A binary heap of (step, item), least step first, equal steps by smaller item. Typed arrays that grow. O(log) a change. */
export interface BreakpointHeap {
  clear(): void
  push(step: number, item: number): void
  /** Takes the least away; whether there was one, which `item` and `step` then tell. */
  pop(): boolean
  readonly item: () => number
  /** The least step that is left; Infinity where none is. */
  least(): number
  readonly step: () => number
}

export function createBreakpointHeap(): BreakpointHeap {
  let steps = new Float64Array(1024)
  let items = new Int32Array(1024)
  let size = 0
  let topStep = 0
  let topItem = 0
  const before = (a: number, itemA: number, b: number, itemB: number): boolean => a < b || (a === b && itemA < itemB)

  return {
    clear() {
      size = 0
    },
    push(step, item) {
      if (size === steps.length) {
        const moreSteps = new Float64Array(2 * size)
        const moreItems = new Int32Array(2 * size)
        moreSteps.set(steps)
        moreItems.set(items)
        steps = moreSteps
        items = moreItems
      }
      let at = size++
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!before(step, item, steps[parent], items[parent])) break
        steps[at] = steps[parent]
        items[at] = items[parent]
        at = parent
      }
      steps[at] = step
      items[at] = item
    },
    pop() {
      if (size === 0) return false
      topStep = steps[0]
      topItem = items[0]
      const step = steps[--size]
      const item = items[size]
      let at = 0
      for (;;) {
        let child = 2 * at + 1
        if (child >= size) break
        if (child + 1 < size && before(steps[child + 1], items[child + 1], steps[child], items[child])) child++
        if (!before(steps[child], items[child], step, item)) break
        steps[at] = steps[child]
        items[at] = items[child]
        at = child
      }
      steps[at] = step
      items[at] = item
      return true
    },
    least: () => (size > 0 ? steps[0] : Infinity),
    item: () => topItem,
    step: () => topStep,
  }
}
