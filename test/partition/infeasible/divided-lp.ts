import type { PartitionOptions, Relaxation, RelaxationChange, TerritorySpec } from "equiterra"
import type { LpProblem, LpRow } from "../../../src/math/lp/lp-problem.js"
import { readPlanOptions, type Row } from "../../helpers/recompute-plan"

/** What a test leaves out of a problem. */
export interface Part {
  hasBound?(territoryId: string, measure: string, side: "min" | "max"): boolean
  hasLock?(accountId: string): boolean
  readonly hasLists?: boolean
}

/**
 * The question whether divided accounts fit, written out from the options alone: a variable for every pair of account and
 * territory; with `free` one more, last, to be minimized: the tolerance of that measure.
 */
export function dividedLp(accounts: readonly Row[], options: PartitionOptions<Row>, territoryIds: readonly string[], part: Part = {}, free: string | null = null): LpProblem {
  const { names, values, totals, boundsOf } = readPlanOptions(accounts, options)
  const n = accounts.length
  const k = territoryIds.length
  const homeOf = new Map((options.current ?? []).map((row) => [row.accountId, row.territoryId]))
  const locked = new Set(options.locked ?? [])
  const rows: LpRow[] = accounts.map((_, i) => ({ columns: territoryIds.map((_, t) => i * k + t), coefficients: territoryIds.map(() => 1), lower: 1, upper: 1 }))
  const isHeld = (id: string, territoryId: string): boolean => locked.has(id) && part.hasLock?.(id) !== false && homeOf.get(id) !== territoryId
  const isRefused = (row: Row, territoryId: string): boolean => part.hasLists !== false && options.eligible?.(row, { id: territoryId }) === false
  const upper = accounts.flatMap((row) => territoryIds.map((territoryId) => (isHeld(row.id, territoryId) || isRefused(row, territoryId) ? 0 : 1)))
  const slack = free === null ? [] : [n * k]
  territoryIds.forEach((territoryId, t) => {
    for (const name of names) {
      // every measure sums to one: so that a tolerance of the solver means the same for all
      const unit = totals[name] > 0 ? totals[name] : 1
      const { target, min, max } = boundsOf(territoryId, k, name)
      const { tolerance = 0.05, min: stated, max: statedMax } = options.measures[name]
      const spec = typeof options.territories === "number" ? undefined : options.territories[t]
      const columns = accounts.map((_, i) => i * k + t)
      const coefficients = values[name].map((value) => value / unit)
      for (const side of ["min", "max"] as const) {
        const bound = side === "min" ? min : max
        if (part.hasBound?.(territoryId, name, side) === false) continue
        const isOwn = spec?.[side]?.[name] !== undefined || (side === "min" ? stated : statedMax) !== undefined
        if (free === name && !isOwn && tolerance !== null) {
          // activity +- tolerance x target on the side of the target
          rows.push({ columns: [...columns, ...slack], coefficients: [...coefficients, ((side === "min" ? 1 : -1) * target) / unit], lower: side === "min" ? target / unit : -Infinity, upper: side === "max" ? target / unit : Infinity })
        } else if (bound !== null) rows.push({ columns, coefficients, lower: side === "min" ? bound / unit : -Infinity, upper: side === "max" ? bound / unit : Infinity })
      }
    }
  })
  const { weight = () => 1, maxMovedShare, maxHandedOffShare, maxTakenOverShare } = options.disruption ?? {}
  const owned = accounts.flatMap((row, i) => (homeOf.has(row.id) ? [{ i, home: territoryIds.indexOf(homeOf.get(row.id) as string), weight: typeof weight === "string" ? (row[weight] as number) : weight(row) }] : []))
  territoryIds.forEach((id, t) => {
    const of = (shares: number | Readonly<Record<string, number>> | undefined): number | undefined => (typeof shares === "object" ? shares[id] : shares)
    const own = owned.filter(({ home }) => home === t)
    const total = own.reduce((sum, one) => sum + one.weight, 0)
    if (total === 0) return
    const mayStay = ({ i, home }: { i: number; home: number }): boolean => home >= 0 && upper[i * k + home] > 0
    const [handed, taken] = [of(maxHandedOffShare), of(maxTakenOverShare)]
    if (handed !== undefined) {
      // what cannot stay may go in any case
      const forced = own.reduce((sum, one) => sum + (mayStay(one) ? 0 : one.weight), 0)
      rows.push({ columns: own.map(({ i }) => i * k + t), coefficients: own.map((one) => one.weight / total), lower: 1 - Math.max(handed, forced / total), upper: Infinity })
    }
    if (taken !== undefined) {
      const others = owned.filter((one) => one.home !== t && mayStay(one))
      rows.push({ columns: others.map(({ i }) => i * k + t), coefficients: others.map((one) => one.weight / total), lower: -Infinity, upper: taken })
    }
  })
  if (maxMovedShare !== undefined) {
    const total = owned.reduce((sum, one) => sum + one.weight, 0)
    // what stays, of all; an owner that is no territory keeps nothing
    const kept = owned.filter(({ home }) => home >= 0)
    rows.push({ columns: kept.map(({ i, home }) => i * k + home), coefficients: kept.map((one) => one.weight / total), lower: 1 - maxMovedShare, upper: Infinity })
  }
  return { objective: [...upper.map(() => 0), ...slack.map(() => 1)], rows, upper: [...upper, ...slack.map(() => Infinity)] }
}

