import type { Region } from "./region.js"

/** What borders may do to each other before a region is given up. */
export interface TangleLimits {
  /** Crossings of all borders at most: each is a corner of what a clipper makes. */
  readonly crossings: number
  /** Pairs of edges looked at at most: what a sweep over long edges that do not cross costs too. */
  readonly tests: number
}

/** A region that is given up, so that the rest keeps the limits. */
export interface Tangled {
  readonly region: number
  /**
   * The region with whose border its own crosses most often, possibly itself; null: none, its edges are too many and
   * too long.
   */
  readonly partner: number | null
  /** Crossings with the partner that were counted until then. */
  readonly crossings: number
}

/** Edges that follow one another and share a rectangle. */
const CHUNK = 16

/**
 * Regions whose borders cross so often that no clipper should be asked: two combs of n teeth have n * n pieces.
 * Crossings are counted by a sweep over rectangles around runs of edges; whenever a limit is met, the region with the
 * most crossings, or tests, is given up and counting goes on without it. Touching and running along each other do not
 * count. O(edges log edges + pairs of runs that meet).
 *
 * Deterministic: ties go to the later region, so that earlier ones stay.
 *
 * @param kept how many of the last regions are never given up
 * @param isWithin count crossings inside of one region instead of those between two: of rings that may cross themselves
 * @returns ascending by region
 */
export function findTangled(regions: readonly Region[], limits: TangleLimits, kept = 0, isWithin = false): Tangled[] {
  const edgeCount = regions.reduce((sum, region) => sum + region.reduce((own, ring) => own + ring.length, 0), 0)
  // so few edges cannot cross so often
  if ((edgeCount * edgeCount) / 2 <= Math.min(limits.crossings, limits.tests)) return []
  const runs = layOut(regions, edgeCount)
  const tally = createTally(regions.length, limits, kept)
  const active: number[] = []
  for (const run of runs.order) {
    if (tally.isGivenUp(runs.regionOf[run])) continue
    let stay = 0
    for (const other of active) {
      if (runs.maxX[other] < runs.minX[run] || tally.isGivenUp(runs.regionOf[other])) continue
      active[stay++] = other
      if (isWithin !== (runs.regionOf[other] === runs.regionOf[run])) continue
      if (runs.maxY[other] < runs.minY[run] || runs.minY[other] > runs.maxY[run]) continue
      crossRuns(runs, other, run, tally)
    }
    active.length = stay
    if (isWithin) crossRuns(runs, run, run, tally)
    active.push(run)
  }
  return tally.givenUp.sort((a, b) => a.region - b.region)
}

/** Edges of all regions, one after the other, in runs. */
interface Runs {
  readonly edges: Float64Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly regionOf: Int32Array
  readonly minX: Float64Array
  readonly minY: Float64Array
  readonly maxX: Float64Array
  readonly maxY: Float64Array
  /** From west to east. */
  readonly order: Int32Array
}

function layOut(regions: readonly Region[], edgeCount: number): Runs {
  const edges = new Float64Array(4 * edgeCount)
  const bounds: number[] = []
  const regionOf: number[] = []
  let e = 0
  regions.forEach((region, r) => {
    for (const ring of region) {
      for (let p = 0; p < ring.length; p++) {
        if (p % CHUNK === 0) {
          bounds.push(e)
          regionOf.push(r)
        }
        const next = ring[p + 1 === ring.length ? 0 : p + 1]
        edges[4 * e] = ring[p].x
        edges[4 * e + 1] = ring[p].y
        edges[4 * e + 2] = next.x
        edges[4 * e + 3] = next.y
        e++
      }
    }
  })
  const count = bounds.length
  bounds.push(e)
  const [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity].map((start) => new Float64Array(count).fill(start))
  for (let run = 0; run < count; run++) {
    for (let at = 4 * bounds[run]; at < 4 * bounds[run + 1]; at += 2) {
      minX[run] = Math.min(minX[run], edges[at])
      maxX[run] = Math.max(maxX[run], edges[at])
      minY[run] = Math.min(minY[run], edges[at + 1])
      maxY[run] = Math.max(maxY[run], edges[at + 1])
    }
  }
  const order = Int32Array.from({ length: count }, (_, run) => run).sort((a, b) => minX[a] - minX[b] || a - b)
  return { edges, from: Int32Array.from(bounds.slice(0, -1)), to: Int32Array.from(bounds.slice(1)), regionOf: Int32Array.from(regionOf), minX, minY, maxX, maxY, order }
}

