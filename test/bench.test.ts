import { execFileSync, spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "tsup"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import config from "../tsup.config.js"

const root = fileURLToPath(new URL("..", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "equiterra-bench-"))

interface Row {
  readonly [name: string]: string | number | null | readonly string[]
}

/** A copy of the benchmark beside a build of these sources, so that no old build is measured. */
beforeAll(async () => {
  for (const name of ["bench", "package.json"]) cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir")
  const entry = { index: join(root, "src/index.ts") }
  await build({ ...config({}), config: false, entry, outDir: join(folder, "dist"), format: "esm", dts: false, sourcemap: false, silent: true })
})

afterAll(() => rmSync(folder, { recursive: true }))

function bench(...words: string[]): Row[] {
  const file = join(folder, "rows.json")
  execFileSync(process.execPath, [join(folder, "bench/run.js"), "--json", file, ...words], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] })
  return JSON.parse(readFileSync(file, "utf8")) as Row[]
}

function write(name: string, text: string): string {
  mkdirSync(join(folder, name, ".."), { recursive: true })
  writeFileSync(join(folder, name), text)
  return `./${name}`
}

describe("npm run bench", () => {
  it("judges every algorithm by the same figures, one row each", () => {
    const rows = bench("--only", "fixed-200-5", "--only", "free-200-5-2", "--time-limit-ms", "100")
    expect(rows.map((row) => `${row.case} ${row.algorithm}`)).toEqual([
      "fixed-200-5 equiterra", "fixed-200-5 nearest", "fixed-200-5 highs", "fixed-200-5 yalps", "fixed-200-5 javascript-lp-solver",
      "free-200-5-2 equiterra", "free-200-5-2 turf",
    ])
    for (const row of rows) {
      expect(row).toMatchObject({ n: 200, k: 5, error: null, reference: null, excess: null })
      for (const name of ["seconds", "cpuSeconds", "peakMB", "cost", "imbalance"]) expect(row[name], `${row.algorithm}: ${name}`).toBeGreaterThan(0)
    }
    const [equiterra, nearest, ...solvers] = rows.slice(0, 5)
    expect(equiterra.violations).toBe(0)
    expect(equiterra.relaxedGap).toBeLessThan(1e-9)
    expect(nearest.cost).toBeGreaterThan(Number(equiterra.cost))
    // the same optimum of the same program, rounded alike; what rounding saves, it takes from the bounds
    for (const row of solvers) expect(row.cost).toBeCloseTo(Number(solvers[0].cost), 3)
    expect(solvers[0].imbalance).toBeGreaterThan(0.05)
  })

  it("takes an algorithm of the user's, and turns every failure into a row", () => {
    const readme = readFileSync(join(root, "bench/README.md"), "utf8")
    const example = /```js\n(\/\/ mine\.mjs[^]*?)```/.exec(readme)?.[1] as string
    const files = [
      write("mine.mjs", example),
      write("later.mjs", `import mine from "./mine.mjs"\nexport default async (accounts, options) => ({ alignment: mine(accounts, options), stoppedBy: "luck" })`),
      write("broken.mjs", `export default () => { throw new Error("out of ideas") }`),
      write("partial.mjs", `export default (accounts) => [{ accountId: accounts[0].id, territoryId: "t1" }]`),
      write("nothing.mjs", `export default () => undefined`),
      write("endless.mjs", `export default () => { for (;;); }`),
      write("greedy.mjs", `export default () => { const all = []; for (;;) all.push(new Float64Array(1e6).fill(1)) }`),
      write("gone.mjs", `export default () => process.exit(3)`),
      write("waiting.mjs", `export default () => new Promise(() => {})`),
    ]
    const rows = bench("--only", "free-200-5-2", "--limit", "3", "--memory", "300", ...files.flatMap((file) => ["--algorithm", file]))
    expect(rows.map((row) => row.algorithm)).toEqual(files)
    const [mine, later, ...failed] = rows
    expect(mine).toMatchObject({ error: null, stoppedBy: null, n: 200, k: 5, m: 2 })
    expect(mine.violations).toBeGreaterThan(0)
    expect(later).toMatchObject({ error: null, stoppedBy: "luck", cost: mine.cost })
    expect(failed.map((row) => row.cost)).toEqual(failed.map(() => null))
    const errors = failed.map((row) => row.error)
    for (const [e, text] of ["out of ideas", "has no row for account", "is to return rows", "gave up: more than 3 s", "gave up: more than 300 MB", "ended by code 3", "waits for what never comes"].entries()) {
      expect(errors[e]).toContain(text)
    }
  })

  it("judges by accounts and options of its own, whatever an algorithm does to those that it is given", () => {
    write("honest.mjs", `export default (accounts, { territories }) => accounts.map(({ id }, i) => ({ accountId: id, territoryId: territories[i % 5].id }))`)
    write("cheating.mjs", `import honest from "./honest.mjs"
    export default (accounts, options) => {
      const plan = honest(accounts, options)
      for (const account of accounts) Object.assign(account, { x: 0, y: 0 })
      for (const territory of options.territories) territory.center = { x: 0, y: 0 }
      for (const measure of Object.values(options.measures)) measure.tolerance = 100
      return plan
    }`)
    const [honest, cheating] = bench("--only", "fixed-200-5", "--algorithm", "./honest.mjs", "--algorithm", "./cheating.mjs")
    expect(honest.violations).toBeGreaterThan(0)
    for (const name of ["cost", "violations", "imbalance", "gap"]) expect(cheating[name], name).toBe(honest[name])
  })

  it("names the file, and what is wrong with it, where a published problem cannot be read", () => {
    write("broken/cpmp/empty.txt", "\n")
    write("broken/cpmp/short.txt", "4 2\n0 0 5 1\n1 1 5 1\n")
    write("broken/cpmp/word.txt", "1 1\n0 zero 5 1\n")
    write("broken/hess/tract_half.json", `{ "k": 2, "lon": [1, 2], "lat": [1], "pop": [1, 1], "geoid": ["a", "b"] }`)
    write("broken/hess/tract_cut.json", `{ "k": 2,`)
    write("broken/balanced_kmeans/new.txt", "1 2\n3 4\n")
    write("broken/zips/us_zips.csv", "zip,lat,lng\n1,2,3\n")
    const rows = bench("--instances", "broken", "--data", "broken", ...["cpmp", "hess", "balanced_kmeans", "zips-1-50"].flatMap((name) => ["--only", name]), "--algorithm", "equiterra")
    expect(Object.fromEntries(rows.map((row) => [row.case, row.error]))).toEqual({
      "zips-1-50": "broken/zips/us_zips.csv: has no rows, or no column state, population, establishments_2018",
      "hess-tract_cut": expect.stringMatching(/^broken\/hess\/tract_cut\.json: .*JSON/) as unknown,
      "hess-tract_half": `broken/hess/tract_half.json: "lat" is to be a list, as long as "geoid"`,
      "cpmp-empty": "broken/cpmp/empty.txt: is empty",
      "cpmp-short": "broken/cpmp/short.txt: 4 accounts are to have 4 numbers each, but there are 8",
      "cpmp-word": `broken/cpmp/word.txt: is to hold numbers only, not "zero"`,
      "balanced_kmeans-new": "broken/balanced_kmeans/new.txt: it is not known how many clusters new has; known are s1, s2, a1, birch1, unbalance_half",
    })
  })

  it("compares published problems in their own unit", () => {
    // two pairs 1.9 apart: rounded down, 1 each
    const square = "0 0 2 1\n1.9 0 2 1\n100 0 2 1\n101.9 0 2 1\n"
    write("instances/cpmp/cpmp01.txt", `4 2\n${square}`)
    write("instances/cpmp/SJC1.dat", `4 2\n${square}`)
    // five places are asked of TA25, whatever its header says
    write("instances/cccp/TA25.dat", `6 3\n${[0, 10, 20, 30, 40, 43].map((x) => `${x} 0 2 1`).join("\n")}\n`)
    write("instances/ctdp/2DU60-05-1.dat", `4\n0 0 0 1 2 3 0\n1 3 0 1 2 3 0\n2 50 0 1 2 3 0\n3 53 0 1 2 3 0\n1\n0 1\n2 2 0.05 0.05 0.05 0.05\n1 1 1 1\n`)
    write("instances/hess/tract_10.json", JSON.stringify({ k: 2, lon: [0, 1, 50, 51], lat: [0, 0, 0, 0], pop: [1000, 1000, 1000, 1000], geoid: ["a", "b", "c", "d"] }))
    write("gaps.mjs", `export default (accounts) => {
      const sorted = accounts.map(({ id, x, longitude }) => ({ id, east: x ?? longitude })).sort((a, b) => a.east - b.east)
      let t = 1
      return sorted.map(({ id, east }, place) => ({ accountId: id, territoryId: \`t\${place > 0 && east - sorted[place - 1].east > 5 ? ++t : t}\` }))
    }`)
    const cases = ["cpmp-cpmp01", "cpmp-SJC1", "cccp-TA25", "ctdp-2DU60-05-1", "hess-tract_10"]
    const rows = bench("--instances", "instances", ...cases.flatMap((name) => ["--only", name]), "--algorithm", "./gaps.mjs", "--all-centers")
    expect(rows.map((row) => row.case).sort()).toEqual([...cases].sort())
    const costOf = Object.fromEntries(rows.map((row) => [row.case, Number(row.publishedCost)]))
    expect(costOf["cpmp-cpmp01"]).toBe(2)
    expect(costOf["cpmp-SJC1"]).toBeCloseTo(3.8, 9)
    expect(costOf["cccp-TA25"]).toBeCloseTo(3, 9)
    expect(costOf["ctdp-2DU60-05-1"]).toBeCloseTo(6, 9)
    // a degree of the equator, squared, for a thousand people, in millions, twice
    expect(costOf["hess-tract_10"]).toBeCloseTo((2 * 1000 * ((Math.PI / 180) * 6371.0088) ** 2) / 1e6, 5)
    // a bound over all centers is proven where centers are accounts; no plan is below it
    expect(rows.filter((row) => row.allCentersGap === null).map((row) => row.case)).toEqual(["cccp-TA25"])
    for (const row of rows) expect(Number(row.allCentersGap)).toBeGreaterThanOrEqual(0)
    for (const row of rows) expect(row).toMatchObject({ violations: 0, error: null, excess: Number(row.publishedCost) / Number(row.reference) - 1 })
  })

  it("keeps rows on request, and fills the page", () => {
    const kept = bench("--only", "free-200-5-2", "--algorithm", "turf")
    const page = join(folder, "bench/README.md")
    const rows = bench("--resume", "--only", "free-200-5-2", "--algorithm", "turf", "--markdown", page)
    expect(rows).toEqual(kept)
    const text = readFileSync(page, "utf8")
    expect(text).toContain("| free-200-5-2 | turf | 200 | 5 | 2 |")
    expect(text).not.toContain(folder)
    expect(text.split("<!-- bench:")).toHaveLength(3)
  })

  it("refuses what it cannot do in one line, before anything is measured", () => {
    write("cut.json", "[{")
    write("object.json", "{}")
    write("plain.md", "# No marks")
    const refusals: [string[], RegExp][] = [
      [["--only", "nonesuch"], /no such case; known: fixed-200-5/],
      [["--algorithm", "nonesuch"], /is neither a file nor one of equiterra/],
      [["--algorithm", "./bench"], /is neither a file nor one of equiterra/],
      [["--lst"], /Unknown option '--lst' \(npm run bench -- --help shows all\)/],
      [["--limit", "soon"], /--limit: must be a number, 0 or more, got soon/],
      [["--data", "./nowhere"], /--data \.\/nowhere: has neither us_zips.csv/],
      [["--json", "./nowhere/rows.json"], /--json \.\/nowhere\/rows.json: there is no folder/],
      [["--markdown", "./nowhere.md"], /--markdown \.\/nowhere.md: there is no such file/],
      [["--markdown", "./plain.md"], /must have the lines/],
      [["--resume", "--json", "./cut.json"], /--resume: \.\/cut.json cannot be read .*; mend it, or run without/],
      [["--resume", "--json", "./object.json"], /--resume: \.\/object.json does not hold the rows of a run/],
    ]
    for (const [words, message] of refusals) {
      const { status, stderr, stdout } = spawnSync(process.execPath, [join(folder, "bench/run.js"), ...(words.includes("--only") ? [] : ["--only", "free-200-5-2"]), ...words], { cwd: folder, encoding: "utf8" })
      expect(stderr).toMatch(message)
      expect([status, stdout, stderr.trim().split("\n").length], words.join(" ")).toEqual([1, "", 1])
    }
  })
})

