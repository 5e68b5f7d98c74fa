import { expect, test } from "vitest"
import { addIssue } from "../../src/model/add-issue.js"
import { TerritoryError, type Issue } from "../../src/model/error.js"
import { issue } from "../../src/model/issue.js"

test("issues that no error carries are counted, and never worded", () => {
  const issues: Issue[] = []
  let worded = 0
  for (let i = 0; i < 5000; i++) addIssue(issues, () => issue("odd", `rows[${worded++}]`, "is odd", i))
  const error = new TerritoryError(issues)
  expect([worded, error.issueCount, error.issues.length, error.issues[999].path]).toEqual([1000, 5000, 1000, "rows[999]"])
})