/** Counts the crossings between two runs, or inside of one. */
function crossRuns(
  { edges, from, to, regionOf, minX, minY, maxX, maxY }: Runs,
  one: number,
  other: number,
  tally: Tally,
): void {
  const [a, b] = [regionOf[one], regionOf[other]]
  for (let e = from[one]; e < to[one]; e++) {
    const [x0, y0, x1, y1] = [edges[4 * e], edges[4 * e + 1], edges[4 * e + 2], edges[4 * e + 3]]
    const [west, east, south, north] = [Math.min(x0, x1), Math.max(x0, x1), Math.min(y0, y1), Math.max(y0, y1)]
    if (east < minX[other] || west > maxX[other] || north < minY[other] || south > maxY[other]) continue
    let crossings = 0
    const first = one === other ? e + 1 : from[other]
    for (let f = first; f < to[other]; f++) {
      const [u0, v0, u1, v1] = [edges[4 * f], edges[4 * f + 1], edges[4 * f + 2], edges[4 * f + 3]]
      if ((u0 < west && u1 < west) || (u0 > east && u1 > east) || (v0 < south && v1 < south) || (v0 > north && v1 > north)) continue
      const side = ((x1 - x0) * (v0 - y0) - (y1 - y0) * (u0 - x0)) * ((x1 - x0) * (v1 - y0) - (y1 - y0) * (u1 - x0))
      const across = ((u1 - u0) * (y0 - v0) - (v1 - v0) * (x0 - u0)) * ((u1 - u0) * (y1 - v0) - (v1 - v0) * (x1 - u0))
      if (side < 0 && across < 0) crossings++
    }
    tally.add(a, b, crossings, to[other] - first)
    if (tally.isGivenUp(a) || tally.isGivenUp(b)) return
  }
}

interface Tally {
  readonly givenUp: Tangled[]
  isGivenUp(region: number): boolean
  add(a: number, b: number, crossings: number, tests: number): void
}

/** Crossings by pair and tests by region; whoever has most is given up where there are too many. */
function createTally(count: number, limits: TangleLimits, kept: number): Tally {
  const byPair = new Map<number, number>()
  const testsOf = new Float64Array(count)
  const isGone = new Uint8Array(count)
  const givenUp: Tangled[] = []
  const left = { crossings: limits.crossings, tests: limits.tests }

  /** The region that is best given up: of those that may be, the one with the most; ties to the later one. */
  const worst = (amountOf: (region: number) => number): number => {
    let [most, found] = [0, -1]
    for (let region = 0; region < count - kept; region++) {
      const amount = isGone[region] === 1 ? 0 : amountOf(region)
      if (amount > 0 && amount >= most) [most, found] = [amount, region]
    }
    return found
  }
  const giveUp = (region: number, sums: Float64Array): void => {
    if (region < 0) return
    let [partner, crossings]: [number | null, number] = [null, 0]
    for (const [key, amount] of byPair) {
      const [a, b] = [Math.floor(key / count), key % count]
      if (a !== region && b !== region) continue
      if (amount > crossings || (amount === crossings && (a === region ? b : a) < (partner ?? count))) [partner, crossings] = [a === region ? b : a, amount]
      byPair.delete(key)
    }
    isGone[region] = 1
    givenUp.push({ region, partner, crossings })
    left.crossings += sums[region]
    left.tests += testsOf[region]
  }
  return {
    givenUp,
    isGivenUp: (region) => isGone[region] === 1,
    add(a, b, crossings, tests) {
      testsOf[a] += tests
      if (a !== b) testsOf[b] += tests
      left.tests -= tests
      if (crossings > 0) {
        const key = Math.min(a, b) * count + Math.max(a, b)
        byPair.set(key, (byPair.get(key) ?? 0) + crossings)
        left.crossings -= crossings
      }
      if (left.crossings >= 0 && left.tests >= 0) return
      const sums = new Float64Array(count)
      for (const [key, amount] of byPair) for (const region of new Set([Math.floor(key / count), key % count])) sums[region] += amount
      giveUp(worst((region) => (left.crossings < 0 ? sums[region] : testsOf[region])), sums)
    },
  }
}
