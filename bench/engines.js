// Whether every JavaScript engine gives the same plans, comparisons and verdicts, byte for byte:
// npx tsup --no-dts --silent && node bench/engines.js [--only NAME] [--chromium PATH] [--deno PATH] [--bun PATH]
// One bundle, the same text for all, prints a hash a result; engines that are not there are left out. Ends with 1 where a hash differs.
// Deno and Bun come inside the npm packages deno and bun (npm install --ignore-scripts in a folder of its own is enough), Chromium
// from Debian. Each takes the time of two plans of 32,720 accounts.
import { execFile } from "node:child_process"
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL, fileURLToPath } from "node:url"
import { parseArgs, promisify } from "node:util"
import { toTable } from "equiterra"
import { build } from "tsup"

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    chromium: { type: "string", default: "chromium" },
    deno: { type: "string", default: "deno" },
    bun: { type: "string", default: "bun" },
  },
})
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), "equiterra-engines-"))

try {
  const script = await bundle()
  const page = join(folder, "page.html")
  // a script of its own, so that no text of the bundle can end it
  writeFileSync(page, '<!doctype html><meta charset="utf-8"><title>hashes</title><body><script src="bundle.js"></script></body>')
  const engines = {
    node: [process.execPath, script],
    chromium: [values.chromium, ...chromiumFlags(), "--dump-dom", pathToFileURL(page).href],
    deno: [values.deno, "run", "--no-config", script],
    bun: [values.bun, "run", script],
  }
  const found = new Map()
  const answers = await Promise.all(Object.values(engines).map(hashesOf))
  for (const [e, [engine, command]] of Object.entries(engines).entries()) {
    const hashes = answers[e]
    if (hashes === null) console.error(`${engine}: not found (${command[0]}), left out`)
    else found.set(engine, hashes)
  }
  process.exitCode = show(found) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}

/** The library and what it computes in one file without modules, as any engine runs it. */
async function bundle() {
  const entry = fileURLToPath(new URL("engines/print-hashes.js", import.meta.url))
  await build({
    entry: { bundle: entry },
    config: false,
    outDir: folder,
    format: "iife",
    platform: "browser",
    target: "es2022",
    noExternal: [/.*/],
    dts: false,
    silent: true,
    // what is published, not the source that tsconfig.json names: there the libraries compute with our elementary functions
    esbuildOptions(esbuild) {
      delete esbuild.tsconfig
      esbuild.tsconfigRaw = "{}"
    },
    ...(values.only === undefined ? {} : { banner: { js: `globalThis.EQUITERRA_ONLY = ${JSON.stringify(values.only)};` } }),
  })
  const script = join(folder, "bundle.js")
  copyFileSync(join(folder, "bundle.global.js"), script)
  return script
}

function chromiumFlags() {
  return [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--allow-file-access-from-files", `--user-data-dir=${join(folder, "profile")}`,
  ]
}

/**
 * Name and hash of every result that a command prints, with the cost of plans; null where there is no such program.
 *
 * @param {readonly string[]} command
 * @returns {Promise<Map<string, string> | null>}
 */
async function hashesOf([program, ...words]) {
  try {
    const { stdout } = await run(program, words, { maxBuffer: 1e8, cwd: folder })
    const lines = stdout.split("\n").filter((line) => /^(?:<.*>)?hash\t/.test(line)).map((line) => line.slice(line.indexOf("hash\t")).split("\t"))
    if (lines.at(-1)?.[1] !== "end") throw new Error(`${program}: stopped before the end:\n${stdout.slice(-2000)}`)
    return new Map(lines.slice(0, -1).map(([, name, hash, cost]) => [name, cost === undefined ? hash : `${hash} (${Number(cost).toPrecision(7)})`]))
  } catch (error) {
    if (/** @type {any} */ (error).code === "ENOENT") return null
    throw error
  }
}

/** @param {Map<string, Map<string, string>>} found */
function show(found) {
  const [first, ...others] = found.keys()
  const names = [...found.get(first)?.keys() ?? []]
  const rows = names.map((name) => {
    const hashes = [...found.values()].map((hashes) => hashes.get(name))
    return { result: name, ...Object.fromEntries([...found.keys()].map((engine, e) => [engine, e > 0 && hashes[e] === hashes[0] ? "same" : hashes[e]])) }
  })
  const differing = rows.filter((row) => others.some((engine) => row[engine] !== "same"))
  console.log(toTable(rows, { maxRows: Infinity, maxWidth: 60 }))
  console.log(`\n${names.length} results in ${found.size} engines: ${differing.length === 0 ? "all the same" : `${differing.length} differ`}`)
  return differing.length === 0
}
