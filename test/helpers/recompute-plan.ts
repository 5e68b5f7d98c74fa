import type { PartitionOptions, PartitionResult, TerritorySpec } from "equiterra"

/** A row as the tests write it: a place on the globe or on a plane, and numbers. */
export interface Row {
  readonly id: string
  readonly longitude?: number
  readonly latitude?: number
  readonly x?: number
  readonly y?: number
  readonly [field: string]: unknown
}

/** Mean radius R1 of the IUGG, km: stated in the contract. */
const EARTH_KM = 6371.0088
const RAD = Math.PI / 180

type Place = { readonly longitude?: number; readonly latitude?: number; readonly x?: number; readonly y?: number }

/** Great-circle distance by haversine, or straight distance on a plane. Shares no code with the library. */
export function distanceBetween(a: Place | null, b: Place | null): number {
  if (a === null || b === null) throw new Error("a place is missing")
  if (a.x !== undefined) return Math.hypot((a.x as number) - (b.x as number), (a.y as number) - (b.y as number))
  const p = (a.latitude as number) * RAD
  const q = (b.latitude as number) * RAD
  const h = Math.sin((q - p) / 2) ** 2 + Math.cos(p) * Math.cos(q) * Math.sin((((b.longitude as number) - (a.longitude as number)) * RAD) / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Sum with the rounding of every addition carried along (Kahan-Babuska). */
export function exactSum(numbers: Iterable<number>): number {
  let sum = 0
  let lost = 0
  for (const x of numbers) {
    const next = sum + x
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum
    sum = next
  }
  return sum + lost
}

function read(row: Row, field: string | ((row: Row) => number)): number {
  return typeof field === "string" ? (row[field] as number) : field(row)
}

/** What the options say about measures, weights and bounds, read a second time and in the plainest way. */
export function readPlanOptions(accounts: readonly Row[], options: PartitionOptions<Row>): {
  readonly names: readonly string[]
  readonly power: 1 | 2
  readonly weights: readonly number[]
  readonly values: Readonly<Record<string, readonly number[]>>
  readonly totals: Readonly<Record<string, number>>
  boundsOf(territoryId: string, k: number, measure: string): { target: number; min: number | null; max: number | null }
} {
  const names = Object.keys(options.measures)
  const values = Object.fromEntries(names.map((name) => [name, accounts.map((row) => read(row, options.measures[name].value))]))
  const totals = Object.fromEntries(names.map((name) => [name, exactSum(values[name])]))
  const weightField = options.compactness?.weight ?? options.measures[names[0]].value
  const specs = typeof options.territories === "number" ? null : options.territories
  const shareOf = (spec: TerritorySpec, measure: string): number | undefined => (typeof spec.share === "number" ? spec.share : spec.share?.[measure])
  return {
    names,
    power: options.compactness?.power ?? 2,
    weights: accounts.map((row) => read(row, weightField)),
    values,
    totals,
    boundsOf(territoryId, k, measure) {
      const spec = specs?.find((one) => one.id === territoryId)
      let share = 1 / k
      if (spec !== undefined && specs !== null) {
        const stated = specs.map((one) => shareOf(one, measure))
        const open = stated.filter((one) => one === undefined).length
        const rest = 1 - stated.reduce<number>((sum, one) => sum + (one ?? 0), 0)
        share = shareOf(spec, measure) ?? Math.max(0, rest) / open
      }
      const target = share * totals[measure]
      const { tolerance = 0.05, min, max } = options.measures[measure]
      const low = tolerance === null || tolerance >= 1 ? null : target * (1 - tolerance)
      const high = tolerance === null ? null : target * (1 + tolerance)
      return {
        target,
        min: spec?.min?.[measure] ?? (min === undefined ? low : min),
        max: spec?.max?.[measure] ?? (max === undefined ? high : max),
      }
    },
  }
}

/**
 * Everything in which a result breaks the public contract, in words; an empty list is a pass. All figures are recomputed from
 * the accounts, the options, and the result's own alignment, centers and prices.
 */
export function contractFaults(accounts: readonly Row[], options: PartitionOptions<Row>, result: PartitionResult, kind: "partition" | "evaluation" = "partition"): string[] {
  const faults: string[] = []
  const { names, power, weights, values, totals, boundsOf } = readPlanOptions(accounts, options)
  const near = (what: string, got: number | null, want: number | null, slack: number): void => {
    if (got === null || want === null ? got !== want : !(Math.abs(got - want) <= slack)) faults.push(`${what}: is ${got}, recomputed ${want}`)
  }
  const k = typeof options.territories === "number" ? options.territories : options.territories.length
  const ids = result.territories.map((territory) => territory.id)
  if (ids.length !== k || new Set(ids).size !== k) faults.push(`${ids.length} territories, ${new Set(ids).size} ids, for ${k}`)
  if (typeof options.territories !== "number") {
    options.territories.forEach((spec, t) => {
      if (result.territories[t]?.id !== spec.id) faults.push(`territory ${t} is ${result.territories[t]?.id}, not ${spec.id}`)
      if (result.territories[t]?.name !== spec.name) faults.push(`territory ${t} is named ${result.territories[t]?.name}`)
    })
  }

  // every account once, in input order
  if (result.alignment.length !== accounts.length) faults.push(`${result.alignment.length} rows for ${accounts.length} accounts`)
  const members = new Map<string, number[]>(ids.map((id) => [id, []]))
  result.alignment.forEach((row, i) => {
    if (row.accountId !== accounts[i].id) faults.push(`row ${i} is of ${row.accountId}, not of ${accounts[i].id}`)
    const list = members.get(row.territoryId)
    if (list === undefined) faults.push(`row ${i} names the unknown territory ${row.territoryId}`)
    else list.push(i)
  })

  // activities, targets, bounds, deviations; violations exactly where they are
  const expected = new Map<string, { amount: number; limit: number }>()
  for (const territory of result.territories) {
    const own = members.get(territory.id) as number[]
    if (territory.accountCount !== own.length) faults.push(`${territory.id} counts ${territory.accountCount} accounts, has ${own.length}`)
    if (Object.keys(territory.measures).join() !== names.join()) faults.push(`${territory.id} has measures ${Object.keys(territory.measures).join()}`)
    for (const name of names) {
      const { activity, target, min, max, deviation } = territory.measures[name]
      const bounds = boundsOf(territory.id, k, name)
      const slack = 1e-12 * totals[name] // sums of n numbers in another order
      near(`${territory.id} activity of ${name}`, activity, exactSum(own.map((i) => values[name][i])), slack)
      near(`${territory.id} target of ${name}`, target, bounds.target, slack)
      near(`${territory.id} min of ${name}`, min, bounds.min, slack)
      near(`${territory.id} max of ${name}`, max, bounds.max, slack)
      near(`${territory.id} deviation of ${name}`, deviation, target === 0 ? null : (activity - target) / target, 1e-12)
      const over = max !== null && activity > max + slack
      const under = min !== null && activity < min - slack
      if (over || under) expected.set(`${territory.id}\n${name}`, { amount: activity, limit: (over ? max : min) as number })
    }
  }
  for (const name of names) {
    const all = result.territories.map((territory) => territory.measures[name].activity)
    near(`sum of ${name}`, exactSum(all), totals[name], 1e-12 * totals[name])
    const deviations = result.territories.map((territory) => territory.measures[name].deviation).filter((deviation) => deviation !== null)
    near(`imbalance of ${name}`, result.imbalance[name], deviations.length === 0 ? null : Math.max(...deviations.map(Math.abs)), 0)
  }
  const balance = result.violations.filter((violation) => violation.criterion === "balance" || violation.criterion === "capacity")
  for (const { territoryId, measure, amount, limit } of balance) {
    const want = expected.get(`${territoryId}\n${measure}`)
    if (want === undefined) faults.push(`violation of ${measure} in ${territoryId} is none`)
    else if (want.amount !== amount || want.limit !== limit) faults.push(`violation of ${measure} in ${territoryId}: ${amount} of ${limit}`)
    expected.delete(`${territoryId}\n${measure}`)
  }
  for (const missed of expected.keys()) faults.push(`violation not reported: ${missed.replace("\n", " ")}`)

  // locks
  const homesOf = readHomes(options)
  const locked = new Map((options.locked ?? []).map((id) => [id, homesOf.get(id)?.[0] as string]))
  let astray = 0
  for (const { accountId, territoryId } of result.alignment) if (locked.has(accountId) && locked.get(accountId) !== territoryId) astray++
  if (kind === "partition" && astray > 0) faults.push(`${astray} locked accounts moved`)
  if (result.violations.filter((violation) => violation.criterion === "lock").length !== astray) faults.push("lock violations are not the locked accounts that stand elsewhere")

  // eligibility
  const specOf = (id: string): TerritorySpec | undefined => (typeof options.territories === "number" ? undefined : options.territories.find((one) => one.id === id))
  const misplaced = options.eligible === undefined ? 0 : result.alignment.filter(({ accountId, territoryId }, i) => !locked.has(accountId) && !options.eligible?.(accounts[i], specOf(territoryId) as TerritorySpec)).length
  if (kind === "partition" && misplaced > 0) faults.push(`${misplaced} accounts in territories that they are not eligible for`)
  if (result.violations.filter((violation) => violation.criterion === "eligibility").length !== misplaced) faults.push("eligibility violations are not the accounts in wrong territories")

  // distances
  const tooFar = options.maxDistance === undefined ? 0 : result.alignment.filter(({ territoryId }, i) => distanceBetween(accounts[i], (result.territories.find(({ id }) => id === territoryId) as PartitionResult["territories"][number]).center) > (options.maxDistance as number) * (1 + 1e-12)).length
  if (result.violations.filter((violation) => violation.criterion === "distance").length !== tooFar) faults.push(`distance violations are not the ${tooFar} accounts that are too far`)

  // groups
  const torn = groupsOf(accounts, options).filter((group) => group.some((i) => result.alignment[i].territoryId !== result.alignment[group[0]].territoryId)).length
  if (kind === "partition" && torn > 0) faults.push(`${torn} groups are torn`)
  if (result.violations.filter((violation) => violation.criterion === "together").length !== torn) faults.push("together violations are not the groups that are torn")

  // disruption
  const moves = readMoves(accounts, options)
  if ((moves === null) !== (result.disruption === null)) faults.push("disruption is reported, or not, against the options")
  let penalty = 0
  if (moves !== null && result.disruption !== null) {
    const moved = accounts.map((_, i) => i).filter((i) => moves.today[i].length > 0 && !moves.today[i].includes(result.alignment[i].territoryId))
    const weight = exactSum(moved.map((i) => moves.weights[i]))
    if (result.disruption.movedCount !== moved.length) faults.push(`${result.disruption.movedCount} accounts said to move, ${moved.length} do`)
    near("moved weight", result.disruption.movedWeight, weight, 1e-12 * moves.total)
    near("moved share", result.disruption.movedShare, moves.total > 0 ? weight / moves.total : 0, 1e-12)
    near("disruption cost", result.disruption.cost, moves.penalty * weight, 1e-12 * moves.penalty * moves.total)
    const forced = accounts.filter(({ id }) => homesOf.get(id)?.length === 0)
    if (result.disruption.forcedCount !== forced.length) faults.push(`${result.disruption.forcedCount} accounts said to be forced, ${forced.length} are`)
    near("forced weight", result.disruption.forcedWeight, exactSum(forced.map(moves.weightOf)), 1e-12 * exactSum(accounts.map(moves.weightOf)))
    penalty = result.disruption.cost
    let over = moves.share !== null && weight > moves.share * moves.total * (1 + 1e-12)
    for (const { territoryId, handedOff, takenOver, maxHandedOff, maxTakenOver } of result.disruption.territories) {
      near(`${territoryId} hands off`, handedOff, exactSum(moved.filter((i) => moves.today[i][0] === territoryId).map((i) => moves.weights[i])), 1e-12 * moves.total)
      near(`${territoryId} takes over`, takenOver, exactSum(moved.filter((i) => result.alignment[i].territoryId === territoryId).map((i) => moves.weights[i])), 1e-12 * moves.total)
      over ||= (maxHandedOff !== null && handedOff > maxHandedOff + 1e-12 * moves.total) || (maxTakenOver !== null && takenOver > maxTakenOver + 1e-12 * moves.total)
    }
    if (over !== result.violations.some((violation) => violation.criterion === "disruption")) faults.push(`moves ${weight / moves.total} of a limit of ${moves.share}`)
  }

  // costs from the reported centers
  let cost = 0
  let rounding = 0
  for (const territory of result.territories) {
    const own = members.get(territory.id) as number[]
    const recomputed = exactSum(own.map((i) => weights[i] * distanceBetween(accounts[i], territory.center) ** power))
    const slack = slackOfCost(own, territory.center)
    near(`${territory.id} cost`, territory.cost, recomputed, slack)
    rounding += slack
    cost += (territory.cost as number)
    faults.push(...centerFaults(territory, own))
  }
  near("cost", result.cost, cost, 1e-12 * cost)

  // certificate
  const { lowerBound, relaxedCost, gap, scope } = result.certificate
  if (scope !== "given-centers") faults.push(`scope ${scope}`)
  for (const { id, measures, prices } of result.territories) {
    for (const name of names) {
      if (prices[name] > 0 && measures[name].min === null) faults.push(`${id} has a price on the open lower side of ${name}`)
      if (prices[name] < 0 && measures[name].max === null) faults.push(`${id} has a price on the open upper side of ${name}`)
    }
  }
  const divisible = result.infeasibility?.kind === "divisible"
  const { maxMovedShare, maxHandedOffShare, maxTakenOverShare } = options.disruption ?? {}
  const areMovesLimited = maxMovedShare !== undefined || maxHandedOffShare !== undefined || maxTakenOverShare !== undefined
  // as the docstring of relaxedCost says; the problems of the tests take less than the 90 ms that it allows beyond the limit
  const mayBeUnsolved = result.stoppedBy === "time-limit" && (areMovesLimited || accounts.length * k > 1e6)
  if ((lowerBound === null) !== divisible || (divisible && relaxedCost !== null) || (!divisible && relaxedCost === null && !mayBeUnsolved)) faults.push(`bound ${lowerBound}, relaxed ${relaxedCost}, infeasibility ${result.infeasibility?.kind}`)
  if (lowerBound !== null) {
    const bound = boundFromPrices(accounts, options, result)
    const size = Math.max(Math.abs(lowerBound), Math.abs(bound.value), 1e-6 * bound.largest)
    near("lower bound from prices", lowerBound, bound.value, 1e-9 * size + rounding)
    // solved exactly: strong duality
    if (relaxedCost !== null) near("relaxed cost against the bound", relaxedCost, lowerBound, 1e-9 * size + rounding)
    if (result.violations.length === 0 && cost + penalty < lowerBound * (1 - 1e-12)) faults.push(`cost ${cost + penalty} below the bound ${lowerBound}`)
  }
  // what rounding makes of a cost of nothing is nothing: no gap
  const isNothing = gap === 0 && lowerBound !== null && Math.max((result.cost as number) + penalty, Math.abs(lowerBound)) <= 10 * rounding
  near("gap", gap, lowerBound === null ? null : isNothing || (result.cost as number) + penalty === lowerBound ? 0 : lowerBound > 0 ? ((result.cost as number) + penalty - lowerBound) / lowerBound : null, 1e-12 * Math.max(1, Math.abs(gap ?? 0)))
  if (kind === "partition" && (result.infeasibility === null) !== (result.violations.length === 0)) faults.push(`infeasibility ${result.infeasibility?.kind} with ${result.violations.length} violations`)

  faults.push(...jsonFaults(result))
  return faults

  /** A center is known to about 1e-12 of the coordinates' size, a cost accordingly. */
  function slackOfCost(own: readonly number[], center: Place | null): number {
    let slack = 0
    for (const i of own) {
      const d = distanceBetween(accounts[i], center)
      const e = tiny(center as Place)
      slack += weights[i] * (1e-12 * d ** power + power * (d + e) ** (power - 1) * e)
    }
    return slack
  }

  /** The center is the weighted mean of the territory's accounts, or one of them; a fixed center stays where it was put. */
  function centerFaults(territory: PartitionResult["territories"][number], own: readonly number[]): string[] {
    const spec = typeof options.territories === "number" ? undefined : options.territories.find((one) => one.id === territory.id)
    if (spec?.centerFixed === true) {
      const off = distanceBetween(territory.center, spec.center as Place)
      return off <= tiny(spec.center as Place) ? [] : [`${territory.id}: fixed center moved by ${off}`]
    }
    if (own.length === 0) return []
    if (options.centers === "account") {
      const at = Math.min(...own.map((i) => distanceBetween(territory.center, accounts[i])))
      return at <= tiny(accounts[own[0]]) ? [] : [`${territory.id}: center is ${at} away from its nearest account`]
    }
    const mean = weightedMean(own, spec)
    if (mean === null) return []
    const off = distanceBetween(territory.center, mean)
    return off <= tiny(mean) + 1e-11 * Math.max(...own.map((i) => distanceBetween(accounts[i], mean))) ? [] : [`${territory.id}: center is ${off} away from the mean`]
  }

  function tiny(place: Place): number {
    return place.x === undefined ? 1e-12 * EARTH_KM : 1e-12 * Math.max(...accounts.map((row) => Math.max(Math.abs(row.x as number), Math.abs(row.y as number))))
  }

  /** Null where the mean vector on the globe is too short to have a direction. */
  function weightedMean(own: readonly number[], spec?: TerritorySpec): Place | null {
    const hold = spec?.centerAnchor ?? 0
    const anchor = spec?.center as Place
    const total = exactSum(own.map((i) => weights[i]))
    const shares = own.map((i) => (total > 0 ? weights[i] / total : 1 / own.length))
    const mean = (coordinate: (row: Row) => number): number => exactSum(own.map((i, a) => shares[a] * coordinate(accounts[i])))
    if (accounts[0].x !== undefined) {
      const [x, y] = [mean((row) => row.x as number), mean((row) => row.y as number)]
      return hold === 0 ? { x, y } : { x: hold * (anchor.x as number) + (1 - hold) * x, y: hold * (anchor.y as number) + (1 - hold) * y }
    }
    const x = mean((row) => Math.cos((row.latitude as number) * RAD) * Math.cos((row.longitude as number) * RAD))
    const y = mean((row) => Math.cos((row.latitude as number) * RAD) * Math.sin((row.longitude as number) * RAD))
    const z = mean((row) => Math.sin((row.latitude as number) * RAD))
    if (Math.hypot(x, y, z) < 1e-3) return null
    if (hold > 0) {
      const size = Math.hypot(x, y, z)
      const [lon, lat] = [(anchor.longitude as number) * RAD, (anchor.latitude as number) * RAD]
      const [hx, hy, hz] = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)].map((a, d) => hold * a + (1 - hold) * ([x, y, z][d] / size))
      return { longitude: Math.atan2(hy, hx) / RAD, latitude: Math.atan2(hz, Math.hypot(hx, hy)) / RAD }
    }
    return { longitude: Math.atan2(y, x) / RAD, latitude: Math.atan2(z, Math.hypot(x, y)) / RAD }
  }
}

