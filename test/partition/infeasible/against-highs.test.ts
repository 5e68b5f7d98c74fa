import { evaluateAlignment, type PartitionOptions } from "equiterra"
import { expect, test } from "vitest"
import { seeded } from "../../helpers/random-accounts"
import type { Row } from "../../helpers/recompute-plan"
import { createOracle } from "../../math/highs-oracle"
import { dividedLp, relax } from "./divided-lp"

const solve = await createOracle()
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
      const bounds = pick<object>({}, {}, { tolerance: 0.2 }, { tolerance: null }, { tolerance: 0 }, { min: round(mean * 1.1), max: null }, { min: null, max: round(0.9 * mean) }, { min: round(0.8 * mean) }, { max: round(1.1 * mean) })
      return [name, { value: name, ...bounds }]
    }),
  )
  const names = Object.keys(measures)
  const isListed = random() < 0.7
  const share = 0.5 + 0.4 * random()
  const territories = ids.map((id, t) => {
    const name = pick(...names)
    const mean = accounts.reduce((sum, row) => sum + (row[name] as number), 0) / ids.length
    const own = random() < 0.25 ? { max: { [name]: Number((mean * (0.3 + random())).toPrecision(3)) } } : random() < 0.2 ? { min: { [name]: Number((mean * (0.5 + random())).toPrecision(3)) } } : {}
    return { id, ...own, ...(t === 0 && random() < 0.3 ? { share: share / ids.length } : {}) }
  })
  const current = accounts.map((row) => ({ accountId: row.id, territoryId: pick(...ids.slice(0, random() < 0.5 ? 2 : ids.length)) }))
  const density = pick(0, 0.3, 0.6, 0.9)
  const locked = accounts.filter(() => random() < density).map((row) => row.id)
  return { accounts, options: { territories: isListed ? territories : ids.length, measures, current, locked }, ids }
}

test("conflicts conflict, their parts do not, and every relaxation is enough and not too much: as HiGHS sees it", { timeout: 120_000 }, () => {
  const counts: Record<string, number> = {}
  const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1)
  const faults: string[] = []
  for (let seed = 0; seed < 1500; seed++) {
    const { accounts, options } = problemOf(seed)
    const fault = (what: string): void => void faults.push(`seed ${seed}: ${what}`)
    let result
    try {
      result = evaluateAlignment(accounts, options.current ?? [], options)
    } catch {
      count("thrown")
      continue
    }
    const ids = result.territories.map(({ id }) => id)
    const isPossible = (changed: PartitionOptions<Row>, part = {}): boolean => solve(dividedLp(accounts, changed, typeof changed.territories === "number" && changed.territories !== ids.length ? Array.from({ length: changed.territories }, (_, t) => ids[t] ?? `new ${t}`) : ids, part)).status === "optimal"
    const { infeasibility } = result
    if (infeasibility?.kind !== "divisible") {
      count("possible")
      if (!isPossible(options)) fault("HiGHS finds it impossible")
      continue
    }
    if (isPossible(options)) fault("HiGHS finds it possible")
    const { conflict, isConflictMinimal, relaxations } = infeasibility
    count(`conflict with ${conflict.some(({ kind }) => kind === "lock") ? "locks" : "bounds alone"}`)
    const keep = (left: typeof conflict) => ({
      hasBound: (territoryId: string, measure: string, side: string) => left.some((one) => one.kind === "bound" && one.territoryId === territoryId && one.measure === measure && one.side === side),
      hasLock: (accountId: string) => left.some((one) => one.kind === "lock" && one.accountId === accountId),
    })
    if (conflict.length === 0) fault("no conflict")
    if (isPossible(options, keep(conflict))) fault("the conflict is possible")
    if (!isConflictMinimal) count("not minimal")
    else for (const one of conflict) if (!isPossible(options, keep(conflict.filter((other) => other !== one)))) fault(`possible to leave out ${JSON.stringify(one)}`)

    const divided = relaxations.filter(({ provenBy }) => provenBy === "divided")
    if (divided.length === 0) fault("no relaxation")
    for (const relaxation of divided) {
      const { changes, message } = relaxation
      count(changes.length === 1 ? changes[0].kind : `several ${changes[0].kind}`)
      const enough = relax(options, relaxation, ids)
      if (!isPossible(enough)) fault(`not enough: ${message}`)
      if (changes[0].kind === "unlock") {
        for (const change of changes) if (change.kind === "unlock" && isPossible(relax(options, relaxation, ids, 1, change.accountId))) fault(`too much: ${message}`)
      } else if (changes[0].kind === "territories") {
        const { from, to } = changes[0]
        for (let k = from; k !== to; k += Math.sign(to - from)) if (isPossible({ ...options, territories: k })) fault(`too much: ${message}`)
      } else if (isPossible(relax(options, relaxation, ids, 0.99))) fault(`too much: ${message}`)
      if (changes.length === 1 && changes[0].kind === "tolerance") {
        const { measure, from, to } = changes[0]
        const least = solve(dividedLp(accounts, options, ids, {}, measure)).objective
        if (!(to >= least - 1e-8 && to - from <= 1.0091 * (least - from) + 1e-8)) fault(`${message}, but ${least} is the least`)
      }
    }
    const plan = relaxations.find(({ provenBy }) => provenBy === "plan")
    if (plan !== undefined) {
      const judged = evaluateAlignment(accounts, result.alignment, relax(options, plan, ids))
      if (judged.violations.length > 0) fault(`${plan.message}, but ${judged.violations[0].message}`)
    }
    // measures whose tolerance alone would be enough are all offered
    for (const measure of Object.keys(options.measures)) {
      const { status } = solve(dividedLp(accounts, options, ids, {}, measure))
      const isOffered = divided.some(({ changes }) => changes.length === 1 && changes[0].kind === "tolerance" && changes[0].measure === measure)
      if (isOffered !== (status === "optimal" && options.measures[measure].tolerance !== null)) fault(`the tolerance of ${measure} is ${isOffered ? "" : "not "}offered, and ${status}`)
    }
  }
  console.log(counts)
  expect(faults).toEqual([])
})
