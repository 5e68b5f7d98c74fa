/** Estimates within so many of their standard errors of 1 are luck. */
const LUCK = 2

/**
 * By how much the variance of proportions is larger than that of independent cases, because the cases of a row go together (of a planned round of
 * visits all are made, or none): the spread of rows around their group's proportion, over what independent cases would have. 1 where every row is
 * one case, and where luck explains more. Divided by it, cases count for what they are worth. O(rows).
 *
 * Source: Kish, Survey Sampling, 1965, section 8.2; for intervals of proportions, Korn & Graubard, Survey Methodology 24, 1998.
 *
 * @param numerators and @param denominators 0 <= numerator <= denominator a row, by group
 * @param starts where each group begins, and at the end the number of rows
 */
export function designEffect(numerators: Float64Array, denominators: Float64Array, starts: Int32Array): number {
  let isSingle = true
  for (let i = 0; i < numerators.length && isSingle; i++) isSingle = denominators[i] === 1 && (numerators[i] === 0 || numerators[i] === 1)
  if (isSingle) return 1
  let spread = 0
  let independent = 0
  let degrees = 0
  for (let g = 0; g + 1 < starts.length; g++) {
    const n = starts[g + 1] - starts[g]
    let y = 0
    let x = 0
    for (let i = starts[g]; i < starts[g + 1]; i++) {
      y += numerators[i]
      x += denominators[i]
    }
    if (n < 2 || !(x > 0)) continue
    const rate = Math.min(1, y / x)
    let squares = 0
    for (let i = starts[g]; i < starts[g + 1]; i++) squares += (numerators[i] - rate * denominators[i]) ** 2
    spread += (squares * n) / (n - 1)
    independent += rate * (1 - rate) * x
    degrees += n - 1
  }
  const effect = spread / independent
  return Number.isFinite(effect) && effect > 1 + LUCK * Math.sqrt(2 / degrees) ? effect : 1
}
