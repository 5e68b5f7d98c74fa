// How often comparePerformance and modelSales accuse the innocent and find the guilty, and how often their intervals hold the truth:
// npx tsup --no-dts --silent && node bench/calibration.js [SECTION ...]
// Everything is made from seeds: the tables are the same everywhere. Some twenty minutes of processor time; sections are the keys of SECTIONS.
import { comparePerformance, DEFAULT_PERFORMANCE_OPTIONS, modelSales, toTable } from "equiterra"
import { CHANGE_LAYOUTS, changeWithClusters, modelWithClusters, PLAN_LAYOUTS, planWithClusters } from "./calibration-clusters.js"
import { streams } from "./random-streams.js"
import { yardstick, YARDSTICKS } from "./calibration-yardstick.js"

const TERRITORIES = 24
const RUNS = 500
const MODELS = 1000
/** Holds nothing. */
const NO_INTERVAL = { low: NaN, high: NaN }
const LEVEL = DEFAULT_PERFORMANCE_OPTIONS.falseDiscoveryRate

/** By name: a title, and what makes the rows of its table. */
const SECTIONS = {
  skewed: {
    title: `Equal territories, ${TERRITORIES} of them, log-normal revenue of sd 2: runs in which at least one is called above or below, %`,
    rows: () => [20, 80, 400].map((rowCount) => falseAlarms(rowCount, 2)),
  },
  rates: {
    title: "Equal territories with a win rate of 22 %: runs in which at least one is called above or below, %. Naive: two proportions, each territory\n" +
      "against the rest, at 5 %. Like for like: rates of 15 and 45 % in two segments, shares of which differ by territory",
    rows: () => [[12, 40], [40, 40], [12, 400], [200, 40]].map(([k, n]) => equalRates(k, n)),
  },
  power: { title: "One of 12 territories wins 33 % of its deals, the others 22 %: runs that find it, %, and runs that accuse another one", rows: () => [5, 40, 100, 200, 400, 800].map(power) },
  "rate-intervals": { title: "95 % intervals that hold the true rate, %, by exact sums over all outcomes: mean over rates of 0.02 to 0.5, and the worst rate", rows: () => [20, 50, 100, 400].map(rates) },
  "count-intervals": { title: "95 % intervals that hold the true mean of a count, %, by exact sums: exact up to 1,000, Byar's above", rows: () => [0.5, 2, 5, 20, 100, 1500].map(counts) },
  intervals: {
    title: "95 % intervals that hold the true value, %: of a mean, and of a ratio to log-normal denominators of sd 0.5; linearized, and by the bootstrap",
    rows: () => [20, 50, 80, 320, 4000].flatMap((rowCount) => [0.5, 1, 1.5].map((sd) => coverage(rowCount, sd))),
  },
  shrunken: {
    title: "Shrunken 95 % intervals that hold a territory's true value, %, in the mean over 24 territories drawn from a prior of this spread",
    rows: () => ["proportion", "count", "ratio"].flatMap((kind) => [10, 40, 200].flatMap((n) => [0.1, 0.3].map((spread) => shrunken(kind, n, spread)))),
  },
  clusters: {
    title: "Equal territories, rows of a customer go together (correlation of two of them): runs in which anybody is called above or below, %, by rows and\n" +
      "with `cluster`; intervals that hold the truth, %, with `cluster`; runs that warn; runs that find one territory that is half as much again better",
    rows: () => ["proportion", "count", "amount"].flatMap((kind) => [[24, 8, 5], [12, 20, 10], [12, 20, 50]].flatMap(([k, clusters, rows]) => [0.1, 0.3].map((correlation) => clustered(kind, k, clusters, rows, correlation)))),
  },
  "count-clusters": {
    title: "Equal territories, counts of customers that go together: runs in which anybody is called above or below with `cluster`, %, and its standard error",
    rows: () => [[24, 8, 5, 800], [12, 20, 10, 800], [12, 20, 50, 600]].flatMap(([k, clusters, rows, runs]) => [0.1, 0.3].map((correlation) => countClusters(k, clusters, rows, correlation, runs))),
  },
  different: {
    title: "Some of 24 territories are really different (half as much again, or 40 % less), 100 deals each at 30 %, the giant 2,000: runs that accuse another\n" +
      "one, false ones of all verdicts, and those found, %",
    rows: () => [["none", 0, 0], ["2 below", 0, 2], ["5 above", 5, 0], ["6 above", 6, 0], ["6 below", 0, 6], ["3 and 3", 3, 3], ["a giant above", 1, 0]].map(([what, high, low]) => different(what, high, low)),
  },
  yardstick: {
    title: "The same by other figures, 100 runs of 24 territories: counts of 1 a row, amounts of sd 1 (log), and one row a territory; which differ, by how much",
    rows: () => YARDSTICKS.map(([kind, what]) => yardstick(kind, what, 100)),
  },
  unlike: {
    title: "Equal means, unlike rows: runs in which anybody is called above or below, and territories with too little data, %",
    rows: () => ["2 of 24 have 15 rows of sd 2 (log), the others 100 tame ones", "1 of 12 has 30 rows of sd 1.5 (log), the others 200 tame ones", "2 of 24 spread ten times as wide, 20 rows", "sd 0.5 to 1.5 (log) by territory, 40 rows", "12 to 300 rows of sd 1 (log)"].map(unlike),
  },
  sums: { title: "One row a territory, 150 to 450 cases at 25 %: runs in which anybody of 20 is called above or below, %, judged from sums", rows: () => [fromSums("proportion"), fromSums("count")] },
  "model-sales": {
    title: "modelSales, territories that differ by potential, workload and luck alone: runs in which at least one is called above or below, and\n" +
      "95 % intervals that hold what a territory sells, %; luck of the logarithm is normal, Student's t with 4 degrees, or skewed",
    rows: () => [14, 24, 60, 100].flatMap((count) => ["normal", "t4", "exponential", "log-normal"].map((luck) => expectations(count, luck))),
  },
  "model-power": { title: "modelSales: runs that find a territory that is 4, 6, 9 or 15 residual errors off, %; luck is normal", rows: () => [24, 60, 100].map(modelPower) },
  "change-clusters": {
    title: "evaluateChange where nothing happened and territories share regions or chains, two years of stores whose growth correlates within one: runs called\n" +
      "higher or lower, %, by territories and with `cluster`; intervals that hold 0; runs that warn; runs that find 10 % more; and the foreseen effect, %",
    rows: () => CHANGE_LAYOUTS.flatMap((layout) => [0.1, 0.3].map((correlation) => changeWithClusters(layout, correlation, 400))),
  },
  "plan-clusters": { title: "planTest, ten years of the same, then one: runs that find what it foresees with `cluster`, %, stated 80", rows: () => PLAN_LAYOUTS.flatMap((layout) => [0.1, 0.3].map((correlation) => planWithClusters(layout, correlation, 200))) },
  "model-clusters": {
    title: "modelSales where territories share regions: runs that accuse anybody, and 95 % intervals of the power of a region's driver that hold the truth, %, by\n" +
      "territories and with `cluster`; runs that warn, and runs that find the power of 0.3 with `cluster`",
    rows: () => [[12, 5], [20, 5], [10, 10], [20, 10], [8, 25], [10, 50]].flatMap(([regions, each]) => [0.1, 0.3].map((correlation) => modelWithClusters(regions, each, correlation, 400))),
  },
}

