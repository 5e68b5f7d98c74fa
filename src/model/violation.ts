/** A criterion that a finished plan breaks. */
export interface Violation {
  readonly criterion: "balance" | "capacity" | "contiguity" | "distance" | "disruption" | "lock" | "eligibility" | "together"
  readonly territoryId: string
  readonly measure?: string
  readonly accountId?: string
  /** What the territory has. */
  readonly amount: number
  /** What it may have. */
  readonly limit: number
  /** The whole sentence, with the cause where it is known. */
  readonly message: string
}
