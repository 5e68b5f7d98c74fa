import { matchMaximum } from "../math/graph/match-maximum.js"
import { unembedSphere } from "../math/geo/sphere.js"
import type { CompiledProblem } from "./compile-problem.js"
import type { CurrentHomes } from "./current-homes.js"

/** With more pairs of territory and id than this, ids that could not name any territory better are left out first. */
const MANY_PAIRS = 1 << 24

/** Which spec or number every territory of the search gets, and what it is then called. */
export interface TerritoryNames {
  /** k: the search's territory t stands at place `placeOf[t]` of the result. */
  readonly placeOf: Int32Array
  /** By place. */
  readonly ids: readonly string[]
}

/**
 * Names the territories of a finished plan. Listed territories keep their ids; where several listed territories are
 * interchangeable (same shares and bounds, no center, no locks, nothing that may go to some only) and `current` is given, each goes to the location that keeps
 * most of its accounts. A plain number makes `t1` to `tk`, west to east, then south to north; with `current` its ids are kept
 * by the territories that keep most of their accounts, and the rest are numbered. O(n + k^2 ids) at worst, ids those of today.
 */
export function nameTerritories(compiled: CompiledProblem, owner: Int32Array, centers: Float64Array): TerritoryNames {
  const { specs, current, currentIds, currentHomes, goneIds, problem } = compiled
  const { k } = problem
  if (specs !== null) {
    const placeOf = Int32Array.from({ length: k }, (_, t) => t)
    if (current !== null && !problem.homes && !problem.eligibility) for (const group of interchangeable(compiled)) matchGroup(group, group, owner, { current, currentHomes }, placeOf)
    return { placeOf, ids: specs.map((spec) => spec.id) }
  }
  const order = fromWestToEast(compiled, centers)
  const placeOf = new Int32Array(k)
  const names = new Array<string | null>(k).fill(null)
  if (current !== null) {
    // a search that knows who is at home where has kept the order of today's ids
    const keeper = problem.homes ? Int32Array.from({ length: k }, (_, t) => (t < currentIds.length ? t : -1)) : keepers(owner, { current, currentHomes }, k, currentIds.length, compiled)
    for (let t = 0; t < k; t++) if (keeper[t] >= 0) names[t] = currentIds[keeper[t]]
  }
  // an id of today never names a territory that keeps nothing of it
  const taken = new Set(current === null ? [] : [...currentIds, ...goneIds])
  const width = String(k).length
  let number = 0
  order.forEach((t, place) => {
    placeOf[t] = place
    while (names[t] === null) {
      const name = `t${String(++number).padStart(width, "0")}`
      if (!taken.has(name)) names[t] = name
    }
  })
  return { placeOf, ids: order.map((t) => names[t] as string) }
}

/** Where accounts are at home today. */
interface Today {
  readonly current: Int32Array
  readonly currentHomes: CurrentHomes
}

/** Calls with every index into `currentIds` where account i is at home. */
function forHomes({ current, currentHomes: { start, ids } }: Today, i: number, call: (id: number) => void): void {
  const place = current[i]
  if (place >= 0) for (let at = start[place]; at < start[place + 1]; at++) call(ids[at])
}

/** k: index into `currentIds`, or -1. Locked territories keep their own id; the others are matched so that the most accounts stay under their id. */
function keepers(owner: Int32Array, today: Today, k: number, idCount: number, compiled: CompiledProblem): Int32Array {
  const { lockedTo } = compiled.problem
  const ids = k * idCount > MANY_PAIRS ? usefulIds(owner, today, k, idCount, lockedTo) : Int32Array.from({ length: idCount }, (_, id) => id)
  const columnOf = new Int32Array(idCount).fill(-1)
  ids.forEach((id, column) => (columnOf[id] = column))
  const kept = new Float64Array(k * ids.length)
  for (let i = 0; i < owner.length; i++) {
    forHomes(today, i, (id) => {
      if (columnOf[id] >= 0) kept[owner[i] * ids.length + columnOf[id]]++
    })
  }
  const bonus = (owner.length + 1) * (k + 1)
  for (const t of lockedTo) if (t >= 0) kept[t * ids.length + columnOf[t]] = Math.max(kept[t * ids.length + columnOf[t]], bonus)
  return matchMaximum(k, ids.length, kept).map((column) => (column < 0 ? -1 : ids[column]))
}

/**
 * Ids of locked territories and those whose accounts are in several territories now; of those whose accounts are all in one, only
 * that of which it keeps most, the others can name nothing as well. Ascending; ties: the smaller. O(n + ids).
 */
function usefulIds(owner: Int32Array, today: Today, k: number, idCount: number, lockedTo: Int32Array): Int32Array {
  const [NOWHERE, SEVERAL] = [-1, -2]
  const only = new Int32Array(idCount).fill(NOWHERE)
  const count = new Int32Array(idCount)
  for (let i = 0; i < owner.length; i++) {
    forHomes(today, i, (id) => {
      count[id]++
      only[id] = only[id] === NOWHERE || only[id] === owner[i] ? owner[i] : SEVERAL
    })
  }
  const isUseful = new Uint8Array(idCount)
  for (const t of lockedTo) if (t >= 0) isUseful[t] = 1
  const best = new Int32Array(k).fill(-1)
  for (let id = 0; id < idCount; id++) {
    const t = only[id]
    if (t === SEVERAL) isUseful[id] = 1
    else if (t >= 0 && (best[t] < 0 || count[id] > count[best[t]])) best[t] = id
  }
  for (const id of best) if (id >= 0) isUseful[id] = 1
  return Int32Array.from(isUseful.keys()).filter((id) => isUseful[id] === 1)
}

function matchGroup(searched: readonly number[], listed: readonly number[], owner: Int32Array, today: Today, placeOf: Int32Array): void {
  const rank = new Map(searched.map((t, g) => [t, g]))
  const size = listed.length
  const kept = new Float64Array(size * size)
  for (let i = 0; i < owner.length; i++) {
    const a = rank.get(owner[i])
    if (a === undefined) continue
    forHomes(today, i, (home) => {
      const b = rank.get(home)
      if (b !== undefined) kept[a * size + b]++
    })
  }
  const match = matchMaximum(size, size, kept)
  const free = listed.filter((_, g) => !match.includes(g))
  match.forEach((g, a) => {
    placeOf[searched[a]] = g >= 0 ? listed[g] : (free.shift() as number)
  })
}

/** Groups of listed territories that differ in nothing but their id. */
function interchangeable(compiled: CompiledProblem): number[][] {
  const { problem, bounds, givenCenters } = compiled
  const { k, measureCount: M, dimension, lockedTo } = problem
  const bound = new Set(lockedTo)
  const groups = new Map<string, number[]>()
  for (let t = 0; t < k; t++) {
    if (bound.has(t) || !Number.isNaN(givenCenters[t * dimension])) continue
    const key = JSON.stringify(bounds.slice(t * M, (t + 1) * M))
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [t])
    else group.push(t)
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

function fromWestToEast(compiled: CompiledProblem, centers: Float64Array): number[] {
  const { k } = compiled.problem
  const places = Array.from({ length: k }, (_, t) => {
    if (compiled.space === "plane") return [centers[2 * t], centers[2 * t + 1]]
    const { longitude, latitude } = unembedSphere(centers[3 * t], centers[3 * t + 1], centers[3 * t + 2])
    return [longitude, latitude]
  })
  return Array.from({ length: k }, (_, t) => t).sort((a, b) => places[a][0] - places[b][0] || places[a][1] - places[b][1] || a - b)
}
