import { Delaunay } from "d3-delaunay"
import { cos } from "../math/exact/cos.js"
import { sin } from "../math/exact/sin.js"
import { dissolveCells } from "./dissolve-cells.js"
import type { MapFrame } from "./fit-map.js"
import { GAP, OVERLAP, type Ownership } from "./ownership.js"
import type { DrawnAccounts } from "./thin-accounts.js"

/** The land that is nearest to each territory's accounts, and who borders on whom. */
export interface TerritoryAreas {
  /** SVG path of territory t; "" for none. */
  readonly paths: readonly string[]
  /** SVG path of what is nearest to an account with several owners. */
  readonly overlapPath: string
  /** Outline around all drawn accounts, to clip to where there is no base map; "" for none. */
  readonly hullPath: string
  /** Territories bordering on territory t. */
  readonly neighbors: readonly ReadonlySet<number>[]
  /** Territories all of whose accounts are at places of others: they have a part of the land around one of them. Ascending. */
  readonly beside: readonly number[]
}

/**
 * Draws each territory as the union of the Voronoi cells of its accounts, on the picture. Accounts at one place (a tenth of
 * a pixel) share a cell, which goes to the territory that has most of them, of equals to the first; a territory that no cell
 * would go to takes a part of one. Land nearest to an account without owner stays empty. O(m log m) for m drawn accounts.
 *
 * @param reach how far the outline runs beyond the outermost accounts, pixels
 */
export function shapeTerritories(ownership: Ownership, frame: MapFrame, drawn: DrawnAccounts, reach: number): TerritoryAreas {
  const sites = gatherSites(ownership, frame, drawn)
  const k = ownership.territoryIds.length
  const neighbors = Array.from({ length: k }, () => new Set<number>())
  if (sites.owners.length === 0) return { paths: new Array<string>(k).fill(""), overlapPath: "", hullPath: "", neighbors, beside: [] }

  const delaunay = new Delaunay(sites.points)
  const voronoi = delaunay.voronoi([-8, -8, frame.width + 8, frame.height + 8])
  const cells = new Map<number, [number, number][][]>()
  for (let s = 0; s < sites.owners.length; s++) {
    const owner = sites.owners[s]
    const cell = voronoi.cellPolygon(s) as [number, number][] | null
    if (cell !== null) (cells.get(owner) ?? emptyList(cells, owner)).push(cell)
    if (owner < 0) continue
    for (const other of voronoi.neighbors(s)) {
      const owner2 = sites.owners[other]
      if (owner2 >= 0 && owner2 !== owner) neighbors[owner].add(owner2)
    }
  }
  return {
    paths: Array.from({ length: k }, (_, t) => dissolveCells(cells.get(t) ?? [])),
    overlapPath: dissolveCells(cells.get(OVERLAP) ?? []),
    hullPath: dissolveCells([roundedHull(sites.points, delaunay.hull, reach)]),
    neighbors,
    beside: sites.beside,
  }
}

function emptyList<T>(lists: Map<number, T[]>, key: number): T[] {
  const list: T[] = []
  lists.set(key, list)
  return list
}

interface Sites {
  readonly points: Float64Array
  readonly owners: number[]
  readonly beside: readonly number[]
}

/** How far beside a place another territory of it stands, pixels. */
const BESIDE = 0.4
const AROUND: readonly (readonly [number, number])[] = Object.freeze([[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1]])

/** One point for each place with accounts, and whose it is; and one beside it for each territory that would have none. */
function gatherSites(ownership: Ownership, frame: MapFrame, drawn: DrawnAccounts): Sites {
  const places = new Map<string, { x: number; y: number; votes: Map<number, number> }>()
  for (const group of [drawn.owned, drawn.gaps, drawn.overlaps]) {
    for (const i of group) {
      const x = Math.round(frame.xs[i] * 10) / 10
      const y = Math.round(frame.ys[i] * 10) / 10
      const key = `${x},${y}`
      const place = places.get(key) ?? { x, y, votes: new Map<number, number>() }
      places.set(key, place)
      place.votes.set(ownership.owners[i], (place.votes.get(ownership.owners[i]) ?? 0) + 1)
    }
  }
  // by place, so that the order of the rows cannot show in the picture
  const sorted = [...places.values()].sort((a, b) => a.x - b.x || a.y - b.y)
  const owners = sorted.map((place) => {
    let winner = GAP
    let most = 0
    for (const [owner, votes] of place.votes) {
      // of equals the first territory; a territory before an overlap, an overlap before a gap
      if (votes > most || (votes === most && rank(owner) < rank(winner))) {
        winner = owner
        most = votes
      }
    }
    return winner
  })
  const hasCell = new Set(owners)
  // of those without a cell, the place where they have most accounts
  const best = new Map<number, { readonly place: { readonly x: number; readonly y: number }; readonly count: number }>()
  for (const place of sorted) {
    for (const [owner, count] of place.votes) {
      if (owner >= 0 && !hasCell.has(owner) && count > (best.get(owner)?.count ?? 0)) best.set(owner, { place, count })
    }
  }
  const beside = [...best.keys()].sort((a, b) => a - b)
  const turns = new Map<string, number>()
  const extra = beside.map((owner) => {
    const { x, y } = (best.get(owner) as { place: { x: number; y: number } }).place
    const turn = turns.get(`${x},${y}`) ?? 0
    turns.set(`${x},${y}`, turn + 1)
    const [right, down] = AROUND[turn % AROUND.length]
    const far = BESIDE * (1 + Math.floor(turn / AROUND.length))
    return { x: x + right * far, y: y + down * far }
  })
  const points = Float64Array.from([...sorted, ...extra].flatMap(({ x, y }) => [x, y]))
  return { points, owners: [...owners, ...beside], beside }
}

const rank = (owner: number): number => (owner >= 0 ? owner : owner === OVERLAP ? Infinity : Number.MAX_VALUE)

/** The hull of circles about the outermost points: closed, rounded at the corners. */
function roundedHull(points: Float64Array, hull: Uint32Array, reach: number): [number, number][] {
  const CORNERS = 24
  const rim: [number, number][] = []
  for (const s of hull) {
    for (let c = 0; c < CORNERS; c++) {
      const angle = (2 * Math.PI * c) / CORNERS
      rim.push([points[2 * s] + reach * cos(angle), points[2 * s + 1] + reach * sin(angle)])
    }
  }
  return Delaunay.from(rim).hullPolygon() as [number, number][]
}
