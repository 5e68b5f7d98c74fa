import * as library from "equiterra"
import { hashOf } from "./hash-text.js"
import { FULL, listResults } from "./list-results.js"

// one line a result: the bundle of bench/engines.js, the same text in every engine
const host = /** @type {any} */ (globalThis)
const print = host.document === undefined ? console.log : (/** @type {string} */ line) => host.document.body.append(`${line}\n`)
const only = /** @type {string | undefined} */ (host.EQUITERRA_ONLY)
for (const { name, run } of listResults(library, FULL)) {
  if (only !== undefined && !name.startsWith(only)) continue
  const result = /** @type {any} */ (run())
  print(`hash\t${name}\t${hashOf(result)}${result?.certificate === undefined ? "" : `\t${result.cost}`}`)
}
print("hash\tend")
