import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { compareAlignments, evaluateAlignment, findAccountIssues, partitionAccounts, renderMap, scoreAccounts, type TerritoryError } from "equiterra"
import { expect, test } from "vitest"

const src = fileURLToPath(new URL("../src", import.meta.url))

/** Calls whose arguments go on the stack one by one: some ten thousand overflow it, and lists of the caller's are longer. */
const STACKED = /\.(push|unshift|splice|concat|max|min|hypot|fromCharCode|fromCodePoint)(\.apply)?\(/g

/** Places where such a call spreads a list into its arguments. */
function spreadsOf(text: string): string[] {
  const found: string[] = []
  for (const match of text.matchAll(STACKED)) {
    if (match[2] !== undefined) found.push(match[0])
    let depth = 0
    let isFirst = true // the next character begins an argument
    for (let at = match.index + match[0].length - 1; at < text.length; at++) {
      const c = text[at]
      if (depth === 1 && isFirst && text.startsWith("...", at)) found.push(text.slice(match.index, at + 20))
      if (!/\s/.test(c)) isFirst = depth === 1 && c === ","
      if ("([{".includes(c)) isFirst = depth++ === 0
      else if (")]}".includes(c) && --depth === 0) break
    }
  }
  return found
}

test("no list is spread into the arguments of a call", () => {
  for (const bad of ["a.push(...b)", "Math.max(0, ...b.map((x) => x + 1))", "String.fromCharCode.apply(null, b)", "a.splice(0, 1, ...b)", "Math.min(\n  ...b,\n)"]) {
    expect(spreadsOf(bad), bad).toHaveLength(1)
  }
  for (const good of ["a.push({ ...b })", "a.push([...b])", "Math.max(f(...b), 1)", "for (const x of b) a.push(x)"]) expect(spreadsOf(good), good).toEqual([])
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))
  expect(files.length).toBeGreaterThan(400)
  expect(files.flatMap((name) => spreadsOf(readFileSync(join(src, name), "utf8")).map((found) => `${name}: ${found}`))).toEqual([])
})

/** Node 20 takes some 125,000 arguments before its stack overflows. */
const MANY = 150_000
const rows = Array.from({ length: MANY }, (_, i) => ({ id: `a${i}`, x: i % 500, y: Math.floor(i / 500), hours: 1 }))

test("150,000 issues, of accounts, alignments and fields, are an error that counts them", () => {
  const issueCount = (call: () => unknown): number => {
    try {
      call()
    } catch (error) {
      return (error as TerritoryError).issueCount
    }
    return 0
  }
  const placeless = rows.map(({ id }, i) => ({ id, x: "?", y: i, hours: NaN }))
  expect(findAccountIssues(placeless)).toHaveLength(MANY)
  expect(issueCount(() => partitionAccounts(placeless as never, { territories: 3, measures: { hours: { value: "hours" } } }))).toBe(2 * MANY)
  expect(issueCount(() => scoreAccounts(placeless, { factors: { hours: { value: "hours" } } }))).toBe(MANY)
  const unknown = rows.map(({ id }) => ({ accountId: `${id}?`, territoryId: "t" }))
  expect(issueCount(() => compareAlignments(rows, unknown, unknown))).toBe(2 * MANY)
})

test("150,000 violations are a result", () => {
  const alignment = rows.map(({ id }, i) => ({ accountId: id, territoryId: i % 2 === 0 ? "n" : "s" }))
  const territories = [{ id: "n", center: { x: 0, y: 0 }, centerFixed: true }, { id: "s", center: { x: 500, y: 400 }, centerFixed: true }]
  const judged = evaluateAlignment(rows, alignment, { territories, measures: { hours: { value: "hours" } }, maxDistance: 1e-3 })
  expect(judged.violations.length).toBeGreaterThan(MANY - 10)
})

test("150,000 polygons of a boundary are drawn", () => {
  const square = (i: number): number[][][] => [[[i % 500, i / 500], [(i % 500) + 0.5, i / 500], [i % 500, i / 500 + 0.5], [i % 500, i / 500]]]
  const boundary = { type: "MultiPolygon" as const, coordinates: Array.from({ length: MANY }, (_, i) => square(i)) }
  const few = rows.slice(0, 4)
  expect(renderMap(few, few.map(({ id }) => ({ accountId: id, territoryId: "t" })), { boundary }).length).toBeGreaterThan(1000)
})