describe("node bench/published.js", () => {
  const published = (...words: string[]): { status: number | null; stdout: string; stderr: string } => spawnSync(process.execPath, [join(folder, "bench/published.js"), ...words], { cwd: folder, encoding: "utf8" })
  const territories = readFileSync(join(root, "test/fixtures/cravens-territories.csv"), "utf8")

  it("agrees with the published regression, and says so", () => {
    write("figures/cravens/cravens_territories.csv", territories)
    const { status, stdout } = published("figures", "cravens")
    expect([status, stdout.trim().split("\n").at(-1)]).toEqual([0, "all figures agree"])
    expect(stdout).toMatch(/Share +190\.1441924 +published 190\.144 /)
  })

  it("ends with 1 where a figure differs, and with 2 and one line where a file is not there", () => {
    // one digit of one territory
    write("wrong/cravens/cravens_territories.csv", territories.replace("3669.88", "3699.88"))
    const { status, stdout } = published("wrong", "cravens")
    expect(status).toBe(1)
    expect(stdout).toMatch(/^! intercept /m)
    for (const words of [["figures"], ["figures", "cravn"]]) {
      const refused = published(...words)
      expect([refused.status, refused.stdout, refused.stderr.trim().split("\n").length]).toEqual([2, "", 1])
      expect(refused.stderr).toMatch(/^usage: node bench\/published\.js FOLDER/)
    }
  })
})

