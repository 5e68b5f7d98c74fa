import { gammaln } from "simple-statistics"
import { exp } from "../exact/exp.js"
import { log } from "../exact/log.js"
import { invert } from "./invert.js"

const TERMS = 10_000

/**
 * The regularized incomplete gamma function P(a, x), a > 0, x >= 0: by its series below a + 1 (NIST Handbook of Mathematical Functions,
 * 8.7.1), by the continued fraction of the other tail beyond (8.9.2, Lentz's method).
 */
export function gammaRatio(a: number, x: number): number {
  if (x <= 0) return 0
  const front = exp(a * log(x) - x - gammaln(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < TERMS && Math.abs(term) > 1e-17 * sum; n++) {
      term *= x / (a + n)
      sum += term
    }
    return Math.min(1, front * sum)
  }
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < TERMS; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return Math.max(0, 1 - front * fraction)
}

/** The x with P(a, x) = p, 0 <= p < 1: a quantile of the gamma distribution of shape a and rate 1. By bisection to the last bits. */
export function gammaQuantile(p: number, a: number): number {
  if (p <= 0) return 0
  let high = a + 10 * Math.sqrt(a) + 10
  while (gammaRatio(a, high) < p) high *= 2
  return invert((x) => gammaRatio(a, x), p, 0, high)
}
