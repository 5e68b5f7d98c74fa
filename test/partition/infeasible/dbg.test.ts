import { test } from "vitest"
import { problemOf } from "./against-highs.test"
import { compileProblem } from "../../../src/partition/compile-problem"
import { finishSteps } from "../../../src/model/in-pieces"
import { createFitCase } from "../../../src/partition/infeasible/fit-case"
import { allocateAccounts } from "../../../src/partition/allocate"
import { startCenters } from "../../../src/partition/start-centers"
import { createRandom } from "../../../src/math/random"
import { askedAlong, cleanRay, reachAlong } from "../../../src/math/feasible/read-ray"
test("dbg", () => {
  for (const seed of [99, 1461]) {
    const { accounts, options, ids } = problemOf(seed)
    const compiled = finishSteps(compileProblem(accounts, options))
    const c = createFitCase(compiled, ids)
    console.log(seed, finishSteps(c.fit.ask(c.lower, c.upper, c.accounts.setOf)))
    for (let s = 0; s < 10; s++) {
    const centers = finishSteps(startCenters(compiled, createRandom(0, s), 0.6))
    const a = finishSteps(allocateAccounts(compiled.problem, centers, new Float64Array(c.lower.length)))
    const ray = a.ray === null ? null : cleanRay(a.ray, c.lower, c.upper)
    console.log(a.status, ray?.join(" "), ray && askedAlong(ray, c.lower, c.upper), ray && finishSteps(reachAlong(ray, 2, compiled.problem.activities, c.accounts.sets, c.accounts.setOf)).most)
    }
  }
})
