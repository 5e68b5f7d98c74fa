import { listMadeCases } from "./made.js"
import { listPublishedCases } from "./published.js"
import { listUnitedStatesCases } from "./united-states.js"
import { UsageError } from "../usage-error.js"

/**
 * A problem of the benchmark.
 *
 * @typedef {object} BenchCase
 * @property {string} name
 * @property {string} group a table of bench/README.md
 * @property {boolean} fixed every center is given
 * @property {string} what one line for the reader
 * @property {number} limitSeconds an algorithm that needs longer gives up
 * @property {number} [size] n * k: an algorithm that gave up at one size is not asked for a larger one in the same run
 * @property {boolean} [linear] the general LP solvers are asked too
 * @property {boolean} [competitors] false: by default only Equiterra runs it
 * @property {readonly string[]} [algorithms] those that run it by default, in place of all that can take it
 * @property {boolean} [heavy] runs only with --all, or when it is named
 * @property {string[]} [series] the growth exponents that it counts for
 * @property {{ seconds?: number, peakMB?: number, gap?: number, relaxedGap?: number, cost?: number, excess?: number, violations?: number }} [reach]
 * what it should stay under
 * @property {() => LoadedCase} load
 *
 * @typedef {object} LoadedCase
 * @property {import("equiterra").LocatedAccount[]} accounts
 * @property {import("equiterra").PartitionOptions<any>} options
 * @property {{ value: number, kind: string }} [reference] the best cost that others report
 * @property {(judged: import("equiterra").PartitionResult) => number} [publishedCost] a judged plan's cost in the unit and by the
 * distances of the reference; default: its `cost`
 */

/**
 * @param {string} [data] folder of US data
 * @param {string} [instances] folder of published problems
 * @returns {BenchCase[]}
 */
export function listCases(data, instances) {
  return [
    ...listMadeCases(),
    ...(data === undefined ? [] : listUnitedStatesCases(data)),
    ...(instances === undefined ? [] : listPublishedCases(instances)),
  ]
}

/**
 * Those that a name, a pattern with `*`, or else a beginning picks; without any, all that are not heavy.
 *
 * @param {BenchCase[]} cases
 * @param {readonly string[]} patterns
 * @param {boolean} all the heavy ones too
 */
export function pickCases(cases, patterns, all) {
  if (patterns.length === 0) return cases.filter((one) => all || one.heavy !== true)
  const picked = new Set()
  for (const pattern of patterns) {
    const exact = cases.filter((one) => one.name === pattern)
    const expression = new RegExp(`^${pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}${pattern.includes("*") ? "$" : ""}`)
    const found = exact.length > 0 ? exact : cases.filter((one) => expression.test(one.name))
    if (found.length === 0) throw new UsageError(`--only ${pattern}: no such case; known: ${cases.map((one) => one.name).join(", ")} (--data and --instances bring more)`)
    for (const one of found) picked.add(one)
  }
  return cases.filter((one) => picked.has(one))
}
