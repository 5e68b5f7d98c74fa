/** Rows by group. */
export interface GroupedRows {
  readonly numerators: Float64Array
  readonly denominators: Float64Array
  /** The first row of each group, and at the end the number of rows. */
  readonly starts: Int32Array
  /** Of each row; like is compared with like. Absent: all rows are of one stratum. */
  readonly stratumOf?: Int32Array
}

/** What each row is due: its denominator at the ratio of all rows of its stratum. */
export function dues(numerators: Float64Array, denominators: Float64Array, stratumOf?: Int32Array): Float64Array {
  const count = stratumOf === undefined ? 1 : stratumOf.reduce((most, s) => Math.max(most, s + 1), 0)
  const y = new Float64Array(count)
  const x = new Float64Array(count)
  for (let i = 0; i < numerators.length; i++) {
    const s = stratumOf === undefined ? 0 : stratumOf[i]
    y[s] += numerators[i]
    x[s] += denominators[i]
  }
  const rates = y.map((sum, s) => (x[s] > 0 && Number.isFinite(sum / x[s]) ? sum / x[s] : 0))
  const due = new Float64Array(numerators.length)
  for (let i = 0; i < due.length; i++) due[i] = rates[stratumOf === undefined ? 0 : stratumOf[i]] * denominators[i]
  return due
}
