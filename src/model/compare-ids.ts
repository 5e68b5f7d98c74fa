/** The order of ids everywhere: by UTF-16 code units, the same in every locale. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The rows of accounts in the order of their ids, which are unique: what is added up in this order does not depend on the
 * order of the rows. O(n log n).
 */
export function orderByIds(ids: readonly string[]): Int32Array {
  const rowOf = new Map(ids.map((id, row) => [id, row]))
  // the default sort is by code units, as compareIds is, and several times as fast
  return Int32Array.from([...ids].sort(), (id) => rowOf.get(id) as number)
}
