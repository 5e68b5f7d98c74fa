import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { inspect } from "node:util"
import { describe, expect, it } from "vitest"
import * as equiterra from "../src/index.js"

const root = fileURLToPath(new URL("..", import.meta.url))
const readme = readFileSync(join(root, "README.md"), "utf8")

const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (...parts: string[]) => (...values: unknown[]) => Promise<unknown>

/** Runs a block of code whose imports are given as values; answers what it logged, line by line. */
async function run(code: string, modules: Readonly<Record<string, object>>): Promise<string[]> {
  const lines: string[] = []
  const log = (...values: unknown[]): void => void lines.push(...values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" ").split("\n"))
  const names = Object.keys(modules)
  const body = code.replaceAll(/import\s*(\{[^}]*\})\s*from\s*"([^"]+)"[^\n]*/g, (_, what: string, name: string) => {
    expect(names).toContain(name)
    return `const ${what.replaceAll(" as ", ": ")} = modules[${JSON.stringify(name)}]`
  })
  await new AsyncFunction("modules", "console", body)(modules, { log })
  return lines
}

/** What a block says that it prints: the comment lines below each console.log, in order. */
function promised(code: string): string[] {
  const lines = code.split("\n")
  const said: string[] = []
  let listening = false
  for (const line of lines) {
    if (/^\s*\/\/ ?/.test(line)) {
      if (listening) said.push(line.replace(/^\s*\/\/ ?/, ""))
    } else listening = line.includes("console.log(")
  }
  return said
}

describe("README.md", () => {
  const blocks = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map((match) => match[1])

  it("has code to run", () => {
    expect(blocks.length).toBeGreaterThan(0)
  })

  it.each(blocks.map((block, b) => [b + 1, block] as const))("block %i prints what it says", async (_, block) => {
    const loader = (await import(join(root, "examples/load-iowa.js"))) as object
    const lines = await run(block, { equiterra, "./examples/load-iowa.js": loader })
    expect(promised(block).length).toBeGreaterThan(0)
    expect(lines.map((line) => line.trimEnd())).toEqual(promised(block).map((line) => line.trimEnd()))
  })

  it("names only files, scripts and exports that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> }
    for (const [, name] of readme.matchAll(/npm run ([a-z]+)/g)) expect(Object.keys(scripts)).toContain(name)
    for (const [, name] of readme.matchAll(/`([a-zA-Z]+)\(/g)) expect(Object.keys(equiterra)).toContain(name)
    for (const [, path] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) expect(() => readFileSync(join(root, path))).not.toThrow()
  })
})

describe("docstrings of public functions", () => {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"))
  const sources = files.map((path) => readFileSync(join(root, "src", path), "utf8"))
  const names = Object.entries(equiterra).flatMap(([name, value]) => (typeof value === "function" && name !== "TerritoryError" ? [name] : []))
  const docOf = (name: string): string =>
    sources.flatMap((text) => [...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:async )?function ([A-Za-z]+)/g)].filter((match) => match[2] === name).map((match) => match[1])).join("")

  it.each(names)("%s says what it throws or that it never does, and has an example", (name) => {
    expect(docOf(name)).toMatch(/@throws|[Nn]ever throws/)
    expect(docOf(name)).toContain("@example")
  })
})
