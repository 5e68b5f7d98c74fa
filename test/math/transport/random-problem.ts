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

/**
 * A seeded mixture of one to three dense clusters and several sparse ones, 20 to 420 accounts of the same activity, three to eight
 * territories that may differ by one account, at any centers: most of what is dense has to travel. On 14 of the first 3,500 the flow
 * once took crumbs of 1e-13 of an account from where rounding had left them, one after the other.
 */
export function mixtureProblem(seed: number): Pick<RandomProblem, "problem" | "centers"> {
  const random = createRandom(seed)
  const bell = (): number => random() + random() + random() + random() - 2
  const k = 3 + Math.floor(random() * 6)
  const n = Math.floor(20 + random() * 400)
  const denseCount = 1 + Math.floor(random() * 3)
  const clusters = Array.from({ length: k }, (_, c) => ({ x: random() * (c < denseCount ? 2 : 10), y: random() * 10, spread: c < denseCount ? 0.05 : 0.5, share: c < denseCount ? 20 : 1 }))
  const shares = clusters.reduce((sum, { share }) => sum + share, 0)
  const points = new Float64Array(2 * n)
  for (let i = 0; i < n; i++) {
    let at = random() * shares
    let c = 0
    while (c < k - 1 && at > clusters[c].share) at -= clusters[c++].share
    points[2 * i] = clusters[c].x + clusters[c].spread * bell()
    points[2 * i + 1] = clusters[c].y + clusters[c].spread * bell()
  }
  const centers = Float64Array.from({ length: 2 * k }, () => random() * 10)
  const activities = new Float64Array(n).fill(1 / (n / k))
  const lower = new Float64Array(k).fill(Math.floor(n / k) / (n / k))
  const upper = new Float64Array(k).fill(Math.ceil(n / k) / (n / k))
  return { problem: { n, k, measureCount: 1, dimension: 2, points, radius: 0, power: 2, weights: activities, activities, lower, upper, lockedTo: new Int32Array(n).fill(-1) }, centers }
}

/** Runs a machine to its end. */
export function finish<T>(machine: Generator<undefined, T>): T {
  for (;;) {
    const step = machine.next()
    if (step.done === true) return step.value
  }
}
