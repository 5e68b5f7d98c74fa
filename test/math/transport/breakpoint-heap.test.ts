import fc from "fast-check"
import { expect, test } from "vitest"
import { createBreakpointHeap } from "../../../src/math/transport/breakpoint-heap.js"

/** Few different steps, so that ties are common. */
const entry = fc.record({ step: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: 0, max: 1, noNaN: true })), item: fc.integer({ min: -50, max: 50 }) })

test("gives what sorting gives: least step first, equal steps by the smaller item", () => {
  const heap = createBreakpointHeap()
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 200 }), (entries) => {
      heap.clear()
      for (const { step, item } of entries) heap.push(step, item)
      const popped: { step: number; item: number }[] = []
      while (heap.pop()) popped.push({ step: heap.step(), item: heap.item() })
      expect(popped).toEqual([...entries].sort((a, b) => a.step - b.step || a.item - b.item))
    }),
  )
})

test("pushes and pops may alternate, as they do along a ray", () => {
  fc.assert(
    fc.property(fc.array(fc.option(entry, { freq: 3 }), { maxLength: 300 }), (actions) => {
      const heap = createBreakpointHeap()
      let naive: { step: number; item: number }[] = []
      for (const action of actions) {
        if (action !== null) {
          heap.push(action.step, action.item)
          naive = [...naive, action].sort((a, b) => a.step - b.step || a.item - b.item)
          continue
        }
        expect(heap.pop()).toBe(naive.length > 0)
        const first = naive.shift()
        if (first !== undefined) expect({ step: heap.step(), item: heap.item() }).toEqual(first)
      }
    }),
  )
})

test("grows beyond its first 1,024 places", () => {
  const heap = createBreakpointHeap()
  for (let i = 0; i < 5000; i++) heap.push((i * 7919) % 5000, i)
  const steps: number[] = []
  while (heap.pop()) steps.push(heap.step())
  expect(steps).toEqual(Array.from({ length: 5000 }, (_, i) => i))
})
