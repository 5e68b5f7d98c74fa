import type { Fit } from "../../math/feasible/divisible-fit.js"
import { createRayView, type RayView } from "../../math/feasible/ray-view.js"
import { findFewer, type Freedom, type Gift, type KnownRay } from "./fewer-freedoms.js"
import type { FitCase, Sides } from "./fit-case.js"

/** Freedoms that are enough. */
export interface Freed {
  /** By account, the lock first. */
  readonly freedoms: readonly Freedom[]
  /** n: where accounts may go with them. */
  readonly setOf: Int32Array
  /** Whether without any one of them divided accounts do not fit. */
  readonly isMinimal: boolean
}

/** Which kinds of freedom there are to give. */
export interface Freedoms {
  readonly unlock: boolean
  readonly admit: boolean
}

/** Rays that are answered, at most. */
const MAX_ROUNDS = 2000
/** With more accounts to make eligible than this it is no way out that anybody would take. */
const MOST_ADMITTED = 500
/** An excess above this, per territory, is none of rounding. */
const ROUNDING = 1e-10
/** Gains that differ by less than this share are the same. */
const SAME = 1e-12
/** With more gifts than this no smaller sets are tried. */
const FEW_GIFTS = 5000
/** The set of all territories. */
const EVERYWHERE = 0

/** What one account could give more along a ray, and the freedoms that it takes. */
interface Gain {
  readonly account: number
  readonly gain: number
  readonly freedoms: readonly Freedom[]
}

/**
 * A small set of freedoms with which divided accounts fit, if there is one. Every ray that proves that they do not says how much
 * each account would give if it were free: the largest are freed, so many as it takes, the last one being the smallest that is
 * enough. What turns out not to be needed is taken back: what no known ray objects to is asked. Then sets of one or two are tried,
 * where there are not too many. Of a larger one there may be a smaller, but none of it may be missing, if there is work left to see
 * to that.
 *
 * @param bounds that the accounts are to fit
 * @param proof that they cannot as they are
 */