const wanted = process.argv.slice(2)
for (const name of wanted) if (!(name in SECTIONS)) throw new Error(`${name} is no section; there are ${Object.keys(SECTIONS).join(", ")}`)
for (const [name, { title, rows }] of Object.entries(SECTIONS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`${name}: ${title}`)
  console.log(`${toTable(rows())}\n`)
}

/** Both tests on the same records, adjusted alike (Benjamini & Hochberg). */
function falseAlarms(rowCount, sd) {
  const normal = normals(1000 + rowCount)
  let byT = 0
  let bySampling = 0
  for (let run = 0; run < RUNS; run++) {
    const groups = Array.from({ length: TERRITORIES }, () => Array.from({ length: rowCount }, () => Math.exp(sd * normal())))
    const records = groups.flatMap((group, t) => group.map((revenue) => ({ territory: `t${t}`, revenue })))
    const { territories } = comparePerformance(records, { territory: "territory", kpis: { revenue: { numerator: "revenue" } }, seed: run })
    if (territories.some(({ kpis }) => isApart(kpis.revenue.verdict))) bySampling++
    const pValues = groups.map((group, t) => welch(group, groups.flatMap((other, o) => (o === t ? [] : other)))).sort((a, b) => a - b)
    if (pValues.some((p, r) => p <= (LEVEL * (r + 1)) / TERRITORIES)) byT++
  }
  return { rows: rowCount, runs: RUNS, tTest: percent(byT / RUNS), comparePerformance: percent(bySampling / RUNS) }
}

