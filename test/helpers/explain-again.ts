import type { Alignment, PartitionOptions, PartitionResult, TerritorySpec } from "equiterra"
import { distanceBetween, readPlanOptions, type Row } from "./recompute-plan"

/** What the caller gives as the distance of a pair; undefined: nothing. */
function givenDistance({ compactness, maxDistance = Infinity }: PartitionOptions<Row>, account: Row, territory: TerritorySpec): number | undefined {
  const given = compactness?.distance
  const distance = typeof given === "function" ? given(account, territory) : given?.find((row) => row.accountId === account.id && row.territoryId === territory.id)?.distance
  return distance === undefined || distance > maxDistance ? undefined : distance
}

/** One account against one territory, by the plainest arithmetic. */
export interface PlainChoice {
  readonly id: string
  readonly distance: number
  readonly cost: number
  readonly reduced: number
}

/** Why accounts are where they are, derived a second time from accounts, options and plan alone. */
export function explainAgain(accounts: readonly Row[], plan: PartitionResult, options: PartitionOptions<Row>): {
  choicesOf(i: number): readonly PlainChoice[]
  isAllowed(i: number, territoryId: string): boolean
  isEligible(i: number, territoryId: string): boolean
  groupOf(i: number): readonly number[]
  excessOf(alignment: Alignment): number[]
  decidedBy(i: number): string
} {
  const { names, power, weights, values, totals } = readPlanOptions(accounts, options)
  const rowOf = new Map(accounts.map(({ id }, i) => [id, i]))
  const currentOf = new Map((options.current ?? []).map((row) => [row.accountId, row.territoryId]))
  const ownerOf = new Map(plan.alignment.map((row) => [row.accountId, row.territoryId]))
  const owner = accounts.map(({ id }) => ownerOf.get(id) as string)
  const specOf = (id: string): TerritorySpec => (typeof options.territories === "number" ? { id } : (options.territories.find((one) => one.id === id) as TerritorySpec))
  const isOwn = options.compactness?.distance !== undefined
  const isEligible = (i: number, t: string): boolean => (options.eligible === undefined || options.eligible(accounts[i], specOf(t))) && (!isOwn || givenDistance(options, accounts[i], specOf(t)) !== undefined)
  const lockOf = (i: number): string | undefined => (options.locked?.includes(accounts[i].id) === true ? currentOf.get(accounts[i].id) : undefined)
  const isAllowed = (i: number, t: string): boolean => (lockOf(i) === undefined ? isEligible(i, t) : lockOf(i) === t)
  const groupOf = (i: number): readonly number[] => options.together?.find((group) => group.includes(accounts[i].id))?.map((id) => rowOf.get(id) as number) ?? [i]
  const choicesOf = (i: number): readonly PlainChoice[] =>
    plan.territories.flatMap(({ id, center, prices }) => {
      // what has no distance is no option
      if (isOwn && lockOf(i) === undefined && !isEligible(i, id)) return []
      const distance = isOwn ? givenDistance(options, accounts[i], specOf(id)) : distanceBetween(accounts[i], center)
      if (distance === undefined) return []
      const cost = weights[i] * distance ** power
      return [{ id, distance, cost, reduced: cost - names.reduce((sum, name) => sum + prices[name] * values[name][i], 0) }]
    })
  /** Per bound how far outside it is. */
  const excessOf = (alignment: Alignment): number[] =>
    plan.territories.flatMap(({ id, measures }) =>
      names.map((name) => {
        const activity = alignment.reduce((sum, row) => sum + (row.territoryId === id ? values[name][rowOf.get(row.accountId) as number] : 0), 0)
        const { min, max } = measures[name]
        const slack = 1e-12 * totals[name]
        return max !== null && activity > max + slack ? activity - max : min !== null && activity < min - slack ? min - activity : 0
      }),
    )
  const movesOf = (alignment: Alignment): number => alignment.reduce((sum, { accountId, territoryId }) => sum + (currentOf.has(accountId) && currentOf.get(accountId) !== territoryId ? moveWeight(rowOf.get(accountId) as number) : 0), 0)
  const moveWeight = (i: number): number => {
    const weight = options.disruption?.weight
    return weight === undefined ? 1 : typeof weight === "string" ? (accounts[i][weight] as number) : weight(accounts[i])
  }
  const total = accounts.reduce((sum, { id }, i) => sum + (currentOf.has(id) ? moveWeight(i) : 0), 0)

  function decidedBy(i: number): string {
    const own = choicesOf(i).find(({ id }) => id === owner[i]) as PlainChoice
    const nearer = choicesOf(i).filter(({ distance }) => distance < own.distance * (1 - 1e-9))
    if (nearer.length === 0) return "nearest"
    const group = groupOf(i)
    const members = group.every((j) => owner[j] === own.id) ? group : [i]
    const sumOf = (id: string, key: "cost" | "reduced"): number =>
      members.reduce((sum, j) => sum + (choicesOf(j).find((one) => one.id === id)?.[key] ?? Infinity) - (choicesOf(j).find((one) => one.id === own.id) as PlainChoice)[key], 0)
    const moved = (id: string): Alignment => plan.alignment.map((row) => (members.some((j) => accounts[j].id === row.accountId) ? { ...row, territoryId: id } : row))
    const keepsBounds = (id: string): boolean => {
      const before = excessOf(plan.alignment)
      return excessOf(moved(id)).every((excess, r) => excess <= before[r] + 1e-12)
    }
    const penaltyFor = (id: string, price: number): number => (options.disruption === undefined ? 0 : price * (movesOf(moved(id)) - movesOf(plan.alignment)))
    const keepsBudget = (id: string): boolean => {
      const share = options.disruption?.maxMovedShare
      return share === undefined || movesOf(moved(id)) <= Math.max(movesOf(plan.alignment), share * total * (1 + 1e-12))
    }
    const penalty = options.disruption?.penalty ?? 0
    const slack = 1e-9 * (Math.abs(own.cost) + Math.abs(own.cost - own.reduced))
    const isFree = ({ id }: PlainChoice): boolean => members.every((j) => isAllowed(j, id)) && sumOf(id, "cost") + penaltyFor(id, penalty) < -slack && keepsBudget(id) && keepsBounds(id)
    if (nearer.some(isFree)) return "none"
    const better = nearer.filter(({ reduced }) => reduced < own.reduced - slack)
    if (better.length === 0) return own.cost === 0 && own.reduced === 0 ? "none" : "balance"
    if (lockOf(i) === own.id) return "locked"
    const open = better.filter(({ id }) => isEligible(i, id))
    if (open.length === 0) return "eligible"
    const shared = group.length === 1 ? open : open.filter(({ id }) => members.every((j) => isAllowed(j, id)) && sumOf(id, "cost") < 0 && sumOf(id, "reduced") < -slack)
    if (shared.length === 0) return "together"
    const paying = shared.filter(({ id }) => options.disruption === undefined || (sumOf(id, "reduced") + penaltyFor(id, penalty + (plan.disruption?.price ?? 0)) < -slack && keepsBudget(id)))
    return paying.some(({ id }) => !keepsBounds(id)) ? "whole" : "disruption"
  }

  return { choicesOf, isAllowed, isEligible, groupOf, excessOf, decidedBy }
}
