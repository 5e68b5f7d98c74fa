/** What is proven of a found plan by looking through all others. */
export interface WholeProof {
  /** No plan of whole accounts at its centers, within the bounds, costs less. */
  readonly isOptimal: boolean
  /** No plan of whole accounts keeps the bounds. */
  readonly isImpossible: boolean
}
