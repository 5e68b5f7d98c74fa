import { pow } from "../exact/pow.js"
import { gammaQuantile } from "./gamma-ratio.js"
import type { Interval } from "./interval.js"
import { Z_95 } from "./normal-limits.js"

/**
 * The 95 % interval of the mean of a Poisson count, exact: at least 95 %, whatever the mean.
 *
 * Garwood, Biometrika 28, 1936.
 *
 * @param count 0, 1, 2 ...
 */
export function poissonInterval(count: number): Interval {
  return { low: count === 0 ? 0 : gammaQuantile(0.025, count), high: gammaQuantile(0.975, count + 1) }
}

/**
 * The same by Byar's approximation, which needs no quantiles: within 1 % of the exact one from a count of 5 on.
 *
 * Breslow & Day, Statistical Methods in Cancer Research II, 1987, p. 69.
 */
export function byarInterval(count: number): Interval {
  const bound = (k: number, z: number): number => k * pow(1 - 1 / (9 * k) + z / (3 * Math.sqrt(k)), 3)
  return { low: count === 0 ? 0 : Math.max(0, bound(count, -Z_95)), high: bound(count + 1, Z_95) }
}
