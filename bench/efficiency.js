// Efficiencies against published sets: node bench/efficiency.js FOLDER, with deaR_*.csv and reference_scores.csv. Prints the largest differences.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import { measureEfficiency } from "equiterra"

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write("usage: node bench/efficiency.js FOLDER   (deaR_*.csv and reference_scores.csv)\n")
  process.exit(2)
}
/** @returns {Record<string, string>[]} */
const read = (/** @type {string} */ name) => parse(readFileSync(join(folder, name), "utf8"), { columns: true, bom: true })
const reference = read("reference_scores.csv")
const SETS = [
  { dataset: "Golany_Roll_1989", id: "DMU", inputs: ["X1", "X2", "X3"], outputs: ["Y1", "Y2"] },
  { dataset: "Coll_Blasco_2006", id: "Authorized_dealer", inputs: ["Employees", "Capital"], outputs: ["Vehicles", "Orders"] },
  { dataset: "PFT1981", id: "Site", inputs: ["Education", "Occupation", "Parental", "Counseling", "Teachers"], outputs: ["Reading", "Math", "Coopersmith"], only: (/** @type {Record<string, string>} */ row) => row.Program === "PFT" },
]
process.stdout.write("set                   units  scores  largest difference  seconds\n")
for (const { dataset, id, inputs, outputs, only = () => true } of SETS) {
  const rows = read(`deaR_${dataset}.csv`).filter(only).map((row) => ({ id: row[id], ...Object.fromEntries([...inputs, ...outputs].map((name) => [name, Number(row[name])])) }))
  const fields = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, name]))
  const known = reference.filter((row) => row.dataset.startsWith(dataset))
  let worst = 0
  let count = 0
  const start = performance.now()
  for (const [column, returns, orientation] of /** @type {const} */ ([["ccr_in", "constant", "input"], ["bcc_in", "variable", "input"], ["bcc_out", "variable", "output"]])) {
    for (const { id: unit, efficiency } of measureEfficiency(rows, { inputs: fields(inputs), outputs: fields(outputs), returns, orientation }).units) {
      const row = known.find(({ dmu }) => dmu === unit)
      if (row === undefined) continue
      count++
      worst = Math.max(worst, Math.abs((efficiency ?? NaN) - (orientation === "output" ? 1 / Number(row[column]) : Number(row[column]))))
    }
  }
  process.stdout.write(`${dataset.padEnd(20)}  ${String(rows.length).padStart(5)}  ${String(count).padStart(6)}  ${worst.toExponential(1).padStart(18)}  ${((performance.now() - start) / 1000).toFixed(2).padStart(7)}\n`)
}
