import type { Split } from "./read-splits.js"

/** One share of a divided account. */
interface Part {
  /** Position of the account among the splits. */
  readonly split: number
  readonly territory: number
  share: number
}

/**
 * Divides accounts among fewer territories, until the graph of accounts and the territories that they are divided among is a
 * forest. Around a cycle of it every account can hand some activity on to the next territory and every territory keeps what
 * it has; in one of the two directions that costs nothing, and it is done until a share is used up.
 *
 * @param splits accounts with an activity above 0, ascending; an optimum leaves few, and a vertex has no cycle
 * @param activities n
 * @param costOf of account i as a whole in territory t
 * @returns the same accounts; one that has only one territory left is whole there. O(shares) without a cycle, and as much for
 * each one
 *
 * Source: the usual step from any optimum of a transport problem to a basic one.
 */
export function cancelCycles(splits: readonly Split[], activities: Float64Array, costOf: (i: number, t: number) => number): Split[] {
  const placeOf = new Map<number, number>()
  for (const { territories } of splits) for (const t of territories) if (!placeOf.has(t)) placeOf.set(t, splits.length + placeOf.size)
  /** Nodes are the accounts and then the territories; for each one its parts in the forest. */
  const partsAt = Array.from({ length: splits.length + placeOf.size }, (): Part[] => [])
  const isJoined = createUnion(partsAt.length)
  const placeOfTerritory = (part: Part): number => placeOf.get(part.territory) as number
  splits.forEach(({ territories, shares }, split) => {
    territories.forEach((territory, p) => {
      const part = { split, territory, share: shares[p] }
      const cycle = isJoined(split, placeOfTerritory(part)) ? [part, ...pathBetween(placeOfTerritory(part), split)] : []
      join(part)
      if (cycle.length > 0) remove(cancel(cycle))
    })
  })
  return splits.map(({ account }, split) => {
    // a share that two cycles used up together may be left as rounding
    const parts = partsAt[split].filter((part) => part.share > 0)
    return { account, territories: parts.map((part) => part.territory), shares: parts.map((part) => part.share) }
  })

  function join(part: Part): void {
    partsAt[part.split].push(part)
    partsAt[placeOfTerritory(part)].push(part)
  }

  function remove(part: Part): void {
    for (const at of [part.split, placeOfTerritory(part)]) partsAt[at] = partsAt[at].filter((other) => other !== part)
  }

  /** The parts along the way through the forest. */
  function pathBetween(from: number, to: number): Part[] {
    const cameBy = new Map<number, Part | null>([[from, null]])
    const open = [from]
    for (let at = open.pop(); at !== undefined && at !== to; at = open.pop()) {
      for (const part of partsAt[at]) {
        const next = otherEnd(part, at)
        if (cameBy.has(next)) continue
        cameBy.set(next, part)
        open.push(next)
      }
    }
    const path: Part[] = []
    let at = to
    for (let part = cameBy.get(at); part !== undefined && part !== null; part = cameBy.get(at)) {
      path.push(part)
      at = otherEnd(part, at)
    }
    return path.reverse()
  }

  function otherEnd(part: Part, at: number): number {
    return at === part.split ? placeOfTerritory(part) : part.split
  }

  /** Moves activity around a cycle, from every other part to the one before it or after it; answers the part that is used up. */
  function cancel(cycle: readonly Part[]): Part {
    const activityOf = (part: Part): number => activities[splits[part.split].account]
    let change = 0
    cycle.forEach((part, c) => (change += ((c % 2 === 0 ? 1 : -1) * costOf(splits[part.split].account, part.territory)) / activityOf(part)))
    const losing = change <= 0 ? 1 : 0
    let least = cycle[losing]
    for (let c = losing; c < cycle.length; c += 2) if (cycle[c].share * activityOf(cycle[c]) < least.share * activityOf(least)) least = cycle[c]
    const amount = least.share * activityOf(least)
    cycle.forEach((part, c) => (part.share += ((c % 2 === losing ? -1 : 1) * amount) / activityOf(part)))
    return least
  }
}

/** Tells whether two nodes were joined before, and joins them. A canceled cycle stays joined: it loses one part of several. */
function createUnion(size: number): (a: number, b: number) => boolean {
  const above = Int32Array.from({ length: size }, (_, v) => v)
  const find = (v: number): number => {
    while (above[v] !== v) v = above[v] = above[above[v]]
    return v
  }
  return (a, b) => {
    const [top, other] = [find(a), find(b)]
    above[top] = other
    return top === other
  }
}
