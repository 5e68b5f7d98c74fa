import { betaRatio } from "./beta-ratio.js"

/**
 * The t with P(|T| <= t) = 0.95 for Student's t distribution: the number of standard errors on either side of an estimate
 * with `degrees` degrees of freedom.
 *
 * By bisection of the distribution function to the last bits; agrees with printed tables to all their digits.
 *
 * @param degrees > 0
 */
export function studentT95(degrees: number): number {
  let low = 1.9
  let high = 13 // 12.706 with 1 degree
  while (tailBothSides(high, degrees) > 0.05) high *= 2
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (tailBothSides(middle, degrees) > 0.05) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** P(|T| > t): the incomplete beta ratio I_x(degrees / 2, 1 / 2) at x = degrees / (degrees + t^2). */
export function tailBothSides(t: number, degrees: number): number {
  return betaRatio(degrees / (degrees + t * t), degrees / 2, 0.5)
}
