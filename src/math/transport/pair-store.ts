import type { Candidates } from "./candidates.js"
import type { Split } from "./read-splits.js"

/** Pairs of account and territory with their costs and shares, as a list for every account that can grow. */
export interface PairStore {
  /** n: the first pair of account i. */
  readonly first: Int32Array
  /** By pair; -1: the last of its account. */
  next: Int32Array
  accountOf: Int32Array
  territory: Int32Array
  cost: Float64Array
  /** Which part of the account's activity is there. */
  share: Float64Array
  size(): number
  /** The pair of account i and territory t, which is there. */
  entryOf(i: number, t: number): number
  /** Adds a pair with share 0 to the front of its account's list, or finds it there. Amortized O(pairs of the account). */
  add(i: number, t: number, cost: number): number
}

/** The candidates as such lists, in their order. */
export function createPairStore(n: number, { start, territory, cost }: Candidates): PairStore {
  let used = territory.length
  const first = new Int32Array(n)
  const store: PairStore = {
    first,
    next: new Int32Array(used),
    accountOf: new Int32Array(used),
    // read, and copied before they grow
    territory,
    cost,
    share: new Float64Array(used),
    size: () => used,
    entryOf,
    add,
  }
  for (let i = 0; i < n; i++) {
    first[i] = start[i]
    for (let e = start[i]; e < start[i + 1]; e++) {
      store.accountOf[e] = i
      store.next[e] = e + 1 < start[i + 1] ? e + 1 : -1
    }
  }
  return store

  function entryOf(i: number, t: number): number {
    let e = first[i]
    while (store.territory[e] !== t) e = store.next[e]
    return e
  }

  function add(i: number, t: number, pairCost: number): number {
    for (let e = first[i]; e >= 0; e = store.next[e]) if (store.territory[e] === t) return e
    if (used === store.territory.length) {
      const capacity = used + (used >> 1) + 16
      store.next = longer(store.next, new Int32Array(capacity))
      store.accountOf = longer(store.accountOf, new Int32Array(capacity))
      store.territory = longer(store.territory, new Int32Array(capacity))
      store.cost = longer(store.cost, new Float64Array(capacity))
      store.share = longer(store.share, new Float64Array(capacity))
    }
    store.accountOf[used] = i
    store.territory[used] = t
    store.cost[used] = pairCost
    store.next[used] = first[i]
    first[i] = used
    return used++
  }
}

/** n: the territory with the largest share of every account; ties: the first of its list. */
export function readOwners({ first, next, share, territory }: PairStore): Int32Array {
  return first.map((own) => {
    let most = own
    for (let e = own; e >= 0; e = next[e]) if (share[e] > share[most]) most = e
    return territory[most]
  })
}

/** Accounts with a share in more than one territory, ascending. */
export function readShares({ first, next, share, territory }: PairStore): Split[] {
  const splits: Split[] = []
  first.forEach((own, account) => {
    let parts = 0
    for (let e = own; e >= 0; e = next[e]) if (share[e] > 0) parts++
    if (parts < 2) return
    const territories: number[] = []
    const shares: number[] = []
    for (let e = own; e >= 0; e = next[e]) {
      if (share[e] === 0) continue
      territories.push(territory[e])
      shares.push(share[e])
    }
    splits.push({ account, territories, shares })
  })
  return splits
}

/** Sum of share x cost. */
export function costOfShares(store: PairStore): number {
  let sum = 0
  for (let e = 0; e < store.size(); e++) sum += store.share[e] * store.cost[e]
  return sum
}

function longer<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
