import type { Split } from "./read-splits.js"
import type { TransportProblem } from "./transport-problem.js"
import { boundScale, violationAt } from "./whole-plan.js"

/** What a choice leads to: first as little as possible outside the bounds, then as little cost. */
interface Worth {
  readonly violation: number
  readonly cost: number
}

/** One way through the first of a territory's accounts: by how much more than divided it has, and whether the last one is kept. */
interface Way extends Worth {
  readonly error: number
  readonly isKept: boolean
  readonly before: Way | null
}

/** A divided account below its parent territory in the tree. */
interface Child {
  readonly account: number
  /** Share of the parent. */
  readonly share: number
  /** Territories below it. */
  readonly below: readonly Node[]
  /** Where it goes best if the parent does not keep it: an index into `below`. */
  best: number
}

/** A territory in the tree. */
interface Node {
  readonly territory: number
  /** Share of the account above, and its activity; 0 at a root. */
  readonly shareAbove: number
  readonly activityAbove: number
  readonly children: Child[]
  /** With and without the account above: what follows below, and for every child whether it is kept. */
  with: Choice
  without: Choice
}

interface Choice extends Worth {
  readonly kept: readonly boolean[]
}

/** So many ways are followed at once: up to ten accounts below one territory all of them, and beyond ever fewer alike. */
const MAX_WAYS = 1024
/** Violations are relative, and differ by rounding below this. */
const SAME = 1e-12
const NONE: Choice = { violation: 0, cost: 0, kept: [] }

/**
 * Gives every divided account to one of its territories, so that each territory ends within the largest divided account of its
 * tree of what it had; among all such ways, the one with the least violation of the bounds in sum, then with the least cost.
 * Where a territory is parent to more than ten accounts, ways with about the same sum are merged to the best of them.
 *
 * Trees are rooted at territories. From the leaves up, every territory finds its best choice among the accounts below it, once
 * with and once without the account above it. A choice within the guarantee exists always: whatever error the account above
 * leaves, an account below that is kept where there is too little, and passed on where there is too much, keeps it.
 *
 * @param problem with one measure
 * @param owner n: of accounts that are not divided
 * @param splits whose graph is a forest
 * @param costOf of account i as a whole in territory t
 * @returns n: the owner of every account; O(n + 1024 shares) at most
 *
 * Source: the guarantee as in Brieden, Gritzmann & Klemm (2017), Theorem 5; the choice by dynamic programming.
 */
