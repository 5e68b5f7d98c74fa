import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import { expect, test } from "vitest"
import * as equiterra from "../src/index.js"

const src = fileURLToPath(new URL("../src", import.meta.url))
const sources = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts")).map((path) => readFileSync(join(src, path), "utf8"))
const functions = Object.entries(equiterra).flatMap(([name, value]) => (typeof value === "function" && !name.startsWith("Territory") ? [name] : []))

/** The example in the docstring of an exported function, as code. */
function exampleOf(name: string): string {
  const found = sources.flatMap((source) => {
    const at = source.search(new RegExp(`^export (async )?function ${name}\\b`, "m"))
    return at === -1 ? [] : [source.slice(source.lastIndexOf("/**", at), at)]
  })
  expect(found, `the docstring of ${name}`).toHaveLength(1)
  const [, example = ""] = found[0].split("@example\n")
  return example.replace(/\*\/\s*$/, "").split("\n").map((line) => line.replace(/^ \* ?/, "")).join("\n")
}

/** The comment behind a statement, on its line or on the lines below. */
function commentAfter(code: string, end: number): string | null {
  const comments = [...(ts.getTrailingCommentRanges(code, end) ?? []), ...(ts.getLeadingCommentRanges(code, end) ?? [])]
  const lines = comments.filter((one, c) => c === 0 || comments[c - 1].pos !== one.pos).map((one) => code.slice(one.pos, one.end).replace(/^\/\/ ?/, ""))
  return lines.length === 0 ? null : lines.join("\n")
}

/** The code with every expression that a comment follows turned into a check that it is what the comment says. */
function withChecks(code: string): string {
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true)
  const parts = file.statements.map((statement) => {
    const said = ts.isExpressionStatement(statement) ? commentAfter(code, statement.end) : null
    return said === null ? statement.getText() : `check(${statement.getText()}, ${JSON.stringify(said)})`
  })
  return ts.transpileModule(parts.join(";\n"), { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText
}

const AsyncFunction = (async () => undefined).constructor as new (...args: string[]) => (...values: unknown[]) => Promise<unknown>

test.each(functions)("the example of %s runs and gives what it says", async (name) => {
  const code = exampleOf(name)
  expect(code.trim(), `@example of ${name}`).not.toBe("")
  let checks = 0
  const check = (value: unknown, said: string): void => {
    checks++
    // a table is said as it looks, everything else as JavaScript
    if (typeof value === "string" && value === said) return
    expect(value).toEqual(new Function(`return (${said})`)())
  }
  const names = Object.keys(equiterra)
  await new AsyncFunction("check", ...names, withChecks(code))(check, ...Object.values(equiterra))
  expect(checks, `an expression in the @example of ${name} with its value as a comment`).toBeGreaterThan(0)
})
