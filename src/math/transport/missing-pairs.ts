/** A pair that may be missing from the candidates, at its true cost. */
export interface MissingPairs {
  readonly accounts: readonly number[]
  readonly territories: readonly number[]
  readonly costs: readonly number[]
}

/** Where further pairs come from, when the candidates turn out too few. */
export interface PairSource {
  /** Pairs that are cheaper at these prices (k) than what their account has; none: the optimum on the candidates is that of all pairs. */
  cheaper(prices: Float64Array, owner: Int32Array): Generator<undefined, MissingPairs>
  /** For every stuck account (n: 1) its cheapest territory that is not reached (k: 1), if any: the only ways out of the reached. */
  leaving(prices: Float64Array, isStuck: Uint8Array, isReached: Uint8Array): Generator<undefined, MissingPairs>
}
