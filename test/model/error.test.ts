import { inspect } from "node:util"
import { TerritoryError, type Issue } from "equiterra"
import { expect, test } from "vitest"

const issuesOf = (count: number): Issue[] => Array.from({ length: count }, (_, i) => ({ code: "odd", path: `rows[${i}]`, message: `rows[${i}]: is odd` }))

test("an error that nobody catches prints its message and ten issues, however many it has", () => {
  // how Node prints what nobody catches: without a look at custom inspectors
  const printed = inspect(new TerritoryError(issuesOf(600)), { customInspect: false })
  expect(printed).toContain("TerritoryError: rows[0]: is odd (and 599 more)\n    rows[1]: is odd\n")
  expect(printed).toContain("rows[9]: is odd\n    ... and 590 more\n    at ")
  expect(printed).not.toContain("rows[10]")
  expect(printed.split("\n").length).toBeLessThan(40)
  expect(inspect(new TerritoryError(issuesOf(1)), { customInspect: false })).not.toContain("more")
  const ten = inspect(new TerritoryError(issuesOf(10)), { customInspect: false })
  expect(ten).toContain("rows[9]: is odd\n    at ")
})

test("issues can be read, and are part of the JSON, as ever", () => {
  const error = new TerritoryError(issuesOf(1200))
  expect([error.issues.length, error.issues[999].path, error.issueCount, error.code, error.path]).toEqual([1000, "rows[999]", 1200, "odd", "rows[0]"])
  const copy = JSON.parse(JSON.stringify(error)) as TerritoryError
  expect(Object.keys(copy)).toEqual(["name", "code", "path", "issues", "issueCount"])
  expect(copy.issues).toEqual(error.issues)
  expect(error.message).toBe("rows[0]: is odd (and 1,199 more)")
})