/** The options with a share of a relaxation's changes of numbers, and all other changes but the one that is left out. */
export function relax(options: PartitionOptions<Row>, relaxation: Relaxation, territoryIds: readonly string[], share = 1, without: RelaxationChange | null = null): PartitionOptions<Row> {
  let { territories, measures, locked = [], disruption } = options
  const admitted = new Set<string>()
  for (const change of relaxation.changes) {
    if (change === without) continue
    if (change.kind === "unlock") locked = locked.filter((id) => id !== change.accountId)
    else if (change.kind === "share") {
      const { territoryId, measure, to } = change
      const listed: readonly TerritorySpec[] = typeof territories === "number" ? territoryIds.map((id) => ({ id })) : territories
      territories = listed.map((spec) => (spec.id === territoryId ? { ...spec, share: { ...(typeof spec.share === "number" ? Object.fromEntries(Object.keys(measures).map((name) => [name, spec.share as number])) : spec.share), [measure]: to } } : spec))
    } else if (change.kind === "set-apart") throw new Error("see setApart")
    else if (change.kind === "eligible") admitted.add(`${change.accountId} ${change.territoryId}`)
    else {
      const to = change.from + share * (change.to - change.from)
      if (change.kind === "moved-share") disruption = { ...disruption, maxMovedShare: to }
      else if (change.kind === "handed-off-share" || change.kind === "taken-over-share") {
        const key = change.kind === "handed-off-share" ? "maxHandedOffShare" : "maxTakenOverShare"
        const shares = disruption?.[key]
        const ofEach = typeof shares === "number" ? Object.fromEntries([...new Set(options.current?.map((row) => row.territoryId))].map((id) => [id, shares])) : shares
        disruption = { ...disruption, [key]: change.territoryId === null ? to : { ...ofEach, [change.territoryId]: to } }
      } else if (change.kind === "territories") territories = to
      else if (change.kind === "max-distance") return { ...options, maxDistance: to }
      else if (change.kind === "tolerance") measures = { ...measures, [change.measure]: { ...measures[change.measure], tolerance: to } }
      else if (change.territoryId === null) measures = { ...measures, [change.measure]: { ...measures[change.measure], [change.side]: to } }
      else {
        const listed: readonly TerritorySpec[] = typeof territories === "number" ? territoryIds.map((id) => ({ id })) : territories
        territories = listed.map((spec) => (spec.id === change.territoryId ? { ...spec, [change.side]: { ...spec[change.side], [change.measure]: to } } : spec))
      }
    }
  }
  const eligible = admitted.size === 0 ? {} : { eligible: (row: Row, territory: TerritorySpec) => options.eligible?.(row, territory) === true || admitted.has(`${row.id} ${territory.id}`) }
  return { ...options, territories, measures, locked, ...(disruption === undefined ? {} : { disruption }), ...eligible }
}

/** What is left where accounts are set apart with the territories that they fill; today's rows of these say nothing any more. */
export function setApart(accounts: readonly Row[], options: PartitionOptions<Row>, { changes }: Relaxation, territoryIds: readonly string[]): { accounts: readonly Row[]; options: PartitionOptions<Row>; ids: string[] } {
  const gone = new Set(changes.flatMap((change) => (change.kind === "set-apart" ? [change.territoryId] : [])))
  const apart = new Set(changes.flatMap((change) => (change.kind === "set-apart" ? [change.accountId] : [])))
  const { territories, current, locked, together } = options
  return {
    accounts: accounts.filter(({ id }) => !apart.has(id)),
    options: {
      ...options,
      territories: typeof territories === "number" ? territories - gone.size : territories.filter((spec) => !gone.has(typeof spec === "string" ? spec : spec.id)),
      ...(current === undefined ? {} : { current: current.filter((row) => !apart.has(row.accountId) && !gone.has(row.territoryId)) }),
      ...(locked === undefined ? {} : { locked: locked.filter((id) => !apart.has(id)) }),
      ...(together === undefined ? {} : { together: together.map((group) => group.filter((id) => !apart.has(id))).filter((group) => group.length > 0) }),
    },
    ids: territoryIds.filter((id) => !gone.has(id)),
  }
}
