import { statSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { UsageError } from "../usage-error.js"

/**
 * A way to divide accounts. It may return a promise; a plan is rows `{ accountId, territoryId }`, or an object that has them as
 * `alignment` and may say why it ended as `stoppedBy`.
 *
 * @typedef {(accounts: readonly any[], options: import("equiterra").PartitionOptions<any>) => any} Algorithm
 */

/** What the benchmark compares: the file, which problems it can take, and one line about it. */
export const ALGORITHMS = {
  equiterra: { file: "equiterra.js", centers: "any", what: "partitionAccounts" },
  explore: { file: "explore.js", centers: "named", what: "explorePlans, seven plans; of these the most compact inside the case's bounds" },
  turf: { file: "turf.js", centers: "free", what: "@turf/clusters-kmeans, then greedy rebalancing" },
  nearest: { file: "nearest.js", centers: "fixed", what: "the nearest center, then greedy rebalancing" },
  highs: { file: "highs.js", centers: "fixed", linear: true, what: "the whole linear program by HiGHS (WASM), rounded by largest share" },
  yalps: { file: "yalps.js", centers: "fixed", linear: true, what: "the same by YALPS" },
  "javascript-lp-solver": { file: "javascript-lp-solver.js", centers: "fixed", linear: true, what: "the same by javascript-lp-solver" },
}

/**
 * The algorithms that run a case when none is named: those that can take it.
 *
 * @param {import("../cases/index.js").BenchCase} one
 */
export function algorithmsFor(one) {
  if (one.algorithms !== undefined) return [...one.algorithms]
  if (one.competitors === false) return ["equiterra"]
  return Object.entries(ALGORITHMS)
    .filter(([, algorithm]) => algorithm.centers !== "named")
    .filter(([, algorithm]) => algorithm.centers === "any" || (algorithm.centers === "fixed") === one.fixed)
    .filter(([, algorithm]) => !("linear" in algorithm) || one.linear === true)
    .map(([name]) => name)
}

/**
 * The algorithm of a name above, or the default export of a file of the user's.
 *
 * @param {string} name
 * @returns {Promise<Algorithm>}
 */
export async function loadAlgorithm(name) {
  const known = ALGORITHMS[name]
  const path = resolve(name)
  if (known === undefined && statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new UsageError(`--algorithm ${name}: is neither a file nor one of ${Object.keys(ALGORITHMS).join(", ")}`)
  const { default: solve } = await import(known === undefined ? pathToFileURL(path).href : new URL(known.file, import.meta.url).href)
  if (typeof solve !== "function") throw new UsageError(`--algorithm ${name}: its default export is to be a function (accounts, options) => alignment`)
  return solve
}
