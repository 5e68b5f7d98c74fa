import type { RayView } from "../../math/feasible/ray-view.js"

/** A freedom that an account has not now: to leave its lock, or to go to a territory that it is not eligible for. */
export interface Freedom {
  readonly account: number
  /** Null: it is unlocked. */
  readonly territory: number | null
}

/** What one account may be given at once: one freedom, or two where it has to leave its lock first. */
export interface Gift {
  readonly account: number
  readonly freedoms: readonly Freedom[]
  /** The set of territories that it may go to then. */
  readonly set: number
}

/** A ray that proves the accounts to be too little free as they are. */
export interface KnownRay {
  readonly view: RayView
  readonly excess: number
}

/** Questions for smaller sets, at most. */
const MAX_QUESTIONS = 40
/** With more gifts than this no pairs are looked at. */
const FEW_FOR_PAIRS = 400
/** Gains that miss an excess by less than this share of it are enough. */
const SAME = 1e-9

/**
 * One or two gifts that are enough, with fewer freedoms than are known to be; null where there are none, or it takes too many
 * questions to tell. Only what answers all rays is asked about, the least gain first, and every answer that it is too little is one
 * more ray. O(gifts x rays), and of few gifts O(gifts^2 x rays).
 *
 * @param setOf n: where accounts may go now; changed while this runs, and what is found stays in it
 * @param count freedoms known to be enough
 * @param ask whether accounts fit as `setOf` is: null if so, or a ray that proves that they do not, from now on
 */
export function* findFewer(gifts: readonly Gift[], setOf: Int32Array, rays: KnownRay[], count: number, ask: () => Generator<undefined, KnownRay | "fits" | "unknown">): Generator<undefined, readonly Gift[] | null> {
  if (count < 2) return null
  const gainOf = ({ account, set }: Gift, { view }: KnownRay): number => view.most(account, set) - view.most(account, setOf[account])
  const gains = rays.map((ray) => gifts.map((gift) => gainOf(gift, ray)))
  const order = [...gifts.keys()].sort((a, b) => gains[0][a] - gains[0][b] || a - b)
  const answersAll = (chosen: readonly number[]): boolean => rays.every(({ excess }, r) => chosen.reduce((sum, g) => sum + gains[r][g], 0) >= (1 - SAME) * excess)
  let questions = 0
  for (const chosen of choices()) {
    if (chosen.reduce((sum, g) => sum + gifts[g].freedoms.length, 0) >= count || !answersAll(chosen)) continue
    if (questions++ === MAX_QUESTIONS) return null
    const before = chosen.map((g) => setOf[gifts[g].account])
    for (const g of chosen) setOf[gifts[g].account] = gifts[g].set
    const answer = yield* ask()
    if (answer === "fits") return chosen.map((g) => gifts[g])
    chosen.forEach((g, at) => (setOf[gifts[g].account] = before[at]))
    if (answer === "unknown") return null
    // the ray proves an excess with what was given: without it there is more
    const excess = chosen.reduce((sum, g) => sum + gainOf(gifts[g], answer), answer.excess)
    rays.push({ view: answer.view, excess })
    gains.push(gifts.map((gift) => gainOf(gift, answer)))
  }
  return null

  function* choices(): Generator<number[]> {
    for (const g of order) yield [g]
    if (gifts.length > FEW_FOR_PAIRS) return
    for (let b = 1; b < order.length; b++) for (let a = 0; a < b; a++) if (gifts[order[a]].account !== gifts[order[b]].account) yield [order[a], order[b]]
  }
}
