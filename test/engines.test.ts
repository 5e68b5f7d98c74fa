import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "tsup"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import config from "../tsup.config.js"

const root = fileURLToPath(new URL("..", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "equiterra-engines-"))
const SIZE = { places: 120, territories: 4, deals: 20, rules: 40, accounts: 48 }

/** The library as it is published, with its libraries, and what bench/engines.js computes, smaller: one script for any engine. */
beforeAll(async () => {
  mkdirSync(join(folder, "entry"))
  const entry = join(folder, "entry/results.ts")
  writeFileSync(
    entry,
    `import * as library from "${join(root, "src/index.ts")}"
     import { hashOf } from "${join(root, "bench/engines/hash-text.js")}"
     import { listResults } from "${join(root, "bench/engines/list-results.js")}"
     export const hashes = (isAsked) => Object.fromEntries(listResults(library, ${JSON.stringify(SIZE)}).flatMap(({ name, run }) => isAsked(name) ? [[name, hashOf(run())]] : []))`,
  )
  await build({ ...config({}), config: false, entry: { results: entry }, outDir: folder, format: "cjs", noExternal: [/.*/], splitting: false, treeshake: false, dts: false, sourcemap: false, clean: false, silent: true })
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Functions of `Math` that ECMAScript leaves to the engine. */
const INEXACT = ["acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp", "expm1", "hypot", "log", "log10", "log1p", "log2", "pow", "sin", "sinh", "tan", "tanh"]

/** What takes longest; bench/engines.js runs it. */
const HEAVY = ["plan, limited moves", "plan, medoids on a plane", "plans to choose from", "plan, too tight", "comparison by segment"]

type OneMath = Record<string, (...args: number[]) => number>

/** Hashes in an engine that has this `Math`: the script sees no other. */
function hashesWith(math: OneMath, isAsked = (name: string): boolean => !HEAVY.includes(name)): Record<string, string> {
  const script = { exports: {} as { hashes: (isAsked: (name: string) => boolean) => Record<string, string> } }
  new Function("Math", "module", "exports", readFileSync(join(folder, "results.cjs"), "utf8"))(math, script, script.exports)
  return script.exports.hashes(isAsked)
}

/** This engine's `Math`, with these functions off by a unit in the last place. */
function mathThatDiffers(names: readonly string[]): OneMath {
  const own = Object.fromEntries(Object.getOwnPropertyNames(Math).map((name) => [name, Reflect.get(Math, name)])) as OneMath
  return { ...own, ...Object.fromEntries(names.map((name) => [name, (...args: number[]) => own[name](...args) * (1 + 2 ** -52)])) }
}

describe("one result in every engine", () => {
  it("does not change where an engine's Math differs in the last digit, in any function that may", () => {
    const here = hashesWith(mathThatDiffers([]))
    expect(Object.keys(here).length).toBeGreaterThanOrEqual(20)
    expect(hashesWith(mathThatDiffers(INEXACT))).toEqual(here)
    // the same on every machine; where owners change on purpose, the changelog says BREAKING and this is frozen anew
    expect([here.points, here["owners, fixed centers"]]).toEqual(["ac5a1d9ddd356572", "fabe978eddc6adec"])
    // the test sees what differs: square roots are exact in every engine, and one that had others would be found out
    const seen = ["plan, one measure", "plan, small", "comparison"]
    const strange = hashesWith(mathThatDiffers(["sqrt"]), (name) => seen.includes(name))
    expect(Object.keys(strange)).toHaveLength(seen.length)
    for (const name of seen) expect(strange[name], name).not.toBe(here[name])
  })
})
