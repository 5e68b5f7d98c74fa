import { mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"

const home = process.cwd()
const examples = fileURLToPath(new URL("../examples", import.meta.url))

describe("examples/plan-iowa.js, the demo", () => {
  const folder = mkdtempSync(join(tmpdir(), "equiterra-demo-"))
  const printed: string[] = []
  let page = ""

  beforeAll(async () => {
    process.chdir(folder)
    vi.spyOn(console, "log").mockImplementation((text: string) => void printed.push(text))
    const path = join(examples, "plan-iowa.js")
    await import(path)
    page = readFileSync("demo/index.html", "utf8")
  })

  afterAll(() => {
    vi.restoreAllMocks()
    process.chdir(home)
  })

  it("is a short script", () => {
    expect(readFileSync(join(examples, "plan-iowa.js"), "utf8").trimEnd().split("\n").length).toBeLessThan(80)
  })

  it("plans 24 territories within 5 % of their target on both measures, and says so", () => {
    const rows = printed[0].split("\n").slice(2)
    expect(rows).toHaveLength(24)
    for (const row of rows) {
      const [, , , workload, , potential] = row.split(/\s+/)
      // the table rounds to four decimals
      expect(Math.abs(Number(workload))).toBeLessThanOrEqual(0.05)
      expect(Math.abs(Number(potential))).toBeLessThanOrEqual(0.05)
    }
    expect(printed[1]).toMatch(/^0 violations;/)
  })

  it("accounts for all 2,296 stores on the page: 1,947 planned, 348 inactive, 1 without a place", () => {
    expect(page).toContain("1,947 of 1,947 accounts have a territory")
    expect(page).toContain("348 stores set aside: no purchases in 2021")
    expect(page).toContain("1 store set aside: no coordinates")
    // the first and the last inactive store, and the one without a place, are listed by name
    for (const name of ["2113 JAMBOREE FOODS", "5142 SMOKIN"]) expect(page).toContain(name)
  })

  it("finds the 51 gaps of the existing ZIP lists with their $2.2 million, and the overlaps of the merged lists", () => {
    expect(page).toContain("Accounts without a territory: 51")
    expect(page).toContain("2,228,362")
    expect(page).toContain("Accounts in several territories: 25")
  })

  it("opens without network or script, and shows no accident of computing", () => {
    // namespaces of SVG are names, not addresses
    expect(page.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\/|<script|<link|@import|url\((?!#|&quot;#|'#|"#)/i)
    expect(page).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object/)
  })

  it("writes both maps, which are those that the README shows", () => {
    expect(readdirSync(join(folder, "demo")).sort()).toEqual(["after.svg", "before.svg", "index.html"])
    for (const name of ["before", "after"]) {
      // the committed pictures are made by `npm run demo`: copy demo/*.svg over examples/iowa-*.svg after a change of plan
      expect(readFileSync(join(folder, "demo", `${name}.svg`), "utf8") === readFileSync(join(examples, `iowa-${name}.svg`), "utf8")).toBe(true)
    }
  })
})
