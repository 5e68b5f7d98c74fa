import { hypot } from "../exact/hypot.js"
import type { MovingCosts } from "./moving-costs.js"
import type { TransportProblem } from "./transport-problem.js"

/**
 * Territories whose cost is the sum of weight * squared straight distance from the weighted mean of their accounts, on the globe
 * put onto the sphere, or from a fixed center. A move is O(1), foretold or made:
 *
 *   sum w |x - c|^2 = Q - 2 c.S + W |c|^2   with Q = sum w |x|^2, S = sum w x, W = sum w
 *
 * which at the mean is Q - |S|^2 / W, and at the mean's direction on a sphere of radius R, where Q = W R^2, 2 R (W R - |S|).
 */
export function meanSquareCosts(problem: TransportProblem, fixed: Uint8Array, members: readonly number[][], given: Float64Array): MovingCosts {
  const { k, n, dimension: D, points, weights, radius } = problem
  const centers = new Float64Array(given)
  const cost = new Float64Array(k)
  const W = new Float64Array(k)
  const Q = new Float64Array(k)
  const S = new Float64Array(3 * k)
  // the third coordinate of a plane is 0
  const X = new Float64Array(3 * n)
  const square = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    for (let d = 0; d < D; d++) X[3 * i + d] = points[i * D + d]
    square[i] = weights[i] * (X[3 * i] ** 2 + X[3 * i + 1] ** 2 + X[3 * i + 2] ** 2)
  }
  for (let t = 0; t < k; t++) {
    for (const i of members[t]) add(i, t, 1)
    settle(t)
  }
  return { centers, cost, change, moved }

  function add(i: number, t: number, sign: number): void {
    const w = sign * weights[i]
    W[t] += w
    Q[t] += sign * square[i]
    for (let d = 0; d < 3; d++) S[3 * t + d] += w * X[3 * i + d]
  }

  function costAt(t: number, w: number, q: number, x: number, y: number, z: number): number {
    if (fixed[t] === 1) {
      const at = t * D
      const cz = D === 3 ? centers[at + 2] : 0
      return q - 2 * (centers[at] * x + centers[at + 1] * y + cz * z) + w * (centers[at] ** 2 + centers[at + 1] ** 2 + cz * cz)
    }
    if (!(w > 1e-12)) return 0
    const norm = x * x + y * y + z * z
    return radius > 0 ? 2 * radius * (w * radius - Math.sqrt(norm)) : q - norm / w
  }

  function change(i: number, j: number, a: number, b: number): number {
    let w = weights[i]
    let q = square[i]
    let x = w * X[3 * i]
    let y = w * X[3 * i + 1]
    let z = w * X[3 * i + 2]
    if (j >= 0) {
      const v = weights[j]
      w -= v
      q -= square[j]
      x -= v * X[3 * j]
      y -= v * X[3 * j + 1]
      z -= v * X[3 * j + 2]
    }
    return (
      costAt(a, W[a] - w, Q[a] - q, S[3 * a] - x, S[3 * a + 1] - y, S[3 * a + 2] - z) +
      costAt(b, W[b] + w, Q[b] + q, S[3 * b] + x, S[3 * b + 1] + y, S[3 * b + 2] + z) -
      cost[a] -
      cost[b]
    )
  }

  function moved(i: number, j: number, a: number, b: number): void {
    add(i, a, -1)
    add(i, b, 1)
    if (j >= 0) {
      add(j, b, -1)
      add(j, a, 1)
    }
    settle(a)
    settle(b)
  }

  function settle(t: number): void {
    cost[t] = costAt(t, W[t], Q[t], S[3 * t], S[3 * t + 1], S[3 * t + 2])
    if (fixed[t] === 1 || !(W[t] > 1e-12)) return
    const length = radius > 0 ? hypot(S[3 * t], S[3 * t + 1], S[3 * t + 2]) / radius : W[t]
    if (length > 1e-9 * W[t]) for (let d = 0; d < D; d++) centers[t * D + d] = S[3 * t + d] / length
  }
}