export function* freeAccounts(fitCase: FitCase, { lower, upper }: Sides, may: Freedoms, proof: Fit, maxWork: number): Generator<undefined, Freed | null> {
  const { fit, accounts, locked } = fitCase
  const { k, measureCount: M, activities } = fit
  const isLocked = new Set(locked)
  const candidates = Array.from(accounts.setOf.keys()).filter((i) => mostSet(i) !== accounts.setOf[i])
  const setOf = accounts.setOf.slice()
  for (const i of candidates) setOf[i] = mostSet(i)
  if (candidates.length === 0 || fit.work() > maxWork || (yield* fit.ask(lower, upper, setOf)).status !== "fits") return null

  // free what the rays ask for
  setOf.set(accounts.setOf)
  const given: Freedom[] = []
  const ownOf = new Map<number, readonly Freedom[]>()
  const steps: { readonly account: number; readonly from: number; readonly to: number }[] = []
  /** Rays, each with the excess that it proves after so many first steps. */
  const rays: { readonly view: RayView; readonly excess: number; readonly before: number }[] = []
  let answer = proof
  while (answer.status === "conflict") {
    const view = createRayView(answer.ray, M, activities, accounts.sets)
    const chosen = enough(gainsAlong(view), answer.excess)
    if (chosen.length === 0 || rays.length === MAX_ROUNDS || fit.work() > maxWork) return null
    rays.push({ view, excess: answer.excess, before: steps.length })
    for (const { account, freedoms } of chosen) {
      for (const freedom of freedoms) given.push(freedom)
      const own = [...(ownOf.get(account) ?? []), ...freedoms]
      const to = setFor(account, own)
      ownOf.set(account, own)
      steps.push({ account, from: setOf[account], to })
      setOf[account] = to
    }
    if (given.filter(({ territory }) => territory !== null).length > MOST_ADMITTED) return null
    answer = yield* fit.ask(lower, upper, setOf)
  }
  if (answer.status !== "fits") return null
  const known = rays.map(({ view, excess, before }) => ({ view, excess: steps.slice(before).reduce((left, { account, from, to }) => left - (view.most(account, to) - view.most(account, from)), excess) }))
  yield undefined

  // take back what is not needed; the last ones are the smallest
  let isMinimal = true
  const needless = new Set<Freedom>()
  for (const one of [...given].reverse()) {
    const { account } = one
    const rest = (ownOf.get(account) ?? []).filter((other) => other !== one)
    const [now, without] = [setOf[account], setFor(account, rest)]
    const losses = known.map(({ view }) => view.most(account, now) - view.most(account, without))
    if (known.some(({ excess }, r) => excess + losses[r] > ROUNDING * k)) continue
    if (fit.work() > maxWork) {
      isMinimal = false
      continue
    }
    setOf[account] = without
    const { status } = yield* fit.ask(lower, upper, setOf)
    if (status === "fits") {
      needless.add(one)
      ownOf.set(account, rest)
      known.forEach((ray, r) => (ray.excess += losses[r]))
      continue
    }
    if (status === "unknown") isMinimal = false
    setOf[account] = now
  }
  const freedoms = given.filter((one) => !needless.has(one)).sort(byAccount)
  if (candidates.length * (may.admit ? k : 1) > FEW_GIFTS) return { freedoms, setOf, isMinimal }
  const tried = accounts.setOf.slice()
  const base = rays.map(({ view, excess, before }): KnownRay => ({ view, excess: steps.slice(0, before).reduce((sum, { account, from, to }) => sum + view.most(account, to) - view.most(account, from), excess) }))
  const fewer = yield* findFewer(giftsTo(candidates), tried, base, freedoms.length, ask)
  return fewer === null ? { freedoms, setOf, isMinimal } : { freedoms: fewer.flatMap((gift) => gift.freedoms).sort(byAccount), setOf: tried, isMinimal: true }

  function* ask(): Generator<undefined, KnownRay | "fits" | "unknown"> {
    if (fit.work() > maxWork) return "unknown"
    const given = yield* fit.ask(lower, upper, tried)
    return given.status === "conflict" ? { view: createRayView(given.ray, M, activities, accounts.sets), excess: given.excess } : given.status
  }

  /** Where an account may go at most. */
  function mostSet(i: number): number {
    if (isLocked.has(i)) return !may.unlock ? accounts.setOf[i] : may.admit ? EVERYWHERE : accounts.freeSetOf[i]
    return may.admit ? EVERYWHERE : accounts.setOf[i]
  }

  /** Where an account may go with freedoms of its own. */
  function setFor(i: number, own: readonly Freedom[]): number {
    if (isLocked.has(i) && own.every(({ territory }) => territory !== null)) return accounts.setOf[i]
    const admitted = own.flatMap(({ territory }) => (territory === null ? [] : [territory]))
    const free = accounts.freeSetOf[i]
    return admitted.length === 0 ? free : accounts.numberOf(Int32Array.from(new Set([...accounts.sets[free], ...admitted])).sort())
  }

  /** All that could be given to one account. */
  function giftsTo(receivers: readonly number[]): Gift[] {
    return receivers.flatMap((account) => {
      const unlock: Freedom[] = isLocked.has(account) ? [{ account, territory: null }] : []
      const free = accounts.freeSetOf[account]
      const admitted = !may.admit ? [] : Array.from(accounts.sets[EVERYWHERE]).filter((t) => !accounts.sets[free].includes(t)).map((territory) => [...unlock, { account, territory }])
      const gifts = unlock.length > 0 && free !== accounts.setOf[account] ? [unlock, ...admitted] : admitted
      return gifts.map((freedoms) => ({ account, freedoms, set: setFor(account, freedoms) }))
    })
  }

  /** What accounts could give more along a ray, the largest first; ties: the smaller account. */
  function gainsAlong({ most, best }: RayView): Gain[] {
    const gains: Gain[] = []
    for (const account of candidates) {
      const now = most(account, setOf[account])
      const free = accounts.freeSetOf[account]
      // a lock is left first, whatever else it takes
      const unlock: Freedom[] = isLocked.has(account) && !ownOf.has(account) ? [{ account, territory: null }] : []
      const unlocked = unlock.length > 0 ? most(account, free) : now
      const gain = may.admit ? most(account, EVERYWHERE) - now : unlocked - now
      if (gain > unlocked - now) gains.push({ account, gain, freedoms: [...unlock, { account, territory: best(account, EVERYWHERE) }] })
      else if (gain > 0) gains.push({ account, gain, freedoms: unlock })
    }
    return gains.sort((a, b) => b.gain - a.gain || a.account - b.account)
  }
}

/** By account, the lock first. */
const byAccount = (a: Freedom, b: Freedom): number => a.account - b.account || (a.territory ?? -1) - (b.territory ?? -1)

/** The largest gains until one more is enough, then the smallest that is; ties: the smaller account. */
function enough(gains: readonly Gain[], excess: number): Gain[] {
  const chosen: Gain[] = []
  let left = excess
  const isEnough = (gain: number): boolean => gain >= left - SAME * excess
  for (let at = 0; at < gains.length; at++) {
    if (isEnough(gains[at].gain)) {
      let least = at
      for (let next = at + 1; next < gains.length && isEnough(gains[next].gain); next++) if (gains[next].gain < (1 - SAME) * gains[least].gain) least = next
      return [...chosen, gains[least]]
    }
    chosen.push(gains[at])
    left -= gains[at].gain
  }
  return chosen
}
