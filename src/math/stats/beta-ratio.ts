import { gammaln } from "simple-statistics"
import { exp } from "../exact/exp.js"
import { log } from "../exact/log.js"
import { log1p } from "../exact/log1p.js"
import { invert } from "./invert.js"

/**
 * The regularized incomplete beta function I_x(a, b), 0 <= x <= 1, by its continued fraction (NIST Handbook of Mathematical
 * Functions, 8.17.22), which converges fast for x < (a + 1) / (a + b + 2); beyond, by the symmetry 8.17.4.
 */
export function betaRatio(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - betaRatio(1 - x, b, a)
  const logFront = a * log(x) + b * log1p(-x) + gammaln(a + b) - gammaln(a) - gammaln(b) - log(a)
  // evaluated from the front by Lentz's method (Thompson & Barnett 1986)
  let fraction = 1
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  fraction = d
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return exp(logFront) * fraction
}

/** The x with I_x(a, b) = p, 0 <= p <= 1: a quantile of the beta distribution. By bisection to the last bits. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0
  if (p >= 1) return 1
  return invert((x) => betaRatio(x, a, b), p, 0, 1)
}
