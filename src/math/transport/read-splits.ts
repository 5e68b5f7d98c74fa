import { largestOf } from "../stats/extremes.js"

/** One tie of the working basis: account, the territory that it ties to, and its share there. */
export interface Tie {
  readonly account: number
  readonly territory: number
  readonly share: number
}

/** An account that an optimum divides; shares sum to 1. */
export interface Split {
  readonly account: number
  readonly territories: readonly number[]
  readonly shares: readonly number[]
}

/**
 * Divided accounts from the ties of a basis, in ascending order, and for every account the territory with its largest share
 * (ties: the key first, then in the order of the basis). O(n + ties log ties).
 *
 * @param keyTerritory n: the territory that has what the ties leave
 */
export function readSplits(keyTerritory: Int32Array, ties: readonly Tie[]): { owner: Int32Array; splits: Split[] } {
  const owner = keyTerritory.slice()
  const byAccount = new Map<number, { territories: number[]; shares: number[] }>()
  for (const { account, territory, share } of ties) {
    const parts = byAccount.get(account) ?? { territories: [keyTerritory[account]], shares: [1] }
    parts.territories.push(territory)
    parts.shares.push(share)
    parts.shares[0] -= share
    byAccount.set(account, parts)
  }
  const splits = [...byAccount].sort((a, b) => a[0] - b[0]).map(([account, parts]) => ({ account, ...parts }))
  for (const { account, territories, shares } of splits) owner[account] = territories[shares.indexOf(largestOf(shares))]
  return { owner, splits }
}