function equalRates(k, n) {
  const { uniform } = streams(4000 + k + n)
  const runs = k > 100 ? 100 : 300
  const counts = { naive: 0, falseDiscovery: 0, familyWise: 0, mixedRaw: 0, likeForLike: 0 }
  for (let run = 0; run < runs; run++) {
    const records = deals(k, n, () => (uniform() < 0.22 ? 1 : 0))
    const names = Array.from({ length: k }, (_, t) => `t${t}`)
    const wins = names.map((name) => records.filter((deal) => deal.t === name && deal.won === 1).length)
    if (wins.some((own) => isNaivelyApart(own, n, wins.reduce((sum, won) => sum + won, 0) - own, n * (k - 1)))) counts.naive++
    for (const [name, errorControl] of [["falseDiscovery", "false-discovery"], ["familyWise", "family-wise"]]) {
      if (compare(records, { errorControl, seed: run }).some(({ winRate }) => isApart(winRate.verdict))) counts[name]++
    }
    const mixed = deals(k, n, () => 0).map((deal, i) => {
      const segment = uniform() < 0.1 + (0.8 * Math.floor(i / n)) / (k - 1) ? "easy" : "hard"
      return { ...deal, segment, won: uniform() < (segment === "easy" ? 0.45 : 0.15) ? 1 : 0 }
    })
    const judged = compare(mixed, { segment: "segment", seed: run })
    if (judged.some(({ winRate }) => isApart(winRate.verdict))) counts.mixedRaw++
    if (judged.some(({ winRate }) => isApart(winRate.likeForLike?.verdict))) counts.likeForLike++
  }
  return { territories: k, deals: n, runs, ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, percent(count / runs)])) }
}

function power(n) {
  const { uniform } = streams(5000 + n)
  const runs = 300
  const found = { naive: 0, falseDiscovery: 0, familyWise: 0 }
  const wrong = { naive: 0, falseDiscovery: 0, familyWise: 0 }
  let undecided = 0
  for (let run = 0; run < runs; run++) {
    const records = deals(12, n, (t) => (uniform() < (t === 0 ? 0.33 : 0.22) ? 1 : 0))
    const wins = Array.from({ length: 12 }, (_, t) => records.slice(t * n, (t + 1) * n).reduce((sum, deal) => sum + deal.won, 0))
    const all = wins.reduce((sum, won) => sum + won, 0)
    const apart = { naive: wins.map((own) => isNaivelyApart(own, n, all - own, 11 * n)) }
    for (const [name, errorControl] of [["falseDiscovery", "false-discovery"], ["familyWise", "family-wise"]]) {
      const judged = compare(records, { errorControl, seed: run })
      apart[name] = Array.from({ length: 12 }, (_, t) => isApart(judged.find(({ id }) => id === `t${t}`)?.winRate.verdict))
      if (name === "falseDiscovery" && judged.every(({ winRate }) => winRate.verdict === "too little data")) undecided++
    }
    for (const name of Object.keys(found)) {
      if (apart[name][0]) found[name]++
      if (apart[name].slice(1).some(Boolean)) wrong[name]++
    }
  }
  const shares = (counts, suffix) => Object.fromEntries(Object.entries(counts).map(([name, count]) => [name + suffix, percent(count / runs)]))
  return { deals: n, runs, ...shares(found, ""), ...shares(wrong, "Wrong"), tooLittleData: percent(undecided / runs) }
}

