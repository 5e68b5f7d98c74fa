import type { Warning } from "../../model/error.js"

/** One territory against the frontier of the best. */
export interface UnitEfficiency {
  readonly id: string
  /**
   * Share of what is possible, 0 to 1: with `input` the part of its inputs that would do, with `output` the part that it brings of what it
   * could. Null where it brings nothing (`no-output`), or where its amounts are too far apart for the program to be solved (`unsolved`).
   */
  readonly efficiency: number | null
  /** Nobody, and no mixture, does better: 1, and nothing to spare of any single input or output. */
  readonly isEfficient: boolean
  /** Of whom the mixture that it is measured by is made, and by how much; largest first. An efficient one is its own peer. */
  readonly peers: readonly { readonly id: string; readonly weight: number }[]
  /** What it would take and bring on the frontier, by name. */
  readonly targets: Readonly<Record<string, number>>
  /** The weights that show it in its best light, by name: per unit of each input and output. */
  readonly weights: Readonly<Record<string, number>>
}

/** What `measureEfficiency` returns. Plain JSON. */
export interface EfficiencyResult {
  /** In the order of the call. */
  readonly units: readonly UnitEfficiency[]
  readonly efficientCount: number
  /** Whether there are enough territories for the number of inputs and outputs: with few, nearly everybody seems efficient. */
  readonly isReliable: boolean
  /** So many there should be at least: the larger of inputs x outputs and 3 (inputs + outputs). */
  readonly neededCount: number
  /** `too-few-units`; `zero-weight`: territories that seem efficient only because a weight is 0; `no-output`. */
  readonly warnings: readonly Warning[]
}
