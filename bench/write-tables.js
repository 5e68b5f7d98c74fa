import { growthExponents } from "./growth-exponents.js"

/** @typedef {import("./measure-apart.js").BenchRow} BenchRow */

/** Tables in their order. */
const GROUPS = {
  fixed: "Fixed centers",
  free: "Free centers",
  "united-states": "The United States",
  hess: "Districting (hess)",
  cpmp: "Capacitated p-median (cpmp)",
  cccp: "Capacitated centered clustering (cccp)",
  balanced_kmeans: "Balanced k-means",
  ctdp: "Commercial territory design (ctdp)",
}

/** @type {[string, (row: BenchRow, rows: readonly BenchRow[]) => string][]} */
const COLUMNS = [
  ["case", (row) => row.case],
  ["algorithm", (row) => row.algorithm],
  ["n", (row) => count(row.n)],
  ["k", (row) => count(row.k)],
  ["m", (row) => count(row.m)],
  ["seconds", (row) => amount(row.seconds)],
  ["processor s", (row) => amount(row.cpuSeconds)],
  ["peak MB", (row) => count(row.peakMB)],
  ["cost", (row) => amount(row.publishedCost ?? row.cost, 6)],
  ["against Equiterra", (row, rows) => percent(againstEquiterra(row, rows))],
  ["reference", (row) => (row.reference === null ? "" : `${amount(row.reference, 6)} ${row.referenceKind}`)],
  ["excess", (row) => percent(row.excess)],
  ["imbalance", (row) => percent(row.imbalance)],
  ["violations", (row) => count(row.violations)],
  ["gap", (row) => percent(row.gap)],
  ["gap over all centers", (row) => percent(row.allCentersGap)],
  ["gap of the proof", (row) => (row.relaxedGap === null ? "" : row.relaxedGap < ROUNDING ? "0" : row.relaxedGap.toExponential(0))],
  ["note", (row) => [row.error, ...(row.algorithm === "equiterra" ? row.missed.map((what) => `**missed:** ${what}`) : [])].filter((part) => part !== null).join("; ")],
]
/** A primal and a dual value as near as this are the same number. */
const ROUNDING = 1e-12
/** Columns that many tables have nothing for. */
const OPTIONAL = ["against Equiterra", "reference", "excess", "gap over all centers", "note"]

/**
 * The tables of bench/README.md.
 *
 * @param {readonly BenchRow[]} rows
 * @param {readonly import("./cases/index.js").BenchCase[]} cases
 * @param {readonly string[]} machine
 */
export function writeTables(rows, cases, machine) {
  const groupOf = new Map(cases.map((one) => [one.name, one.group]))
  const sections = Object.entries(GROUPS).flatMap(([group, title]) => {
    const own = rows.filter((row) => groupOf.get(row.case) === group)
    if (own.length === 0) return []
    const columns = COLUMNS.filter(([name, show]) => !OPTIONAL.includes(name) || own.some((row) => show(row, own) !== ""))
    const what = [...new Set(cases.filter((one) => own.some((row) => row.case === one.name)).map((one) => one.what))]
    return [`### ${title}`, what.length === 1 ? `${what[0]}.` : list(own, cases), table(columns.map(([name]) => name), own.map((row) => columns.map(([, show]) => show(row, own)))), ...summarize(own)]
  })
  const growth = growthExponents(rows, cases)
  if (growth.length > 0) {
    const names = ["series", "algorithm", "n", "processor s", "exponent", "of n log k alone"]
    sections.push("### Growth", table(names, growth.map((line) => Object.values(line).map(String))))
  }
  return [machine.join("<br>\n"), ...sections].join("\n\n")
}

/** How much more a plan costs than Equiterra's of the same case. */
function againstEquiterra(row, rows) {
  const own = rows.find((other) => other.case === row.case && other.algorithm === "equiterra")?.cost ?? null
  return row.algorithm === "equiterra" || row.cost === null || own === null ? null : row.cost / own - 1
}

function list(rows, cases) {
  const shown = cases.filter((one) => rows.some((row) => row.case === one.name))
  const names = (what) => shown.filter((one) => one.what === what).map((one) => `\`${one.name}\``)
  return [...new Set(shown.map((one) => one.what))].map((what) => `- ${names(what).join(", ")}: ${what}`).join("\n")
}

/** How near the plans inside their bounds come to the reference, per algorithm. */
function summarize(rows) {
  return [...new Set(rows.map((row) => row.algorithm))].flatMap((algorithm) => {
    const own = rows.filter((row) => row.algorithm === algorithm && row.reference !== null)
    const inside = own.filter((row) => row.violations === 0 && row.excess !== null).map((row) => row.excess)
    if (own.length < 2) return []
    const of = `${algorithm}: ${inside.length} of ${own.length} plans inside their bounds`
    if (inside.length === 0) return [`${of}.`]
    const sorted = [...inside].sort((a, b) => a - b)
    return [`${of}; excess of these: median ${percent(sorted[Math.floor((sorted.length - 1) / 2)])}, largest ${percent(sorted.at(-1))}.`]
  })
}

function table(head, lines) {
  const write = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
  return [write(head), `|${"---|".repeat(head.length)}`, ...lines.map(write)].join("\n")
}

function count(value) {
  return value === null ? "" : value.toLocaleString("en-US")
}

function amount(value, digits = 2) {
  if (value === null) return ""
  if (Math.abs(value) >= 1e7) return value.toExponential(digits - 1)
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value) || 1)))
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.min(places, 3) })
}

/** @param {number | null} value a share */
export function percent(value) {
  return value === null || !Number.isFinite(value) ? "" : `${(100 * value).toFixed(2)} %`
}
