// Whether evaluateChange, planTest and modelSales keep their level where territories share clusters, and what they find then: a part of calibration.js.
import { evaluateChange, modelSales, planTest } from "equiterra"
import { streams } from "./random-streams.js"

const percent = (count, of) => Number(((100 * count) / of).toFixed(1))
const isFound = ({ verdict }) => verdict === "higher" || verdict === "lower"

/** How territories and clusters lie to each other: `treated` of `territories`, and the clusters of a store. */
const LAYOUTS = {
  "12 of 24, 12 regions of 2, treated whole": { territories: 24, treated: 12, stores: 3, clusterOf: (t) => `r${Math.floor(t / 2)}` },
  "20 of 40, 8 regions of 5, treated whole": { territories: 40, treated: 20, stores: 3, clusterOf: (t) => `r${Math.floor(t / 5)}` },
  "9 of 27, 9 regions of 3, treated whole": { territories: 27, treated: 9, stores: 3, clusterOf: (t) => `r${Math.floor(t / 3)}` },
  "8 of 24, 8 regions of 3, one of each treated": { territories: 24, treated: 8, stores: 3, clusterOf: (t) => `r${t % 8}` },
  "6 of 18, 10 stores each, 20 chains of 9": { territories: 18, treated: 6, stores: 10, clusterOf: (t, s) => `c${(t * 7 + s * 11) % 20}` },
  "6 of 18, 20 stores each, chains of 20 on one side": { territories: 18, treated: 6, stores: 20, clusterOf: (t, s) => (t < 6 ? `c${s % 6}` : `d${s % 12}`) },
  "4 of 12, 20 customers each, 5 stores a customer": { territories: 12, treated: 4, stores: 100, clusterOf: (t, s) => `t${t}c${Math.floor(s / 5)}` },
  "4 of 12, 8 customers each, 50 stores a customer": { territories: 12, treated: 4, stores: 400, clusterOf: (t, s) => `t${t}c${Math.floor(s / 50)}` },
}
export const CHANGE_LAYOUTS = Object.keys(LAYOUTS)
export const PLAN_LAYOUTS = CHANGE_LAYOUTS.slice(0, 4)

/** Years of stores: the growth of a store is that of its cluster and its own, two stores of a cluster correlate by `correlation`. */
function makeHistory(layout, correlation, years, { normal }) {
  const { territories, stores, clusterOf } = LAYOUTS[layout]
  const records = []
  const shocks = new Map()
  const shockOf = (cluster, year) => {
    const key = `${cluster} ${year}`
    const shock = shocks.get(key) ?? normal()
    shocks.set(key, shock)
    return shock
  }
  for (let t = 0; t < territories; t++) {
    for (let s = 0; s < stores; s++) {
      const level = 100 * Math.exp(0.3 * normal())
      for (const year of years) {
        const growth = Math.sqrt(correlation) * shockOf(clusterOf(t, s), year) + Math.sqrt(1 - correlation) * normal()
        records.push({ store: `t${t}s${s}`, cluster: clusterOf(t, s), t, year, sales: level * Math.exp(0.1 * growth) })
      }
    }
  }
  return records
}

const alignmentOf = (layout) => Array.from({ length: LAYOUTS[layout].territories }, (_, t) => Array.from({ length: LAYOUTS[layout].stores }, (_, s) => ({ accountId: `t${t}s${s}`, territoryId: `t${String(t).padStart(2, "0")}` }))).flat()
const namesOf = (layout) => Array.from({ length: LAYOUTS[layout].treated }, (_, t) => `t${String(t).padStart(2, "0")}`)

