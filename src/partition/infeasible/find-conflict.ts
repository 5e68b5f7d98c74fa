import type { Fit } from "../../math/feasible/divisible-fit.js"
import type { AccountSets } from "../../math/feasible/account-sets.js"
import type { FitCase } from "./fit-case.js"
import { lockGains } from "./lock-gains.js"

/** Bounds and locks that exclude each other, by index. */
export interface Conflict {
  /** Rows r = t M + m whose lower, and whose upper bound takes part. */
  readonly lower: readonly number[]
  readonly upper: readonly number[]
  /** Locked accounts. */
  readonly locks: readonly number[]
  /** [0] where lists of eligible territories take part, as one; else empty. */
  readonly lists: readonly number[]
  readonly isMinimal: boolean
}

type Part = Omit<Conflict, "isMinimal">
type Proof = Extract<Fit, { status: "conflict" }>

/** An excess is to stay above this, per territory, when locks are left out of a proof. */
const ROUNDING = 1e-10

/**
 * A set of bounds and locks that no divided accounts can keep together, and that is irreducible if there is work left to see to
 * that: only what a ray of prices needs for its proof takes part (Farkas), and of that whatever the rest conflicts without is left
 * out, one after the other, each time with the ray that proves it.
 *
 * Takes one question of {@link FitCase.fit} for each element of the first ray, at most.
 *
 * Source: deletion filter with sensitivity filter (Chinneck & Dravnieks 1991, ORSA Journal on Computing 3).
 *
 * @param proof that all bounds and locks exclude each other
 * @param maxWork questions are put until {@link FitCase.fit} has done so much work
 */
export function* findConflict(fitCase: FitCase, proof: Proof, maxWork: number): Generator<undefined, Conflict> {
  const { fit, lower, upper, accounts, locked } = fitCase
  const { k, measureCount: M, activities } = fit
  let kept = needed(proof, locked, accounts.hasLists ? [0] : [])
  /** Elements that the others do not conflict without. */
  const isEssential = new Set<string>()
  let isMinimal = true
  for (;;) {
    const element = elementsOf(kept).find(({ key }) => !isEssential.has(key))
    if (element === undefined) break
    if (fit.work() > maxWork) {
      isMinimal = false
      break
    }
    const rest = element.without()
    const answer = yield* ask(rest)
    if (answer.status === "conflict") kept = needed(answer, rest.locks, rest.lists)
    else {
      isEssential.add(element.key)
      if (answer.status === "unknown") isMinimal = false
    }
  }
  return { ...kept, isMinimal }

  /** What a proof needs: the bounds with a price, and the fewest locks without which it would be none. */
  function needed({ ray, excess }: Proof, locks: readonly number[], lists: readonly number[]): Part {
    const gains = lockGains(ray, M, activities, setsWith(locks, lists), locks)
    let left = excess - gains.reduce((sum, { gain }) => sum + gain, 0)
    const held: number[] = []
    for (const { account, gain } of gains) {
      if (left > ROUNDING * k) break
      held.push(account)
      left += gain
    }
    const rows = [...ray.keys()]
    return { lower: rows.filter((r) => ray[r] > 0), upper: rows.filter((r) => ray[r] < 0), locks: held.sort((a, b) => a - b), lists }
  }

  function setsWith(locks: readonly number[], lists: readonly number[]): AccountSets {
    const freeSetOf = lists.length > 0 ? accounts.freeSetOf : new Int32Array(accounts.freeSetOf.length)
    const setOf = freeSetOf.slice()
    for (const i of locks) setOf[i] = accounts.setOf[i]
    return { ...accounts, setOf, freeSetOf }
  }

  function ask(part: Part): Generator<undefined, Fit> {
    const low = new Float64Array(lower.length)
    const high = new Float64Array(upper.length).fill(Infinity)
    for (const r of part.lower) low[r] = lower[r]
    for (const r of part.upper) high[r] = upper[r]
    return fit.ask(low, high, setsWith(part.locks, part.lists).setOf)
  }
}

/** The elements one by one, lists and locks first, each with what is left without it. */
function elementsOf(part: Part): { readonly key: string; without(): Part }[] {
  return (["lists", "locks", "lower", "upper"] as const).flatMap((list) =>
    part[list].map((index) => ({ key: `${list} ${index}`, without: () => ({ ...part, [list]: part[list].filter((other) => other !== index) }) })),
  )
}
