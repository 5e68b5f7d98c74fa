// How often comparePerformance and modelSales accuse the innocent, and how often their intervals hold the truth:
// npx tsup --no-dts --silent && node bench/calibration.js
// Everything is made from seeds: the tables are the same everywhere. About two minutes.
import { comparePerformance, DEFAULT_PERFORMANCE_OPTIONS, modelSales, toTable } from "equiterra"

const TERRITORIES = 24
const RUNS = 500
const SAMPLES = 4000

console.log(`Equal territories, ${TERRITORIES} of them, log-normal revenue of sd 2: runs in which at least one is called above or below, %`)
console.log(toTable([20, 80].map((rowCount) => falseAlarms(rowCount, 2))))
console.log("\n95 % intervals that hold the true value, %: of a mean, and of a ratio to log-normal denominators of sd 0.5")
console.log(toTable([20, 80, 320].flatMap((rowCount) => [0.5, 1, 1.5].map((sd) => coverage(rowCount, sd)))))

console.log(`\nmodelSales, territories that differ by potential, workload and luck alone: runs in which at least one is called above or below, and`)
console.log("95 % intervals that hold what a territory sells, %; luck of the logarithm is normal, or Student's t with 4 degrees")
console.log(toTable([14, 24, 100].flatMap((count) => ["normal", "t4"].map((luck) => expectations(count, luck)))))

/** Both tests on the same records, adjusted alike (Benjamini & Hochberg). */
function falseAlarms(rowCount, sd) {
  const normal = normals(1000 + rowCount)
  let byT = 0
  let bySampling = 0
  for (let run = 0; run < RUNS; run++) {
    const groups = Array.from({ length: TERRITORIES }, () => Array.from({ length: rowCount }, () => Math.exp(sd * normal())))
    const records = groups.flatMap((group, t) => group.map((revenue) => ({ territory: `t${t}`, revenue })))
    const { territories } = comparePerformance(records, { territory: "territory", kpis: { revenue: { numerator: "revenue" } }, seed: run })
    if (territories.some(({ kpis }) => kpis.revenue.verdict === "above" || kpis.revenue.verdict === "below")) bySampling++
    const pValues = groups.map((group, t) => welch(group, groups.flatMap((other, o) => (o === t ? [] : other)))).sort((a, b) => a - b)
    if (pValues.some((p, r) => p <= (DEFAULT_PERFORMANCE_OPTIONS.falseDiscoveryRate * (r + 1)) / TERRITORIES)) byT++
  }
  return { rows: rowCount, runs: RUNS, tTest: percent(byT / RUNS), comparePerformance: percent(bySampling / RUNS) }
}

/** exp(sd * normal) has the mean exp(sd^2 / 2), alone and as a factor of independent denominators. */
function coverage(rowCount, sd) {
  const normal = normals(2000 + rowCount + 10 * sd)
  const truth = Math.exp((sd * sd) / 2)
  const hits = { mean: 0, ratio: 0 }
  const kpis = { mean: { numerator: "factor" }, ratio: { numerator: "amount", denominator: "size" } }
  for (let sample = 0; sample < SAMPLES; sample++) {
    const records = Array.from({ length: rowCount }, () => {
      const size = Math.exp(0.5 * normal())
      const factor = Math.exp(sd * normal())
      return { territory: "all", factor, size, amount: size * factor }
    })
    const all = comparePerformance(records, { territory: "territory", kpis }).kpis
    for (const kpi of ["mean", "ratio"]) {
      const { interval } = all[kpi]
      if (interval !== null && interval.low <= truth && truth <= interval.high) hits[kpi]++
    }
  }
  return { rows: rowCount, sd, samples: SAMPLES, mean: percent(hits.mean / SAMPLES), ratio: percent(hits.ratio / SAMPLES) }
}

/** Sales are what the log-linear model says but for luck of sd 0.3, which no territory deserves. */
function expectations(territories, luck) {
  const normal = normals(3000 + territories)
  const draw = luck === "normal" ? normal : () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2 + normal() ** 2) / 4) / Math.SQRT2
  let [accused, held] = [0, 0]
  for (let run = 0; run < SAMPLES; run++) {
    const rows = Array.from({ length: territories }, (_, t) => {
      const [potential, workload] = [100 * Math.exp(0.5 * normal()), 20 * Math.exp(0.5 * normal())]
      return { id: `t${t}`, potential, workload, sales: 3 * potential ** 0.7 * workload ** 0.3 * Math.exp(0.3 * draw()) }
    })
    const model = modelSales(rows, { outcome: "sales", drivers: { potential: "potential", workload: "workload" } })
    if (model.territories.some(({ verdict }) => verdict !== "consistent with chance")) accused++
    held += model.territories.filter(({ interval, actual }) => interval !== null && interval.low <= actual && actual <= interval.high).length
  }
  return { territories, luck, runs: SAMPLES, accused: percent(accused / SAMPLES), held: percent(held / SAMPLES / territories) }
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
  let s = seed * 7919 + 1
  let t = seed * 104729 + 1
  const uniform = () => {
    s = (s * 40014) % 2147483563
    t = (t * 40692) % 2147483399
    const z = (s - t + 2147483562) % 2147483562
    return (z === 0 ? 2147483562 : z) / 2147483563
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

function percent(share) {
  return Number((100 * share).toFixed(1))
}
