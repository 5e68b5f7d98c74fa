// How fast rules are decided, on the rules alone, and how fast accounts are routed:
// npx tsup --no-dts --silent && node bench/rules.js
// Everything is made from seeds. About half a minute.
import { analyzeRules, routeAccounts, toTable } from "equiterra"
import { createRandom } from "./random.js"
import { adversarial, dimensions, nested, random, tiled } from "./rules/generators.js"

const COUNT = 500

const cases = [
  ["tiled", dimensions, tiled(COUNT, 1)],
  ["tiled, one left out", dimensions, tiled(COUNT - 1, 2, 1)],
  ["nested", dimensions, nested(COUNT, 3)],
  ["random, 2 of 8, own ranks", dimensions, random(COUNT, 4, 2, COUNT)],
  ["random, 3 of 8, 10 ranks", dimensions, random(COUNT, 5, 3, 10)],
  ["random, 8 of 8, 10 ranks", dimensions, random(COUNT, 6, 8, 10)],
  ["random, and one for the rest", dimensions, [...random(COUNT - 1, 7, 3, 10), { id: "rest", territoryId: "rest", when: {} }]],
  ...[[100, 3], [200, 4], [500, 5], [500, 6]].map(([count, asked]) => [`adversarial, ${count} rules, ${asked} of 8`, ...Object.values(adversarial(count, 8, 6, asked))]),
]

console.log(`Rules on 8 dimensions, decided on the rules alone`)
console.log(toTable(cases.map(([name, dims, rules]) => analyze(/** @type {string} */ (name), dims, rules))))
console.log("\nAccounts routed by the same rules")
console.log(toTable(cases.slice(0, 6).map(([name, , rules]) => route(/** @type {string} */ (name), rules, 100_000))))

function analyze(name, dims, rules) {
  const start = performance.now()
  const { complete, exclusive, reachable, counts, undecided, work } = analyzeRules({ dimensions: dims, rules })
  return {
    rules: name,
    count: rules.length,
    complete,
    exclusive,
    reachable,
    gaps: counts["rule-gap"],
    overlaps: counts["rule-overlap"] + counts["rank-tie"],
    unreachable: counts["rule-unreachable"],
    open: undecided.length,
    steps: `${(work.spent / 1e6).toFixed(1)} M`,
    seconds: seconds(start),
  }
}

function route(name, rules, n) {
  const draw = createRandom(9)
  const whole = (top) => Math.floor(top * draw())
  const accounts = Array.from({ length: n }, (_, i) => ({
    id: `a${i}`,
    industry: `industry ${whole(22)}`,
    segment: draw() < 0.1 ? null : `segment ${whole(7)}`,
    product: `product ${whole(11)}`,
    employees: whole(6000),
    revenue: 1_200_000 * draw(),
    age: whole(70),
    zip: String(whole(100_000)).padStart(5, "0"),
    phone: draw() < 0.1 ? null : `+${whole(100)}`,
  }))
  const start = performance.now()
  const { summary } = routeAccounts(accounts, { dimensions, rules })
  return { rules: name, accounts: n, routed: summary.routedCount, gaps: summary.gapCount, conflicts: summary.conflictCount, seconds: seconds(start) }
}

function seconds(start) {
  return Number(((performance.now() - start) / 1000).toFixed(2))
}
