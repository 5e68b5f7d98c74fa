import { readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const src = join(root, "src")

/** The house: a room may import from the rooms named here, and from itself. Imports point downward only. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  math: [],
  criteria: ["model", "math"],
  scoring: ["criteria", "model", "math"],
  partition: ["criteria", "model", "math"],
  coverage: ["criteria", "model", "math"],
  performance: ["criteria", "model", "math"],
  report: ["scoring", "partition", "coverage", "performance", "criteria", "model", "math"],
  "index.ts": ["scoring", "partition", "coverage", "performance", "report", "criteria", "model", "math"],
}

/** Longest file that is read at one sitting. */
const ONE_SITTING = 300
/** With its reason in the first lines. */
const LONGEST = 400

const files = listFiles(src).map((path) => ({ path: relative(root, path), room: relative(src, path).split("/")[0], text: readFileSync(path, "utf8") }))

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort()
}

/** Every module that a file names in an import or export, static or dynamic. */
function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)["']([^"']+)["']/g)].map((match) => match[1])
}

describe("the house plan", () => {
  it("has files to look at, in known rooms only", () => {
    expect(files.length).toBeGreaterThan(50)
    expect(files.filter((file) => MAY_IMPORT[file.room] === undefined).map((file) => file.path)).toEqual([])
  })

  it("imports downward only: no stage knows another, words and numbers do not know each other", () => {
    const broken = files.flatMap((file) =>
      importsOf(file.text)
        .filter((name) => name.startsWith("."))
        .map((name) => relative(src, join(dirname(join(root, file.path)), name)).split("/")[0])
        .filter((room) => room !== file.room && !MAY_IMPORT[file.room].includes(room))
        .map((room) => `${file.path} imports ${room}/`),
    )
    expect(broken).toEqual([])
  })

  it("has no cycle between files", () => {
    const graph = new Map(
      files.map((file) => [
        file.path,
        importsOf(file.text.replaceAll(/import type [^;]*?from "[^"]+"/g, ""))
          .filter((name) => name.startsWith("."))
          .map((name) => join(dirname(file.path), name).replace(/\.js$/, ".ts")),
      ]),
    )
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "))
      else if (!done.has(path)) {
        for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
        done.add(path)
      }
    }
    for (const path of graph.keys()) visit(path, [])
    expect(cycles).toEqual([])
  })

  it("uses at run time only the packages that package.json names, none of Node's own", () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { dependencies: Record<string, string> }
    // bundled by tsup, so that they are no run-time dependency of users
    const known = [...Object.keys(dependencies), "kdbush", "d3-geo", "d3-delaunay", "javascript-lp-solver", "clipper2-ts", "simple-statistics"]
    const notices = readFileSync(join(root, "LICENSE"), "utf8")
    for (const name of ["kdbush", "d3-geo", "d3-delaunay", "clipper2-ts", "simple-statistics"]) expect(notices).toContain(name)
    const strange = files.flatMap((file) =>
      importsOf(file.text)
        .filter((name) => !name.startsWith(".") && !known.includes(name) && !(name === "geojson" && known.includes("@types/geojson")))
        .map((name) => `${file.path}: ${name}`),
    )
    expect(strange).toEqual([])
  })

  it("keeps chance, clocks, logs and state out of results", () => {
    const forbidden = /Math\.random|Date\.now|new Date\(\)|console\.\w+\(|process\.|^(?:export )?(?:let|var) /m
    expect(files.filter((file) => forbidden.test(file.text)).map((file) => file.path)).toEqual([])
    // a clock is looked at only for a time limit, and to give the event loop its turn
    const clocks = files.filter((file) => file.text.includes("performance.now")).map((file) => file.path)
    expect(clocks).toEqual(["src/partition/deadline.ts", "src/partition/run-in-turns.ts"])
  })

  it("computes alike in every engine: no function of Math that engines round differently, no power but a square", () => {
    const inexact = /\bMath\s*(?:\??\.\s*(?:a?(?:sin|cos|tan)h?|atan2|exp|expm1|log|log1p|log2|log10|pow|hypot|cbrt|f16round|sumPrecise)\b|\[)/
    const strange = (text: string): string[] =>
      // comments keep their lines, so that the line that is named is the right one
      text
        .replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ""))
        .split("\n")
        .flatMap((line, at) => (inexact.test(line) || /\*\*(?! 2(?![\w.*]))|\{[^}]*\}\s*=\s*Math\b/.test(line) ? [`${at + 1}: ${line.trim()}`] : []))
    for (const bad of ["Math.sin(x)", "x.map(Math.exp)", "Math.log1p(x)", "2 ** 10", "x ** y", "x **= 2", "x ** 2.5", "x ** -2", 'Math["pow"](x, 3)', "const { cos } = Math"])
      expect(strange(bad), bad).toHaveLength(1)
    for (const good of ["Math.sqrt(x)", "x ** 2", "(a - b) ** 2 / 4", "Math.floor(x)", "/** Math.sin */", "// 2 ** 3", "Math.sign(x)", "Math.max(a)"])
      expect(strange(good), good).toEqual([])
    // the one file that names them: what bundled libraries get in their place
    const own = files.filter((file) => file.path !== "src/math/exact/in-libraries.ts")
    expect(own.flatMap((file) => strange(file.text).map((line) => `${file.path}:${line}`))).toEqual([])
  })

  it("names files in kebab-case after an idea, and keeps each to one sitting", () => {
    expect(files.filter((file) => !/^[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(file.path.split("/").at(-1) as string)).map((file) => file.path)).toEqual([])
    expect(files.filter((file) => /\/(?:utils?|helpers?|common|types|misc)(?:\.ts|\/)/.test(file.path)).map((file) => file.path)).toEqual([])
    const long = files.filter((file) => {
      const lines = file.text.split("\n")
      return lines.length > LONGEST || (lines.length > ONE_SITTING && !/long because/i.test(lines.slice(0, 12).join("\n")))
    })
    expect(long.map((file) => file.path)).toEqual([])
  })

  it("has the fixed top level", () => {
    const allowed = new Set([
      "src", "bench", "examples", "test", "package.json", "package-lock.json", "tsconfig.json", "tsup.config.ts", "README.md", "LICENSE",
      "CHANGELOG.md", ".gitignore", ".ci", ".git", "node_modules", "dist", "demo",
    ])
    expect(readdirSync(root).filter((name) => !allowed.has(name) && !/\.tgz$/.test(name))).toEqual([])
    expect(statSync(join(root, "src/index.ts")).isFile()).toBe(true)
  })
})
