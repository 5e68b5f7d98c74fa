/**
 * For every ordered pair of territories (a, b) a heap of the accounts that a may hand to b, the cheapest per unit of activity
 * first. Items are pairs (of the account and b); one that no longer counts is left in its heap until it comes to the
 * top, or until the heap has twice the size that it had when it was last cleared of these: a heap never holds more
 * than twice the items that may count, and a few.
 */
export interface CrossingHeaps {
  /** Arcs that leave territory a. */
  readonly leaving: readonly (readonly number[])[]
  /** By arc: from where and to where. */
  readonly tail: readonly number[]
  readonly head: readonly number[]
  /** By arc: the least key of those that count; Infinity where none does. */
  readonly least: readonly number[]
  /** By arc, while `least` is finite: its item. Ties: the smaller one. */
  top(arc: number): number
  /** Puts an item on the heap of arc (a, b), always with the same key. Amortized O(log). */
  add(a: number, b: number, key: number, item: number): void
  /** Items on the heap of an arc, those that no longer count included. */
  size(arc: number): number
  /** To be called when an item of arc (a, b) counts no longer. Amortized O(log). */
  review(a: number, b: number): void
}

/** Items that a heap may hold beyond twice those that it had when it was last cleared. */
const SPARE = 16

/**
 * @param counts whether an item still counts, given the arc's tail
 */
export function createCrossingHeaps(k: number, counts: (item: number, a: number) => boolean): CrossingHeaps {
  const arcOf = new Map<number, number>()
  const leaving: number[][] = Array.from({ length: k }, () => [])
  const head: number[] = []
  const tail: number[] = []
  const least: number[] = []
  const keys: number[][] = []
  const items: number[][] = []
  /** By arc: the size at which the heap is cleared. */
  const limit: number[] = []

  function add(a: number, b: number, key: number, item: number): void {
    let arc = arcOf.get(a * k + b)
    if (arc === undefined) {
      arc = head.length
      arcOf.set(a * k + b, arc)
      leaving[a].push(arc)
      head.push(b)
      tail.push(a)
      least.push(Infinity)
      keys.push([])
      items.push([])
      limit.push(SPARE)
    }
    if (items[arc].length >= limit[arc]) clear(arc)
    siftUp(keys[arc], items[arc], key, item)
    least[arc] = keys[arc][0]
  }

  /** Leaves in the heap of an arc what counts, once each. */
  function clear(arc: number): void {
    const before = items[arc]
    const keyOf = keys[arc]
    const kept = new Set<number>()
    items[arc] = []
    keys[arc] = []
    before.forEach((item, at) => {
      if (kept.has(item) || !counts(item, tail[arc])) return
      kept.add(item)
      siftUp(keys[arc], items[arc], keyOf[at], item)
    })
    limit[arc] = 2 * kept.size + SPARE
  }

  function review(a: number, b: number): void {
    const arc = arcOf.get(a * k + b)
    if (arc === undefined) return
    const own = items[arc]
    while (own.length > 0 && !counts(own[0], a)) removeTop(keys[arc], own)
    least[arc] = own.length > 0 ? keys[arc][0] : Infinity
  }

  return { leaving, tail, head, least, top: (arc) => items[arc][0], add, review, size: (arc) => items[arc].length }
}

function siftUp(keys: number[], items: number[], key: number, item: number): void {
  let at = keys.length
  keys.push(key)
  items.push(item)
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (keys[parent] < key || (keys[parent] === key && items[parent] <= item)) break
    keys[at] = keys[parent]
    items[at] = items[parent]
    at = parent
  }
  keys[at] = key
  items[at] = item
}

function removeTop(keys: number[], items: number[]): void {
  const key = keys.pop() as number
  const item = items.pop() as number
  const size = keys.length
  if (size === 0) return
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= size) break
    if (child + 1 < size && (keys[child + 1] < keys[child] || (keys[child + 1] === keys[child] && items[child + 1] < items[child]))) child++
    if (key < keys[child] || (key === keys[child] && item <= items[child])) break
    keys[at] = keys[child]
    items[at] = items[child]
    at = child
  }
  keys[at] = key
  items[at] = item
}
