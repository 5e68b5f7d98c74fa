import type { PartitionOptions, TerritorySpec } from "equiterra"
import { seeded } from "../../helpers/random-accounts"
import type { Row } from "../../helpers/recompute-plan"

const NAMES = ["hours", "revenue", "visits"]

/** A small problem with locks, shares and bounds of all kinds; many of them cannot be met. */
export function problemOf(seed: number): { accounts: Row[]; options: PartitionOptions<Row>; ids: string[] } {
  const random = seeded(seed)
  const pick = <T>(...items: readonly T[]): T => items[Math.floor(random() * items.length)]
  const n = 4 + Math.floor(9 * random())
  const k = 2 + Math.floor(4 * random())
  const ids = ["north", "south", "east", "west", "home"].slice(0, Math.min(k, n))
  const isWhole = random() < 0.4
  const accounts = Array.from({ length: n }, (_, i): Row => {
    const amount = (): number => (random() < 0.15 ? 0 : isWhole ? 1 + Math.floor(9 * random()) : 0.2 + 5 * random() ** 2)
    return { id: `A${i}`, x: random(), y: random(), hours: amount() + 0.5, revenue: 100 * amount(), visits: amount() }
  })
  const measures = Object.fromEntries(
    NAMES.slice(0, 1 + Math.floor(3 * random())).map((name) => {
      const mean = accounts.reduce((sum, row) => sum + (row[name] as number), 0) / ids.length
      const round = (x: number): number => Number(x.toPrecision(3))
      const bounds = pick<object>({}, {}, { tolerance: 0.2 }, { tolerance: null }, { tolerance: 0 }, { min: round(mean * 1.1), max: null }, { min: null, max: round(0.9 * mean) }, { min: round(0.8 * mean) }, { max: round(1.1 * mean) }, { min: round(0.9 * mean), max: round(1.2 * mean) })
      return [name, { value: name, ...bounds }]
    }),
  )
  const names = Object.keys(measures)
  const isListed = random() < 0.7
  const share = 0.5 + 0.4 * random()
  const territories = ids.map((id, t) => {
    const name = pick(...names)
    const mean = accounts.reduce((sum, row) => sum + (row[name] as number), 0) / ids.length
    const own = random() < 0.25 ? { min: { [name]: 0 }, max: { [name]: Number((mean * (0.3 + random())).toPrecision(3)) } } : random() < 0.2 ? { min: { [name]: Number((mean * (0.5 + random())).toPrecision(3)) }, max: { [name]: 1e6 } } : {}
    return { id, ...own, ...(t === 0 && random() < 0.3 ? { share: share / ids.length } : {}) }
  })
  const current = accounts.map((row) => ({ accountId: row.id, territoryId: pick(...ids.slice(0, random() < 0.5 ? 2 : ids.length)) }))
  const density = pick(0, 0.3, 0.6, 0.9)
  const locked = accounts.filter(() => random() < density).map((row) => row.id)
  const homeOf = new Map(current.map((row) => [row.accountId, row.territoryId]))
  const refused = new Set(random() < 0.3 && isListed ? accounts.flatMap((row) => ids.filter((id) => homeOf.get(row.id) !== id && random() < 0.7).map((id) => `${row.id} ${id}`)) : [])
  const eligible = refused.size === 0 ? {} : { eligible: (row: Row, territory: TerritorySpec) => !refused.has(`${row.id} ${territory.id}`) }
  return { accounts, options: { territories: isListed ? territories : ids.length, measures, current, locked, ...eligible }, ids }
}
