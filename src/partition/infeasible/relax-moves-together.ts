import { solveLp } from "../../math/lp/solve-lp.js"
import type { MoveProof } from "./ask-moves.js"
import type { Relaxation, RelaxationChange } from "./infeasibility.js"
import type { MoveCase } from "./move-case.js"
import { roundOutwards } from "./round-outwards.js"
import { listed, percentOf, quoted } from "./words.js"

/** Proofs that are answered, at most. */
const MAX_ROUNDS = 40
/** Shares go beyond what is needed by at most this part of their step: of 99 % too little is left then. */
const BEYOND = 0.005
/** A share that rises by less than this does not rise. */
const STILL = 1e-9

/** A share of one territory that may rise. */
interface Lever {
  readonly kind: "handed-off-share" | "taken-over-share"
  readonly t: number
  readonly id: string
  readonly from: number
  /** What the territory owns today. */
  readonly today: number
  /** The share that begins to loosen the limit: what cannot stay is handed off in any case. */
  readonly begins: number
}

/**
 * The smallest rise of several limits of single territories that is enough together, where none is alone: of all there are, the one
 * whose rises have the least sum, as shares of what the territories own today.
 *
 * Every proof that limits are too narrow asks for rises: the sum of price x rise must reach its excess. A linear program finds the
 * cheapest ones that answer all proofs so far, until there is none left (Benders 1962).
 *
 * @param first that the limits of now cannot be kept
 */
export function* relaxMovesTogether({ ask, limitsOf, disruption, units, territoryIds }: MoveCase, first: MoveProof): Generator<undefined, Relaxation[]> {
  const { maxHandedOff, maxTakenOver, owned } = disruption
  const { k, homes } = units.problem
  const here = new Float64Array(k)
  homes?.territory.forEach((t, at) => (here[t] += homes.weight[at]))
  const levers: Lever[] = []
  territoryIds.forEach((id, t) => {
    const today = owned.get(id) ?? 0
    if (today === 0) return
    const [handed, taken] = [maxHandedOff?.get(id), maxTakenOver?.get(id)]
    if (handed !== undefined && handed < 1) levers.push({ kind: "handed-off-share", t, id, from: handed, today, begins: Math.max(handed, 1 - here[t] / today) })
    if (taken !== undefined) levers.push({ kind: "taken-over-share", t, id, from: taken, today, begins: taken })
  })
  const now = limitsOf({})
  const proofs: MoveProof[] = [first]
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const rises = cheapestRises(levers, proofs, now)
    if (rises === null) return []
    const changes = levers.flatMap(({ kind, id, from, begins }, at): Change[] => {
      if (rises[at] <= STILL) return []
      const to = roundOutwards(from, begins - from + rises[at], 1, BEYOND)
      return [{ kind, territoryId: id, from, to: kind === "handed-off-share" ? Math.min(1, to) : to }]
    })
    const answer = yield* ask(limitsOf({ maxHandedOff: changed(maxHandedOff, changes, "handed-off-share"), maxTakenOver: changed(maxTakenOver, changes, "taken-over-share") }))
    if (answer.status === "fits") return [{ message: listed(changes.map(spelled), 4), changes, provenBy: "divided", isMinimal: true }]
    if (answer.status === "unknown") return []
    proofs.push(answer.proof)
  }
  return []
}

type Change = Extract<RelaxationChange, { kind: "handed-off-share" | "taken-over-share" }> & { readonly territoryId: string }

/** By lever, the rise of its share from where it begins to matter; null where none are enough. */
function cheapestRises(levers: readonly Lever[], proofs: readonly MoveProof[], now: ReturnType<MoveCase["limitsOf"]>): Float64Array | null {
  const columns = levers.map((_, at) => at)
  const result = solveLp({
    objective: levers.map(() => 1),
    upper: levers.map(({ kind, begins }) => (kind === "handed-off-share" ? Math.max(0, 1 - begins) : Infinity)),
    rows: proofs.map(({ moves, excessAt }) => ({
      columns,
      coefficients: levers.map(({ kind, t, today }) => today * ((kind === "handed-off-share" ? moves.leaving : moves.coming)?.[t] ?? 0)),
      lower: excessAt(now),
      upper: Infinity,
    })),
  })
  return result.status === "optimal" ? result.values : null
}

function changed(shares: ReadonlyMap<string, number> | null, changes: readonly Change[], kind: Change["kind"]): ReadonlyMap<string, number> | null {
  return shares === null ? null : new Map([...shares, ...changes.flatMap((change): [string, number][] => (change.kind === kind ? [[change.territoryId, change.to]] : []))])
}

/** The change of a limit of territories in words. */
export function spelled({ kind, territoryId, from, to }: Extract<RelaxationChange, { kind: "handed-off-share" | "taken-over-share" }>): string {
  return `raise disruption.${kind === "handed-off-share" ? "maxHandedOffShare" : "maxTakenOverShare"} ${territoryId === null ? "" : `of ${quoted(territoryId)} `}from ${percentOf(from)} to ${percentOf(to)}`
}