/** The lower bound by the contract's formula, from prices, accounts and bounds alone, and its largest term. */
export function boundFromPrices(accounts: readonly Row[], options: PartitionOptions<Row>, result: PartitionResult): { value: number; largest: number } {
  const { names, power, weights, values } = readPlanOptions(accounts, options)
  const homesOf = readHomes(options)
  const locked = new Set(options.locked ?? [])
  const moves = readMoves(accounts, options)
  const price = result.disruption?.price ?? 0
  const terms: number[] = moves === null || moves.share === null ? [] : [-price * moves.share * moves.total]
  const limits = new Map((result.disruption?.territories ?? []).map((one) => [one.territoryId, one]))
  for (const { maxHandedOff, maxTakenOver, handOffPrice, takeOverPrice } of limits.values()) terms.push(-handOffPrice * (maxHandedOff ?? 0), -takeOverPrice * (maxTakenOver ?? 0))
  let largest = 0
  const mayGo = (i: number, id: string): boolean => {
    const account = accounts[i]
    // a locked account has one territory to choose from
    if (locked.has(account.id)) return homesOf.get(account.id)?.[0] === id
    if (options.eligible === undefined || typeof options.territories === "number") return true
    return options.eligible(account, options.territories.find((one) => one.id === id) as TerritorySpec)
  }
  // a territory that is out of reach is none, unless all are
  const farthest = (options.maxDistance ?? Infinity) * (1 + 1e-12)
  const beyond = (group: readonly number[], center: Place | null): number => group.filter((i) => distanceBetween(accounts[i], center) > farthest).length
  for (const group of groupsOf(accounts, options)) {
    let least = Infinity
    const leastBeyond = farthest === Infinity ? Infinity : Math.min(...result.territories.filter((one) => group.every((i) => mayGo(i, one.id))).map((one) => beyond(group, one.center)))
    for (const { id, center, prices } of result.territories) {
      if (!group.every((i) => mayGo(i, id))) continue
      if (leastBeyond < Infinity && beyond(group, center) > leastBeyond) continue
      let reduced = 0
      for (const i of group) {
        const leaves = moves !== null && moves.today[i].length > 0 && !moves.today[i].includes(id)
        const limited = leaves ? (limits.get(moves.today[i][0])?.handOffPrice ?? 0) + (limits.get(id)?.takeOverPrice ?? 0) : 0
        const own = weights[i] * distanceBetween(accounts[i], center) ** power + (leaves ? (moves.penalty + price + limited) * moves.weights[i] : 0)
        const paid = names.reduce((sum, name) => sum + prices[name] * values[name][i], 0)
        reduced += own - paid
        largest = Math.max(largest, Math.abs(paid))
      }
      least = Math.min(least, reduced)
    }
    terms.push(least)
  }
  for (const { measures, prices } of result.territories) {
    for (const name of names) terms.push((measures[name].min ?? 0) * Math.max(prices[name], 0) - (measures[name].max ?? 0) * Math.max(-prices[name], 0))
  }
  return { value: exactSum(terms), largest: terms.reduce((most, term) => Math.max(most, Math.abs(term)), largest) }
}

