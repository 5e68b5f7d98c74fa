import type { MoveLimits } from "../../math/transport/move-limits.js"
import type { CompiledProblem } from "../compile-problem.js"
import { isBudgetTooSmall } from "../judge-disruption.js"
import type { MoveProof } from "./ask-moves.js"
import type { Relaxation, RelaxationChange } from "./infeasibility.js"
import { lastInside } from "./last-inside.js"
import { createMoveCase } from "./move-case.js"
import { relaxMovesTogether, spelled } from "./relax-moves-together.js"
import { roundOutwards } from "./round-outwards.js"

/** What limits on moves exclude each other with the bounds, and what would help. */
export interface RelaxedMoves {
  /** Territories whose limits take part. */
  readonly territoryIds: readonly string[]
  readonly relaxations: readonly Relaxation[]
  /** Whether divided accounts would keep them all, but for what has to move in any case. */
  readonly wouldFit: boolean
}

/** A limit on moves as one number of the caller's. */
interface Slide {
  readonly from: number
  /** The share at which it is no limit. */
  readonly open: number
  at(share: number): MoveLimits | null
  change(to: number): RelaxationChange
  message(to: number): string
}

/** Of a conflict of more territories than this no single one is tried. */
const FEW = 8
/** Questions for one number at most. */
const MAX_QUESTIONS = 20
/** A share grows from here, and by so much where rounding decides. */
const FIRST = 1e-6
const FURTHER = 1e-6

/**
 * The least value of one limit on moves that lets divided accounts keep all bounds and the other limits: of the one number for all
 * territories, of single territories, of all moves. Only limits that have a price in the proof that there is a conflict can help
 * alone. Each proof that a value is too small proves that of all up to where its excess ends, which is where to try next (Newton's
 * method on the largest excess: Dinkelbach 1967); so 99 % of the way is proven to be too little. Where no limit alone is enough,
 * several territories' together.
 *
 * @param units groups as one account
 * @param territoryIds k: ids of today at the places of the homes
 * @yields now and then
 */
export function* relaxMoves(units: CompiledProblem, territoryIds: readonly string[], centers: Float64Array, prices: Float64Array): Generator<undefined, RelaxedMoves> {
  const moveCase = createMoveCase(units, territoryIds, centers, prices)
  const { disruption, limitsOf } = moveCase
  const { maxHandedOff, maxTakenOver, maxMovedShare, oneHandedOff, oneTakenOver } = disruption
  const first = yield* moveCase.ask(limitsOf({}))
  if (first.status !== "conflict") return { territoryIds: [], relaxations: [], wouldFit: first.status === "fits" }
  const { leaving, coming, rate } = first.proof.moves
  const givers = pricedIn(leaving)
  const takers = pricedIn(coming)
  const relaxations: Relaxation[] = []
  if (rate > 0 && maxMovedShare !== null) yield* offer({ from: maxMovedShare, open: 1, at: (share) => limitsOf({ maxMovedShare: share }), change: (to) => ({ kind: "moved-share", from: maxMovedShare, to }), message: (to) => `raise disruption.maxMovedShare from ${maxMovedShare} to ${to}` })
  // what has to move in all comes before what territories may
  if (!isBudgetTooSmall(units)) {
    if (maxHandedOff !== null && oneHandedOff !== null && givers.length > 0) yield* offer(slideOf("handed-off-share", null, oneHandedOff))
    if (maxTakenOver !== null && oneTakenOver !== null && takers.length > 0) yield* offer(slideOf("taken-over-share", null, oneTakenOver))
    if (givers.length <= FEW) for (const t of givers) yield* offer(slideOf("handed-off-share", territoryIds[t], maxHandedOff?.get(territoryIds[t]) as number))
    if (takers.length <= FEW) for (const t of takers) yield* offer(slideOf("taken-over-share", territoryIds[t], maxTakenOver?.get(territoryIds[t]) as number))
    // several at once where no one number is enough
    if (relaxations.length === 0) for (const one of yield* relaxMovesTogether(moveCase, first.proof)) relaxations.push(one)
  }
  return { territoryIds: territoryIds.filter((_, t) => givers.includes(t) || takers.includes(t)), relaxations, wouldFit: false }

  function* offer(slide: Slide): Generator<undefined, void> {
    const to = yield* smallestShare(slide, first.status === "conflict" ? first.proof : null)
    if (to !== null) relaxations.push({ message: slide.message(to), changes: [slide.change(to)], provenBy: "divided", isMinimal: true })
  }

  function* smallestShare(slide: Slide, start: MoveProof | null): Generator<undefined, number | null> {
    const { from, open } = slide
    let proof = start
    let step = 0
    for (let question = 0; question < MAX_QUESTIONS; question++) {
      const next = proof === null ? step * (1 + FURTHER) : stepEnding(slide, proof, step)
      if (next === null) return null
      step = next
      const to = Math.min(open, roundOutwards(from, step, 1))
      const answer = yield* moveCase.ask(slide.at(to))
      if (answer.status === "fits") return to
      if (to >= open) return null
      proof = answer.status === "conflict" ? answer.proof : null
    }
    return null
  }

  function slideOf(kind: "handed-off-share" | "taken-over-share", territoryId: string | null, from: number): Slide {
    const isHandedOff = kind === "handed-off-share"
    const shares = (isHandedOff ? maxHandedOff : maxTakenOver) as ReadonlyMap<string, number>
    return {
      from,
      open: isHandedOff ? 1 : Infinity,
      at(share) {
        const changed = new Map([...shares].map(([id, own]) => [id, territoryId === null || id === territoryId ? share : own]))
        return limitsOf(isHandedOff ? { maxHandedOff: changed } : { maxTakenOver: changed })
      },
      change: (to) => ({ kind, territoryId, from, to }),
      message: (to) => spelled({ kind, territoryId, from, to }),
    }
  }
}

const pricedIn = (prices: Float64Array | null): number[] => (prices === null ? [] : [...prices.keys()].filter((t) => prices[t] > 0))

/** The largest step known to be within the excess of a proof, from one that is; null where the excess never ends. */
function stepEnding({ from, open, at }: Slide, proof: MoveProof, known: number): number | null {
  const excess = (step: number): number => proof.excessAt(from + step >= open ? at(open) : at(from + step))
  if (!(excess(known) > 0)) return Math.max(FIRST * FURTHER, known * (1 + FURTHER))
  return lastInside(excess, known, FIRST, open - from)
}
