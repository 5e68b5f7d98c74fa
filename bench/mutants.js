// Whether the tests would notice: changes one token of a room's code at a time, in a copy, and runs the tests that mirror the room.
// node bench/mutants.js [--room coverage/rules] [--count 20] [--seed 0] [--limit SECONDS]: without a room, of all four, in turn.
import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import ts from "typescript"
import { createRandom } from "./random.js"

const ROOMS = ["math/transport", "math/stats", "coverage/rules", "performance"]
const { values } = parseArgs({ options: { room: { type: "string", multiple: true }, count: { type: "string", default: "20" }, seed: { type: "string", default: "0" }, limit: { type: "string", default: "120" } } })
const root = fileURLToPath(new URL("..", import.meta.url))
const random = createRandom(Number(values.seed))

const sites = (values.room ?? ROOMS).map((room) => ({ room, all: filesOf(join(root, "src", room)).flatMap((file) => sitesOf(room, file)) }))
const sample = Array.from({ length: Number(values.count) }, (_, m) => {
  const { all } = sites[m % sites.length]
  return all.splice(Math.floor(random() * all.length), 1)[0]
}).filter((site) => site !== undefined)

// a copy that may be spoiled
const copy = mkdtempSync(join(tmpdir(), "mutants-"))
for (const name of ["src", "test", "bench", "examples", "package.json", "tsconfig.json"]) if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true })
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
let killed = 0
try {
  for (const { room } of sites) if (!passes(room)) throw new Error(`the tests of ${room} fail, or take longer than --limit, before anything is changed`)
  for (const site of sample) {
    const path = join(copy, relative(root, site.file))
    const text = readFileSync(path, "utf8")
    writeFileSync(path, text.slice(0, site.from) + site.to + text.slice(site.until))
    const isKilled = !passes(site.room)
    writeFileSync(path, text)
    if (isKilled) killed++
    const line = text.slice(0, site.from).split("\n").length
    console.log(`${isKilled ? "killed  " : "SURVIVED"} ${relative(root, site.file)}:${line} ${text.slice(site.from, site.until)} -> ${site.to}`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`${killed} of ${sample.length} killed (${((100 * killed) / Math.max(1, sample.length)).toFixed(0)} %)`)

/** Whether the tests of a room pass, and end in time. */
function passes(room) {
  const { status } = spawnSync("npx", ["vitest", "run", "--config", "test/vitest.config.ts", "--bail", "1", `test/${room}/`], { cwd: copy, timeout: 1000 * Number(values.limit), killSignal: "SIGKILL", stdio: "ignore" })
  return status === 0
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).sort().map((name) => join(folder, name))
}

/** Every token that can be changed into one that compiles. */
function sitesOf(room, file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true)
  const found = []
  /** @type {import("typescript").Node[]} */
  const open = [source]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const to of changesOf(node)) found.push({ room, file, from: node.getStart(source), until: node.getEnd(), to })
    // types are not run
    if (!ts.isTypeNode(node)) node.forEachChild((child) => void open.push(child))
  }
  return found.sort((a, b) => a.from - b.from)
}

function changesOf(node) {
  const swaps = { "<": "<=", "<=": "<", ">": ">=", ">=": ">", "===": "!==", "!==": "===", "&&": "||", "||": "&&", "+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+=" }
  if (ts.isBinaryExpression(node.parent ?? node) && node === node.parent?.operatorToken && swaps[node.getText()] !== undefined) return [swaps[node.getText()]]
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ["false"]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ["true"]
  if (ts.isNumericLiteral(node)) return [String(Number(node.text.replaceAll("_", "")) + 1)]
  if (ts.isIdentifier(node) && ts.isPropertyAccessExpression(node.parent) && node.parent.expression.getText() === "Math") return node.text === "min" ? ["max"] : node.text === "max" ? ["min"] : []
  return []
}
