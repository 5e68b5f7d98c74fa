import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"

const home = process.cwd()
const examples = fileURLToPath(new URL("../examples", import.meta.url))

/** Runs an example in a folder of its own; what it prints, and the page that it writes. */
async function run(script: string, page: string): Promise<{ printed: string; page: string }> {
  const printed: string[] = []
  process.chdir(mkdtempSync(join(tmpdir(), "equiterra-example-")))
  const log = vi.spyOn(console, "log").mockImplementation((text: string) => void printed.push(text))
  try {
    // a variable, so that the types of the examples stay out of those of the tests
    const path = join(examples, script)
    await import(path)
    return { printed: printed.join("\n"), page: readFileSync(join("demo", page), "utf8") }
  } finally {
    log.mockRestore()
    process.chdir(home)
  }
}

function expectSoundPage(page: string): void {
  expect(page.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\/|<script|<link|@import|url\((?!#|&quot;#|'#|"#)/i)
  expect(page).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object/)
}

describe("examples/realign-adventureworks.js", () => {
  let [printed, page] = ["", ""]
  beforeAll(async () => void ({ printed, page } = await run("realign-adventureworks.js", "adventureworks.html")), 60_000)

  it("judges today: ten reps, one of them without a store, and what a first step would be", () => {
    const rows = printed.split("\n").slice(3, 13)
    expect(rows.map((row) => row.split(/ {2,}/)[0])).toContain("Tete Mensa-Annan")
    expect(rows.find((row) => row.startsWith("Tete"))).toMatch(/ 0 +-1\.00 +-1\.00$/)
    expect(printed).toMatch(/A first step: move \d+ from "[^"]+" to "[^"]+": what is outside the bounds shrinks/)
  })

  it("says why two wishes cannot be, and what would be enough", () => {
    expect(printed).toMatch(/At most 10 % of revenue changes owner\?\nnot even divided accounts could keep all bounds/)
    expect(printed).toMatch(/- raise disruption.maxMovedShare from 0.1 to 0.17\d*\n/)
    expect(printed).toContain('José Saraiva keeps all of his stores?\nlocked accounts alone are too much: workload of "José Saraiva" is 1,355 by locks')
    expect(printed).toContain("- raise the tolerance of workload from 10 % to 38.8 % and revenue from 10 % to 38.8 %")
    expect(printed).toMatch(/- unlock "\d+" \(in "José Saraiva"\)/)
  })

  it("realigns within 10 % on both measures, with at most 30 % of revenue moved, and nobody crosses the border", () => {
    const [, share, violations] = /with ([\d.]+) % of revenue moved and (\d+) violations/.exec(printed) as RegExpExecArray
    expect(Number(share)).toBeLessThanOrEqual(30)
    expect(violations).toBe("0")
    const rows = printed.slice(printed.indexOf("Proposed")).split("\n").slice(3, 13)
    for (const row of rows) for (const deviation of row.split(/ {2,}/).slice(2)) expect(Math.abs(Number(deviation))).toBeLessThanOrEqual(0.1)
    const canadian = rows.filter((row) => /^(José|Garrett)/.test(row)).map((row) => Number(row.split(/ {2,}/)[1]))
    expect(canadian[0] + canadian[1]).toBe(114)
  })

  it("explains a store that moves and one that stays", () => {
    expect(printed.match(/, today with .+: \d+ is in ".+" \([\d,.]+ km away\)/g)).toHaveLength(2)
    expect(page).toContain("Who changes owner")
    expect(page).toContain("160 stores set aside")
    expectSoundPage(page)
  })
})

describe("examples/realign-iowa.js", () => {
  let [printed, page] = ["", ""]
  beforeAll(async () => void ({ printed, page } = await run("realign-iowa.js", "iowa-realigned.html")), 60_000)
  afterAll(() => vi.restoreAllMocks())

  it("places the 562 stores that opened since, and sees that the plan has drifted", () => {
    expect(printed).toMatch(/^562 stores opened since 2018; \d+ of them go to their second choice or later/)
    expect(printed).toContain("balance does not hold: 4 of 12 territories are outside their bounds")
    expect(printed).toContain("126 accounts are gone")
  })

  it("realigns on two measures with at most a tenth of sales moved, and says why", () => {
    const [, after, moved, share] = /After: (\d+); (\d+) of 1947 stores with ([\d.]+) % of sales change hands/.exec(printed) as RegExpExecArray
    expect(after).toBe("0")
    expect(Number(share)).toBeLessThanOrEqual(10)
    expect(page).toContain(`${moved} accounts of 1,947`)
    expect(printed).toMatch(/- \d+ is in "t\d\d" \([\d,.]+ km away\)/)
    expect(printed).toMatch(/- a tolerance of 6 % instead of 5 % for visits would save at most/)
    expectSoundPage(page)
  })
})
