import type { TransportProblem } from "../transport/transport-problem.js"

/**
 * Territories that may stand at the same places under the same bounds. A class whose place is given has one site and one
 * territory.
 */
export interface SlotClass {
  /** How many territories. */
  readonly count: number
  /** M each: what every territory of the class must keep to, or more room than that. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Whether the bounds allow a territory without accounts. */
  readonly mayBeEmpty: boolean
  /** Whether the accounts that are locked to the class must be in each of its territories (a class of one territory). */
  readonly holdsLocked: boolean
}

/**
 * Where territories may stand: every account that may be a center, per class of territories, and the places that are given.
 * Of every class exactly `count` sites are open (fewer where a territory may be empty), and an open site at account j holds j.
 */
export interface SiteProblem extends Pick<TransportProblem, "n" | "measureCount" | "dimension" | "radius" | "power" | "points" | "weights" | "activities"> {
  readonly classes: readonly SlotClass[]
  /** n: the only class that the account may go to, or -1 for any. */
  readonly lockedClass: Int32Array
  readonly siteCount: number
  /** siteCount: the account that stands there, or -1 for a given place. */
  readonly siteAccount: Int32Array
  readonly siteClass: Int32Array
  /** siteCount x dimension. */
  readonly sitePoints: Float64Array
}

/** Sites of free territories, at most: with more classes than fit, similar ones become one class with room for all of them. */
const MOST_SITES = 20_000
/** Activities that miss a bound by this share of k, the total of every measure, count as inside; twice what judges allow. */
const SUM_SLACK = 2e-12

/**
 * The choice of centers as a problem of sites: territories with equal bounds and locks are one class; where that makes too many
 * sites (accounts x classes), classes of similar bounds are joined under the widest of their bounds, and forget which of them an
 * account is locked to. So whatever plan is possible stays possible, at the same cost. O(sites).
 *
 * @param fixed k: 1 where the center is given; the others stand at one of their accounts
 * @param centers k x dimension: read where fixed
 * @param mostSites of free territories, but those of one class in any case
 */
export function createSiteProblem(problem: TransportProblem, fixed: Uint8Array, centers: Float64Array, mostSites: number = MOST_SITES): SiteProblem {
  const { n, k, measureCount: M, dimension, points, lockedTo } = problem
  const hasLocked = new Uint8Array(k)
  for (const t of lockedTo) if (t >= 0) hasLocked[t] = 1
  const free = Array.from({ length: k }, (_, t) => t).filter((t) => fixed[t] === 0)
  const groups = joinClasses(groupAlike(problem, free, hasLocked), problem, Math.max(1, Math.floor(mostSites / n)))
  for (let t = 0; t < k; t++) if (fixed[t] === 1) groups.push([t])
  const classOf = new Int32Array(k)
  const classes = groups.map((group, c): SlotClass => {
    for (const t of group) classOf[t] = c
    const lower = new Float64Array(M).fill(Infinity)
    const upper = new Float64Array(M).fill(-Infinity)
    for (const t of group) {
      for (let m = 0; m < M; m++) {
        lower[m] = Math.min(lower[m], problem.lower[t * M + m] - SUM_SLACK * k)
        upper[m] = Math.max(upper[m], problem.upper[t * M + m] + SUM_SLACK * k)
      }
    }
    const holdsLocked = group.length === 1 && hasLocked[group[0]] === 1
    return { count: group.length, lower: lower.map((x) => Math.max(x, 0)), upper, mayBeEmpty: !holdsLocked && lower.every((x) => x <= 0), holdsLocked }
  })
  const lockedClass = lockedTo.map((t) => (t < 0 ? -1 : classOf[t]))
  const siteAccount: number[] = []
  const siteClass: number[] = []
  const sitePoints: number[] = []
  groups.forEach((group, c) => {
    if (fixed[group[0]] === 1) {
      siteAccount.push(-1)
      siteClass.push(c)
      for (let d = 0; d < dimension; d++) sitePoints.push(centers[group[0] * dimension + d])
      return
    }
    for (let j = 0; j < n; j++) {
      if (lockedClass[j] >= 0 && lockedClass[j] !== c) continue
      siteAccount.push(j)
      siteClass.push(c)
      for (let d = 0; d < dimension; d++) sitePoints.push(points[j * dimension + d])
    }
  })
  return {
    ...problem,
    classes,
    lockedClass,
    siteCount: siteAccount.length,
    siteAccount: Int32Array.from(siteAccount),
    siteClass: Int32Array.from(siteClass),
    sitePoints: Float64Array.from(sitePoints),
  }
}

/** Territories with the same bounds and no locks together; one with locks stays alone. */
function groupAlike({ measureCount: M, lower, upper }: TransportProblem, free: readonly number[], hasLocked: Uint8Array): number[][] {
  const groups = new Map<string, number[]>()
  for (const t of free) {
    const key = hasLocked[t] === 1 ? `locked ${t}` : [...lower.subarray(t * M, t * M + M), ...upper.subarray(t * M, t * M + M)].join(" ")
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [t])
    else group.push(t)
  }
  return [...groups.values()]
}

/** At most `most` groups: neighbors in the order of their bounds are joined. */
function joinClasses(groups: number[][], { measureCount: M, lower, upper }: TransportProblem, most: number): number[][] {
  if (groups.length <= most) return groups
  const sizeOf = ([t]: readonly number[]): number => {
    let size = 0
    for (let m = 0; m < M; m++) size += lower[t * M + m] + upper[t * M + m]
    return size
  }
  const sorted = [...groups].sort((a, b) => sizeOf(a) - sizeOf(b) || a[0] - b[0])
  return Array.from({ length: most }, (_, g) => sorted.slice(Math.floor((g * sorted.length) / most), Math.floor(((g + 1) * sorted.length) / most)).flat())
}

/** Per class the accounts that each of its territories has to serve. */
export function listHeldAccounts({ n, classes, lockedClass }: SiteProblem): number[][] {
  const held: number[][] = classes.map(() => [])
  for (let i = 0; i < n; i++) if (lockedClass[i] >= 0 && classes[lockedClass[i]].holdsLocked) held[lockedClass[i]].push(i)
  return held
}
