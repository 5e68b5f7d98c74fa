import { createRandom } from "../../../src/math/random.js"
import type { TransportProblem } from "../../../src/math/transport/transport-problem.js"

export interface RandomProblem {
  readonly problem: TransportProblem
  /** k x dimension. */
  readonly centers: Float64Array
  /** k x M: any prices, of mixed sign. */
  readonly prices: Float64Array
}

/**
 * A seeded problem of 3 to 30 accounts, 1 to 5 territories, 1 to 3 measures: whole numbers with many ties or real ones; some
 * weights and activities 0, some accounts locked, some bounds one-sided, some so tight that nothing fits.
 *
 * @param globe on the sphere instead of the plane
 * @param measures how many; by default 1 to 3
 */
export function randomProblem(seed: number, globe = false, measures?: number): RandomProblem {
  const random = createRandom(seed)
  const n = 3 + Math.floor(random() * 28)
  const k = 1 + Math.floor(random() * 5)
  const M = measures ?? 1 + Math.floor(random() * 3)
  const whole = random() < 0.3
  const coordinate = (): number => (whole ? Math.floor(random() * 5) : random() * 3)
  const radius = globe ? 2 : 0
  const place = (count: number): Float64Array => {
    if (!globe) return Float64Array.from({ length: 2 * count }, coordinate)
    const points = Float64Array.from({ length: 3 * count }, () => random() * 2 - 1)
    for (let i = 0; i < count; i++) {
      const length = Math.hypot(points[3 * i], points[3 * i + 1], points[3 * i + 2]) / radius
      for (let d = 0; d < 3; d++) points[3 * i + d] /= length
    }
    return points
  }
  const amount = (): number => (random() < 0.1 ? 0 : whole ? 1 + Math.floor(random() * 3) : random())
  const points = place(n)
  const weights = Float64Array.from({ length: n }, amount)
  const activities = Float64Array.from({ length: n * M }, amount)
  const totals = new Float64Array(M)
  for (let i = 0; i < n; i++) for (let m = 0; m < M; m++) totals[m] += activities[i * M + m]
  const tolerance = random() * 0.2
  const bound = (open: (total: number) => number, direction: number): Float64Array =>
    Float64Array.from({ length: k * M }, (_, r) => (random() < 0.2 ? open(totals[r % M]) : (totals[r % M] / k) * (1 + direction * tolerance * random())))
  const lower = bound(() => 0, -1)
  const upper = bound((total) => total, 1)
  const lockRate = random() < 0.4 ? 0.5 : 0.1
  const lockedTo = Int32Array.from({ length: n }, () => (random() < lockRate ? Math.floor(random() * k) : -1))
  const power = random() < 0.5 ? 1 : 2
  const problem: TransportProblem = { n, k, measureCount: M, dimension: globe ? 3 : 2, points, radius, power, weights, activities, lower, upper, lockedTo }
  return { problem, centers: place(k), prices: Float64Array.from({ length: k * M }, () => (random() - 0.5) * 2) }
}

/** Runs a machine to its end. */
export function finish<T>(machine: Generator<undefined, T>): T {
  for (;;) {
    const step = machine.next()
    if (step.done === true) return step.value
  }
}