/** Territory y has y of n, so that each outcome's interval is known; they are weighed by how probable they are. */
function rates(n) {
  const rows = Array.from({ length: n + 1 }, (_, y) => ({ t: `y${y}`, y, n }))
  /** @type {Record<string, import("equiterra").Kpi<{ t: string, y: number, n: number }>>} */
  const kpis = { wilson: { numerator: "y", denominator: "n", kind: "proportion" }, exact: { numerator: "y", denominator: "n", kind: "proportion", exact: true } }
  const intervals = Object.fromEntries(comparePerformance(rows, { territory: "t", kpis }).territories.map(({ id, kpis }) => [Number(id.slice(1)), kpis]))
  /** @type {Record<string, number>} */
  const row = { n }
  for (const name of ["wilson", "exact"]) {
    const covered = Array.from({ length: 481 }, (_, step) => 0.02 + step / 1000).map((rate) => {
      let chance = (1 - rate) ** n
      let sum = 0
      for (let y = 0; y <= n; y++) {
        const { low, high } = intervals[y][name].interval ?? NO_INTERVAL
        if (low <= rate && rate <= high) sum += chance
        chance *= ((n - y) / (y + 1)) * (rate / (1 - rate))
      }
      return sum
    })
    row[name] = percent(covered.reduce((sum, one) => sum + one, 0) / covered.length)
    row[`${name}Worst`] = percent(Math.min(...covered))
  }
  return row
}

function counts(mean) {
  const first = Math.max(0, Math.floor(mean - 10 * Math.sqrt(mean) - 10))
  const last = Math.ceil(mean + 10 * Math.sqrt(mean) + 10)
  const rows = Array.from({ length: last - first + 1 }, (_, i) => ({ t: `y${first + i}`, y: first + i }))
  const { territories } = comparePerformance(rows, { territory: "t", kpis: { count: { numerator: "y", kind: "count" } } })
  let sum = 0
  let method = ""
  const logs = [0]
  for (let y = 1; y <= last; y++) logs.push(logs[y - 1] + Math.log(y))
  for (const { id, kpis } of territories) {
    const y = Number(id.slice(1))
    const { low, high } = kpis.count.interval ?? NO_INTERVAL
    if (y === Math.round(mean)) method = kpis.count.intervalMethod ?? ""
    if (low <= mean && mean <= high) sum += Math.exp(y * Math.log(mean) - mean - logs[y])
  }
  return { mean, method, holds: percent(sum) }
}

/** exp(sd * normal) has the mean exp(sd^2 / 2), alone and as a factor of independent denominators; every sample is a territory. */
function coverage(rowCount, sd) {
  const normal = normals(2000 + rowCount + 10 * sd)
  const samples = rowCount > 1000 ? 400 : 1000
  const truth = Math.exp((sd * sd) / 2)
  const kpis = { mean: { numerator: "factor" }, ratio: { numerator: "amount", denominator: "size" } }
  const records = Array.from({ length: samples * rowCount }, (_, i) => {
    const size = Math.exp(0.5 * normal())
    const factor = Math.exp(sd * normal())
    return { territory: `s${Math.floor(i / rowCount)}`, factor, size, amount: size * factor }
  })
  const row = { rows: rowCount, sd, samples }
  for (const { name, resamples } of [{ name: "", resamples: 0 }, { name: "Bootstrap", resamples: 2000 }]) {
    const { territories } = comparePerformance(records, { territory: "territory", kpis, minimumRows: 1e9, resamples })
    for (const kpi of ["mean", "ratio"]) row[kpi + name] = percent(territories.filter(({ kpis }) => holds(kpis[kpi].interval, truth)).length / samples)
  }
  return row
}

/** True values are drawn with this spread, relative to a mean of 0.22 (or of 5, or of 100), and data by them. */
function shrunken(kind, n, spread) {
  const { uniform, normal } = streams(6000 + n + 100 * spread)
  const runs = 100
  let covered = 0
  for (let run = 0; run < runs; run++) {
    const truths = []
    const records = []
    for (let t = 0; t < 24; t++) {
      const factor = Math.max(0.05, 1 + spread * normal())
      truths.push(kind === "proportion" ? 0.22 * factor : kind === "count" ? 5 * factor : 100 * factor)
      for (let i = 0; i < n; i++) records.push({ t: `t${t}`, y: kind === "proportion" ? (uniform() < truths[t] ? 1 : 0) : kind === "count" ? poisson(truths[t] / 10, uniform) : truths[t] * Math.exp(0.5 * normal() - 0.125) })
    }
    const { territories } = comparePerformance(records, { territory: "t", kpis: { kpi: { numerator: "y", kind } }, minimumRows: 1e9 })
    for (const { id, kpis } of territories) if (holds(kpis.kpi.shrunken, truths[Number(id.slice(1))] / (kind === "count" ? 10 : 1))) covered++
  }
  return { kind, rows: n, spread, holds: percent(covered / (24 * runs)) }
}