/** Accounts by what has to stay together: joined over and over until nothing changes. */
export function groupsOf(accounts: readonly Row[], { together = [] }: Pick<PartitionOptions<Row>, "together">): number[][] {
  const indexOf = new Map(accounts.map(({ id }, i) => [id, i]))
  const label = accounts.map((_, i) => i)
  for (let changed = true; changed; ) {
    changed = false
    for (const group of together) {
      const least = Math.min(...group.map((id) => label[indexOf.get(id) as number]))
      for (const id of group) {
        const i = indexOf.get(id) as number
        if (label[i] === least) continue
        label[i] = least
        changed = true
      }
    }
  }
  const groups = new Map<number, number[]>()
  label.forEach((l, i) => groups.set(l, [...(groups.get(l) ?? []), i]))
  return [...groups.values()]
}

/** Where every account of `current` is at home after the events, one account after the other; nowhere: an empty list. */
export function readHomes({ current = [], events = [] }: PartitionOptions<Row>): Map<string, readonly string[]> {
  const homesOf = new Map<string, readonly string[]>()
  for (const { accountId, territoryId } of current) {
    let homes: string[] | null = [territoryId]
    for (const event of events) {
      if (event.type === "accounts-closed" && event.accountIds.includes(accountId)) homes = null
      if (homes === null) break
      if (event.type === "territory-removed") homes = homes.filter((id) => id !== event.territoryId)
      if (event.type === "territory-renamed") homes = homes.map((id) => (id === event.territoryId ? event.to : id))
      if (event.type === "territory-split") homes = homes.flatMap((id) => (id === event.territoryId ? event.into : [id]))
      if (event.type === "territories-merged") homes = [...new Set(homes.map((id) => (event.territoryIds.includes(id) ? event.into : id)))]
    }
    if (homes !== null) homesOf.set(accountId, homes)
  }
  return homesOf
}

