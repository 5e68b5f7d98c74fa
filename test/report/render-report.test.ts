import { describe, expect, test } from "vitest"
import { checkCoverage, routeAccounts } from "../../src/coverage/index.js"
import { renderMap, renderReport, toGeoJson, type ReportInput } from "../../src/report/index.js"
import { deepFreeze, HOSTILE, PLAIN, sample, TRICKY_IDS, type SampleWords } from "./sample.js"
import { reachesOut, readDocument } from "./well-formed.js"

const full = (words: SampleWords = PLAIN): ReportInput => {
  const { accounts, plan, flawed, coverage, comparison, verdict, actions } = sample(words)
  return {
    title: words.message,
    accounts,
    plan,
    before: flawed,
    coverage: [{ title: words.message, result: coverage }],
    comparison,
    verdict,
    actions,
    notes: [words.message, { title: words.message, text: words.message, items: [words.message] }],
    regions: [{ id: words.message, name: words.message, territoryIds: words.territories.slice(0, 2) }],
    map: { size: "visits" },
  }
}

const wordsOf = (page: string): string => readDocument(page).texts.join(" ").replaceAll(/\s+/g, " ")

describe("the page", () => {
  test("accounts, plan, coverage and verdict are enough", () => {
    const { accounts, plan, coverage, verdict } = sample()
    const page = renderReport({ accounts, plan, coverage, verdict })
    expect(page.startsWith("<!doctype html>")).toBe(true)
    for (const heading of ["Territory plan", "Map", "Balance", "Territories", "Coverage", "Performance"]) expect(wordsOf(page)).toContain(heading)
    for (const heading of ["Before", "Regions", "Notes"]) expect(wordsOf(page)).not.toContain(` ${heading} `)
  })

  test("headline figures come first and say what they mean", () => {
    const words = wordsOf(renderReport(full()))
    const places = ["Territories 3", "Accounts 60 each in exactly one territory", "Imbalance of visits 6.0%", "1 territory out of bounds", "Violations 1", "not comparable the plan is outside its bounds; its cost, 0.84% above the proven least, says nothing against plans inside them", "Accounts that change owner 30 53.6% of accounts, 50.0% of visits", "No plan inside all bounds was found"].map((piece) => words.indexOf(piece))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  test("bounds that cannot be met are told from bounds that no plan was found for", () => {
    const { accounts, plan } = sample()
    const heading = (kind: "divisible" | "indivisible"): string => wordsOf(renderReport({ accounts, plan: { ...plan, infeasibility: { kind, message: "why", measures: [], territoryIds: [], accountIds: [], conflict: [], isConflictMinimal: false, relaxations: [], reachable: null } } }))
    expect(heading("divisible")).toContain("The bounds cannot all be met why")
    expect(heading("indivisible")).toContain("No plan inside all bounds was found why")
  })

  test("a certificate without a bound says so instead of showing a number", () => {
    const { accounts, plan } = sample()
    const without = (certificate: Partial<typeof plan.certificate>, violations: typeof plan.violations = []): string =>
      wordsOf(renderReport({ accounts, plan: { ...plan, violations, certificate: { ...plan.certificate, isOptimal: false, ...certificate } } }))
    expect(without({ lowerBound: null, relaxedCost: null, gap: null })).toContain("no proof not even divided accounts would meet all bounds")
    expect(without({ lowerBound: 0, gap: null })).toContain("no proof the proven least cost is zero")
    // 20 % cheaper than the cheapest plan inside the bounds, because it is outside of them
    for (const violations of [plan.violations, []]) {
      expect(without({ gap: -0.2 }, violations)).toContain("not comparable the plan is outside its bounds; its cost, 20.0% below the proven least, says nothing against plans inside them")
    }
    for (const gap of [0, 1e-9, -1e-9, 0.3]) {
      const words = without({ gap }, plan.violations)
      expect(words).toContain("not comparable the plan is outside its bounds")
      expect(words).not.toContain("(proven)")
      expect(words).not.toContain("proven: no plan costs less")
    }
    // without violations a bound that was met is met, whatever the last bits say
    for (const gap of [0, 1e-9, -1e-9]) expect(without({ gap })).toContain("0% proven: no plan costs less with these centers and bounds")
    expect(without({ gap: 0.0084 })).toContain("\u2264 0.84% at most this far above the least cost with these centers and bounds (proven)")
    expect(without({ gap: 0.1, scope: "all-centers" })).toContain("wherever the centers are put")
    // no plan of whole accounts costs less, whatever divided ones could do; beside violations that is not said
    const proven = "optimal proven optimal for these centers: no plan of whole accounts within the bounds costs less"
    expect(without({ gap: 0.25, isOptimal: true })).toContain(`${proven}; only divided accounts could cost less, by at most 20.0%`)
    expect(without({ lowerBound: 0, gap: null, isOptimal: true })).toContain(proven)
    expect(without({ gap: 0.25, isOptimal: true, scope: "all-centers" })).toContain("proven optimal whichever accounts are centers")
    expect(without({ gap: 0.25, isOptimal: true }, plan.violations)).not.toContain("proven optimal")
    expect(without({ gap: 0.25 })).not.toContain("proven optimal")
  })

  test("two maps stand side by side, and a territory of before has the color of its heir", () => {
    const page = renderReport(full())
    const { elements } = readDocument(page)
    expect(elements.filter((element) => element.attributes.get("class") === "map")).toHaveLength(2)
    const fills = elements.filter((element) => element.attributes.get("class") === "eq-area").map((element) => element.attributes.get("fill"))
    expect(fills).toHaveLength(6)
    expect(fills.slice(0, 3)).toEqual(fills.slice(3))
    const ids = elements.flatMap((element) => element.attributes.get("id") ?? [])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test("long lists are cut and counted", () => {
    const words = wordsOf(renderReport({ ...full(), maxRows: 2 }))
    expect(words).toContain("Accounts without a territory: 3")
    expect(words).toContain("and 1 more")
    expect(words).toContain("and 28 more")
  })

  test("what to do stands with what it may bring, and who is left alone with the reason; like for like beside the verdict", () => {
    const text = wordsOf(renderReport(full()))
    expect(text).toContain("Coach")
    expect(text).toContain("2 (1 to 3)")
    expect(text).toContain("too little data: south")
    expect(text).toContain("+4.0%")
  })

  test("verdicts are words, with value and interval", () => {
    const words = wordsOf(renderReport(full()))
    expect(words).toContain("south 20.0 11.0 to 14.0")
    expect(words).toContain("consistent with chance")
    expect(words).toContain("Of 3 territories, 1 differs from the others by more than chance explains.")
  })

  test("a plan of another shape than accounts on the globe works as well", () => {
    const { plan } = sample()
    const accounts = sample().accounts.map(({ id }, i) => ({ id, x: i % 8, y: i % 7 }))
    const territories = plan.territories.map((territory, t) => ({ ...territory, center: { x: t, y: t } }))
    expect(renderReport({ accounts, plan: { ...plan, territories } })).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe("what it promises", () => {
  test("no script, nothing fetched, well formed", () => {
    const page = renderReport(full())
    const document = readDocument(page)
    expect(reachesOut(document)).toEqual([])
    expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|javascript:|<script/i)
    expect(page).not.toMatch(/NaN|undefined|\[object/)
  })

  test("the same input gives the same bytes, frozen or not, and is not changed", () => {
    const input = full()
    const before = JSON.stringify(input)
    const page = renderReport(input)
    expect(JSON.stringify(input)).toBe(before)
    expect(renderReport(deepFreeze(full()))).toBe(page)
  })

  test("hostile words stay words wherever they stand", () => {
    const words: SampleWords = { territories: [`${HOSTILE}1`, `${HOSTILE}2`, `${HOSTILE}3`], measure: HOSTILE, kpi: HOSTILE, accountId: (i) => `${HOSTILE}${i}`, accountName: HOSTILE, message: HOSTILE }
    const document = readDocument(renderReport({ ...full(words), map: { size: (account) => account.visits as number }, names: { [`${HOSTILE}1`]: HOSTILE } }))
    expect(reachesOut(document)).toEqual([])
    expect(document.elements.filter((element) => element.name === "img")).toEqual([])
  })

  test("text direction cannot be turned, in any field", () => {
    const turned = "abc\u202ecba\u2066"
    const words: SampleWords = { territories: [`${turned}1`, `${turned}2`, `${turned}3`], measure: turned, kpi: turned, accountId: (i) => `${turned}${i}`, accountName: turned, message: turned }
    expect(renderReport({ ...full(words), map: { size: (account) => account.visits as number } })).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  })

  test("ids and measures called like parts of an object survive", () => {
    const page = renderReport(full({ ...PLAIN, territories: TRICKY_IDS, measure: "__proto__", kpi: "constructor", accountId: (i) => TRICKY_IDS[i] ?? `a${i}` }))
    const words = wordsOf(page)
    for (const id of TRICKY_IDS) expect(words).toContain(id)
    expect(words).toContain("Imbalance of __proto__ 6.0%")
    expect(words).not.toContain("native code")
    expect(page).not.toMatch(/NaN|undefined|\[object/)
  })

  test("what is not what it should be is refused with its place", () => {
    const { accounts, plan, coverage } = sample()
    const bad = (wrong: object): (() => string) => () => renderReport({ accounts, plan, ...wrong } as ReportInput)
    expect(bad({ verdcit: 1 })).toThrow('verdcit: is not an option (did you mean "verdict"?)')
    expect(bad({ plan: coverage })).toThrow("plan: must be what partitionAccounts or evaluateAlignment returns")
    expect(bad({ coverage: plan })).toThrow("coverage: must be what checkCoverage returns")
    expect(bad({ verdict: [{ title: "x", result: coverage }] })).toThrow("verdict[0].result: must be what comparePerformance returns")
    expect(bad({ comparison: {} })).toThrow("comparison: must be what compareAlignments returns")
    expect(bad({ notes: [3] })).toThrow("notes[0]: must be a string")
    expect(bad({ regions: [{ id: "r", territoryIds: ["nort"] }] })).toThrow("regions[0].territoryIds[0]: is no territory of the plan")
    expect(bad({ regions: [{ id: "r", territoryIds: ["north"] }, { id: "s", territoryIds: ["north"] }] })).toThrow("is in regions[0] already")
    expect(bad({ map: { width: 3 } })).toThrow("map.width: is not an option")
    expect(bad({ map: { maxDots: 0 } })).toThrow("map.maxDots: must be a number from 1 to 1000000")
    expect(bad({ before: [{ accountId: "x", territoryId: "t" }] })).toThrow("before[0].accountId")
    expect(bad({ maxRows: -1 })).toThrow("maxRows: must be a whole number")
    expect(() => renderReport(null as never)).toThrow("input: must be { accounts, plan, ... }, got null")
  })

  test("any part alone is a page, with a title of its own and no word of the others", () => {
    const { accounts, plan, flawed: before, coverage, comparison, verdict } = sample()
    const sections = (page: string): string[] => [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map((match) => match[1])
    const titleOf = (page: string): string => /<h1>([^<]*)<\/h1>/.exec(page)?.[1] ?? ""
    const pages: [ReportInput, string, string[]][] = [
      [{ coverage }, "Territory coverage", ["Coverage", "Warnings"]],
      [{ comparison }, "Territories before and after", ["Before and after", "Warnings"]],
      [{ verdict }, "Territory performance", ["Performance", "Warnings"]],
      [{ accounts, before }, "Territories", ["Map", "Warnings"]],
      [{ notes: ["Read me."] }, "Territories", ["Notes", "Warnings"]],
      [{ plan }, "Territory plan", ["Balance", "Territories", "Warnings"]],
      [{ accounts, coverage, comparison, title: "Mine" }, "Mine", ["Before and after", "Coverage", "Warnings"]],
    ]
    for (const [input, title, expected] of pages) {
      const page = renderReport(input)
      expect(titleOf(page)).toBe(title)
      expect(sections(page).filter((name) => name !== "Warnings")).toEqual(expected.filter((name) => name !== "Warnings"))
      expect(readDocument(page).elements.length).toBeGreaterThan(10)
      expect(reachesOut(readDocument(page))).toEqual([])
      expect(page.includes("The search ended")).toBe(input.plan !== undefined)
    }
    // names of accounts where they are given, ids where not
    const named = accounts.map((account) => ({ ...account, name: `Mr ${account.id}` }))
    const found = coverage.findings.find(({ accountId }) => accountId !== null)
    if (found === undefined) throw new Error("the sample has a finding of an account")
    expect(renderReport({ accounts: named, coverage })).toContain(`Mr ${String(found.accountId)}`)
    expect(renderReport({ coverage })).not.toContain("Mr ")
    // what rules left open is a table of its own
    const routed = routeAccounts([{ id: "a", zip: "7601" }], { dimensions: { zip: { kind: "prefix", digits: 5 } }, rules: [{ id: "r", territoryId: "NJ", when: { zip: { prefixes: ["07"] } } }] })
    const page = renderReport({ coverage: checkCoverage([{ id: "a" }], routed.alignment, { located: routed }) })
    expect(page).toContain("Accounts that rules did not decide on: 1")
    expect(page).toContain("were leading zeros lost? &quot;07601&quot; would go to &quot;NJ&quot;.")
  })

  test("nothing to show, and parts that need others, are refused", () => {
    const { accounts, plan, flawed: before, coverage } = sample()
    expect(() => renderReport({})).toThrow("input: must have something to show: plan, before, coverage, comparison, verdict, actions, notes")
    expect(() => renderReport({ accounts, notes: [] })).toThrow("input: must have something to show")
    expect(() => renderReport({ before })).toThrow("accounts: must be given where before is")
    expect(() => renderReport({ coverage, regions: [{ id: "r", territoryIds: ["north"] }] })).toThrow("plan: must be given where regions are")
    expect(() => renderReport({ accounts: [null] as never, coverage })).toThrow("accounts[0]")
    expect(() => renderReport({ accounts: {} as never, plan })).toThrow("accounts")
  })

  test("territories that share one building are drawn, and the page says so", () => {
    const tower = [{ id: "a", longitude: -93, latitude: 41 }, { id: "b", longitude: -93, latitude: 41 }, { id: "c", longitude: -92, latitude: 42 }]
    const rows = [["a", "x"], ["b", "y"], ["c", "x"]].map(([accountId, territoryId]) => ({ accountId, territoryId }))
    const page = renderReport({ accounts: tower, before: rows })
    expect(page).toContain("<title>y: shares its places with others</title>")
    expect(page).toContain("1 territory shares its places with others: drawn beside them")
    expect(page).toContain("alignment: 2 accounts are at the same place as accounts of other territories; &quot;y&quot; has no accounts elsewhere")
    expect([...renderMap(tower, rows).matchAll(/<path class="eq-area" d="M[^"]+"/g)].length).toBe(2)
    expect(renderMap(tower.slice(1), rows.slice(1))).not.toContain("shares")
    const places = toGeoJson(tower, rows)
    expect(places.features.map(({ properties }) => properties?.placeTerritoryIds as string[] | undefined)).toEqual([["x", "y"], ["x", "y"], undefined])
    expect(places.warnings).toMatchObject([{ code: "place-shared" }])
    expect(Object.keys(toGeoJson(tower.slice(1), rows.slice(1)))).toEqual(["type", "features"])
  })
})