/** Rows of a customer have one common part: an outcome that a share of them has, a factor of the rate, or of the amount. */
function clustered(kind, k, clusters, each, correlation) {
  const { uniform, normal } = streams(7000 + k + each + 10 * correlation)
  const runs = each === 50 ? 40 : 100
  const truth = kind === "proportion" ? 0.3 : 1
  const world = (better) => Array.from({ length: k * clusters }, (_, a) => {
    const factor = Math.floor(a / clusters) === 0 ? better : 1
    const [outcome, shift] = [uniform() < 0.3 * factor ? 1 : 0, normal()]
    // gamma-like: a count of mean 1 has the variance 1 + spread^2, of which spread^2 is common
    const spread = Math.sqrt(Math.log(1 + correlation / (1 - correlation)))
    const rate = Math.exp(spread * shift - (spread * spread) / 2)
    return Array.from({ length: each }, () => {
      const y = kind === "proportion" ? (uniform() < Math.sqrt(correlation) ? outcome : uniform() < 0.3 * factor ? 1 : 0)
        : kind === "count" ? poisson(factor * rate, uniform)
        : factor * Math.exp(0.8 * (Math.sqrt(correlation) * shift + Math.sqrt(1 - correlation) * normal()) - 0.32)
      return { t: `t${Math.floor(a / clusters)}`, account: `a${a}`, y }
    })
  }).flat()
  const counts = { byRows: 0, byCluster: 0, held: 0, warned: 0, found: 0 }
  const kpis = { y: { numerator: "y", kind: kind === "amount" ? "ratio" : kind } }
  for (let run = 0; run < runs; run++) {
    const rows = world(1)
    const blind = comparePerformance(rows, { territory: "t", kpis, seed: run })
    const seeing = comparePerformance(rows, { territory: "t", kpis, seed: run, cluster: "account" })
    if (blind.territories.some(({ kpis: { y } }) => isApart(y.verdict))) counts.byRows++
    if (seeing.territories.some(({ kpis: { y } }) => isApart(y.verdict))) counts.byCluster++
    if (blind.warnings.some(({ code }) => code === "rows-clustered")) counts.warned++
    counts.held += seeing.territories.filter(({ kpis: { y } }) => holds(y.interval, truth)).length / k
    const better = comparePerformance(world(1.5), { territory: "t", kpis, seed: run, cluster: "account" }).territories.find(({ id }) => id === "t0")
    if (better?.kpis.y.verdict === "above") counts.found++
  }
  return { kind, territories: k, clusters, rows: each, correlation, runs, ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, percent(count / runs)])) }
}

function countClusters(k, clusters, each, correlation, runs) {
  const { uniform, normal } = streams(77000 + k + each + 10 * correlation)
  const spread = Math.sqrt(Math.log(1 + correlation / (1 - correlation)))
  let accused = 0
  for (let run = 0; run < runs; run++) {
    const rows = Array.from({ length: k * clusters }, (_, a) => {
      uniform()
      const rate = Math.exp(spread * normal() - (spread * spread) / 2)
      return Array.from({ length: each }, () => ({ t: `t${Math.floor(a / clusters)}`, account: `a${a}`, y: poisson(rate, uniform) }))
    }).flat()
    const { territories } = comparePerformance(rows, { territory: "t", kpis: { y: { numerator: "y", kind: "count" } }, seed: run, cluster: "account" })
    if (territories.some(({ kpis: { y } }) => isApart(y.verdict))) accused++
  }
  const share = accused / runs
  return { territories: k, clusters, rows: each, correlation, runs, withCluster: percent(share), standardError: percent(Math.sqrt((share * (1 - share)) / runs)) }
}