describe("node bench/iowa-history.js", () => {
  const history = (...words: string[]): { status: number | null; stdout: string; stderr: string } => spawnSync(process.execPath, [join(folder, "bench/iowa-history.js"), ...words], { cwd: folder, encoding: "utf8" })

  it("draws no verdict where stores have no place, and compares ten months with ten months", () => {
    // eight stores in each of three towns sell the same every month; what is gone sold as much as six of them, up to 2014
    const stores = Array.from({ length: 24 }, (_, s) => ({ id: `s${s}`, town: Math.floor(s / 8), sells: true }))
    stores.push(...[0, 1, 2].map((town) => ({ id: `closed${town}`, town, sells: false })))
    const months = Array.from({ length: 130 }, (_, m) => `${2012 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, "0")}`)
    const rows = months.flatMap((month) => [
      ...stores.flatMap(({ id, town, sells }) => (sells ? [`${id},${month},1000`] : month.startsWith("2019") ? [`${id},${month},${100 * (town + 1)}`] : [])),
      ...(month < "2015" ? [`gone,${month},6000`] : []),
    ])
    const list = stores.map(({ id, town, sells }, s) => `${id},Shop <${s}>,Town,5000${town},${40 + 0.001 * (s % 8)},${-95 + 2 * town},${sells ? 12000 : 0}`)
    mkdirSync(join(folder, "years/iowa_liquor"), { recursive: true })
    writeFileSync(join(folder, "years/iowa_liquor/store_month.csv.gz"), gzipSync(`store,month,sales_usd\n${rows.join("\n")}\n`))
    write("years/iowa_liquor/accounts_2021.csv", `store,name,city,zip,lat,lng,sales_2021\n${list.join("\n")}\n`)
    const { status, stdout } = history("years", "--territories", "3", "--out", "years.html")
    expect(status).toBe(0)
    const lines = stdout.split("\n").map((line) => line.trim().split(/ {2,}/).join("|"))
    for (const year of [2012, 2013, 2014]) expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${year}\\|no verdict\\|[\\d.]+\\|[\\d.]+\\|20(?:\\.0)?$`)))
    for (const year of [2015, 2016, 2017]) expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${year}\\|no verdict\\|.*\\|0(?:\\.0)?$`)))
    for (const year of [2018, 2019, 2020, 2021]) expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${year}\\|judged\\|`)))
    expect(lines).toContainEqual(expect.stringMatching(/^2022\|Jan-Oct only\|/))
    expect(stdout).toContain("2022: ten months, 0 % on the same ten months of 2021. No territory stands apart.")
    expect(stdout).toContain("against the whole of 2021 they would seem to be -16.7 %")
    // a store that sold nothing in 2021 stays in its town: each town has its own in 2019, and no town has all
    const restated = lines.filter((line) => /^t\d(?:\|[\d.,]+){11}$/.test(line)).map((line) => Number(line.split("|")[8]))
    expect(restated.sort((a, b) => a - b)).toEqual([97, 98, 100])
    const page = readFileSync(join(folder, "years.html"), "utf8")
    expect(page).toContain("2012 to 2017:</b> no verdict")
    expect(page).not.toMatch(/NaN|undefined|null|<script|src=|Shop </)
  })

  it("refuses a call that it cannot answer in one line", () => {
    for (const words of [["nowhere"], ["years", "--territories", "1"], ["years", "--nonesuch"]]) {
      const { status, stdout, stderr } = history(...words)
      expect([status, stdout], words.join(" ")).toEqual([2, ""])
      expect(stderr).toMatch(/usage: node bench\/iowa-history\.js FOLDER|there is no such file|must be a whole number/)
    }
  })
})
