import type { Warning } from "../../model/error.js"

/**
 * - `coach`: the rate is worse within segments, also when drawn toward the others.
 * - `move-boundary`: what the territory has explains it: its mix of segments, its potential, or more work than its people can do while others have room.
 * - `add-headcount`: more work than all people can do.
 */
export type ActionKind = "coach" | "move-boundary" | "add-headcount"

/** Why an action is recommended. */
export type ActionReason = "rate" | "mix" | "potential" | "overload" | "capacity"

/** One figure that an action rests on. */
export interface Evidence {
  /** What it is, in the words of the results: `likeForLike.adjustedPValue`. */
  readonly figure: string
  readonly value: number
  /** 95 %, where the figure has one. */
  readonly low: number | null
  readonly high: number | null
}

/** What an action may bring, in the unit of the KPI's numerator (of the model's outcome, for `potential`). Of costs, what it may save. */
export interface Gain {
  readonly low: number
  readonly value: number
  readonly high: number
  /** Whether others lose as much: a fairer map, not more sales. */
  readonly isTransfer: boolean
}

/** One thing to do in one territory. */
export interface Action {
  readonly territoryId: string
  readonly action: ActionKind
  readonly reason: ActionReason
  readonly evidence: readonly Evidence[]
  readonly gain: Gain
  /** Of `add-headcount`: how many; else null. */
  readonly heads: number | null
  /** The whole in a sentence. */
  readonly message: string
}

/**
 * Why nothing is to be done about a territory:
 *
 * - `too-little-data`: nothing can be said yet, `neededRows` rows could.
 * - `consistent-with-chance`: it may look bad, but as many of equal territories would.
 * - `not-like-for-like`: it is worse, but whether within segments is not known: compare with `segment`.
 * - `does-not-survive`: it is worse, and neither its rate within segments, nor mix, potential or capacity explain it for sure.
 * - `overloaded-first`: its rate is worse within segments, but it has more work than it can do: relieve it before blaming anyone.
 * - `doing-well`: it is better than the others.
 */
export type NoActionReason = "too-little-data" | "consistent-with-chance" | "not-like-for-like" | "does-not-survive" | "overloaded-first" | "doing-well"

/** A territory that is to be left alone, or looked at again. */
export interface NoAction {
  readonly territoryId: string
  readonly reason: NoActionReason
  readonly neededRows: number | null
  readonly message: string
}

/** What `recommendActions` returns. Plain JSON. */
export interface ActionsResult {
  readonly kpi: string
  /** The largest gain first; what is no transfer before what is. */
  readonly actions: readonly Action[]
  /** Every territory without a `coach` action is here or has another action, ascending by id. */
  readonly noActions: readonly NoAction[]
  /** Work beyond capacity over all territories with `capacity`, and how much of it the room of the others could take. */
  readonly capacity: { readonly overload: number; readonly room: number; readonly heads: number } | null
  readonly warnings: readonly Warning[]
}
