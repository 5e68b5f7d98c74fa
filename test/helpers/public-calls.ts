import * as equiterra from "equiterra"

/** One call of a public function: fresh arguments, every option of it in use, small enough for a millisecond or two. */
export interface PublicCall {
  /** Of the function; a function with very different options has several calls. */
  readonly name: keyof typeof equiterra
  readonly args: () => unknown[]
  /** What is done with the function's arguments; the function itself where it is missing. */
  readonly run?: (...args: never[]) => unknown
}

type Row = Record<string, unknown>

const accountRows = (): { id: string; x: number; y: number; hours: number; money: number; zip: string; rep: string; sells: boolean }[] =>
  Array.from({ length: 12 }, (_, i) => ({
    id: `a${String(i).padStart(2, "0")}`,
    x: i % 4,
    y: Math.floor(i / 4),
    hours: 1 + (i % 3),
    money: 10 + ((7 * i) % 5),
    zip: i < 6 ? "50613" : "10001",
    rep: i < 6 ? "ann" : "bob",
    sells: i % 3 !== 0,
  }))
const globeRows = (): Row[] => accountRows().map(({ x, y, ...rest }) => ({ ...rest, longitude: -90 + x, latitude: 40 + y }))
const alignmentRows = (): { accountId: string; territoryId: string }[] => accountRows().map(({ id }, i) => ({ accountId: id, territoryId: i < 6 ? "n" : "s" }))
const oneEach = (): { accountId: string; territoryId: string }[] => accountRows().map(({ id }) => ({ accountId: id, territoryId: id }))
const specs = (): Row[] => [
  { id: "n", name: "North", center: { x: 1, y: 0 }, share: 0.5, min: { hours: 1 }, max: { hours: 20 } },
  { id: "s", name: "South", center: { x: 1, y: 2 }, centerFixed: true, share: { hours: 0.5, money: 0.5 }, min: { money: 0 } },
]
const measures = (): Row => ({ hours: { value: "hours", tolerance: 0.5 }, money: { value: (row: Row) => row.money, min: 1, max: 200 } })
const planOptions = (): Row => ({
  territories: specs(),
  measures: measures(),
  compactness: { weight: "hours", power: 2 },
  centers: "mean",
  seed: 1,
  starts: 1,
  maxIterations: 5,
  certificate: "given-centers",
  current: alignmentRows().slice(0, 11),
  events: [{ type: "accounts-opened", accountIds: ["a11"] }],
  disruption: { weight: "hours", penalty: 0.1 },
  locked: ["a00"],
  eligible: (row: Row, territory: { id: string }) => territory.id === "n" || row.id !== "a01",
  maxDistance: 50,
  together: [["a02", "a03"]],
  onProgress: () => undefined,
})
const limitOptions = (): Row => ({
  territories: 2,
  measures: { hours: { value: "hours" } },
  current: alignmentRows(),
  disruption: { maxMovedShare: 0.5, maxHandedOffShare: { n: 0.5 }, maxTakenOverShare: 0.5 },
  timeLimitMs: 5,
})
const distanceOptions = (): Row => ({
  territories: [{ id: "n" }, { id: "s" }],
  measures: { hours: { value: "hours", tolerance: 1 } },
  compactness: { distance: (row: { x: number; y: number }, { id }: { id: string }) => row.x + Math.abs(row.y - (id === "n" ? 0 : 2)), power: 1 },
})
const distanceRows = (): Row => ({
  ...distanceOptions(),
  compactness: { distance: accountRows().flatMap(({ id, y }) => ["n", "s"].map((territoryId) => ({ accountId: id, territoryId, distance: Math.abs(y - (territoryId === "n" ? 0 : 2)) }))), power: 1 },
})
const explainOptions = (): Row => ({ territories: [{ id: "n" }, { id: "s" }], measures: { hours: { value: "hours", tolerance: 0.5 } } })

/** Results that other calls take, each made once; every call gets a copy. */
const results = new Map<string, unknown>()
function made(key: string, make: () => unknown): unknown {
  if (!results.has(key)) results.set(key, make())
  return structuredClone(results.get(key))
}
const plan = (): unknown => made("plan", () => equiterra.partitionAccounts(accountRows(), explainOptions() as never))
/** The same by functions, which a plan does not keep. */
const functionOptions = (): Row => ({ territories: [{ id: "n" }, { id: "s" }], measures: { hours: { value: (row: Row) => row.hours, tolerance: 0.5 } } })
const planByFunction = (): unknown => made("plan by function", () => equiterra.partitionAccounts(accountRows(), functionOptions() as never))

