import { expect, test } from "vitest"
import { findBestWholePlan, type WholeOptimum } from "../../../src/math/branch/best-whole-plan.js"
import { createBranchAndBound } from "../../../src/math/branch/branch-and-bound.js"
import { createRelaxation } from "../../../src/math/branch/relaxation.js"
import { searchNeighborhoods } from "../../../src/math/branch/search-neighborhoods.js"
import { costOfOwners, keepsRows, type WholeProgram } from "../../../src/math/branch/whole-program.js"
import { createRandom } from "../../../src/math/random.js"
import { createOracle } from "../../math/highs-oracle.js"

/** A program drawn from a seed: windows of one or two sums a territory, one over all pairs, pairs that are not allowed, equal accounts. */
function drawProgram(seed: number, n: number, k: number): WholeProgram {
  const random = createRandom(seed)
  const measures = 1 + Math.floor(2 * random())
  const isWhole = random() < 0.5
  const sizes = Array.from({ length: n * measures }, () => (isWhole ? 1 + Math.floor(4 * random()) : 0.5 + 2 * random()))
  const cost = Float64Array.from({ length: n * k }, (_, p) => (p % k > 0 && random() < 0.1 ? Infinity : random()))
  const start = new Int32Array(n * k + 1)
  const row: number[] = []
  const part: number[] = []
  for (let p = 0; p < n * k; p++) {
    for (let m = 0; m < measures; m++) {
      row.push((p % k) * measures + m)
      part.push(sizes[Math.floor(p / k) * measures + m])
    }
    if (random() < 0.5) {
      row.push(k * measures)
      part.push(random())
    }
    start[p + 1] = row.length
  }
  const rowCount = k * measures + 1
  const lower = new Float64Array(rowCount).fill(-Infinity)
  const upper = new Float64Array(rowCount).fill(Infinity)
  const room = 0.1 + 0.4 * random()
  for (let r = 0; r < k * measures; r++) {
    let total = 0
    for (let i = 0; i < n; i++) total += sizes[i * measures + (r % measures)]
    if (random() < 0.8) lower[r] = (total / k) * (1 - room)
    if (random() < 0.8 || lower[r] === -Infinity) upper[r] = (total / k) * (1 + room)
  }
  upper[rowCount - 1] = 0.2 * n
  return { n, k, rowCount, cost, start, row: Int32Array.from(row), part: Float64Array.from(part), lower, upper, slack: new Float64Array(rowCount).fill(1e-12 * n) }
}

function finish(program: WholeProgram, maxWork = 1e8): WholeOptimum {
  const steps = findBestWholePlan(program, null, new Float64Array(program.rowCount), createRandom(0), maxWork, () => false)
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}

/** The least cost of all plans that keep all rows, by trying all. */
function tryAll(program: WholeProgram): number {
  const { n, k } = program
  let least = Infinity
  for (let code = 0; code < k ** n; code++) {
    const owner = Int32Array.from({ length: n }, (_, i) => Math.floor(code / k ** i) % k)
    const cost = costOfOwners(program, owner)
    if (cost < least && keepsRows(program, owner)) least = cost
  }
  return least
}

test("against all plans: the best is found and proven, and where there is none that is proven too", () => {
  let [found, none] = [0, 0]
  for (let seed = 0; seed < 150; seed++) {
    const program = drawProgram(seed, 5 + (seed % 3), 2 + (seed % 2))
    const least = tryAll(program)
    const { owner, isProven } = finish(program)
    expect(isProven).toBe(true)
    expect(owner !== null, `seed ${seed}`).toBe(least < Infinity)
    if (owner === null) {
      none++
      continue
    }
    found++
    expect(keepsRows(program, owner)).toBe(true)
    expect(costOfOwners(program, owner), `seed ${seed}`).toBeLessThanOrEqual(least * (1 + 2e-9))
  }
  expect(found).toBeGreaterThan(60)
  expect(none).toBeGreaterThan(10)
})

