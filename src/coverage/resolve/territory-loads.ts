import type { MeasureColumn } from "../../model/read-measures.js"
import type { HomeChoice, Homes } from "./choose-homes.js"

/** Activity above a capacity by less than this share of it is rounding. */
const ROUNDING = 1e-9

/** What territories that are no overlay have, and can take; by their index. */
export interface TerritoryLoads {
  readonly indexOf: ReadonlyMap<string, number>
  isOver(t: number): boolean
  /** How much of what is too much an account takes along, in shares of what there is. */
  relief(i: number, t: number): number
  hasRoom(i: number, t: number): boolean
  /** Changes the home of an account that has one. */
  move(i: number, to: string): void
}

/**
 * Adds up what territories have. O(n measures).
 *
 * @param capacityOf what a territory can take of a measure; Infinity where open
 */
export function createTerritoryLoads({ accounts, territoryIds }: HomeChoice, { homeOf, countOf }: Homes, measures: readonly MeasureColumn[], capacityOf: (territoryId: string, measure: number) => number): TerritoryLoads {
  const M = measures.length
  const indexOf = new Map(territoryIds.map((id, t) => [id, t]))
  const load = new Float64Array(territoryIds.length * M)
  const capacity = Float64Array.from(load, (_, r) => capacityOf(territoryIds[Math.floor(r / M)], r % M) * (1 + ROUNDING))
  const add = (i: number, id: string, sign: number): void => {
    const t = indexOf.get(id) as number
    for (let m = 0; m < M; m++) load[t * M + m] += sign * measures[m].activities[i]
  }
  for (const i of accounts.order) if (homeOf[i] !== null) add(i, homeOf[i], 1)
  return {
    indexOf,
    isOver(t) {
      for (let m = 0; m < M; m++) if (load[t * M + m] > capacity[t * M + m]) return true
      return false
    },
    relief(i, t) {
      let relief = 0
      for (let m = 0; m < M; m++) {
        const over = load[t * M + m] - capacity[t * M + m]
        if (over > 0) relief += Math.min(over, measures[m].activities[i]) / load[t * M + m]
      }
      return relief
    },
    hasRoom(i, t) {
      for (let m = 0; m < M; m++) if (measures[m].activities[i] > 0 && load[t * M + m] + measures[m].activities[i] > capacity[t * M + m]) return false
      return true
    },
    move(i, to) {
      const from = homeOf[i] as string
      add(i, from, -1)
      add(i, to, 1)
      countOf.set(from, (countOf.get(from) as number) - 1)
      countOf.set(to, (countOf.get(to) ?? 0) + 1)
      homeOf[i] = to
    },
  }
}
