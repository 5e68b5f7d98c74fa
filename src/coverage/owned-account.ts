/** The least that a row must have for coverage: somebody has to own it, wherever it lies. */
export interface OwnedAccount {
  /** Unique, not empty. */
  readonly id: string
}
