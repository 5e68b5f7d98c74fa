import fc from "fast-check"
import type { Row } from "./recompute-plan"

/** Seeded numbers in [0, 1): mulberry32, not the library's own generator. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** About normal, within +-2.5: the sum of five uniform numbers. */
function bell(random: () => number): number {
  return random() + random() + random() + random() + random() - 2.5
}

/** Accounts in the middle of the United States, with three measures of moderate spread and a weight that is none of them. */
export function randomAccounts(count: number, seed: number, space: "globe" | "plane" = "globe"): Row[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, i) => {
    const place = space === "globe" ? { longitude: -100 + 12 * random(), latitude: 36 + 7 * random() } : { x: 1000 * random(), y: 700 * random() }
    return { id: `A${i}`, ...place, hours: Math.exp(0.4 * bell(random)), revenue: 1000 * Math.exp(0.5 * bell(random)), visits: 1 + Math.floor(4 * random()), people: random() }
  })
}

/** The same rows in an order drawn from a seed. */
export function shuffled<T>(rows: readonly T[], seed: number): T[] {
  const random = seeded(seed)
  const all = [...rows]
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const row = all[i]
    all[i] = all[j]
    all[j] = row
  }
  return all
}

/** Freezes a value and everything in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

/** Where accounts of one instance lie: usual and awkward maps. */
const MAPS = ["country", "world", "antimeridian", "pole", "plane", "grid", "line", "duplicates", "one place", "far from the origin"] as const

/** What accounts of one instance have: usual and awkward amounts. */
const AMOUNTS = ["real", "whole", "equal", "zeros", "proportional", "spread"] as const

/** A whole instance: 1 to 24 accounts, 1 to 3 measures, bounds that may or may not be possible, and every option of the contract. */
export const arbitraryInstance: fc.Arbitrary<{ readonly accounts: Row[]; readonly options: Record<string, unknown> & { territories: number; measures: Record<string, { value: string }> } }> = fc
  .record({
    map: fc.constantFrom(...MAPS),
    amounts: fc.constantFrom(...AMOUNTS),
    count: fc.integer({ min: 1, max: 24 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    bounds: fc.array(
      fc.constantFrom({}, { tolerance: null }, { tolerance: 0 }, { tolerance: 0.5 }, { tolerance: 2 }, { min: null }, { max: null }, { min: 0.9, max: null }, { min: 1, max: 1 }, { min: 1.2, max: null }, { min: null, max: 0.8 }),
      { minLength: 1, maxLength: 3 },
    ),
    compactness: fc.constantFrom(undefined, { power: 1 }, { weight: "people" }, { weight: "people", power: 1 }),
    centers: fc.constantFrom(undefined, "mean", "account"),
  })
  .map(({ map, amounts, count, share, seed, bounds, compactness, centers }) => {
    const random = seeded(seed)
    const k = Math.min(count, 1 + Math.floor(share * 6))
    const accounts = Array.from({ length: count }, (_, i): Row => {
      const m0 = amountOf(amounts, random)
      const others = amounts === "proportional" ? [2 * m0, 3 * m0] : [amountOf(amounts, random), amountOf(amounts, random)]
      return { id: `A${i}`, ...placeOn(map, i, random), m0, m1: others[0], m2: others[1], people: random() < 0.2 ? 0 : random() }
    })
    const measures = Object.fromEntries(
      bounds.map((bound, m) => {
        const value = `m${m}`
        const mean = accounts.reduce((sum, row) => sum + (row[value] as number), 0) / k
        const scaled = Object.fromEntries(Object.entries(bound).map(([key, x]) => [key, typeof x === "number" && key !== "tolerance" ? x * mean : x]))
        return [value, { value, ...scaled }]
      }),
    )
    return { accounts, options: { territories: k, measures, ...(compactness === undefined ? {} : { compactness }), ...(centers === undefined ? {} : { centers }), starts: 1 } }
  })

function placeOn(map: (typeof MAPS)[number], i: number, random: () => number): { longitude: number; latitude: number } | { x: number; y: number } {
  if (map === "country") return { longitude: -100 + 12 * random(), latitude: 36 + 7 * random() }
  if (map === "world") return { longitude: -180 + 360 * random(), latitude: -90 + 180 * random() }
  if (map === "antimeridian") return { longitude: random() < 0.5 ? 178 + 2 * random() : -180 + 2 * random(), latitude: -20 + 4 * random() }
  if (map === "pole") return { longitude: -180 + 360 * random(), latitude: random() < 0.1 ? 90 : 87 + 3 * random() }
  if (map === "plane") return { x: random(), y: random() }
  if (map === "grid") return { x: i % 5, y: Math.floor(i / 5) }
  if (map === "line") return { x: i, y: 0 }
  if (map === "duplicates") return { x: Math.floor(3 * random()), y: Math.floor(3 * random()) }
  if (map === "one place") return { longitude: 11.5, latitude: 48.1 }
  return { x: 500_000 + 1000 * random(), y: 4_000_000 + 1000 * random() }
}

function amountOf(amounts: (typeof AMOUNTS)[number], random: () => number): number {
  if (amounts === "real") return random()
  if (amounts === "whole" || amounts === "proportional") return 1 + Math.floor(9 * random())
  if (amounts === "equal") return 1
  if (amounts === "zeros") return random() < 0.5 ? 0 : Math.floor(5 * random())
  return 10 ** (-6 + 12 * random())
}
