// Long because the moves of one search share one state; apart they would pass twelve arrays to each other.
import { isLate } from "../lateness.js"
import type { Random } from "../random.js"
import { createMoveLedger } from "../transport/move-ledger.js"
import { isAllowed } from "../transport/pair-rules.js"
import { worthAt, type TransportProblem } from "../transport/transport-problem.js"
import { boundScale, outsideAdded } from "../transport/whole-plan.js"
import type { BalanceAims } from "./balance-aims.js"

/** Moves looked at, in all. One takes some hundredths of a microsecond for each measure. */
const MAX_LOOKS = 10_000_000
/** Swaps looked at for one territory; of more, every so many-th, beginning by chance. */
const MAX_SWAPS = 120_000
/** A fall by less than this share is rounding. */
const WORTHWHILE = 1e-9
/** Moves made by chance before the search goes down again. */
const KICKED = 3
/** How often in vain before the search ends: where accounts are few, which costs little, more often. */
const PATIENCE = 60
const PATIENCE_OF_FEW = 60_000
const MOST_PATIENCE = 3000
/** A plan that is as even as this, relative to its bounds, is even. */
const EVEN = 1e-9
/** Costs that differ by less than this are the same. */
const SAME_COST = 1e-12

/** How even a plan is: the worst deviation, relative to the bounds, and the sum of the eighth powers of all. */
interface Evenness {
  readonly outside: number
  readonly worst: number
  readonly sum: number
}

/**
 * Makes a whole plan more even where distances do not count: shifts of one account and swaps of two, around the
 * territory that is off most, as long as the sum of the eighth powers of the deviations falls (the second powers
 * first: from afar they lead better). Then a few accounts change places by chance and the search goes down again; the
 * most even plan is kept.
 *
 * No move takes more outside the bounds, makes changes of owner dearer, or breaks a limit on them. Changes `owner`.
 * O(looks x M), at most about a second for one measure.
 *
 * Source: iterated local search (Lourenço, Martin & Stützle 2003) on multi-way number partitioning.
 *
 * @yields after every look around one territory; where that is told that it is late, the plan stays as even as it is
 */
