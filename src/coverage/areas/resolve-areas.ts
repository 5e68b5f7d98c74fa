import { createHeap } from "../../math/select/heap.js"
import { compareIds } from "../../model/compare-ids.js"
import { checkKeys, isPlainObject } from "../../model/check-keys.js"
import { throwIssues, type Issue } from "../../model/error.js"
import { formatAmount } from "../../model/format-amount.js"
import { guardCall } from "../../model/guard-call.js"
import { issue } from "../../model/issue.js"
import type { Finding } from "../finding.js"
import { quote, quoteAll } from "../word-finding.js"
import { readValueLists } from "../value-lists.js"
import { AREA_LIST_KEYS, type AreaLists } from "./area-options.js"
import { checkAreas } from "./check-areas.js"
import { readMarketAreas } from "./check-lists.js"
import { createNearestArea } from "./nearest-area.js"
import { neighborsOf, readTopology, shapeAreas, type ShapedAreas } from "./read-topology.js"

/** One change of a boundary. `add`: an area in no list joins one. `keep`: of several lists it stays in one. `drop`: an id that is no area leaves. */
export interface AreaProposal {
  readonly kind: "add" | "keep" | "drop"
  readonly areaId: string
  /** Null for `drop`. */
  readonly territoryId: string | null
  /** The territories that list it today. */
  readonly from: readonly string[]
  /** On the sphere; null for `drop`. */
  readonly areaKm2: number | null
  /** Neighboring areas that are the territory's. */
  readonly neighborCount: number
  readonly message: string
}

/** What `resolveAreas` returns. Plain JSON; nothing of it is applied. */
export interface AreaResolution {
  readonly proposals: readonly AreaProposal[]
  /** What lists would be. */
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** What `checkAreas` would still find: enclosed territories, areas without a shape. */
  readonly remaining: readonly Finding[]
}

/** An area that is not settled, and the territory that it would join as things are. */
interface Choice {
  readonly a: number
  readonly territoryId: string
  readonly neighborCount: number
  /** Of its neighbors. */
  readonly share: number
}

/**
 * Proposes the changes of boundaries that leave every area in exactly one list, and applies none: only areas that are in no list or in
 * several change.
 *
 * An area that several list stays in the one that has most of its neighbors; one in no list joins the one that has most of its neighbors,
 * those first whose neighbors are known best, so that gaps of many areas close from their border inward; one without neighbors, an island,
 * joins the nearest. Ties: the smaller id. Who is right is not known: read the proposals.
 *
 * @param territories topology and lists, as of `checkAreas`
 * @param options `market`: ids of the areas that count; default: all
 * @returns proposals by area id, the lists that they make, and what would still be found
 * @throws TerritoryError as `checkAreas`
 *
 * Deterministic: the order of lists and ids changes nothing. O(areas log areas + borders).
 *
 * @example
 * const arcs = [[[1, 0], [1, 1]], [[1, 1], [0, 1], [0, 0], [1, 0]], [[1, 0], [2, 0], [2, 1], [1, 1]]]
 * const geometries = [{ type: "Polygon", id: "west", arcs: [[0, 1]] }, { type: "Polygon", id: "east", arcs: [[2, -1]] }]
 * const topology = { type: "Topology", arcs, objects: { areas: { type: "GeometryCollection", geometries } } }
 * const { proposals, lists } = resolveAreas({ topology, lists: { north: ["west"] } })
 * proposals[0].message // 'Add area "east" (12,364 km2) to "north", which has 1 of its neighbors.'
 * lists // { north: ["east", "west"] }
 */
export function resolveAreas(territories: AreaLists, options: { readonly market?: readonly string[] } = {}): AreaResolution {
  return guardCall({ territories, options }, (own) => resolveAreasUnguarded(own.territories, own.options))
}

