import type { Location } from "./account.js"

/** The center that a territory is given; undefined where it has none, absent or null. */
export function statedCenter({ center }: { readonly center?: Location | null }): Location | undefined {
  return center ?? undefined
}