function different(what, high, low) {
  const { uniform } = streams(8000 + 7 * high + low)
  const runs = 100
  let [accused, share, found] = [0, 0, 0]
  for (let run = 0; run < runs; run++) {
    const rateOf = (t) => 0.3 * (t < high ? 1.5 : t < high + low ? 0.6 : 1)
    const rows = Array.from({ length: 24 }, (_, t) => Array.from({ length: what === "a giant above" && t === 0 ? 2000 : 100 }, () => ({ t: `t${t}`, won: uniform() < rateOf(t) ? 1 : 0 }))).flat()
    const apart = compare(rows, { seed: run }).filter(({ winRate }) => isApart(winRate.verdict))
    const right = apart.filter(({ id, winRate }) => { const t = Number(id.slice(1)); return winRate.verdict === (t < high ? "above" : t < high + low ? "below" : "") }).length
    if (apart.length > right) accused++
    share += apart.length === 0 ? 0 : (apart.length - right) / apart.length
    found += high + low === 0 ? 0 : right / (high + low)
  }
  return { different: what, runs, accuses: percent(accused / runs), falseOfAll: percent(share / runs), found: high + low === 0 ? "-" : percent(found / runs) }
}

function unlike(what, at) {
  const { normal } = streams(9000 + at)
  const runs = 100
  const skewed = (sd) => Math.exp(sd * normal() - (sd * sd) / 2)
  const makers = [
    (t) => ({ k: 24, n: t < 2 ? 15 : 100, y: () => (t < 2 ? skewed(2) : 1 + 0.3 * normal()) }),
    (t) => ({ k: 12, n: t < 1 ? 30 : 200, y: () => (t < 1 ? skewed(1.5) : 1 + 0.3 * normal()) }),
    (t) => ({ k: 24, n: 20, y: () => 1 + (t < 2 ? 3 : 0.3) * normal() }),
    (t) => ({ k: 24, n: 40, y: () => skewed(0.5 + t / 23) }),
    (t) => ({ k: 24, n: Math.round(12 * 25 ** (t / 23)), y: () => skewed(1) }),
  ]
  let [accused, unsaid] = [0, 0]
  const { k } = makers[at](0)
  for (let run = 0; run < runs; run++) {
    const rows = Array.from({ length: k }, (_, t) => { const { n, y } = makers[at](t); return Array.from({ length: n }, () => ({ t: `t${t}`, y: y() })) }).flat()
    const { territories } = comparePerformance(rows, { territory: "t", kpis: { y: { numerator: "y" } }, seed: run })
    if (territories.some(({ kpis: { y } }) => isApart(y.verdict))) accused++
    unsaid += territories.filter(({ kpis: { y } }) => y.verdict === "too little data").length / k
  }
  return { rows: what, runs, accuses: percent(accused / runs), tooLittleData: percent(unsaid / runs) }
}

function fromSums(kind) {
  const { uniform } = streams(9500)
  const runs = 400
  let accused = 0
  for (let run = 0; run < runs; run++) {
    const rows = Array.from({ length: 20 }, (_, t) => {
      const of = 150 + Math.floor(300 * uniform())
      return { t: `t${t}`, of, won: kind === "count" ? poisson(of / 20, uniform) : Array.from({ length: of }, uniform).filter((u) => u < 0.25).length }
    })
    const { territories } = comparePerformance(rows, { territory: "t", kpis: { y: { numerator: "won", denominator: "of", kind } }, seed: run })
    if (territories.some(({ kpis: { y } }) => isApart(y.verdict))) accused++
  }
  return { kind, runs, accuses: percent(accused / runs) }
}

function deals(k, n, win) {
  return Array.from({ length: k * n }, (_, i) => ({ t: `t${Math.floor(i / n)}`, won: win(Math.floor(i / n)) }))
}

function compare(records, options) {
  return comparePerformance(records, { territory: "t", kpis: { winRate: { numerator: "won", kind: "proportion" } }, ...options }).territories.map(({ id, kpis }) => ({ id, winRate: kpis.winRate }))
}

function isApart(verdict) {
  return verdict === "above" || verdict === "below"
}

/** Two proportions by the pooled z test at 5 %, as spreadsheets do it. */
function isNaivelyApart(won, n, wonByOthers, nOfOthers) {
  const pooled = (won + wonByOthers) / (n + nOfOthers)
  return Math.abs(won / n - wonByOthers / nOfOthers) > 1.959964 * Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / nOfOthers))
}

function holds(interval, truth) {
  return interval !== null && interval.low <= truth && truth <= interval.high
}

