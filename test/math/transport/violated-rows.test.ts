import { expect, test } from "vitest"
import { createViolatedRows } from "../../../src/math/transport/violated-rows.js"
import { totalViolation, violationAt, type WholePlan } from "../../../src/math/transport/whole-plan.js"
import { seeded } from "../../helpers/random-accounts.js"

test("rows outside their bounds, and their sum, stay those of a new look at all rows, to the digit", () => {
  let most = 0
  for (let seed = 0; seed < 40; seed++) {
    const random = seeded(seed)
    const k = 1 + Math.floor(12 * random())
    const M = 1 + (seed % 3)
    const lower = Float64Array.from({ length: k * M }, () => random())
    const problem = { k, measureCount: M, lower, upper: lower.map((low) => low + random()) }
    const plan = { problem, scale: lower.map(() => 0.5 + random()), activity: lower.map(() => 3 * random()) } as unknown as WholePlan
    const violated = createViolatedRows(plan)
    for (let move = 0; move < 60; move++) {
      const t = Math.floor(k * random())
      for (let m = 0; m < M; m++) plan.activity[t * M + m] = 3 * random() * (random() < 0.2 ? 0 : 1)
      violated.update(t)
      const expected = [...lower.keys()].filter((r) => violationAt(plan, r, plan.activity[r]) > 0)
      expect([...violated.rows.subarray(0, violated.count())]).toEqual(expected)
      expect(violated.total()).toBe(totalViolation(plan))
      most = Math.max(most, expected.length)
    }
  }
  expect(most).toBeGreaterThan(10)
})
