// How long an audit takes: accounts x territories on the planes accounts, owners, capacity and dates. Prints a table.
import { checkCoverage } from "equiterra"
import { createRandom } from "./random.js"

const [n = 100_000, k = 1_000] = process.argv.slice(2).map(Number)
const random = createRandom(1)
const pick = (/** @type {number} */ most) => Math.floor(most * random())
const territories = Array.from({ length: k }, (_, t) => ({ id: `t${t}`, repIds: t % 50 === 0 ? [] : [`rep${t}`], center: { longitude: -100 + 40 * random(), latitude: 30 + 15 * random() } }))
const accounts = Array.from({ length: n }, (_, i) => ({ id: `a${i}`, longitude: -100 + 40 * random(), latitude: 30 + 15 * random(), revenue: 1000 * random(), hours: 10 * random(), rep: `rep${pick(k)}` }))
const day = (/** @type {number} */ d) => new Date(Date.UTC(2026, 0, 1) + 86_400_000 * d).toISOString().slice(0, 10)

for (const [name, share] of /** @type {[string, number][]} */ ([["nearly clean", 0.99], ["dirty", 0.5]])) {
  const alignment = accounts.flatMap(({ id, rep }) => {
    if (random() > share) return random() < 0.5 ? [] : [{ accountId: id, territoryId: `t${pick(k)}` }, { accountId: id, territoryId: `t${pick(k)}` }]
    return [{ accountId: id, territoryId: `t${rep.slice(3)}` }]
  })
  const located = accounts.map(({ id, rep }) => ({ accountId: id, territoryId: random() < share ? `t${rep.slice(3)}` : `t${pick(k)}` }))
  const rows = territories.flatMap(({ id }, t) => [{ territoryId: id, ownerId: `rep${t}`, from: day(-400), until: day(100 + pick(3)) }, { territoryId: id, ownerId: `rep${t + 1}`, from: day(102), until: null }])
  const options = {
    territories,
    measures: { revenue: "revenue", hours: "hours" },
    located,
    owners: { field: "rep", territoriesOf: Object.fromEntries(territories.map(({ id }, t) => [`rep${t}`, id])) },
    capacity: { hours: 1.05 * ((5 * n) / k) },
    maxDistance: 4000,
    tenures: { rows, from: day(0), until: day(364) },
  }
  checkCoverage(accounts.slice(0, 1000), alignment.filter(({ accountId }) => Number(accountId.slice(1)) < 1000), { ...options, located: [] })
  const cpu = process.cpuUsage()
  const start = performance.now()
  const { findings, summary } = checkCoverage(accounts, alignment, options)
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  process.stdout.write(`${name.padEnd(14)} ${String(n).padStart(8)} x ${k}  ${seconds.toFixed(2)} s  ${((user + system) / 1e6).toFixed(2)} processor s  ${findings.length} findings  ${JSON.stringify(summary.counts)}\n`)
}