export function roundForest(problem: TransportProblem, owner: Int32Array, splits: readonly Split[], costOf: (i: number, t: number) => number): Int32Array {
  const { n, k, activities } = problem
  const scaled = { problem, scale: boundScale(problem) }
  const rounded = owner.slice()
  /** k: of the divisible plan. */
  const activity = new Float64Array(k)
  for (let i = 0; i < n; i++) activity[owner[i]] += activities[i]
  const splitsOf = new Map<number, Split[]>()
  for (const split of splits) {
    activity[owner[split.account]] -= activities[split.account]
    // canceled cycles leave some whole
    if (split.territories.length === 1) rounded[split.account] = split.territories[0]
    split.territories.forEach((t, p) => {
      activity[t] += split.shares[p] * activities[split.account]
      const known = splitsOf.get(t)
      if (split.territories.length === 1) return
      if (known === undefined) splitsOf.set(t, [split])
      else known.push(split)
    })
  }
  const isPlaced = new Set<number>()
  for (const t of [...splitsOf.keys()].sort((a, b) => a - b)) if (!isPlaced.has(t)) roundTree(t)
  return rounded

  function roundTree(root: number): void {
    const nodes = growTree(root)
    const largest = nodes.reduce((most, node) => node.children.reduce((m, child) => Math.max(m, activities[child.account]), most), 0)
    for (const node of nodes.reverse()) {
      for (const child of node.children) child.best = bestBelow(child)
      node.without = bestChoice(node, -node.shareAbove * node.activityAbove, largest)
      if (node.activityAbove > 0) node.with = bestChoice(node, (1 - node.shareAbove) * node.activityAbove, largest)
    }
    const open = [{ node: nodes[nodes.length - 1], isWith: false }]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { node, isWith } = next
      const { kept } = isWith ? node.with : node.without
      node.children.forEach(({ account, below, best }, c) => {
        rounded[account] = kept[c] ? node.territory : below[best].territory
        below.forEach((under, b) => open.push({ node: under, isWith: !kept[c] && b === best }))
      })
    }
  }

  /** The territories of a tree, each before those below it. */
  function growTree(root: number): Node[] {
    const nodes = [createNode(root, 0, 0)]
    const seen = new Set<Split>()
    isPlaced.add(root)
    for (let v = 0; v < nodes.length; v++) {
      const { territory, children } = nodes[v]
      for (const split of splitsOf.get(territory) as Split[]) {
        if (seen.has(split)) continue
        seen.add(split)
        const below: Node[] = []
        split.territories.forEach((t, p) => {
          if (t === territory) return
          isPlaced.add(t)
          below.push(createNode(t, split.shares[p], activities[split.account]))
        })
        children.push({ account: split.account, share: split.shares[split.territories.indexOf(territory)], below, best: -1 })
        for (const node of below) nodes.push(node)
      }
    }
    return nodes
  }

  function bestBelow(child: Child): number {
    let best = -1
    let least: Worth | null = null
    for (let b = 0; b < child.below.length; b++) {
      const worth = worthOf(child, b)
      if (least !== null && !isLess(worth, least)) continue
      least = worth
      best = b
    }
    return best
  }

  /** What follows below a child that goes to the territory `to` below it, or to none of them: -1. */
  function worthOf({ account, below }: Child, to: number): Worth {
    let violation = 0
    let cost = to < 0 ? 0 : costOf(account, below[to].territory)
    below.forEach((node, b) => {
      const choice = b === to ? node.with : node.without
      violation += choice.violation
      cost += choice.cost
    })
    return { violation, cost }
  }

  /** Which of its accounts a territory keeps, that has so much more than divided from the account above. */
  function bestChoice({ territory, children }: Node, errorAbove: number, largest: number): Choice {
    let ways: Way[] = [{ error: errorAbove, violation: 0, cost: 0, isKept: false, before: null }]
    for (const child of children) {
      const w = activities[child.account]
      const kept = worthOf(child, -1)
      const cost = kept.cost + costOf(child.account, territory)
      const passed = worthOf(child, child.best)
      const next: Way[] = []
      for (const way of ways) {
        next.push({ error: way.error - child.share * w, violation: way.violation + passed.violation, cost: way.cost + passed.cost, isKept: false, before: way })
        next.push({ error: way.error + (1 - child.share) * w, violation: way.violation + kept.violation, cost: way.cost + cost, isKept: true, before: way })
      }
      ways = next.length > MAX_WAYS ? thinOut(next, largest) : next
    }
    let best: Way | null = null
    let least: Worth | null = null
    for (const way of ways) {
      if (!isWithin(way, largest)) continue
      const worth = { violation: way.violation + violationAt(scaled, territory, activity[territory] + way.error), cost: way.cost }
      if (least !== null && !isLess(worth, least)) continue
      least = worth
      best = way
    }
    const kept: boolean[] = []
    for (let way = best; way !== null && way.before !== null; way = way.before) kept.push(way.isKept)
    return { ...(least ?? NONE), kept: kept.reverse() }
  }
}

function createNode(territory: number, shareAbove: number, activityAbove: number): Node {
  return { territory, shareAbove, activityAbove, children: [], with: NONE, without: NONE }
}

/** Ways within the guarantee, of which each can be continued within it, and of those with about the same error the best. */
function thinOut(ways: readonly Way[], largest: number): Way[] {
  const size = MAX_WAYS / 2
  const best = new Array<Way | undefined>(size)
  for (const way of ways) {
    if (!isWithin(way, largest)) continue
    const at = Math.min(size - 1, Math.max(0, Math.floor(((way.error / largest + 1) / 2) * size)))
    const other = best[at]
    if (other === undefined || isLess(way, other)) best[at] = way
  }
  return best.filter((way) => way !== undefined)
}

function isWithin({ error }: Way, largest: number): boolean {
  return Math.abs(error) <= largest * (1 + SAME)
}

function isLess(worth: Worth, than: Worth): boolean {
  const difference = worth.violation - than.violation
  return Math.abs(difference) > SAME ? difference < 0 : worth.cost < than.cost
}