/** Verdicts where nothing happened, by territories and with `cluster`; whether it warns; whether the foreseen effect is found when planted. */
export function changeWithClusters(layout, correlation, runs) {
  const random = streams(11000 + 10 * CHANGE_LAYOUTS.indexOf(layout) + 10 * correlation)
  const alignment = alignmentOf(layout)
  const treated = namesOf(layout)
  const options = { account: "store", period: "year", outcome: "sales", alignment, treated, changedAt: "2021" }
  const counts = { blind: 0, seeing: 0, warned: 0, held: 0, undecided: 0, planted: 0 }
  let mde = 0
  for (let run = 0; run < runs; run++) {
    const records = makeHistory(layout, correlation, ["2020", "2021"], random)
    const blind = evaluateChange(records, { ...options, seed: run })
    const seeing = evaluateChange(records, { ...options, seed: run, cluster: "cluster" })
    if (isFound(blind)) counts.blind++
    if (isFound(seeing)) counts.seeing++
    if (seeing.verdict === "too little data") counts.undecided++
    if (blind.warnings.some(({ code }) => code === "rows-clustered")) counts.warned++
    const interval = seeing.effect?.interval
    if (interval && interval.low <= 0 && interval.high >= 0) counts.held++
    mde += seeing.minimumDetectableEffect?.relative ?? 0
    const isTreated = new Set(treated)
    const planted = records.map((row) => (row.year === "2021" && isTreated.has(`t${String(row.t).padStart(2, "0")}`) ? { ...row, sales: row.sales * 1.1 } : row))
    if (evaluateChange(planted, { ...options, seed: run, cluster: "cluster" }).verdict === "higher") counts.planted++
  }
  return {
    change: layout, correlation, runs,
    byTerritories: percent(counts.blind, runs), withCluster: percent(counts.seeing, runs), holds: percent(counts.held, runs), warned: percent(counts.warned, runs),
    tooLittleData: percent(counts.undecided, runs), finds10: percent(counts.planted, runs), mde: percent(mde / runs, 1),
  }
}

/** Planned on ten years, judged on them and one more, with the effect that is foreseen. */
export function planWithClusters(layout, correlation, runs) {
  const random = streams(12000 + 10 * CHANGE_LAYOUTS.indexOf(layout) + 10 * correlation)
  const years = Array.from({ length: 11 }, (_, y) => `${2011 + y}`)
  const alignment = alignmentOf(layout)
  const treated = namesOf(layout)
  const controls = Array.from({ length: LAYOUTS[layout].territories }, (_, t) => `t${String(t).padStart(2, "0")}`).filter((id) => !treated.includes(id))
  const fields = { account: "store", period: "year", outcome: "sales", alignment, treated }
  let [found, foreseen, planned] = [0, 0, 0]
  for (let run = 0; run < runs; run++) {
    const records = makeHistory(layout, correlation, years, random)
    const plan = { ...fields, controlsPerTreated: Math.floor(controls.length / treated.length), plannedPeriods: 1, seed: run, cluster: "cluster" }
    const { minimumDetectableEffect } = planTest(records.filter(({ year }) => year < "2021"), plan)
    if (minimumDetectableEffect === null) continue
    planned++
    foreseen += minimumDetectableEffect
    const isTreated = new Set(treated)
    const raised = records.map((row) => (row.year === "2021" && isTreated.has(`t${String(row.t).padStart(2, "0")}`) ? { ...row, sales: row.sales * (1 + minimumDetectableEffect) } : row))
    if (evaluateChange(raised, { ...fields, changedAt: "2021", seed: run, cluster: "cluster" }).verdict === "higher") found++
  }
  return { plan: layout, correlation, runs: planned, foreseen: percent(foreseen / planned, 1), found: percent(found, planned) }
}

/** Potential differs by territory, income by region; luck is of both. */
export function modelWithClusters(regions, each, correlation, runs) {
  const { normal } = streams(13000 + regions * each + 10 * correlation)
  const counts = { accused: 0, byTerritories: 0, withCluster: 0, warned: 0, found: 0 }
  const holds = ({ interval }) => interval.low <= 0.3 && 0.3 <= interval.high
  for (let run = 0; run < runs; run++) {
    const rows = Array.from({ length: regions }, (_, r) => {
      const [income, shock] = [Math.exp(0.5 * normal()), normal()]
      return Array.from({ length: each }, (_, i) => {
        const potential = Math.exp(0.5 * normal())
        const luck = Math.sqrt(correlation) * shock + Math.sqrt(1 - correlation) * normal()
        return { id: `t${r}-${i}`, region: `r${r}`, potential, income, sales: potential ** 0.7 * income ** 0.3 * Math.exp(0.3 * luck) }
      })
    }).flat()
    const options = { outcome: "sales", drivers: { potential: "potential", income: "income" } }
    const blind = modelSales(rows, options)
    const seeing = modelSales(rows, { ...options, cluster: "region" })
    if (seeing.territories.some(({ verdict }) => verdict === "above" || verdict === "below")) counts.accused++
    if (holds(blind.drivers.income)) counts.byTerritories++
    if (holds(seeing.drivers.income)) counts.withCluster++
    if (blind.warnings.some(({ code }) => code === "rows-clustered")) counts.warned++
    if ((seeing.drivers.income.pValue ?? 1) <= 0.05) counts.found++
  }
  return { regions, territories: regions * each, correlation, runs, ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, percent(count, runs)])) }
}
