/** A value to be made large, and its gradient. */
export interface Slope {
  readonly value: number
  readonly gradient: Float64Array
}

/** Where a climb ended. */
export interface Summit {
  readonly at: Float64Array
  readonly slope: Slope
}

/** Pairs of steps that the curvature is learned from. */
const MEMORY = 25
/** A step has to gain this share of what the gradient promises (Armijo 1966). */
const ENOUGH = 1e-4
/** Shorter steps that are tried before the memory is thrown away. */
const TRIALS = 8
/** So often a climb starts anew without memory. */
const RESTARTS = 3
/** Steps in a row that gain too little end the climb. */
const PATIENCE = 3

/**
 * Climbs a concave function by limited-memory BFGS (Nocedal 1980; the two loops of Nocedal & Wright 2006, algorithm 7.4) with
 * backtracking. Small kinks do it no harm: where no step gains anything it starts anew, and then ends. O(dimensions) a step
 * beside the evaluations.
 *
 * @param evaluate a machine; what it yields is handed on
 * @param firstStep > 0: the first step is this times the gradient
 * @param least a step that gains less is a bad one
 * @param isOver asked before every evaluation but the first
 */
export function* climb(
  evaluate: (at: Float64Array) => Generator<undefined, Slope>,
  from: Float64Array,
  firstStep: (slope: Slope) => number,
  maxSteps: number,
  least: (slope: Slope) => number,
  isOver: () => boolean,
): Generator<undefined, Summit> {
  const size = from.length
  let at = from
  let slope = yield* evaluate(at)
  let step = firstStep(slope)
  let moves: Float64Array[] = []
  let turns: Float64Array[] = []
  let restarts = 0
  let bad = 0
  for (let steps = 0; steps < maxSteps && bad < PATIENCE && !isOver(); steps++) {
    const direction = uphill(slope.gradient, moves, turns, step)
    const promise = dot(direction, slope.gradient)
    let next: { at: Float64Array; slope: Slope } | null = null
    let part = 1
    for (let trial = 0; trial < TRIALS && promise > 0 && !isOver(); trial++) {
      const there = at.map((x, i) => x + part * direction[i])
      const tried = yield* evaluate(there)
      const gain = tried.value - slope.value
      if (gain >= ENOUGH * part * promise) {
        next = { at: there, slope: tried }
        break
      }
      // the top of the parabola through what is known
      const top = (part * promise) / (2 * (part * promise - gain))
      part *= Number.isFinite(top) ? Math.max(0.1, Math.min(0.5, top)) : 0.1
    }
    if (next === null) {
      if (moves.length === 0) step *= 0.1
      if (++restarts > RESTARTS) break
      moves = []
      turns = []
      continue
    }
    const move = new Float64Array(size)
    const turn = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      move[i] = next.at[i] - at[i]
      turn[i] = slope.gradient[i] - next.slope.gradient[i]
    }
    const curvature = dot(move, turn)
    if (curvature > 1e-10 * dot(move, move)) {
      moves.push(move)
      turns.push(turn)
      if (moves.length > MEMORY) {
        moves.shift()
        turns.shift()
      }
      step = curvature / dot(turn, turn)
    }
    bad = next.slope.value - slope.value < least(next.slope) ? bad + 1 : 0
    at = next.at
    slope = next.slope
  }
  return { at, slope }
}

/** The gradient, bent by the curvature along the last moves. */
function uphill(gradient: Float64Array, moves: readonly Float64Array[], turns: readonly Float64Array[], step: number): Float64Array {
  const direction = gradient.slice()
  const parts = new Float64Array(moves.length)
  for (let q = moves.length - 1; q >= 0; q--) {
    parts[q] = dot(moves[q], direction) / dot(moves[q], turns[q])
    addTo(direction, turns[q], -parts[q])
  }
  for (let i = 0; i < direction.length; i++) direction[i] *= step
  for (let q = 0; q < moves.length; q++) addTo(direction, moves[q], parts[q] - dot(turns[q], direction) / dot(moves[q], turns[q]))
  return direction
}

function addTo(sum: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] += factor * vector[i]
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
