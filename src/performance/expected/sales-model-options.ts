import type { Field } from "../../model/account.js"
import type { TextField } from "../../model/read-text-field.js"

/** What `modelSales` needs to know. */
export interface SalesModelOptions<T> {
  /** The territory of a row: unique, not empty. Default `id`. */
  readonly id?: TextField<T>
  /** What it brings: sales, orders, new customers. */
  readonly outcome: Field<T>
  /** What it has to bring it from, one or more by name: potential, workload, advertising, share. Nothing that the outcome itself decides. */
  readonly drivers: Readonly<Record<string, Field<T>>>
  /**
   * `log-linear`: sales = a x potential^b x workload^c, all above 0; a coefficient is the per cent of sales that one per cent of a driver
   * brings. `linear`: sales = a + b x potential + c x workload. Default `log-linear`.
   */
  readonly form?: "log-linear" | "linear"
  /**
   * What a territory belongs to that several share and that moves all of them: its region, country, manager. Errors, intervals and p-values of the
   * coefficients are then those by clusters. Null: it belongs to none. Default: none, and territories are independent.
   */
  readonly cluster?: TextField<T>
  /** Of all verdicts "above" or "below", the share that chance may account for. Between 0 and 1, default 0.05. */
  readonly falseDiscoveryRate?: number
}

/** The defaults of {@link SalesModelOptions}. */
export const DEFAULT_SALES_MODEL_OPTIONS: Readonly<{ id: "id"; form: "log-linear"; falseDiscoveryRate: number }> = Object.freeze({
  id: "id",
  form: "log-linear", // twice the potential and twice the workload bring a multiple, and large territories err by more than small ones
  falseDiscoveryRate: 0.05, // a fraction; the customary level
})

export const SALES_MODEL_OPTION_KEYS: readonly (keyof SalesModelOptions<never>)[] = Object.freeze(["id", "outcome", "drivers", "form", "cluster", "falseDiscoveryRate"] as const)