const records = (): Row[] =>
  accountRows().flatMap(({ id, hours, rep, money }, i) =>
    ["2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01"].map((year, y) => ({ id, rep, year, sales: 10 * hours + ((3 * i + 5 * y) % 7), money, won: (i + y) % 3 === 0, day: `${year.slice(0, 4)}-03-0${1 + (i % 9)}`, end: `${year.slice(0, 4)}-05-11` })),
  )
const kpis = (): Row => ({
  sales: { numerator: "sales", denominator: (row: Row) => row.money, better: "lower", indexed: true, cautions: { cheap: (row: { money: number }) => row.money < 11 }, where: () => true },
  rate: { numerator: (row: Row) => (row.won === true ? 1 : 0), kind: "proportion", exact: true },
})
const performanceOptions = (): Row => ({
  territory: "id",
  kpis: kpis(),
  segment: (row: Row) => row.year,
  territories: accountRows().map(({ id }) => id),
  regions: [{ id: "all", territoryIds: ["a00", "a01"] }],
  minimumRows: 3,
  falseDiscoveryRate: 0.1,
  errorControl: "false-discovery",
  resamples: 1000,
  seed: 1,
})
const performance = (): unknown => made("performance", () => equiterra.comparePerformance(records(), performanceOptions() as never))
const modelOptions = (): Row => ({ id: "id", outcome: "money", drivers: { hours: "hours", x: (row: { x: number }) => row.x + 1 }, form: "linear", falseDiscoveryRate: 0.1 })
const salesModel = (): unknown => made("model", () => equiterra.modelSales(accountRows(), modelOptions() as never))
const history = (): Row => ({ account: "id", period: "year", periodLength: "year", outcome: "sales", exposure: "money", alignment: oneEach(), falseAlarmRate: 0.1, power: 0.8, seed: 1, transform: "log", seasons: "matched" })
const changeOptions = (): Row => ({ ...history(), treated: ["a00", "a01", "a02"], controls: ["a03", "a04", "a05", "a06", "a07"], changedAt: "2023" })
const change = (): unknown => made("change", () => equiterra.evaluateChange(records(), changeOptions() as never))
const scoreOptions = (): Row => ({
  factors: {
    hours: { value: "hours", weight: 2, direction: "higher", transform: "log1p", low: 0, high: 5, neutral: 1, missing: "neutral" },
    money: { value: (row: Row) => row.money, tailShare: 0.05, missing: "renormalize" },
  },
  tiers: { method: "value-share", value: "money", levels: [{ tier: "A", share: 0.5 }, { tier: "B", share: 0.5 }] },
  scale: { low: 0, high: 10 },
})
const score = (): unknown => made("score", () => equiterra.scoreAccounts(accountRows(), scoreOptions() as never))
const coverageOptions = (): Row => ({
  territories: ["n", { id: "s", overlay: "x", repIds: ["r"], capacity: { hours: 20 }, center: { x: 1, y: 1 } }],
  measures: { hours: "hours", money: (row: Row) => row.money },
  located: alignmentRows(),
  owners: { field: "rep", territoriesOf: { ann: "n", bob: ["s"] } },
  capacity: { hours: 10 },
  maxDistance: 10,
  tenures: { rows: [{ territoryId: "n", ownerId: "r", from: "2024-01-01", until: "2024-02-01" }, { accountId: "a01", ownerId: "r", from: "2024-01-01", until: null }], from: "2024-01-01", until: "2024-12-31" },
  areas: { findings: [] },
})
const coverage = (): unknown => made("coverage", () => equiterra.checkCoverage(accountRows(), alignmentRows(), coverageOptions() as never))
const dimensions = (): Row => ({
  zip: { kind: "prefix", field: "zip", digits: 5, required: false },
  hours: { kind: "number", field: (row: Row) => row.hours, min: 0, max: 100, whole: true },
  rep: { kind: "set", values: ["ann", "bob"] },
})
const rules = (): Row[] => [
  { id: "large", territoryId: "k", rank: 1, when: { hours: { ranges: [{ min: 3, below: 90 }] }, rep: { values: ["ann"], other: true } }, include: ["a00"] },
  { id: "iowa", territoryId: "n", rank: 2, when: { zip: { prefixes: ["50"], unspecified: false } }, exclude: ["a01"] },
]
const square = (x: number, y: number, d: number): number[][][] => [[[x, y], [x + d, y], [x + d, y + d], [x, y + d], [x, y]]]
const feature = (id: string, coordinates: number[][][]): Row => ({ type: "Feature", properties: { territoryId: id }, geometry: { type: "Polygon", coordinates } })
const topology = (): Row => ({
  type: "Topology",
  arcs: [[[1, 0], [1, 1]], [[1, 1], [0, 1], [0, 0], [1, 0]], [[1, 0], [2, 0], [2, 1], [1, 1]]],
  objects: { areas: { type: "GeometryCollection", geometries: [{ type: "Polygon", id: "west", arcs: [[0, 1]] }, { type: "Polygon", id: "east", arcs: [[2, -1]] }] } },
})
const areaAccounts = (): Row[] => [{ id: "a", longitude: 0.5, latitude: 0.5, hours: 2, zip: "west" }, { id: "b", longitude: 1.5, latitude: 0.5, hours: 3, zip: "east" }]
const areaRows = (): Row[] => [{ accountId: "a", territoryId: "north" }, { accountId: "b", territoryId: "south" }]
const boundary = (): Row => ({ type: "Polygon", coordinates: square(-1, -1, 6) })
const deal = (): Row => ({ won: "won", lost: (row: Row) => row.won !== true })