function resolveAreasUnguarded(
  territories: AreaLists,
  options: { readonly market?: readonly string[] },
): AreaResolution {
  const issues: Issue[] = []
  if (!isPlainObject(territories)) throwIssues([issue("option-type", "territories", "must be { topology, lists }", territories)])
  if (!isPlainObject(options)) throwIssues([issue("option-type", "options", "must be an object such as { market: [\"19001\"] }", options)])
  checkKeys(territories, AREA_LIST_KEYS, "territories", issues)
  checkKeys(options, ["market"], "", issues)
  const { topology, lists, ...names } = territories
  const table = readTopology(topology, names, "territories.topology", issues)
  const { claimants, territoryIds } = readValueLists(lists, issues)
  const market = table === null ? null : readMarketAreas(options.market, table, issues)
  throwIssues(issues)
  const shaped = table === null ? null : shapeAreas(table, "territories.topology", issues)
  if (table === null || shaped === null) return throwIssues(issues) as never

  const near = neighborsOf(table)
  const owners = table.ids.map((id) => claimants.get(id) ?? [])
  const homeOf: (string | null)[] = owners.map((own) => (own.length === 1 ? own[0] : null))
  const proposals: AreaProposal[] = []
  const isOpen = owners.map((own, a) => !(own.length === 1 || (own.length === 0 && market !== null && !market.has(table.ids[a]))))
  const nearest = createNearestArea(shaped)
  homeOf.forEach((home, a) => home !== null && nearest.add(a))
  /** By area what it would join as things are; the queue holds older choices too, which are passed over. */
  const choices = new Map<number, Choice>()
  const queue = createHeap<Choice>((x, y) => y.share - x.share || y.neighborCount - x.neighborCount || x.a - y.a)
  isOpen.forEach((open, a) => open && ask(a))
  let island = 0
  while (territoryIds.length > 0) {
    // whoever has most neighbors that are known goes first; where nobody has any, an island
    const best = queue.pop()
    if (best !== undefined) {
      if (isOpen[best.a] && choices.get(best.a) === best) settle(best)
      continue
    }
    while (island < isOpen.length && !isOpen[island]) island++
    if (island === isOpen.length) break
    const a = island++
    const next = owners[a].length > 0 ? null : nearest.find(a)
    const territoryId = owners[a][0] ?? (next === null ? null : homeOf[next])
    if (territoryId === null) continue
    // those that were passed over may have somebody to join now
    if (nearest.isEmpty) island = 0
    settle({ a, territoryId, neighborCount: 0, share: 0 })
  }
  for (const [id, own] of claimants) {
    if (!table.indexOf.has(id)) proposals.push({ kind: "drop", areaId: id, territoryId: null, from: own, areaKm2: null, neighborCount: 0, message: `Drop ${quote(id)} from ${quoteAll(own)}: it is no area of the topology.` })
  }
  const listed = new Map<string, string[]>(territoryIds.map((id) => [id, []]))
  table.ids.forEach((id, a) => {
    const home = homeOf[a]
    if (home !== null) listed.get(home)?.push(id)
  })
  const after = Object.fromEntries(listed)
  const { findings } = checkAreas({ ...territories, lists: after }, options.market === undefined ? {} : { market: options.market })
  return { proposals: proposals.sort((x, y) => compareIds(x.areaId, y.areaId)), lists: after, remaining: findings }

  /** Puts an area into the queue with the territory that most of its neighbors have, of those it may go to. O(neighbors). */
  function ask(a: number): void {
    const counts = new Map<string, number>()
    for (const other of near[a]) {
      const home = homeOf[other]
      if (home !== null && (owners[a].length === 0 || owners[a].includes(home))) counts.set(home, (counts.get(home) ?? 0) + 1)
    }
    let first: readonly [string, number] | null = null
    for (const one of counts) if (first === null || one[1] > first[1] || (one[1] === first[1] && compareIds(one[0], first[0]) < 0)) first = one
    if (first === null) return
    const choice = { a, territoryId: first[0], neighborCount: first[1], share: first[1] / near[a].length }
    choices.set(a, choice)
    queue.push(choice)
  }

  function settle({ a, territoryId, neighborCount }: Choice): void {
    isOpen[a] = false
    homeOf[a] = territoryId
    nearest.add(a)
    proposals.push(word(a, territoryId, neighborCount))
    for (const other of near[a]) if (isOpen[other]) ask(other)
  }

  function word(a: number, territoryId: string, neighborCount: number): AreaProposal {
    const id = (table as ShapedAreas).ids[a]
    const areaKm2 = (shaped as ShapedAreas).km2[a]
    const why = neighborCount === 0 ? (owners[a].length > 0 ? "the first of them" : "the nearest") : `which has ${neighborCount} of its neighbors`
    const what = `area ${quote(id)} (${formatAmount(Math.round(areaKm2))} km2)`
    const others = owners[a].filter((own) => own !== territoryId)
    return {
      kind: owners[a].length === 0 ? "add" : "keep",
      areaId: id,
      territoryId,
      from: owners[a],
      areaKm2,
      neighborCount,
      message: owners[a].length === 0 ? `Add ${what} to ${quote(territoryId)}, ${why}.` : `Keep ${what} in ${quote(territoryId)}, ${why}, and take it from ${quoteAll(others)}.`,
    }
  }
}