/** What the options say of moves: by account its homes of today and what it weighs; null where they say nothing. */
function readMoves(accounts: readonly Row[], options: PartitionOptions<Row>): { today: (readonly string[])[]; weights: number[]; weightOf: (row: Row) => number; total: number; penalty: number; share: number | null } | null {
  const { disruption, current } = options
  if (disruption === undefined || current === undefined) return null
  const homesOf = readHomes(options)
  const today = accounts.map(({ id }) => homesOf.get(id) ?? [])
  const weightOf = (row: Row): number => (disruption.weight === undefined ? 1 : read(row, disruption.weight))
  const weights = accounts.map((row, i) => (today[i].length === 0 ? 0 : weightOf(row)))
  return { today, weights, weightOf, total: exactSum(weights), penalty: disruption.penalty ?? 0, share: disruption.maxMovedShare ?? null }
}

/** Where a value is not plain JSON: NaN, Infinity, -0, undefined, a class, or anything that a round trip changes. */
function jsonFaults(value: unknown, path = "result"): string[] {
  if (value === null || typeof value === "string" || typeof value === "boolean") return []
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? [] : [`${path} is ${Object.is(value, -0) ? "-0" : value}`]
  if (Array.isArray(value)) return value.flatMap((one, index) => jsonFaults(one, `${path}[${index}]`))
  if (typeof value !== "object") return [`${path} is ${typeof value}`]
  if (Object.getPrototypeOf(value) !== Object.prototype) return [`${path} is of a class`]
  return Object.keys(value).flatMap((key) => jsonFaults((value as Record<string, unknown>)[key], `${path}.${key}`))
}