function poisson(mean, uniform) {
  let product = uniform()
  let count = 0
  for (const limit = Math.exp(-mean); product > limit; count++) product *= uniform()
  return count
}

/** Sales are what the log-linear model says but for luck of sd 0.3, which no territory deserves. */
function expectations(territories, luck) {
  const { normal, uniform } = streams(3000 + territories)
  const skewed = { exponential: () => -Math.log(uniform()) - 1, "log-normal": () => (Math.exp(0.8 * normal()) - Math.exp(0.32)) / 1.3 }
  const draw = luck in skewed ? skewed[luck] : luck === "normal" ? normal : () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2 + normal() ** 2) / 4) / Math.SQRT2
  let [accused, byT, held] = [0, 0, 0]
  for (let run = 0; run < MODELS; run++) {
    const rows = Array.from({ length: territories }, (_, t) => {
      const [potential, workload] = [100 * Math.exp(0.5 * normal()), 20 * Math.exp(0.5 * normal())]
      return { id: `t${t}`, potential, workload, sales: 3 * potential ** 0.7 * workload ** 0.3 * Math.exp(0.3 * draw()) }
    })
    const model = modelSales(rows, { outcome: "sales", drivers: { potential: "potential", workload: "workload" } })
    if (model.territories.some(({ verdict }) => verdict !== "consistent with chance")) accused++
    // Student's t alone, adjusted alike
    const pValues = model.territories.map(({ studentized }) => tailOfT(Math.abs(studentized ?? 0), model.degrees - 1)).sort((a, b) => a - b)
    if (pValues.some((p, r) => p <= (LEVEL * (r + 1)) / territories)) byT++
    held += model.territories.filter(({ interval, actual }) => interval !== null && interval.low <= actual && actual <= interval.high).length
  }
  return { territories, luck, runs: MODELS, tTest: percent(byT / MODELS), modelSales: percent(accused / MODELS), held: percent(held / MODELS / territories) }
}

function modelPower(territories) {
  const runs = 300
  const row = { territories, runs }
  for (const off of [4, 6, 9, 15]) {
    const { normal } = streams(3500 + territories + off)
    let found = 0
    for (let run = 0; run < runs; run++) {
      const rows = Array.from({ length: territories }, (_, t) => {
        const [potential, workload] = [100 * Math.exp(0.5 * normal()), 20 * Math.exp(0.5 * normal())]
        return { id: `t${t}`, potential, workload, sales: 3 * potential ** 0.7 * workload ** 0.3 * Math.exp(0.3 * (normal() + (t === 0 ? off : 0))) }
      })
      if (modelSales(rows, { outcome: "sales", drivers: { potential: "potential", workload: "workload" } }).territories[0].verdict === "above") found++
    }
    row[`off${off}`] = percent(found / runs)
  }
  return row
}

/** Two-sided p-value of Welch's t test (1947). */
function welch(a, b) {
  const [one, other] = [a, b].map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
    return { mean, n: values.length, error: variance / values.length }
  })
  const degrees = (one.error + other.error) ** 2 / (one.error ** 2 / (one.n - 1) + other.error ** 2 / (other.n - 1))
  return tailOfT(Math.abs(one.mean - other.mean) / Math.sqrt(one.error + other.error), degrees)
}

/** P(|T| > t): with T = sqrt(degrees) tan(angle), the density of the angle is cos(angle)^(degrees - 1) but for a factor. */
function tailOfT(t, degrees) {
  const area = (from, to) => simpson((angle) => Math.cos(angle) ** (degrees - 1), from, to)
  const cut = Math.atan(t / Math.sqrt(degrees))
  const tail = area(cut, Math.PI / 2)
  return tail / (area(0, cut) + tail)
}

function simpson(density, from, to) {
  const steps = 400
  const width = (to - from) / steps
  let sum = density(from) + density(to)
  for (let s = 1; s < steps; s++) sum += (s % 2 === 1 ? 4 : 2) * density(from + s * width)
  return (sum * width) / 3
}

/** Standard normal numbers (Box & Muller 1958) from two combined generators (L'Ecuyer 1988). */
function normals(seed) {
  return streams(seed).normal
}

function percent(share) {
  return Number((100 * share).toFixed(1))
}
