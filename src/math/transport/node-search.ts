/** The state of one shortest-path search over a few nodes; arrays are used again by the next search. */
export interface NodeSearch {
  /** Infinity where no path is known. */
  readonly distance: Float64Array
  readonly isSettled: Uint8Array
  /** By what and from where a node was reached. */
  readonly cameBy: Int32Array
  readonly cameFrom: Int32Array
  /** Nodes that were reached, in that order. */
  readonly touched: readonly number[]
  /** A path to v of length d; ignored when a shorter one is known. O(log). */
  reach(v: number, d: number, by: number, from: number): void
  /** Settles and answers the nearest node that is not settled; -1: none is left. Ties: first come. O(log). */
  settleNext(): number
  /** Ready for the next search. O(touched). */
  forget(): void
}

/** Dijkstra's bookkeeping (1959) with a binary heap; a node may wait in it more than once. */
export function createNodeSearch(nodes: number): NodeSearch {
  const distance = new Float64Array(nodes).fill(Infinity)
  const isSettled = new Uint8Array(nodes)
  const cameBy = new Int32Array(nodes)
  const cameFrom = new Int32Array(nodes)
  const touched: number[] = []
  const keys: number[] = []
  const waiting: number[] = []

  function reach(v: number, d: number, by: number, from: number): void {
    if (d >= distance[v]) return
    if (distance[v] === Infinity) touched.push(v)
    distance[v] = d
    cameBy[v] = by
    cameFrom[v] = from
    let at = keys.length
    keys.push(d)
    waiting.push(v)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (keys[parent] <= d) break
      keys[at] = keys[parent]
      waiting[at] = waiting[parent]
      at = parent
    }
    keys[at] = d
    waiting[at] = v
  }

  function removeFirst(): number {
    const first = waiting[0]
    const d = keys.pop() as number
    const v = waiting.pop() as number
    const size = keys.length
    if (size === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && keys[child + 1] < keys[child]) child++
      if (d <= keys[child]) break
      keys[at] = keys[child]
      waiting[at] = waiting[child]
      at = child
    }
    keys[at] = d
    waiting[at] = v
    return first
  }

  function settleNext(): number {
    while (keys.length > 0) {
      const v = removeFirst()
      if (isSettled[v] === 1) continue
      isSettled[v] = 1
      return v
    }
    return -1
  }

  function forget(): void {
    for (const v of touched) {
      distance[v] = Infinity
      isSettled[v] = 0
    }
    touched.length = 0
    keys.length = 0
    waiting.length = 0
  }

  return { distance, isSettled, cameBy, cameFrom, touched, reach, settleNext, forget }
}