test("the relaxation is the linear program's optimum, also after pairs were forbidden and given back", async () => {
  const oracle = await createOracle()
  for (let seed = 0; seed < 25; seed++) {
    const program = drawProgram(200 + seed, 15, 4)
    const { n, k, rowCount, cost, start, row, part, lower, upper } = program
    const random = createRandom(seed, 1)
    const relaxation = createRelaxation(program, new Float64Array(rowCount), 1e-12)
    const root = { state: relaxation.save(), bound: 0 }
    const isOptimal = relaxation.solve(Infinity) === "optimal"
    if (isOptimal) Object.assign(root, { state: relaxation.save(), bound: relaxation.bound() })
    const taken: number[] = []
    for (let round = 0; round < 3; round++) {
      const status = round === 0 ? (isOptimal ? "optimal" : "infeasible") : relaxation.solve(Infinity)
      const answer = oracle({
        objective: Array.from(cost, (own) => (own < Infinity ? own : 0)),
        upper: Array.from(relaxation.allowed),
        rows: [
          ...Array.from({ length: n }, (_, i) => ({ lower: 1, upper: 1, columns: Array.from({ length: k }, (_, t) => i * k + t), coefficients: new Array<number>(k).fill(1) })),
          ...Array.from({ length: rowCount }, (_, r) => {
            const columns: number[] = []
            const coefficients: number[] = []
            for (let p = 0; p < n * k; p++) {
              for (let e = start[p]; e < start[p + 1]; e++) {
                if (row[e] !== r) continue
                columns.push(p)
                coefficients.push(part[e])
              }
            }
            return { lower: lower[r], upper: upper[r], columns, coefficients }
          }),
        ],
      })
      expect(answer.status, `seed ${seed}, round ${round}`).toBe(status)
      if (status !== "optimal") break
      expect(relaxation.bound()).toBeCloseTo(answer.objective, 7)
      for (let count = 0; count < 4; count++) {
        const i = Math.floor(n * random())
        const t = relaxation.key[i]
        if (relaxation.choices[i] < 2) continue
        relaxation.forbid(i, t)
        taken.push(i * k + t)
      }
    }
    if (!isOptimal) continue
    for (const p of taken) relaxation.allow(Math.floor(p / k), p % k)
    relaxation.load(root.state)
    relaxation.solve(Infinity)
    expect(relaxation.bound()).toBeCloseTo(root.bound, 9)
  }
})

test("work is counted: a search that ends early has the plan it found, and says that nothing is proven", () => {
  const program = drawProgram(7, 80, 6)
  const short = finish(program, 300_000)
  expect(short.isProven).toBe(false)
  expect(short.work).toBeLessThan(1_000_000)
  expect(finish(program, 300_000)).toEqual(short)
})

test("neighborhoods only make a plan better, and keep all rows", () => {
  let better = 0
  for (let seed = 0; seed < 6; seed++) {
    const program = drawProgram(300 + seed, 40, 5)
    // the best plan of other costs is a poor one of these
    const { owner } = finish({ ...program, cost: program.cost.map((own) => (own < Infinity ? 1 - own : own)) }, 500_000)
    if (owner === null) continue
    const steps = searchNeighborhoods(program, owner, new Float64Array(program.rowCount), createRandom(1), 2_000_000, () => false)
    let step = steps.next()
    while (step.done !== true) step = steps.next()
    expect(keepsRows(program, step.value)).toBe(true)
    expect(costOfOwners(program, step.value)).toBeLessThanOrEqual(costOfOwners(program, owner))
    if (costOfOwners(program, step.value) < costOfOwners(program, owner)) better++
  }
  expect(better).toBeGreaterThan(0)
})

test("equal bounds of whole numbers in shares of one: what only rounding rules out is not ruled out", () => {
  // sums of sixths and sevenths that have to be met exactly, from a plan that meets them
  for (let seed = 0; seed < 40; seed++) {
    const drawn = drawProgram(400 + seed, 14, 5)
    const random = createRandom(seed, 2)
    const owner = Int32Array.from({ length: drawn.n }, (_, i) => Array.from({ length: drawn.k }, (_, t) => (Math.floor(drawn.k * random()) + t) % drawn.k).find((t) => drawn.cost[i * drawn.k + t] < Infinity) as number)
    const part = drawn.part.map((value) => Math.ceil(3 * value) / 97)
    const sums = new Float64Array(drawn.rowCount)
    owner.forEach((t, i) => {
      for (let e = drawn.start[i * drawn.k + t]; e < drawn.start[i * drawn.k + t + 1]; e++) sums[drawn.row[e]] += part[e]
    })
    const program = { ...drawn, part, lower: sums, upper: sums }
    const found = finish(program)
    expect(found.isProven && found.owner === null, `seed ${seed}`).toBe(false)
    if (found.isProven) expect(costOfOwners(program, found.owner as Int32Array)).toBeLessThanOrEqual(costOfOwners(program, owner) * (1 + 2e-9))
  }
})

test("where the known plan costs nothing there is nothing to look through", () => {
  const drawn = drawProgram(5, 40, 4)
  const slack = new Float64Array(drawn.rowCount).fill(Infinity)
  const program = { ...drawn, cost: drawn.cost.map((own) => (own < Infinity ? 0 : own)), slack }
  const search = createBranchAndBound(program, new Int32Array(40), new Float64Array(drawn.rowCount))
  expect(search.advance(Infinity, () => false).next()).toEqual({ done: true, value: true })
  expect([search.nodes(), search.owner()]).toEqual([0, new Int32Array(40)])
})
