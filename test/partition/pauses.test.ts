import { partitionAccountsAsync, type PartitionProgress } from "equiterra"
import { NO_MOVE_PRICES } from "../../src/math/transport/move-limits.js"
import { expect, test } from "vitest"
import { equalMassCenters } from "../../src/math/cluster/equal-mass-centers.js"
import { createRandom } from "../../src/math/random.js"
import { findCandidates, priceOut } from "../../src/math/transport/candidates.js"
import { createPairSource } from "../../src/math/transport/pair-source.js"
import { createSmoothDual } from "../../src/math/transport/smooth-dual.js"
import type { TransportProblem } from "../../src/math/transport/transport-problem.js"
import { finishSteps, inPieces, PIECE } from "../../src/model/in-pieces.js"
import { compileProblem } from "../../src/partition/compile-problem.js"
import { judgePlan } from "../../src/partition/judge.js"

/** Responsiveness is counted in work, not in time: how many rows are looked at between two pauses. */
const n = 4 * PIECE + 1
const rows = Array.from({ length: n }, (_, i) => ({ id: `a${(i * 7919) % n}`, x: i % 400, y: Math.floor(i / 400), hours: 1 + (i % 3) }))

test("pieces cover all rows once, with a pause between two of them and none for few rows", () => {
  for (const count of [0, 1, PIECE, PIECE + 1, 3 * PIECE]) {
    const seen: number[] = []
    let pauses = 0
    const steps = inPieces(count, (from, to) => void seen.push(from, to))
    while (steps.next().done !== true) pauses++
    expect(pauses).toBe(Math.max(0, Math.ceil(count / PIECE) - 1))
    for (let p = 0; p < seen.length; p += 2) {
      expect(seen[p]).toBe(p === 0 ? 0 : seen[p - 1])
      expect(seen[p + 1] - seen[p]).toBeLessThanOrEqual(PIECE)
    }
    expect(seen.length === 0 ? 0 : seen[seen.length - 1]).toBe(count)
  }
})

test("no more than a piece of the accounts is read between two pauses, and every further pass over them pauses as well", () => {
  let reads = 0
  let most = 0
  let pauses = 0
  const value = (row: (typeof rows)[0]): number => {
    most = Math.max(most, ++reads)
    return row.hours
  }
  const current = rows.map((row, i) => ({ accountId: row.id, territoryId: `t${i % 4}` }))
  const compiling = compileProblem(rows, { territories: 4, measures: { hours: { value } }, current, locked: [rows[5].id] })
  for (;;) {
    reads = 0
    const step = compiling.next()
    if (step.done !== true) {
      pauses++
      continue
    }
    const compiled = step.value
    expect(most).toBe(PIECE)
    // at 4 pauses a pass: measure, ids of current, its rows, locks, soundness, three of sorting ids, columns, activities, places of
    // current, its rows twice, weights, four of placing, scaling; and the tree
    expect(pauses).toBeGreaterThan(4 * 18)
    expect(Array.from({ length: n }, (_, i) => rows[compiled.rowOf[i]].id === compiled.ids[i]).every(Boolean)).toBe(true)

    // a plan of stripes, judged
    const owner = Int32Array.from(compiled.rowOf, (row) => row % 4)
    const centers = Float64Array.from([0, 1, 2, 3].flatMap((t) => [t / 10, 0]))
    const allocation = { status: "optimal" as const, centers, prices: new Float64Array(4), spacing: new Float64Array(4).fill(1), owner, splitCount: 0, splits: [], bound: 0, relaxedCost: null, ray: null, moves: NO_MOVE_PRICES, isBeyond: false }
    let judged = 0
    for (const judging = judgePlan(compiled, owner, centers, allocation, ["t0", "t1", "t2", "t3"], false); judging.next().done !== true; ) judged++
    // activities and rows of the alignment, 4 each
    expect(judged).toBeGreaterThanOrEqual(8)
    break
  }
})

test("starting parts are cut with a pause every few hundred thousand rows", () => {
  const random = createRandom(1)
  const count = 150_000
  const points = Float64Array.from({ length: 2 * count }, () => random())
  let pauses = 0
  const cutting = equalMassCenters(points, 2, new Float64Array(count).fill(1), new Float64Array(64).fill(1), random, 0)
  for (let step = cutting.next(); step.done !== true; step = cutting.next()) pauses++
  // six levels of 150,000 rows are 900,000
  expect(pauses).toBeGreaterThanOrEqual(3)
  expect(finishSteps(equalMassCenters(points, 2, new Float64Array(count).fill(1), new Float64Array(4).fill(1), random, 0))).toHaveLength(8)
})

test("passes over pairs of account and territory pause every few hundred thousand of them", () => {
  const random = createRandom(1)
  const [count, k] = [60_000, 40]
  const problem: TransportProblem = {
    n: count,
    k,
    measureCount: 1,
    dimension: 2,
    points: Float64Array.from({ length: 2 * count }, () => random()),
    radius: 0,
    power: 2,
    weights: new Float64Array(count).fill(k / count),
    activities: new Float64Array(count).fill(k / count),
    lower: new Float64Array(k).fill(0.9),
    upper: new Float64Array(k).fill(1.1),
    lockedTo: new Int32Array(count).fill(-1),
  }
  const centers = problem.points.slice(0, 2 * k)
  const prices = new Float64Array(k)
  const spacing = new Float64Array(k).fill(1)
  const pausesOf = (steps: Generator<undefined, unknown>): number => {
    let pauses = 0
    while (steps.next().done !== true) pauses++
    return pauses
  }
  // 2,400,000 pairs; so warm that every account is near to all, and all are listed
  const some = finishSteps(findCandidates(problem, centers, prices, spacing, 0))
  expect(pausesOf(createSmoothDual(problem).evaluate(centers, prices, spacing, 10))).toBeGreaterThanOrEqual(4)
  expect(pausesOf(findCandidates(problem, centers, prices, spacing, 0))).toBeGreaterThanOrEqual(4)
  expect(pausesOf(priceOut(problem, centers, prices, some, 0))).toBeGreaterThanOrEqual(4)
  expect(pausesOf(createPairSource(problem, centers, 0).cheaper(prices, new Int32Array(count)))).toBeGreaterThanOrEqual(4)
  expect(pausesOf(createPairSource(problem, centers, 0).leaving(prices, new Uint8Array(count).fill(1), new Uint8Array(k)))).toBeGreaterThanOrEqual(4)
})

test("an abort while accounts are read is seen after one piece of them, and progress says that they are read", async () => {
  const controller = new AbortController()
  const reason = new Error("enough")
  const seen: PartitionProgress[] = []
  let reads = 0
  const value = (): number => ++reads
  const onProgress = (progress: PartitionProgress): void => {
    seen.push(progress)
    controller.abort(reason)
  }
  await expect(partitionAccountsAsync(rows, { territories: 4, measures: { hours: { value } }, onProgress, signal: controller.signal })).rejects.toBe(reason)
  expect(seen).toEqual([{ phase: "read", start: 0, starts: 0, share: 0, cost: null }])
  expect(reads).toBe(PIECE)
})
