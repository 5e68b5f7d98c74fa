import type { Fit } from "../../math/feasible/divisible-fit.js"
import type { FitCase } from "./fit-case.js"
import type { Relaxation } from "./infeasibility.js"
import { lockGains } from "./lock-gains.js"
import { listed, quoted } from "./words.js"

/** Rays that are answered by unlocking, at most. */
const MAX_ROUNDS = 200

/**
 * A small set of locks without which divided accounts fit, if there is one, and none of which may stay. Every ray that proves the
 * locks to be too many says how much each would give: of the largest so many are unlocked as it takes, the last one being the
 * smallest that is enough. What turns out not to be needed is locked again. Not always the smallest set there is.
 *
 * @param proof that the bounds cannot be met with all locks
 */
export function* relaxLocks(fitCase: FitCase, proof: Fit, maxWork: number): Generator<undefined, Relaxation[]> {
  const { fit, lower, upper, accounts, locked, compiled, territoryIds } = fitCase
  const { freeSetOf } = accounts
  if (locked.length === 0 || fit.work() > maxWork || (yield* fit.ask(lower, upper, freeSetOf)).status !== "fits") return []
  const setOf = accounts.setOf.slice()
  const unlocked: number[] = []
  let answer = proof
  for (let round = 0; answer.status === "conflict"; round++) {
    if (round === MAX_ROUNDS || fit.work() > maxWork) return []
    const gains = lockGains(answer.ray, fit.measureCount, fit.activities, { ...accounts, setOf }, locked)
    for (const account of enough(gains, answer.excess)) {
      setOf[account] = freeSetOf[account]
      unlocked.push(account)
    }
    answer = yield* fit.ask(lower, upper, setOf)
  }
  if (answer.status !== "fits") return []
  // the last ones are the smallest
  const needed: number[] = []
  for (const account of [...unlocked].reverse()) {
    if (fit.work() > maxWork) return []
    setOf[account] = accounts.setOf[account]
    if ((yield* fit.ask(lower, upper, setOf)).status === "fits") continue
    setOf[account] = freeSetOf[account]
    needed.push(account)
  }
  needed.sort((a, b) => a - b)
  const changes = needed.map((i) => ({ kind: "unlock" as const, accountId: compiled.ids[i], territoryId: territoryIds[compiled.problem.lockedTo[i]] }))
  const message = `unlock ${listed(changes.map(({ accountId, territoryId }) => `${quoted(accountId)} (in ${quoted(territoryId)})`))}`
  return [{ message, changes, provenBy: "divided" }]
}

/** The largest gains until one more is enough, then the smallest that is. */
function enough(gains: readonly { readonly account: number; readonly gain: number }[], excess: number): number[] {
  const chosen: number[] = []
  let left = excess
  for (let at = 0; at < gains.length && gains[at].gain > 0; at++) {
    if (gains[at].gain >= left) {
      let last = at
      while (last + 1 < gains.length && gains[last + 1].gain >= left) last++
      return [...chosen, gains[last].account]
    }
    chosen.push(gains[at].account)
    left -= gains[at].gain
  }
  return chosen
}
