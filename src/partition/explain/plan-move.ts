/** One account that changes owner. */
export interface OwnerChange {
  readonly accountId: string
  readonly from: string
  readonly to: string
}

/** A small change of a plan, and what `evaluateAlignment` says of it. Plain JSON. */
export interface PlanMove {
  /** `move`: an account, or a group that stays together, to another territory; `swap`: two of them change places. */
  readonly kind: "move" | "swap"
  readonly changes: readonly OwnerChange[]
  /** What the cost of the plan changes by, free centers moving along: < 0 saves. */
  readonly costChange: number
  /** What the penalty for changes of owner changes by; 0 without `disruption`. */
  readonly penaltyChange: number
  /** What the number of accounts in a territory where `locked` or `eligible` do not allow them changes by: <= 0. */
  readonly misplacedChange: number
  /** What the activity outside the bounds changes by, in shares of the targets, summed: 0 where the plan keeps its bounds, else <= 0. */
  readonly violationChange: number
  /** Per measure the largest |deviation| afterwards, and what it changes by; null where every target is 0. */
  readonly imbalance: Readonly<Record<string, number | null>>
  readonly imbalanceChange: Readonly<Record<string, number | null>>
  /** The same in one sentence. */
  readonly message: string
}