/** Compares by a KPI of the catalogue: its own errors come while comparing. */
const compareBy =
  (make: (definition: never) => unknown) =>
  (definition: never): unknown =>
    equiterra.comparePerformance(records(), { territory: "rep", kpis: { one: make(definition) as never } })
const catalog = (name: keyof typeof equiterra, args: () => unknown[]): PublicCall => ({ name, args, run: compareBy(equiterra[name] as (definition: never) => unknown) })

/** Every public function at least once. */
export const PUBLIC_CALLS: readonly PublicCall[] = [
  { name: "findAccountIssues", args: () => [accountRows().slice(0, 3)] },
  { name: "distanceKm", args: () => [1, 2, 3, 4] },
  { name: "scoreAccounts", args: () => [accountRows(), scoreOptions()] },
  { name: "scoreAccounts", args: () => [accountRows(), { model: (score() as { model: unknown }).model, factors: { hours: { value: "hours" }, money: { value: "money" } } }] },
  { name: "explainScore", args: () => [score(), "a01"] },
  { name: "estimateWorkload", args: () => [accountRows(), { visits: { ann: 2, bob: 3 }, hoursPerVisit: "hours", travelHoursPerVisit: 0.5, tier: "rep", hoursPerYear: 1600 }] },
  { name: "partitionAccounts", args: () => [accountRows(), planOptions()] },
  { name: "partitionAccounts", args: () => [accountRows(), limitOptions()] },
  { name: "partitionAccounts", args: () => [globeRows(), { territories: 3, measures: { hours: { value: "hours" } }, centers: "account", certificate: "all-centers" }] },
  { name: "partitionAccounts", args: () => [accountRows(), distanceOptions()] },
  { name: "partitionAccounts", args: () => [accountRows(), distanceRows()] },
  { name: "partitionAccountsAsync", args: () => [accountRows(), planOptions()] },
  { name: "evaluateAlignment", args: () => [accountRows(), alignmentRows(), planOptions()] },
  { name: "explorePlans", args: () => [accountRows(), { territories: 2, measures: { hours: { value: "hours" } }, current: alignmentRows(), disruption: { weight: "hours" }, plans: 2, tolerances: [1], movedShares: [0.5] }] },
  { name: "explorePlansAsync", args: () => [accountRows(), { territories: 2, measures: { hours: { value: "hours" } }, plans: 2, tolerances: [1], onProgress: () => undefined }] },
  { name: "assignAccounts", args: () => [plan(), [{ ...accountRows()[0], id: "new" }], explainOptions()] },
  { name: "checkDrift", args: () => [plan(), accountRows(), { measures: { hours: { value: "hours", tolerance: 0.5 } } }] },
  { name: "assignAccounts", args: () => [planByFunction(), [{ ...accountRows()[0], id: "new" }], functionOptions()] },
  { name: "checkDrift", args: () => [planByFunction(), accountRows(), functionOptions()] },
  { name: "createExplainer", args: () => [accountRows(), plan(), explainOptions()], run: (...args) => askExplainer(equiterra.createExplainer(...(args as unknown as Parameters<typeof equiterra.createExplainer>))) },
  { name: "explainPlan", args: () => [accountRows(), plan(), { ...explainOptions(), accountIds: ["a01"], exact: true }] },
  { name: "topMoves", args: () => [accountRows(), plan(), { ...explainOptions(), count: 3, swaps: true }] },
  { name: "checkCoverage", args: () => [accountRows(), alignmentRows(), coverageOptions()] },
  { name: "resolveCoverage", args: () => [accountRows(), alignmentRows().slice(1), { ...coverageOptions(), weight: "hours" }] },
  { name: "resolveCoverage", args: () => [accountRows(), alignmentRows().slice(1), { plan: plan() }] },
  { name: "findWhiteSpaces", args: () => [accountRows(), alignmentRows().slice(3), { potential: "money", radius: 1.5, limit: 5, minPotential: 1, territories: [{ id: "n", center: { x: 1, y: 0 } }, { id: "s" }], maxDistance: 9 }] },
  { name: "alignByLists", args: () => [accountRows(), { field: "zip", lists: { n: ["50613"], s: ["10001", "7"] }, measures: { hours: "hours" } }] },
  { name: "routeAccounts", args: () => [accountRows(), { dimensions: dimensions(), rules: rules(), precedence: "rank", territories: ["k", { id: "n" }], measures: { hours: "hours" } }] },
  { name: "analyzeRules", args: () => [{ dimensions: dimensions(), rules: rules(), precedence: "rank", territories: ["k", { id: "n" }], budget: 100_000, maxFindings: 5 }] },
  { name: "checkAreas", args: () => [{ type: "FeatureCollection", features: [feature("north", square(0, 0, 1)), feature("south", square(1, 0, 1.2))] }, { territoryId: "territoryId", market: boundary(), accounts: areaAccounts(), measures: { hours: "hours" }, sliverKm2: 0.01 }] },
  { name: "checkAreas", args: () => [{ topology: topology(), lists: { north: ["west"], south: ["east", "west"] }, object: "areas" }, { market: ["west", "east"], accounts: areaAccounts(), area: "zip" }] },
  { name: "resolveAreas", args: () => [{ topology: topology(), lists: { north: ["west"] }, areaId: (area: { id: string }) => area.id }, { market: ["west", "east"] }] },
  { name: "dissolveAreas", args: () => [topology(), { all: ["west", "east"] }, { object: "areas" }] },
  { name: "drawTerritories", args: () => [areaAccounts(), areaRows(), { market: boundary(), cells: "accounts" }] },
  { name: "compareAlignments", args: () => [accountRows(), alignmentRows(), oneEach(), { measures: { hours: "hours" }, weight: "money", match: true, territories: { before: [{ id: "n", share: 0.5 }, { id: "s", share: { hours: 0.5 } }], after: accountRows().map(({ id }) => ({ id })) } }] },
  { name: "comparePerformance", args: () => [records(), performanceOptions()] },
  { name: "comparePerformance", args: () => [records(), { territory: "rep", kpis: { sales: { numerator: "sales" } }, segment: { accounts: accountRows(), account: "id", density: { radius: 1, classes: ["far", "near"] } }, errorControl: "family-wise", resamples: 0, id: (row: Row) => `${row.id as string}/${row.year as string}` }] },
  { name: "classifyDensity", args: () => [accountRows(), { radius: 2, weight: "hours", classes: ["far", "near"], cuts: [3] }] },
  { name: "measureEfficiency", args: () => [accountRows(), { inputs: { hours: "hours" }, outputs: { money: "money", x: (row: { x: number }) => row.x + 1 }, returns: "variable", orientation: "output", assurance: [{ of: ["money", "x"], min: 0.1, max: 10 }] }] },
  { name: "modelSales", args: () => [accountRows(), modelOptions()] },
  { name: "recommendActions", args: () => [performance(), { kpi: "sales", model: salesModel(), capacity: [{ territoryId: "a00", workload: 10, capacity: 12 }], tolerance: 0.1, elasticity: { low: 0.1, value: 0.3, high: 0.5 }, capacityPerHead: 10 }] },
  { name: "evaluateChange", args: () => [records(), changeOptions()] },
  { name: "planTest", args: () => [records(), { ...history(), count: 3, candidates: accountRows().map(({ id }) => id), exclude: ["a11"], controlsPerTreated: 2, levelWeight: 1, plannedPeriods: 1, effect: 0.1 }] },
  { name: "pipelineVelocity", args: () => [records(), { territory: "rep", ...deal(), lost: (row: { won: boolean; money: number }) => !row.won && row.money > 12, value: "money", opened: "day", closed: (row: Row) => row.end }] },
  catalog("winRate", () => [deal()]),
  catalog("valueWinRate", () => [{ ...deal(), value: "money" }]),
  catalog("conversionRate", () => [{ converted: "won", entered: "day", asOf: "2023-12-31", windowDays: 30 }]),
  catalog("pipelineCoverage", () => [{ openValue: "sales", remainingQuota: "money" }]),
  catalog("marketPenetration", () => [{ isCustomer: "won", isAddressable: (row: { money: number }) => row.money > 10 }]),
  catalog("potentialShare", () => [{ revenue: "sales", potential: "money" }]),
  catalog("potentialIndex", () => [{ sales: "sales", potential: "money" }]),
  catalog("coverageCompliance", () => [{ made: "sales", planned: "money" }]),
  catalog("acquisitionCost", () => [{ cost: "sales", newCustomers: "money", allocation: "direct" }]),
  catalog("revenueGrowth", () => [{ now: "sales", before: "money" }]),
  catalog("quotaAttainment", () => [{ actual: "sales", quota: "money", staffedShare: () => 0.5 }]),
  catalog("quotaParticipation", () => [{ actual: "sales", quota: "money", staffedShare: () => 0.5 }]),
  catalog("revenuePer", () => [{ revenue: "sales", per: "money", staffedShare: () => 1 }]),
  catalog("salesEfficiency", () => [{ variant: "revenue", amount: "sales", cost: "money" }]),
  { name: "renderMap", args: () => [accountRows(), alignmentRows(), { title: "t", width: 300, height: 200, boundary: boundary(), projection: "auto", size: "hours", names: { n: "North" }, colors: { n: "#123456" }, areas: true, labels: true, legend: true, maxDots: 10, idPrefix: "p" }] },
  { name: "renderMap", args: () => [globeRows(), alignmentRows()] },
  { name: "renderFunnel", args: () => [performance(), { kpi: "sales", size: "auto", labels: "all", names: { a00: "Ann" }, title: "t", width: 400, legend: true, idPrefix: "p" }] },
  { name: "renderCaterpillar", args: () => [performance(), { kpi: "rate", rowHeight: 20, names: { a00: "Ann" }, title: "t", width: 400, legend: true, idPrefix: "p" }] },
  { name: "renderSlope", args: () => [[{ id: "n", before: 1, after: 2, group: "g", verdict: null }, { id: "s", before: null, after: 1 }], { beforeLabel: "b", afterLabel: "a", highlight: ["g"], better: "lower", names: { n: "North" }, title: "t", width: 400, legend: true, idPrefix: "p" }] },
  { name: "renderSlope", args: () => [change()] },
  { name: "renderReport", args: () => [{ title: "t", accounts: accountRows(), plan: plan(), before: alignmentRows(), coverage: coverage(), verdict: [{ title: "v", result: performance() }], notes: ["x", { title: "n", text: "t", items: ["i"] }], regions: [{ id: "r", name: "R", territoryIds: ["n", "s"] }], boundary: boundary(), names: { n: "North" }, map: { projection: "auto", size: "hours", colors: { n: "#123456" }, areas: true, labels: true, legend: true, maxDots: 10 }, maxRows: 5 }] },
  { name: "toCsv", args: () => [[{ a: 1, b: "x" }, { a: 2, b: "y" }], { columns: ["a", "b"], raw: false, newline: "\n", bom: true }] },
  { name: "toCsv", args: () => [plan()] },
  { name: "toTable", args: () => [[{ a: 1, b: "x" }, { a: 2, b: "y" }], { columns: ["a", "b"], maxRows: 5, maxWidth: 20 }] },
  { name: "toTable", args: () => [performance()] },
  { name: "toGeoJson", args: () => [globeRows(), alignmentRows(), { properties: ["hours", "zip"] }] },
]

/** Every method of an explainer, once. */
function askExplainer(explainer: equiterra.PlanExplainer): unknown {
  return [explainer.explainAccount("a01"), explainer.explainTerritory("n")]
}

/** Calls a public function as its row says. */
export function runCall(call: PublicCall, args: readonly unknown[]): unknown {
  const run = call.run ?? (equiterra[call.name] as (...args: never[]) => unknown)
  return run(...(args as never[]))
}
