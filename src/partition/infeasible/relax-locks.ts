import type { Fit } from "../../math/feasible/divisible-fit.js"
import type { FitCase } from "./fit-case.js"
import type { Relaxation } from "./infeasibility.js"
import { lockGains } from "./lock-gains.js"
import { listed, quoted } from "./words.js"

/** Rays that are answered by unlocking, at most. */
const MAX_ROUNDS = 2000
/** An excess above this, per territory, is none of rounding. */
const ROUNDING = 1e-10
/** Gains that differ by less than this share are the same. */
const SAME = 1e-12

/** A ray that proved the locks to be too many, as it stands with the locks of now. */
interface KnownRay {
  excess: number
  /** By unlocked account; 0 where it is not named. */
  readonly gainOf: ReadonlyMap<number, number>
}

/**
 * A small set of locks without which divided accounts fit, if there is one. Every ray that proves the locks to be too many says how
 * much each would give: of the largest so many are unlocked as it takes, the last one being the smallest that is enough. What
 * turns out not to be needed is locked again: what no known ray objects to is asked. Not always the smallest set there is, but
 * none of it may stay locked, if there is work left to see to that.
 *
 * @param proof that the bounds cannot be met with all locks
 */
export function* relaxLocks(fitCase: FitCase, proof: Fit, maxWork: number): Generator<undefined, Relaxation[]> {
  const { fit, lower, upper, accounts, locked, compiled, territoryIds } = fitCase
  const { measureCount: M, activities } = fit
  const { freeSetOf } = accounts
  if (locked.length === 0 || fit.work() > maxWork || (yield* fit.ask(lower, upper, freeSetOf)).status !== "fits") return []
  const setOf = accounts.setOf.slice()
  const unlocked: number[] = []
  /** Rays, each with the excess that it proves while so many first ones are unlocked. */
  const rays: { readonly ray: Float64Array; readonly excess: number; readonly before: number }[] = []
  let answer = proof
  while (answer.status === "conflict") {
    if (rays.length === MAX_ROUNDS || fit.work() > maxWork) return []
    rays.push({ ray: answer.ray, excess: answer.excess, before: unlocked.length })
    for (const account of enough(lockGains(answer.ray, M, activities, { ...accounts, setOf }, locked), answer.excess)) {
      setOf[account] = freeSetOf[account]
      unlocked.push(account)
    }
    answer = yield* fit.ask(lower, upper, setOf)
  }
  if (answer.status !== "fits") return []
  const known = rays.map(({ ray, excess, before }): KnownRay => {
    const gainOf = new Map(lockGains(ray, M, activities, accounts, unlocked).map(({ account, gain }) => [account, gain]))
    return { gainOf, excess: unlocked.slice(before).reduce((left, account) => left - (gainOf.get(account) ?? 0), excess) }
  })
  yield undefined
  // the last ones are the smallest
  const needed: number[] = []
  let isMinimal = true
  for (const account of [...unlocked].reverse()) {
    const gainIn = ({ gainOf }: KnownRay): number => gainOf.get(account) ?? 0
    let isNeeded = known.some((ray) => ray.excess + gainIn(ray) > ROUNDING * fit.k)
    if (!isNeeded && fit.work() > maxWork) {
      isNeeded = true
      isMinimal = false
    }
    if (!isNeeded) {
      setOf[account] = accounts.setOf[account]
      isNeeded = (yield* fit.ask(lower, upper, setOf)).status !== "fits"
    }
    if (isNeeded) {
      setOf[account] = freeSetOf[account]
      needed.push(account)
    } else for (const ray of known) ray.excess += gainIn(ray)
  }
  needed.sort((a, b) => a - b)
  const changes = needed.map((i) => ({ kind: "unlock" as const, accountId: compiled.ids[i], territoryId: territoryIds[compiled.problem.lockedTo[i]] }))
  const message = `unlock ${listed(changes.map(({ accountId, territoryId }) => `${quoted(accountId)} (in ${quoted(territoryId)})`))}`
  return [{ message, changes, provenBy: "divided", isMinimal }]
}

/** The largest gains until one more is enough, then the smallest that is; ties: the smaller account. */
function enough(gains: readonly { readonly account: number; readonly gain: number }[], excess: number): number[] {
  const chosen: number[] = []
  let left = excess
  const isEnough = (gain: number): boolean => gain >= left - SAME * excess
  for (let at = 0; at < gains.length; at++) {
    if (isEnough(gains[at].gain)) {
      let least = at
      for (let next = at + 1; next < gains.length && isEnough(gains[next].gain); next++) if (gains[next].gain < (1 - SAME) * gains[least].gain) least = next
      return [...chosen, gains[least].account]
    }
    chosen.push(gains[at].account)
    left -= gains[at].gain
  }
  return chosen
}
