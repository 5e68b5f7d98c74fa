import type { Split } from "./read-splits.js"

/** An optimal vertex of the divisible problem on the candidates. */
export interface TransportVertex {
  /** `optimal`; `infeasible`: `prices` then lie on a ray along which the bound grows without end; `work-limit`: neither yet. */
  readonly status: "optimal" | "infeasible" | "work-limit"
  /** K. */
  readonly prices: Float64Array
  /** n: the territory with the largest share of account i among those in the basis. */
  readonly owner: Int32Array
  /** Accounts that the optimum divides: at most K, rows in ascending order. */
  readonly splits: readonly Split[]
  /** When infeasible: the direction of the ray, K; its large entries name the bounds that conflict. */
  readonly ray: Float64Array | null
  readonly pivots: number
}
