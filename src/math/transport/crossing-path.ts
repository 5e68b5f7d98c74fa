/**
 * Who is handed on along one path of the flow, from its end to its beginning: pairs that accounts leave and come to.
 */
export interface CrossingPath {
  readonly leaving: Int32Array
  readonly coming: Int32Array
  count(): number
  clear(): void
  /** One more crossing, before those that are there: the account of the two pairs leaves one for the other. */
  add(from: number, to: number): void
}

/**
 * An account that crosses twice in a row, a -> b -> c, crosses a -> c at once, at the same cost: in two steps no more
 * of it could go than happens to be in b, which may be any crumb, and as much would be in b again. Of a path without
 * such a stop every crossing that limits it is empty afterwards.
 *
 * @param most crossings of a path
 */
export function createCrossingPath(most: number): CrossingPath {
  const leaving = new Int32Array(most)
  const coming = new Int32Array(most)
  let size = 0

  function add(from: number, to: number): void {
    if (size > 0 && leaving[size - 1] === to) leaving[size - 1] = from
    else {
      leaving[size] = from
      coming[size++] = to
    }
  }

  return { leaving, coming, count: () => size, clear: () => (size = 0), add }
}