export function* evenOut(
  problem: TransportProblem,
  { aim, scale }: BalanceAims,
  owner: Int32Array,
  random: Random,
): Generator<undefined, void> {
  const { n, k, measureCount: M, activities, lower, upper, homes } = problem
  const K = k * M
  const activity = new Float64Array(K)
  const members: number[][] = Array.from({ length: k }, () => [])
  const place = new Int32Array(n)
  const outsideScale = boundScale(problem)
  for (let i = 0; i < n; i++) {
    place[i] = members[owner[i]].push(i) - 1
    for (let m = 0; m < M; m++) activity[owner[i] * M + m] += activities[i * M + m]
  }
  const ledger = createMoveLedger(problem, (i) => owner[i])
  const isFree = !homes || (ledger === null && homes.rate === 0 && homes.leaving === null && homes.coming === null)
  const isRestricted = problem.eligibility !== null && problem.eligibility !== undefined
  const isLocked = Uint8Array.from(problem.lockedTo, (t) => (t >= 0 ? 1 : 0))
  let looks = 0
  let isOver = false
  let power: 2 | 8 = 2

  yield* descend()
  power = 8
  yield* descend()
  let best = measure()
  const bestOwner = owner.slice()
  const movable = Array.from({ length: n }, (_, i) => i).filter((i) => isLocked[i] === 0)
  const patience = Math.max(PATIENCE, Math.min(MOST_PATIENCE, PATIENCE_OF_FEW / n))
  const canKick = isFree && movable.length > 1
  for (let inVain = 0; canKick && best.worst > EVEN && inVain < patience && looks < MAX_LOOKS && !isOver; inVain++) {
    for (let kick = 0; kick < KICKED; kick++) {
      const i = movable[Math.floor(random() * movable.length)]
      const j = movable[Math.floor(random() * movable.length)]
      const isSwap = random() < 0.5
      if (owner[i] === owner[j] || !isOpen(i, owner[j])) continue
      if (!isSwap) shift(i, owner[j])
      else if (isOpen(j, owner[i])) swap(i, j)
    }
    yield* descend()
    const found = measure()
    if (isBetter(found, best)) {
      best = found
      bestOwner.set(owner)
      inVain = -1
    } else for (let i = 0; i < n; i++) if (owner[i] !== bestOwner[i]) shift(i, bestOwner[i])
  }

  /** Goes down until no territory has a move that helps. */
  function* descend(): Generator<undefined, void> {
    const isStuck = new Uint8Array(k)
    while (looks < MAX_LOOKS && !isOver) {
      const t = worstTerritory(isStuck)
      if (t < 0) return
      if (improve(t)) isStuck.fill(0)
      else isStuck[t] = 1
      isOver = isLate(yield undefined)
    }
  }

  function worstTerritory(isStuck: Uint8Array): number {
    let worst = -1
    let most = EVEN
    for (let t = 0; t < k; t++) {
      if (isStuck[t] === 1) continue
      for (let m = 0; m < M; m++) {
        const off = Math.abs(activity[t * M + m] - aim[t * M + m]) * scale[t * M + m]
        if (off > most) [worst, most] = [t, off]
      }
    }
    return worst
  }

  /** Makes the best shift or swap that touches territory t; answers whether there was one. */
  function improve(t: number): boolean {
    let first = -1
    let second = -1
    let to = -1
    let least = -WORTHWHILE * energyOf(t)
    const mine = members[t]
    for (const i of mine) {
      if (isLocked[i] === 1) continue
      for (let b = 0; b < k; b++) {
        if (b === t) continue
        const change = changeOf(i, -1, t, b)
        if (change < least && isFine(i, -1, t, b)) [first, second, to, least] = [i, -1, b, change]
      }
    }
    looks += mine.length * k
    const step = Math.max(1, Math.ceil((mine.length * n) / MAX_SWAPS))
    for (let b = 0; b < k; b++) {
      if (b === t) continue
      const others = members[b]
      for (let at = 0; at < others.length; at++) {
        const j = others[at]
        if (isLocked[j] === 1) continue
        const change = changeOf(j, -1, b, t)
        if (change < least && isFine(j, -1, b, t)) [first, second, to, least] = [j, -1, t, change]
        const offset = step === 1 ? 0 : Math.floor(random() * step)
        for (let own = offset; own < mine.length; own += step) {
          const i = mine[own]
          if (isLocked[i] === 1) continue
          const both = changeOf(i, j, t, b)
          if (both < least && isFine(i, j, t, b)) [first, second, to, least] = [i, j, b, both]
        }
      }
      looks += others.length * (1 + mine.length / step)
    }
    if (first < 0) return false
    if (second >= 0) swap(first, second)
    else shift(first, to)
    return true
  }

  /** What changes when i goes from a to b, and j (or nobody: -1) back. */
  function changeOf(i: number, j: number, a: number, b: number): number {
    let sum = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m] - (j >= 0 ? activities[j * M + m] : 0)
      if (w === 0) continue
      const [ra, rb] = [a * M + m, b * M + m]
      const da = (activity[ra] - aim[ra]) * scale[ra]
      const db = (activity[rb] - aim[rb]) * scale[rb]
      sum += raised(da - w * scale[ra]) - raised(da) + raised(db + w * scale[rb]) - raised(db)
    }
    return sum
  }

  function raised(x: number): number {
    const square = x * x
    return power === 2 ? square : square * square * square * square
  }

  function energyOf(t: number): number {
    let sum = 0
    for (let m = 0; m < M; m++) sum += raised((activity[t * M + m] - aim[t * M + m]) * scale[t * M + m])
    return sum
  }

  /** Whether a move is allowed, leads no further outside, and costs no more. */
  function isFine(i: number, j: number, a: number, b: number): boolean {
    if (!isOpen(i, b) || (j >= 0 && !isOpen(j, a))) return false
    let outside = 0
    for (let m = 0; m < M; m++) {
      const w = activities[i * M + m] - (j >= 0 ? activities[j * M + m] : 0)
      const [ra, rb] = [a * M + m, b * M + m]
      outside += outsideAdded(activity[ra], -w, lower[ra], upper[ra]) / outsideScale[ra] + outsideAdded(activity[rb], w, lower[rb], upper[rb]) / outsideScale[rb]
    }
    if (outside > 1e-12) return false
    if (isFree || !homes) return true
    let saved = worthAt(homes, i, b) - worthAt(homes, i, a)
    if (j >= 0) saved += worthAt(homes, j, a) - worthAt(homes, j, b)
    return saved >= -SAME_COST && (ledger === null || ledger.allows(i, a, b, j))
  }

  function isOpen(i: number, t: number): boolean {
    return !isRestricted || isAllowed(problem, i, t)
  }

  function shift(i: number, to: number): void {
    const from = owner[i]
    const last = members[from].pop() as number
    if (last !== i) {
      members[from][place[i]] = last
      place[last] = place[i]
    }
    place[i] = members[to].push(i) - 1
    owner[i] = to
    for (let m = 0; m < M; m++) {
      activity[from * M + m] -= activities[i * M + m]
      activity[to * M + m] += activities[i * M + m]
    }
    ledger?.record(i, from, to)
  }

  function swap(i: number, j: number): void {
    const [a, b] = [owner[i], owner[j]]
    shift(i, b)
    shift(j, a)
  }

  function measure(): Evenness {
    let outside = 0
    let worst = 0
    let sum = 0
    for (let r = 0; r < K; r++) {
      outside += Math.max(0, lower[r] - activity[r], activity[r] - upper[r]) / outsideScale[r]
      const off = Math.abs(activity[r] - aim[r]) * scale[r]
      worst = Math.max(worst, off)
      sum += off ** 2 * off ** 2 * off ** 2 * off ** 2
    }
    return { outside, worst, sum }
  }

  function isBetter(a: Evenness, b: Evenness): boolean {
    if (Math.abs(a.outside - b.outside) > 1e-12) return a.outside < b.outside
    return a.worst < b.worst * (1 - WORTHWHILE) || (a.worst <= b.worst * (1 + WORTHWHILE) && a.sum < b.sum * (1 - WORTHWHILE))
  }
}
