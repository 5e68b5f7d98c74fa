import { describe, expect, test } from "vitest"
import { renderMap, renderReport, toCsv, toGeoJson, toTable, type ReportInput } from "../../src/report/index.js"
import { findResultIssues, type ResultKind } from "../../src/report/result-shape.js"
import { caught } from "../helpers/caught.js"
import { HOSTILE, sample } from "./sample.js"

const { accounts, plan, flawed, coverage, comparison, verdict, actions } = sample()
const results: Readonly<Record<ResultKind, object>> = { plan, coverage, comparison, performance: verdict, actions }
const kinds = Object.keys(results) as ResultKind[]

/** Every path to a part of a value; of a list the first element stands for all. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path]
  const entries = Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value)
  return [path, ...entries.flatMap(([key, part]) => pathsOf(part, [...path, key]))]
}

/** A copy through JSON with one part put in, or left out where it is undefined. */
function withPart(value: object, path: readonly string[], part: unknown): object {
  const copy = JSON.parse(JSON.stringify(value)) as object
  let at = copy as Record<string, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>
  at[path[path.length - 1]] = part
  return copy
}

test.each(kinds)("a %s is sound as it is, from JSON, and with parts that are not known", (kind) => {
  expect(findResultIssues(results[kind], kind, "it")).toEqual([])
  expect(findResultIssues({ ...(JSON.parse(JSON.stringify(results[kind])) as object), later: { version: 2 } }, kind, "it")).toEqual([])
})

describe("a result that lost parts, or gained what is no text, is shown as an error or not at all", () => {
  const input: ReportInput = { accounts, plan, before: flawed, coverage, comparison, verdict, regions: [{ id: "r", territoryIds: ["north"] }] }
  const smallPlan = { ...plan, alignment: plan.alignment.slice(0, 6) }
  const keyOf = { plan: "plan", coverage: "coverage", comparison: "comparison", performance: "verdict", actions: "actions" } as const

  test.each(kinds)("%s", (kind) => {
    // what is judged on its own needs no maps of before beside it
    const page = kind !== "plan" && kind !== "comparison" ? { accounts: accounts.slice(0, 6), plan: smallPlan } : input
    const paths = pathsOf(results[kind]).filter((path) => path.length > 0)
    expect(paths.length).toBeGreaterThan(10)
    for (const path of paths) {
      for (const part of [undefined, null, "x", -1, NaN, true, [], [null], {}, { markup: HOSTILE }]) {
        const bad = withPart(results[kind], path, part)
        const calls = [() => renderReport({ ...page, [keyOf[kind]]: bad }), () => toTable(bad as never), () => toCsv(bad as never)]
        if (kind === "plan") calls.push(() => renderMap(accounts, bad as never), () => JSON.stringify(toGeoJson(accounts, bad as never)))
        for (const call of calls) {
          let shown = ""
          try {
            shown = call()
          } catch (error) {
            expect([path.join("."), part, (error as Error).name]).toEqual([path.join("."), part, "TerritoryError"])
          }
          expect(shown).not.toMatch(/<img|\[object|undefined|NaN/)
        }
      }
    }
  })
})

test("the message names the part, what was got, and what to do", () => {
  const lost = withPart(plan, ["territories", "0", "center"], undefined)
  expect(caught(() => renderReport({ accounts, plan: lost as never })).message).toBe("plan.territories[0].center: must be a place on the globe or on a plane, { longitude, latitude } or { x, y }, got undefined (pass the result as it was returned, or its JSON copy)")
  const edited = withPart(coverage, ["summary", "accountCount"], "60")
  expect(caught(() => renderReport({ accounts, plan, coverage: [{ title: "today", result: edited as never }] })).message).toBe('coverage[0].result.summary.accountCount: must be a finite number, got "60" (pass the result as it was returned, or its JSON copy)')
})
