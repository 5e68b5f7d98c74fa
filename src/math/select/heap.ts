/** A queue from which the least comes first. */
export interface Heap<T> {
  push(one: T): void
  pop(): T | undefined
}

/** A binary heap; O(log size) for each call. Deterministic where `compare` is never 0 (Williams 1964). */
export function createHeap<T>(compare: (a: T, b: T) => number): Heap<T> {
  const heap: T[] = []
  return {
    push(one) {
      let at = heap.push(one) - 1
      while (at > 0) {
        const up = (at - 1) >> 1
        if (compare(heap[up], one) <= 0) break
        heap[at] = heap[up]
        at = up
      }
      heap[at] = one
    },
    pop() {
      const top = heap[0]
      const one = heap.pop()
      if (heap.length === 0 || one === undefined) return top
      let at = 0
      for (let child = 1; child < heap.length; child = 2 * at + 1) {
        if (child + 1 < heap.length && compare(heap[child + 1], heap[child]) < 0) child++
        if (compare(one, heap[child]) <= 0) break
        heap[at] = heap[child]
        at = child
      }
      heap[at] = one
      return top
    },
  }
}
