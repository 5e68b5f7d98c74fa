import type { SmoothEvaluation } from "./smooth-dual.js"

/**
 * Solves (minus Hessian + damping) step = gradient by conjugate gradients with the territories' own M x M blocks as
 * preconditioner. The matrix is a block Laplacian on the graph of neighboring territories. O(pairs M^2) an iteration, at
 * most `maxIterations`.
 *
 * @param damping relative to each diagonal entry; keeps the system definite where a price has no effect
 */
export function newtonStep(evaluation: SmoothEvaluation, k: number, M: number, damping: number, maxIterations: number): Float64Array {
  const K = k * M
  const MM = M * M
  const { gradient, diagonal, pairA, pairB, pairBlock, pairCount } = evaluation
  const blocks = new Float64Array(diagonal)
  let meanDiagonal = 0
  for (let t = 0; t < k; t++) for (let m = 0; m < M; m++) meanDiagonal += diagonal[t * MM + m * M + m] / K
  for (let t = 0; t < k; t++) {
    for (let m = 0; m < M; m++) {
      const d = t * MM + m * M + m
      blocks[d] += damping * (blocks[d] + 0.01 * meanDiagonal) + 1e-300
    }
  }
  const inverse = invertBlocks(blocks, k, M)

  const step = new Float64Array(K)
  const residual = new Float64Array(gradient)
  const z = new Float64Array(K)
  const direction = new Float64Array(K)
  const image = new Float64Array(K)
  multiplyBlocks(inverse, residual, z, k, M)
  direction.set(z)
  let rz = dot(residual, z)
  const stop = rz * 1e-12
  for (let iteration = 0; iteration < maxIterations && rz > stop && rz > 0; iteration++) {
    multiplyBlocks(blocks, direction, image, k, M)
    for (let p = 0; p < pairCount; p++) {
      const a = pairA[p] * M
      const b = pairB[p] * M
      for (let m = 0; m < M; m++) {
        for (let q = 0; q < M; q++) {
          const h = pairBlock[p * MM + m * M + q]
          image[a + m] -= h * direction[b + q]
          image[b + m] -= h * direction[a + q]
        }
      }
    }
    const curvature = dot(direction, image)
    if (!(curvature > 0)) break
    const alpha = rz / curvature
    for (let r = 0; r < K; r++) {
      step[r] += alpha * direction[r]
      residual[r] -= alpha * image[r]
    }
    multiplyBlocks(inverse, residual, z, k, M)
    const next = dot(residual, z)
    const beta = next / rz
    rz = next
    for (let r = 0; r < K; r++) direction[r] = z[r] + beta * direction[r]
  }
  return step
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let r = 0; r < a.length; r++) sum += a[r] * b[r]
  return sum
}

function multiplyBlocks(blocks: Float64Array, x: Float64Array, y: Float64Array, k: number, M: number): void {
  for (let t = 0; t < k; t++) {
    for (let m = 0; m < M; m++) {
      let sum = 0
      for (let q = 0; q < M; q++) sum += blocks[t * M * M + m * M + q] * x[t * M + q]
      y[t * M + m] = sum
    }
  }
}

/** Inverses of k symmetric positive definite M x M blocks, by Gauss-Jordan (M is the number of measures: small). */
function invertBlocks(blocks: Float64Array, k: number, M: number): Float64Array {
  const inverse = new Float64Array(k * M * M)
  const work = new Float64Array(M * M)
  for (let t = 0; t < k; t++) {
    const at = t * M * M
    work.set(blocks.subarray(at, at + M * M))
    for (let m = 0; m < M; m++) inverse[at + m * M + m] = 1
    for (let pivot = 0; pivot < M; pivot++) {
      const scale = 1 / Math.max(work[pivot * M + pivot], 1e-300)
      for (let q = 0; q < M; q++) {
        work[pivot * M + q] *= scale
        inverse[at + pivot * M + q] *= scale
      }
      for (let row = 0; row < M; row++) {
        if (row === pivot) continue
        const factor = work[row * M + pivot]
        for (let q = 0; q < M; q++) {
          work[row * M + q] -= factor * work[pivot * M + q]
          inverse[at + row * M + q] -= factor * inverse[at + pivot * M + q]
        }
      }
    }
  }
  return inverse
}
