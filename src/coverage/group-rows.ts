import type { AccountIds } from "./read-account-ids.js"

/** Adds a value to the list of a key, which it begins where there is none. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** Rows by territory, in the order of account ids. O(claims). */
export function rowsByTerritory({ order }: AccountIds, territoriesOf: readonly (readonly string[])[]): Map<string, number[]> {
  const rows = new Map<string, number[]>()
  for (const i of order) for (const id of territoriesOf[i]) addTo(rows, id, i)
  return rows
}
